// Finds things by any of their names, whatever the accents: a combobox with a list (WAI-ARIA 1.2).
const MOST_FOUND = 12;
const finder = { names: null, found: [], at: -1 };

function startFinder() {
  const input = make("input");
  Object.assign(input, { id: "search", type: "search", placeholder: "Find a name …", autocomplete: "off" });
  const list = make("ul", "", "found");
  Object.assign(list, { id: "found", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Names found");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list", "aria-label": "Find a name" })) input.setAttribute(name, value);
  input.addEventListener("input", () => suggest(input, list));
  input.addEventListener("keydown", (event) => steer(event, input, list));
  // Whoever is back in the box by then goes on typing.
  input.addEventListener("blur", () => setTimeout(() => document.activeElement !== input && close(input, list), 150));
  byId("finder").append(input, list);
}

// Names that begin with the words come first, then those with a word that does, then those that hold them.
function findNamed(text) {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  finder.names ??= ranked.flatMap((node) => [node.label, ...node.names].map((name) => ({ node, name, folded: fold(name) })));
  const grade = ({ folded }) => {
    if (folded === wanted) return 0;
    if (folded.startsWith(wanted)) return 1;
    return folded.includes(` ${wanted}`) ? 2 : 3;
  };
  const best = new Map();
  for (const it of finder.names.filter(({ folded }) => folded.includes(wanted))) {
    const known = best.get(it.node);
    if (!known || grade(it) < known.grade) best.set(it.node, { ...it, grade: grade(it) });
  }
  return [...best.values()].sort((a, b) => a.grade - b.grade).slice(0, MOST_FOUND);
}

function suggest(input, list) {
  listFound(findNamed(input.value).map(tellFound), input, list);
  suggestMore(input, list);
}

const tellFound = ({ node, name }) => ({
  label: node.label, name, group: node.group, kind: node.status === "fact" ? node.kind : `${node.kind}, ${node.status}`,
  open: () => { pickNode(node); showInView(node); },
});

// Of a graph that the file holds only a part of, the server knows the other names.
async function suggestMore(input, list) {
  const wanted = input.value.trim();
  if (!served || !isPart || wanted.length < 2) return;
  const found = await ask(`things?named=${encodeURIComponent(wanted)}`).catch(() => []);
  const others = found.filter(({ curie }) => !byCurie.has(curie)).map(({ curie, label }) => (
    { label, name: label, group: "thing", kind: "to load", open: () => openRemote(curie) }));
  if (others.length && input.value.trim() === wanted) listFound([...finder.found, ...others], input, list);
}

function listFound(found, input, list) {
  finder.found = found;
  finder.at = found.length ? 0 : -1;
  const items = found.map((it, place) => makeOption(it, place, input, list));
  if (input.value.trim() && !items.length) items.push(make("li", "No such name", "soft none"));
  list.replaceChildren(...items);
  list.hidden = !items.length;
  input.setAttribute("aria-expanded", String(Boolean(finder.found.length)));
  highlight(input, list);
  tell(input.value.trim() ? count(finder.found.length, "name found", "names found") : "");
}

function makeOption({ label, name, group, kind, open }, place, input, list) {
  const option = put("li", "", makeMark(group), make("span", shorten(label, 60)));
  if (name !== label) option.append(make("span", shorten(name, 40), "soft"));
  option.append(make("span", kind, "soft kind"));
  option.id = `found-${place}`;
  option.setAttribute("role", "option");
  option.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(open, input, list);
  });
  return option;
}

function highlight(input, list) {
  [...list.children].forEach((option, place) => {
    if (option.hasAttribute("role")) option.setAttribute("aria-selected", String(place === finder.at));
  });
  if (finder.at < 0) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", `found-${finder.at}`);
  list.children[finder.at]?.scrollIntoView({ block: "nearest" });
}

function steer(event, input, list) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && finder.found.length) {
    event.preventDefault();
    finder.at = (finder.at + step + finder.found.length) % finder.found.length;
    highlight(input, list);
  } else if (event.key === "Enter" && finder.found[finder.at]) take(finder.found[finder.at].open, input, list);
  else if (event.key === "Escape") close(input, list);
}

function take(open, input, list) {
  input.value = "";
  close(input, list);
  open();
}

function close(input, list) {
  list.hidden = true;
  finder.found = [];
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}
