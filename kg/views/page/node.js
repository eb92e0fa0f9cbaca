// A node in the panel: who or what it is, what it held and when, and its facts, each with its evidence.
function showNode(node) {
  const mine = touching[node.id];
  const facts = mine.filter((edge) => edge.status === "fact");
  const isEvent = (edge) => nodes[otherEnd(edge, node.id)].group === "event";
  const offices = node.group === "person" ? listOffices(node, facts) : [];
  const told = new Set(offices.flatMap((office) => office.edges));
  const plain = facts.filter((edge) => (node.group === "event" || !isEvent(edge)) && !told.has(edge));
  const happened = node.group === "event" ? [] : facts.filter(isEvent);
  openPanel(
    makeHead([makeMark(node.group), node.kind], shorten(node.label, 300), ...tellNames(node)),
    makeActions(node),
    ...makeSection("Dates and values", node.values.filter((it) => it.status === "fact").map(describeValue)),
    ...makeSection("Positions over time", offices.map(describeOffice)),
    ...makeSection("Facts", sortFacts(plain, node).map((edge) => makeStatement(edge, node.id))),
    ...makeSection("Events", sortEvents(happened, node).map((edge) => describeEvent(edge, node))),
    ...makeSection("Not stated as fact", [...node.values, ...mine].filter((it) => it.status !== "fact")
      .map((it) => (it.value === undefined ? makeStatement(it, node.id) : describeValue(it)))),
    served && makeLead(`entity/${node.curie.slice(node.curie.indexOf(":") + 1)}`, "Its own page"),
  );
}

const MOST_QUOTED = 3;

function tellNames(node) {
  const flag = node.status !== "fact" && put("p", "", makeFlag(node.status), make("span", ` ${STATUSES[node.status]}`, "soft"));
  const names = node.names.map((name) => shorten(name, 80)).join(", ");
  return [flag, names && make("p", `Also called ${names}`, "soft")];
}

const makeSection = (title, items) => (items.length ? [make("h3", title), put("ul", "plain", ...items)] : []);

const makePress = (text, pressed, act) => {
  const button = makeButton(text, act);
  button.setAttribute("aria-pressed", String(pressed));
  return button;
};

// Keeps so many steps around a node; the same again lets all in.
function focusOn(node, steps) {
  const again = focusNode() === node && state.steps === steps;
  change({ steps: again ? 0 : steps, focus: again ? "" : node.curie });
}

function makeActions(node) {
  const steps = [1, 2, 3].map((number) => makePress(String(number), focusNode() === node && state.steps === number,
    () => focusOn(node, number)));
  const focus = put("span", "together", make("span", "Focus", "soft"), ...steps);
  focus.setAttribute("role", "group");
  focus.setAttribute("aria-label", "Focus on so many steps");
  return put("div", "actions",
    makeButton("Expand", () => expandNode(node)), focus,
    makeButton("Way to …", () => choose({ path: [node.curie] })),
    makePress("Pin", state.pinned.includes(node.curie), () => change({ pinned: toggle("pinned", node.curie) })),
    makeButton("Hide", () => hideNode(node)));
}

const hideNode = (node) => choose({ hidden: toggle("hidden", node.curie), steps: 0, focus: "" });

const describeValue = (it) => {
  const line = put("p", "sentence", make("span", `${it.relation} `, "relation"), make("span", it.value));
  return makeStatement(it, -1, line);
};

const sortFacts = (facts, node) => [...facts].sort((a, b) => a.relation.localeCompare(b.relation)
  || nodes[otherEnd(a, node.id)].label.localeCompare(nodes[otherEnd(b, node.id)].label));

// Events in order, those without a date last; of one event one line.
function sortEvents(happened, node) {
  const first = new Map(happened.map((edge) => [otherEnd(edge, node.id), edge]));
  const date = (edge) => nodes[otherEnd(edge, node.id)].begin || "~";
  return [...first.values()].sort((a, b) => order(date(a), date(b)));
}

function describeEvent(edge, node) {
  const event = nodes[otherEnd(edge, node.id)];
  const told = put("span", "", linkNode(event), make("span", ` as ${edge.relation}`, "relation"));
  const line = put("p", "sentence dated", make("time", event.begin || "undated", "when"), told);
  return makeStatement(edge, node.id, line);
}

// Terms of office with their dates, and positions of which no term is known.
function listOffices(node, facts) {
  const held = facts.filter((edge) => edge.predicate === "kg:holdsPosition" && edge.from === node.id);
  const terms = facts.filter((edge) => edge.predicate === "kg:holder" && edge.to === node.id)
    .map((edge) => describeTerm(edge, held));
  const known = new Set(terms.map((term) => term.thing));
  const others = held.filter((edge) => !known.has(nodes[edge.to]))
    .map((edge) => ({ begin: "", end: "", thing: nodes[edge.to], edges: [edge], edge }));
  return [...terms, ...others].sort((a, b) => order(a.begin || "~", b.begin || "~"));
}

function describeTerm(edge, held) {
  const tenure = nodes[edge.from];
  const position = touching[tenure.id].find((other) => other.predicate === "kg:position" && other.status === "fact");
  const thing = position ? nodes[position.to] : tenure;
  return { begin: tenure.begin, end: tenure.end, thing, edge, edges: [edge, ...held.filter((other) => nodes[other.to] === thing)] };
}

function describeOffice({ begin, end, thing, edge }) {
  const when = begin || end ? `${begin || "?"} – ${end || ""}` : "undated";
  return makeStatement(edge, -1, put("p", "sentence dated", make("time", when, "when"), put("span", "", linkNode(thing))));
}

async function expandNode(node) {
  await loadAround(node.curie);
  choose({ node: node.curie, opened: [...new Set([...state.opened, node.curie])] });
  const near = selection().edges.filter((edge) => edge.from === node.id || edge.to === node.id);
  if (state.view === "graph") frameNodes([node, ...near.map((edge) => nodes[otherEnd(edge, node.id)])]);
  tell(`${count(near.length, "statement", "statements")} about ${tellNode(node)} shown`);
}

// A thing that only the server knows is loaded with its neighbours, and shown.
async function openRemote(curie) {
  await loadAround(curie);
  if (byCurie.has(curie)) choose({ node: curie, opened: [...new Set([...state.opened, curie])] });
}

// A node was pointed out: chosen, or the end of the way that is looked for.
function pickNode(node) {
  if (state.path.length === 1 && node.curie !== state.path[0]) choose({ path: [state.path[0], node.curie] });
  else chooseNode(node);
}

function showWay() {
  const [start, end] = state.path.map((curie) => byCurie.get(curie));
  if (!start || (state.path[1] && !end)) {
    openPanel(makeHead("Way", "No such thing"), make("p", "The address asks for a way to or from what is not in this graph.", "soft"));
  } else if (!end) {
    openPanel(makeHead("Way", `From ${start.label} to …`), make("p", "Choose the other end: in the graph, or by its name.", "soft"));
  } else {
    const { way } = selection();
    const steps = way ? count(way.length, "step", "steps") : "There is no way between them through what the filters let pass.";
    openPanel(makeHead("Shortest way", `${start.label} → ${end.label}`), make("p", steps, "soft"), ...(way ?? []).map(describeHop));
  }
}

function describeHop(edge) {
  const quotes = quoteAll(edge);
  const more = quotes.length > MOST_QUOTED && makeLink(`all ${quotes.length} sentences`, { edge: nameEdge(edge) });
  return put("div", "hop", makeSentence(edge), ...listFlags(edge), ...quotes.slice(0, MOST_QUOTED), more);
}
