// The selection as tables (RFC 4180). A cell that a spreadsheet would run as a formula gets an apostrophe.
const FORMULA = /^[=+\-@\t\r]/u;
const quoteCell = (value) => {
  const text = String(value);
  const safe = typeof value === "string" && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
const writeCsv = (rows) => rows.map((row) => `${row.map(quoteCell).join(",")}\r\n`).join("");

const THING_COLUMNS = ["id", "label", "kind", "certainty", "from", "until", "also called", "latitude", "longitude"];
const STATEMENT_COLUMNS = ["subject", "relation", "object", "certainty", "sources", "sentence", "sentence certainty", "document", "source", "published", "subject id", "property", "object id"];

const listThings = ({ nodes: found }) => writeCsv([THING_COLUMNS, ...found.map((node) => [
  expand(node.curie), node.label, node.kind, node.status, node.begin, node.end, node.names.join("; "), ...(node.at ?? ["", ""]),
])]);

// What was read from one sentence by several rules is one row, as the surest has it: that comes first.
const listSentences = (edge) => [...new Map([...edge.evidence].reverse().map((piece) => [piece.passage, piece])).values()].reverse();

// A row for each sentence behind a statement.
const listStatements = ({ edges: kept }) => writeCsv([STATEMENT_COLUMNS, ...kept.flatMap((edge) => listSentences(edge).map((piece) => {
  const source = sourceOf(piece);
  const [subject, object] = [nodes[edge.from], nodes[edge.to]];
  return [
    subject.label, edge.relation, object.label, edge.status, edge.sources, data.passages[piece.passage].text, piece.status,
    nameDocument(source), source.source, source.published, expand(subject.curie), expand(edge.predicate), expand(object.curie),
  ];
}))]);
