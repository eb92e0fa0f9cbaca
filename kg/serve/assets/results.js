// Answers as a table, a yes or no, or Turtle; every text is text.
import { make } from "./editor.js";

const SHOWN = 2000;
const PAGES = [["statement/", "/statement/"], ["document/", "/document/"], ["", "/entity/"]];

// Puts the answer into `place` and returns what to say of it.
export function showResults(place, answer, vocabulary, root) {
  if (typeof answer === "string") {
    place.replaceChildren(make("pre", answer));
    return `${answer.split("\n").length - 1} lines of Turtle`;
  }
  if ("boolean" in answer) {
    place.replaceChildren();
    return answer.boolean ? "yes" : "no";
  }
  const rows = answer.results.bindings;
  place.replaceChildren(makeTable(answer.head.vars, rows.slice(0, SHOWN), { vocabulary, root }));
  const cut = rows.length > SHOWN ? `, the first ${SHOWN} shown` : "";
  return `${rows.length} ${rows.length === 1 ? "row" : "rows"}${cut}`;
}

function makeTable(names, rows, context) {
  const table = make("table");
  const head = make("thead");
  head.append(makeRow(names.map((name) => make("th", name))));
  const body = make("tbody");
  body.append(...rows.map((row) => makeRow(names.map((name) => makeCell(row[name], context)))));
  table.append(head, body);
  return table;
}

function makeRow(cells) {
  const row = make("tr");
  row.append(...cells);
  return row;
}

function makeCell(term, context) {
  const cell = make("td");
  if (!term) return cell;
  const shown = make("bdi", term.type === "uri" ? shorten(term.value, context.vocabulary.prefixes) : tell(term));
  const address = term.type === "uri" ? findAddress(term.value, context) : "";
  if (!address) {
    cell.append(shown);
    return cell;
  }
  const link = make("a");
  link.href = address;
  if (!address.startsWith(`${context.root}/`)) link.rel = "noreferrer noopener external";
  link.append(shown);
  cell.append(link);
  return cell;
}

function tell(term) {
  return typeof term.value === "string" ? term.value : JSON.stringify(term.value);
}

function shorten(iri, prefixes) {
  for (const [prefix, space] of Object.entries(prefixes)) {
    if (iri.startsWith(space)) return `${prefix}:${iri.slice(space.length)}`;
  }
  return iri;
}

// Our own pages for our own IRIs, the web for http(s), and no address for anything else.
function findAddress(iri, { vocabulary: { prefixes }, root }) {
  if (iri.startsWith(prefixes.kg)) return `${root}/ontology#${encodeURIComponent(iri.slice(prefixes.kg.length))}`;
  if (iri.startsWith(prefixes.kgg)) return `${root}/graph/${encodePath(iri.slice(prefixes.kgg.length))}`;
  if (iri.startsWith(prefixes.kgr)) {
    const local = iri.slice(prefixes.kgr.length);
    const [start, path] = PAGES.find(([beginning]) => local.startsWith(beginning));
    return root + path + encodePath(local.slice(start.length));
  }
  return /^https?:\/\//.test(iri) ? iri : "";
}

function encodePath(path) {
  return path.split("/").map(encodeURIComponent).join("/");
}
