// The panel at the right shows the one thing that is chosen: a document, a way, a statement or a node; else the whole.
function openPanel(...parts) {
  renew(byId("panel"), parts);
  byId("panel").scrollTop = 0;
}

let panelled = "";

function showPanel() {
  const { document: told, at, path, edge, node, steps, pinned, only } = state;
  const way = selection().way?.map((hop) => hop.id) ?? [];
  const key = [told, at, path, way, edge, node, steps, pinned, only, edges.length].join("|");
  if (key === panelled) return;
  panelled = key;
  const document_ = data.documents.find((it) => it.curie === state.document);
  const chosen = Boolean(document_ || state.path.length || chosenEdge() || chosenNode());
  document.body.classList.toggle("chosen", chosen);
  if (chosen && narrow.matches) foldFilters();
  if (document_) showDocument(document_);
  else if (state.path.length) showWay();
  else if (chosenEdge()) showEdge(chosenEdge());
  else if (chosenNode()) showNode(chosenNode());
  else showWhole();
}

const makeClose = () => {
  const button = makeButton("×", () => choose({}), "close");
  button.setAttribute("aria-label", "Close details");
  return button;
};

const makeHead = (over, title, ...more) => put("div", "head", makeClose(), put("p", "over", ...[over].flat()), make("h2", title), ...more);

// Nothing chosen: what the graph holds, and where to begin.
function showWhole() {
  const dated = [...data.documents].sort((a, b) => order(a.published, b.published));
  const facts = edges.filter((edge) => edge.status === "fact");
  const things = findLinked(facts).size || nodes.length;
  const told = [count(things, "thing", "things"), count(facts.length, "fact", "facts"), count(dated.length, "document", "documents")];
  const first = ranked.filter((node) => node.status === "fact").slice(0, 10);
  openPanel(
    put("div", "head", make("h2", data.title), make("p", `${told.slice(0, 2).join(" and ")} from ${told[2]}.`, "soft")),
    make("p", "Choose a thing or a line to read the sentences behind it. Double click brings in its neighbours.", "soft"),
    describeKeys(),
    first.length && make("h3", "Told of most"), first.length && listNodes(first),
    dated.length && make("h3", "Documents"), dated.length && listDocuments(dated),
  );
}

function listNodes(found) {
  const list = make("ul", "", "plain");
  for (const node of found) list.append(put("li", "", linkNode(node), make("span", node.kind, "soft aside")));
  return list;
}

function listDocuments(found) {
  const list = make("ul", "", "plain");
  for (const it of found.slice(0, 300)) {
    list.append(put("li", "", make("time", it.published, "soft aside"), linkDocument(it), it.source && make("span", it.source, "soft source")));
  }
  if (found.length > 300) list.append(make("li", `and ${found.length - 300} more`, "soft"));
  return list;
}

function linkNode(node) {
  const link = makeLink("", { node: node.curie }, () => { pickNode(node); showInView(node); });
  link.append(makeMark(node.group), document.createTextNode(shorten(node.label, 120)));
  if (node.status !== "fact") link.append(makeFlag(node.status, STATUSES[node.status]));
  return link;
}

const nameDocument = (it) => it.title || it.curie.slice(it.curie.indexOf("/") + 1);
const linkDocument = (it, at = -1) => makeLink(shorten(nameDocument(it), 120), { document: it.curie, at });

// A link to another page of the server, where the page is served by one that has them.
function makeLead(path, text) {
  const link = make("a", text);
  link.href = path.split("/").map(encodeURIComponent).join("/");
  return link;
}
