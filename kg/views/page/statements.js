// A statement as a sentence that leads to its ends, and the evidence behind it.
function makeSentence(statement, here = -1) {
  const subject = nodes[statement.from];
  const line = make("p", "", "sentence");
  const end = (node) => (node.id === here ? make("span", shorten(node.label, 120), "self") : linkNode(node));
  line.append(end(subject), make("span", ` ${statement.relation} `, "relation"), end(nodes[statement.to]));
  return line;
}

function listFlags(statement) {
  const flags = [];
  if (statement.status !== "fact") flags.push(makeFlag(statement.status, STATUSES[statement.status]));
  if (statement.disputed && statement.status !== "disputed") flags.push(makeFlag("disputed", STATUSES.disputed));
  return flags;
}

let opened = 0;

// The sentence, and a button that opens the evidence below it.
function makeStatement(statement, here, sentence = makeSentence(statement, here)) {
  const box = put("li", "statement", sentence);
  const proof = make("div", "", "proof");
  const many = count(statement.evidence.length, "sentence", "sentences");
  const button = makeButton(statement.sources > 1 ? `${many}, ${statement.sources} sources` : many, () => {
    if (!proof.childElementCount) proof.append(...quoteAll(statement));
    proof.hidden = !proof.hidden;
    button.setAttribute("aria-expanded", String(!proof.hidden));
  }, "more");
  opened += 1;
  proof.id = `proof-${opened}`;
  proof.hidden = true;
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", proof.id);
  box.append(put("div", "foot", ...listFlags(statement), button), proof);
  return box;
}

const endsOf = (statement) => [statement.from, statement.to].filter((id) => id !== undefined);
const quoteAll = (statement) => statement.evidence.map((piece) => quote(piece, endsOf(statement), statement));

function quote(piece, ends, statement) {
  const passage = data.passages[piece.passage];
  const source = data.documents[passage.document];
  const block = make("blockquote");
  block.append(...markText(passage.text, findSpans(passage, source, ends)));
  const where = put("cite", "", linkDocument(source, passage.start));
  where.append(make("span", [source.source, source.published].filter(Boolean).join(" · "), "source"));
  const read = piece.status === "fact" ? "" : `${piece.status}: ${STATUSES[piece.status]}`;
  const says = piece.says ? `said by ${piece.says}` : "";
  const how = make("p", [`Read ${tellRule(piece.rule)}`, `score ${piece.score}`, says, read].filter(Boolean).join(" · "), "how");
  return put("figure", "evidence", block, where, how, ...QUOTING.map((tool) => tool(piece, statement)));
}

// What else can be done with a piece of evidence registers here: (piece, statement) → element.
const QUOTING = [];

// Where the ends of a statement are mentioned in a passage: as they were read, or by name where that is not known.
function findSpans({ start, end, text }, source, ends) {
  const wanted = new Set(ends);
  const read = source.mentions.filter(([from, to, id]) => from >= start && to <= end && wanted.has(id));
  if (source.mentions.length) return read.map(([from, to, id]) => [from - start, to - start, id]);
  return ends.flatMap((id) => findNames(text, nodes[id], id));
}

function findNames(text, { label, names }, id) {
  const letters = [...text].join("");
  return [label, ...names].sort((a, b) => b.length - a.length).flatMap((name) => {
    const at = name ? letters.indexOf(name) : -1;
    if (at < 0) return [];
    const from = [...letters.slice(0, at)].length;
    return [[from, from + [...name].length, id]];
  }).slice(0, 1);
}

// The text with <mark> at the spans; offsets count letters, not UTF-16 units. Of spans that overlap the longest is marked.
function markText(text, spans, makeOne = (words, id) => make("mark", words, nodes[id].group)) {
  const letters = [...text];
  const parts = [];
  let at = 0;
  for (const [from, to, id] of [...spans].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (from < at || to <= from) continue;
    parts.push(letters.slice(at, from).join(""), makeOne(letters.slice(from, to).join(""), id));
    at = to;
  }
  return [...parts, letters.slice(at).join("")];
}

function showEdge(edge) {
  const head = makeHead("Statement", "", put("p", "flags", ...listFlags(edge)));
  head.querySelector("h2").append(...makeSentence(edge).childNodes);
  openPanel(head, make("h3", count(edge.evidence.length, "sentence says so", "sentences say so")), ...quoteAll(edge));
}
