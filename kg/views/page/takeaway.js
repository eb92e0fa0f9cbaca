// What can be taken away: pictures of the view, tables and facts of the selection, and the quotation of a fact.
const named = (ending) => `${fold(data.title).replace(/[^a-z0-9]+/gu, "-").replace(/^-|-$/gu, "") || "graph"}.${ending}`;

function save(name, blob) {
  const link = make("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  tell(`Saved ${name}`);
}

const saveText = (name, text, kind) => save(name, new Blob([text], { type: `${kind};charset=utf-8` }));

TAKEAWAYS.push(
  { label: "Picture (PNG)", pictured: true, run: async () => save(named("png"), await makePng()) },
  { label: "Picture (SVG)", pictured: true, run: () => saveText(named("svg"), makeSvg(), "image/svg+xml") },
  { label: "Statements (CSV)", run: (looked_) => saveText(named("statements.csv"), listStatements(looked_), "text/csv") },
  { label: "Things (CSV)", run: (looked_) => saveText(named("things.csv"), listThings(looked_), "text/csv") },
  { label: "Facts (Turtle)", run: (looked_) => saveText(named("ttl"), writeTurtle(looked_), "text/turtle") },
);

// The menu; views that are no drawing have no picture.
function makeTakeaways() {
  const list = make("ul");
  const menu = put("details", "menu", make("summary", "Take away"), list);
  menu.addEventListener("toggle", () => {
    const fitting = TAKEAWAYS.filter(({ pictured }) => !pictured || VIEWS[state.view].draw);
    list.replaceChildren(...fitting.map(({ label, run }) => put("li", "", makeButton(label, () => { menu.open = false; run(selection()); }))));
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.firstChild.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget: next }) => { if (next && !menu.contains(next)) menu.open = false; });
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  return menu;
}

// “Cite”: the sentence, where it stands, and what was read from it.
QUOTING.push((piece, statement) => {
  const box = make("div", "", "cite");
  const button = makeButton("Cite", () => {
    const field = Object.assign(make("textarea"), { value: citeFact(piece, statement), readOnly: true, rows: 6 });
    field.setAttribute("aria-label", "Quotation");
    box.replaceChildren(button, field);
    field.select();
    navigator.clipboard?.writeText(field.value).then(() => tell("Copied"), () => tell("Select the text and copy it"));
  }, "more");
  box.append(button);
  return box;
});

function citeFact(piece, statement) {
  const { text, start, end } = data.passages[piece.passage];
  const source = sourceOf(piece);
  const told = [`“${nameDocument(source)}”`, source.source, source.published, source.url].filter(Boolean).join(", ");
  const node = statement.from === undefined ? chosenNode() : nodes[statement.from];
  const object = statement.to === undefined ? statement.value : nodes[statement.to].label;
  const sure = statement.status === "fact" ? "" : ` (${statement.status}: ${STATUSES[statement.status]})`;
  const read = piece.status === "fact" ? "" : ` This sentence alone: ${tellDoubt(piece)}.`;
  return `“${text}” ${told}, characters ${start}–${end}.\n${node?.label ?? ""} — ${statement.relation} — ${object}${sure}.${read}\n${node ? `<${expand(node.curie)}>` : ""}`.trim();
}
