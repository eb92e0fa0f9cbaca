// The table: the same selection as text, for those who read rather than look; it can be sorted by each column.
const FIRST_ROWS = 200;
const table = { most: FIRST_ROWS };
const rowsOf = () => (state.rows === "things" ? "things" : "statements");
const columnOf = () => (COLUMNS[rowsOf()][state.by] ? state.by : 0);

// When what the statement is was told first: what only plans or alleges a fact does not tell it.
const publishedOf = (edge) => edge.evidence.filter((piece) => piece.status === edge.status || edge.status !== "fact")
  .map((piece) => sourceOf(piece).published).filter(Boolean).sort()[0] ?? "";
const sourceOf = (piece) => data.documents[data.passages[piece.passage].document];

// Title, value to sort by, and the cell where it is more than the value.
const COLUMNS = {
  statements: [
    ["Subject", (edge) => nodes[edge.from].label, (edge) => linkNode(nodes[edge.from])],
    ["Relation", (edge) => edge.relation, (edge) => makeLink(edge.relation, { edge: nameEdge(edge) })],
    ["Certainty", (edge) => edge.status, (edge) => tellStatus(edge.status)],
    ["Object", (edge) => nodes[edge.to].label, (edge) => linkNode(nodes[edge.to])],
    ["Sources", (edge) => edge.sources],
    ["First told", publishedOf],
  ],
  things: [
    ["Name", (node) => node.label, (node) => linkNode(node)],
    ["Kind", (node) => node.kind],
    ["From", (node) => node.begin],
    ["Until", (node) => node.end],
    ["Also called", (node) => shorten(node.names.join(", "), 120)],
    ["Statements", (node) => touching[node.id].filter((edge) => isShown(edge.status)).length],
  ],
};
const tellStatus = (status) => (status === "fact" ? make("span", "fact", "soft") : makeFlag(status, STATUSES[status]));

VIEWS.table = {
  title: "Table",
  show(container, looked_) {
    const focused = document.activeElement?.dataset?.key;
    const stood = container.querySelector(".table")?.scrollTop ?? 0;
    const frame = makeTable(looked_);
    container.replaceChildren(frame);
    frame.scrollTop = stood;
    if (focused) frame.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  },
  hide() { table.most = FIRST_ROWS; },
};

function makeTable({ nodes: found, edges: kept, of }) {
  const rows = sortRows(rowsOf() === "things" ? found : kept);
  const shown = rows.slice(0, table.most);
  const left = rows.length - shown.length;
  const frame = put("div", "table", makeChoice(found, kept), makeRows(shown));
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "Table");
  if (left) frame.append(makeButton(`Show ${Math.min(left, 1000).toLocaleString("en")} more of ${left.toLocaleString("en")}`, () => showMore(), "rest"));
  if (found.length < of) frame.append(make("p", "Statements of the things that are shown; “Show all” at the left brings in the others.", "soft"));
  if (!rows.length) frame.append(make("p", "Nothing passes the filters.", "soft"));
  return frame;
}

function makeChoice(found, kept) {
  const choice = put("div", "choice", ...[["statements", count(kept.length, "statement", "statements")], ["things", count(found.length, "thing", "things")]]
    .map(([name, text]) => {
      const button = makePress(text, rowsOf() === name, () => change({ rows: name, by: 0, down: false }));
      button.dataset.key = name;
      return button;
    }));
  choice.setAttribute("role", "group");
  choice.setAttribute("aria-label", "Rows");
  return choice;
}

function showMore() {
  table.most += 1000;
  VIEWS.table.show(byId("stage"), selection());
}

function sortRows(rows) {
  const value = COLUMNS[rowsOf()][columnOf()][1];
  const paired = rows.map((row) => [value(row), row]);
  const sign = state.down ? -1 : 1;
  const compare = (a, b) => (typeof a === "number" ? a - b : (a === "") - (b === "") || collator.compare(a, b));
  return paired.sort((a, b) => sign * compare(a[0], b[0]) || a[1].id - b[1].id).map(([, row]) => row);
}

const collator = new Intl.Collator("en", { numeric: true });

function makeRows(rows) {
  const columns = COLUMNS[rowsOf()];
  const head = put("tr", "", ...columns.map(([title], place) => makeTitle(title, place)));
  const body = make("tbody");
  for (const row of rows) {
    const line = put("tr", row === chosenNode() || row === chosenEdge() ? "chosen" : "",
      ...columns.map((column, place) => makeCell(row, place, column)));
    line.firstChild.scope = "row";
    body.append(line);
  }
  return put("table", "", make("caption", `${rowsOf() === "things" ? "Things" : "Statements"} of the selection`, "unseen"), put("thead", "", head), body);
}

// What can be pressed has a name, so that the focus finds it again in the table that is made anew.
function makeCell(row, place, [, value, cell]) {
  const content = cell ? cell(row) : String(value(row));
  if (cell) content.dataset.key = `${row.id} ${place}`;
  return put(place ? "td" : "th", classOf(value(row)), content);
}

const classOf = (value) => (typeof value === "number" ? "number" : isDate(value) ? "date" : "");

function makeTitle(title, place) {
  const cell = put("th", "", makeButton(title, () => change({ by: place, down: columnOf() === place && !state.down }), "bare"));
  cell.scope = "col";
  cell.firstChild.dataset.key = title;
  if (columnOf() === place) cell.setAttribute("aria-sort", state.down ? "descending" : "ascending");
  return cell;
}
