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
  const many = tellSentences(statement);
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

// A sentence from which several rules read the same is quoted once; what asserts the statement comes first.
function quoteAll(statement) {
  const pieces = new Map();
  for (const piece of [...statement.evidence].sort((a, b) => supports(b, statement) - supports(a, statement))) {
    pieces.set(piece.passage, [...(pieces.get(piece.passage) ?? []), piece]);
  }
  return [...pieces.values()].map((found) => quote(found, endsOf(statement), statement));
}

// How many sentences there are, and how many of them do not assert what is a fact by others.
function tellSentences(statement) {
  const all = new Set(statement.evidence.map((piece) => piece.passage));
  const firm = new Set(statement.evidence.filter((piece) => supports(piece, statement)).map((piece) => piece.passage));
  const rest = all.size - firm.size;
  const doubtful = rest ? ` and ${rest} that ${rest === 1 ? "does" : "do"} not assert it` : "";
  const left = statement.more ? `, ${statement.more.toLocaleString("en")} more in the graph` : "";
  return count(firm.size, "sentence", "sentences") + doubtful + left;
}

const tellReading = (piece) => [`Read ${tellRule(piece.rule)}`, `score ${piece.score}`, piece.status === "fact" ? "" : tellDoubt(piece)]
  .filter(Boolean).join(" · ");

function quote(pieces, ends, statement) {
  const piece = pieces[0];
  const passage = data.passages[piece.passage];
  const source = data.documents[passage.document];
  const block = make("blockquote");
  block.append(...markText(passage.text, findSpans(passage, source, ends)));
  const where = put("cite", "", linkDocument(source, passage.start));
  where.append(make("span", [source.source, source.published].filter(Boolean).join(" · "), "source"));
  const how = [...new Set(pieces.map(tellReading))].map((text) => make("p", text, "how"));
  const looks = supports(piece, statement) && statement.status === "fact" ? "evidence" : "evidence doubted";
  return put("figure", looks, block, where, ...how, ...QUOTING.map((tool) => tool(piece, statement)));
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
function markText(text, spans, makeOne = makeMarked) {
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

// The mention of what is no fact is dashed and says so.
function makeMarked(words, id) {
  const mark = make("mark", words, nodes[id].group);
  if (nodes[id].status !== "fact") mark.dataset.status = nodes[id].status;
  return mark;
}

function showEdge(edge) {
  const head = makeHead("Statement", "", put("p", "flags", ...listFlags(edge)));
  head.querySelector("h2").append(...makeSentence(edge).childNodes);
  openPanel(head, make("h3", tellSentences(edge)), ...quoteAll(edge));
}
