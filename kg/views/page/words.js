// How the page names what the data only codes.
const GROUPS = {
  person: "People", organization: "Organisations", place: "Places", event: "Events",
  position: "Positions", work: "Laws and works", thing: "Other things",
};
const STATUSES = {
  possible: "probable or possible", alleged: "said by somebody, not by the text", denied: "the text denies it",
  planned: "planned, attempted, asked or supposed", disputed: "sources contradict each other",
  candidate: "read too unsurely to be a fact",
};
// Dashes by status, in page units: the word beside them says the same.
const DASHES = { possible: [9, 4], alleged: [6, 4], denied: [2, 4], planned: [10, 3, 2, 3], disputed: [4, 2], candidate: [1, 4] };
const PARTS = { verb: "verb", noun: "noun", adj: "adjective", named: "name", office: "office" };

const count = (number, one, many) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
const tellNode = (node) => (node.status === "fact" ? node.label : `${node.label} (${node.status})`);
// What keeps a sentence from asserting what was read from it, and who says it.
const tellDoubt = ({ status, says }) => [`${status}, ${STATUSES[status]}`, says && `said by ${says}`].filter(Boolean).join("; ");
const order = (a, b) => Number(a > b) - Number(a < b);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const spanOf = (numbers) => numbers.reduce(([least, most], it) => [Math.min(least, it), Math.max(most, it)], [Infinity, -Infinity]);
const shorten = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);

// The rule in words: 'president-noun “president”, so officialOf' → 'from the noun “president”, so “official of”'.
function tellRule(rule) {
  const [first, so] = rule.split(", so ");
  const found = /^(?<frame>.+)-(?<part>\w+) “(?<cue>[^”]*)”$/u.exec(first);
  const read = found ? `from the ${PARTS[found.groups.part] ?? "words"} “${found.groups.cue}”` : first;
  return so ? `${read}, so “${so.replace(/([a-z])([A-Z])/gu, "$1 $2").toLowerCase()}”` : read;
}
