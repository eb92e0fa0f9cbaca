// The column of filters: what is shown, what it means, and how much of it there is.
function countBy(items, name) {
  const found = new Map();
  for (const item of items) found.set(name(item), (found.get(name(item)) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(String(b[0])));
}

function showFilters() {
  const open = new Set([...byId("filters").querySelectorAll("details[open]")].map((it) => it.dataset.key));
  const parts = [makeSummary(), makeLegend(), makeCertainty(), makeDates(), makeRelations(), makeSources(), makeHand(), makeReset()];
  for (const part of parts.filter(Boolean)) {
    for (const it of [part, ...part.querySelectorAll("details")]) if (open.has(it.dataset.key)) it.open = true;
  }
  renew(byId("filters"), parts);
}

function makeSummary() {
  const { nodes: found, edges: kept, of } = selection();
  const near = focusNode() ? ` within ${count(state.steps, "step", "steps")}` : "; search or expand";
  const box = put("section", "summary", make("p", found.length < of
    ? `Showing ${found.length.toLocaleString("en")} of ${of.toLocaleString("en")} things${near}`
    : `Showing ${count(found.length, "thing", "things")} and ${count(kept.length, "statement", "statements")}`));
  if (isPart) box.append(make("p", tellPart(), "soft"));
  if (found.length < of && !state.steps) box.append(makeButton(`Show all ${of.toLocaleString("en")}`, () => change({ all: true })));
  if (state.all && of > FIRST) box.append(makeButton("Show the most important", () => change({ all: false })));
  if (state.steps) box.append(makeButton("Leave focus", () => change({ steps: 0, focus: "" })));
  return box;
}

const tellPart = () => `This file holds the ${heldAtFirst.toLocaleString("en")} most important of ${data.total.toLocaleString("en")} things; ${
  served ? "what you expand or search for is loaded." : "kg serve shows all."}`;

// The legend is the filter of types: groups, and below each its kinds, with how many are shown or could be.
function makeLegend() {
  const box = put("section", "legend", make("h2", "Types"));
  const counted = nodes.filter((node) => isShown(node.status));
  const passing = new Map(countBy(selection().found, (node) => node.kind));
  for (const group of Object.keys(GROUPS)) {
    const kinds = countBy(counted.filter((node) => node.group === group), (node) => node.kind);
    const told = kinds.map(([kind, all]) => [kind, state.kinds.includes(kind) ? all : passing.get(kind) ?? 0]);
    if (kinds.length) box.append(makeGroup(group, told));
  }
  return box;
}

function makeGroup(group, kinds) {
  const names = kinds.map(([kind]) => kind);
  const off = names.filter((kind) => state.kinds.includes(kind));
  const total = kinds.reduce((sum, [, number]) => sum + number, 0);
  const check = keyed(`group ${group}`, makeCheck([makeMark(group), make("span", GROUPS[group]), makeNumber(total)],
    off.length < names.length, (on) => change({ kinds: [...state.kinds.filter((kind) => !names.includes(kind)), ...(on ? [] : names)] })));
  check.firstChild.indeterminate = off.length > 0 && off.length < names.length;
  if (kinds.length === 1) return check;
  const details = put("details", "kinds", make("summary"), ...kinds.map(([kind, number]) => makeKind(kind, number)));
  details.dataset.key = `kinds ${group}`;
  details.firstChild.setAttribute("aria-label", `Kinds of ${GROUPS[group]}`);
  return put("div", "group", check, details);
}

const makeKind = (kind, number) => keyed(`kind ${kind}`, makeCheck([make("span", kind), makeNumber(number)],
  !state.kinds.includes(kind), () => change({ kinds: toggle("kinds", kind) })));

const makeNumber = (number) => make("span", number.toLocaleString("en"), "number");

function keyed(key, label) {
  label.querySelector("input, select").dataset.key = key;
  return label;
}

// Facts alone at first; what is no fact can be switched on kind by kind, and looks different.
function makeCertainty() {
  const counts = new Map(countBy([...edges, ...nodes.filter((node) => node.status !== "fact")], (it) => it.status));
  const box = put("section", "certainty", make("h2", "Beside the facts"));
  for (const [status, meaning] of Object.entries(STATUSES)) {
    if (!counts.has(status)) continue;
    const check = keyed(`status ${status}`, makeCheck([makeLine(status), make("span", status), makeNumber(counts.get(status))],
      state.show.includes(status), () => change({ show: toggle("show", status) })));
    check.title = meaning;
    box.append(check, make("p", meaning, "meaning"));
  }
  if (box.childElementCount === 1) box.append(make("p", "All that is told is a fact.", "soft"));
  return box;
}

// Back to how it began; what is chosen stays.
function makeReset() {
  const { view, node, edge, document: told, at, path, steps, focus } = state;
  return put("p", "reset", makeButton("Reset all filters", () => change({ ...BLANK, view, node, edge, document: told, at, path, steps, focus })));
}

// A sample of the line that is drawn for a status.
function makeLine(status) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  const line = document.createElementNS(space, "line");
  Object.entries({ viewBox: "0 0 28 6", width: 28, height: 6, class: "line", "aria-hidden": "true" }).forEach(([name, value]) => picture.setAttribute(name, value));
  Object.entries({ x1: 0, y1: 3, x2: 28, y2: 3, "stroke-dasharray": DASHES[status].join(" ") }).forEach(([name, value]) => line.setAttribute(name, value));
  picture.append(line);
  return picture;
}
