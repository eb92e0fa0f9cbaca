// The facts of the selection as Turtle (RDF 1.1). What is no fact is left out: as a triple it would be asserted.
const UNSAFE = /[\u0000-\u0020<>"{}|^`\\]/gu; // what an IRIREF may not hold
const TERM = /^[A-Za-z][\w-]*$/u;
const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const TYPES = [[/^\d{4}-\d\d-\d\d$/u, "date"], [/^\d{4}-\d\d$/u, "gYearMonth"], [/^\d{4}$/u, "gYear"]];
const DATED = /(^kg:(begin|until|date|endDate)|On)$/u;

function expand(curie) {
  const colon = curie.indexOf(":");
  const base = data.iris[curie.slice(0, colon)];
  return base === undefined ? curie : base + curie.slice(colon + 1);
}

const writeIri = (curie) => (TERM.test(curie.slice(curie.indexOf(":") + 1)) && data.iris[curie.split(":")[0]] ? curie
  : `<${expand(curie).replace(UNSAFE, (letter) => `%${letter.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`)}>`);

const writeText = (text) => `"${text.replace(/[\\"\n\r\t]/gu, (letter) => ESCAPES[letter])
  .replace(/[\u0000-\u001f\u007f]/gu, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;

function writeValue({ predicate, value }) {
  if (predicate === "owl:sameAs") return writeIri(value);
  const type = DATED.test(predicate) && TYPES.find(([form]) => form.test(value));
  return type ? `${writeText(value)}^^xsd:${type[1]}` : writeText(value);
}

function writeTurtle({ nodes: found, edges: kept }) {
  const facts = kept.filter((edge) => edge.status === "fact");
  const told = new Map(found.filter((node) => node.status === "fact").map((node) => [node.id, describe(node)]));
  for (const edge of facts) told.get(edge.from)?.push([writeIri(edge.predicate), writeIri(nodes[edge.to].curie)]);
  const left = kept.length - facts.length;
  return [
    "# The facts of a selection, without their evidence.",
    ...(left ? [`# ${count(left, "statement that is no fact is", "statements that are no facts are")} left out.`] : []),
    ...["kg", "rdfs", "skos", "owl", "xsd"].map((prefix) => `@prefix ${prefix}: <${data.iris[prefix]}> .`),
    ...[...told].map(([id, pairs]) => `\n${writeIri(nodes[id].curie)}\n${pairs.map((pair) => `    ${pair.join(" ")}`).join(" ;\n")} .`),
    "",
  ].join("\n");
}

const describe = (node) => [
  ["a", writeIri(node.type)],
  ["rdfs:label", writeText(node.label)],
  ...node.names.map((name) => ["skos:altLabel", writeText(name)]),
  ...node.values.filter((value) => value.status === "fact").map((value) => [writeIri(value.predicate), writeValue(value)]),
];
