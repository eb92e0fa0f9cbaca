// One state and one way to change it: change() merges, writes the address and renders. A view is its address.
const BLANK = Object.freeze({
  view: "graph", node: "", edge: "", document: "", at: -1, steps: 0, focus: "", path: [],
  kinds: [], relations: [], sources: [], only: "", since: "", until: "", least: 1, show: [],
  pinned: [], hidden: [], opened: [], all: false, unlinked: false,
  rows: "statements", by: 0, down: false,
});
const state = { ...BLANK };

// An address can be typed: what is no such value is left out.
const DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/u;
const VALID = { steps: /^[0-3]$/u, least: /^[1-9]\d{0,3}$/u, at: /^\d+$/u, since: DATE, until: DATE };

function writeHash(wanted = state) {
  const told = new URLSearchParams();
  for (const [name, blank] of Object.entries(BLANK)) {
    if (Array.isArray(blank)) wanted[name].forEach((value) => told.append(name, value));
    else if (wanted[name] !== blank) told.set(name, String(wanted[name]));
  }
  return `#${told}`;
}

function readHash() {
  const told = new URLSearchParams(location.hash.slice(1));
  for (const [name, blank] of Object.entries(BLANK)) state[name] = readField(told, name, blank);
  if (!Object.hasOwn(VIEWS, state.view)) state.view = BLANK.view;
  if (state.since && state.until && state.until < state.since.slice(0, state.until.length)) [state.since, state.until] = [state.until, state.since];
}

function readField(told, name, blank) {
  if (Array.isArray(blank)) return told.getAll(name);
  if (!told.has(name)) return blank;
  const value = told.get(name);
  if (name in VALID && !VALID[name].test(value)) return blank;
  if (typeof blank === "number") return Number.isFinite(Number(value)) ? Number(value) : blank;
  return typeof blank === "boolean" ? value === "true" : value;
}

let dragged = false;

// A step that can be gone back; what is dragged is one step, however long it takes.
function change(patch, { dragging = false } = {}) {
  Object.assign(state, patch);
  const hash = writeHash();
  if (hash !== (location.hash || "#")) history[dragged ? "replaceState" : "pushState"](null, "", hash);
  dragged = dragging;
  render();
}

const toggle = (name, value) => (state[name].includes(value)
  ? state[name].filter((other) => other !== value) : [...state[name], value]);

// What is chosen is one thing: a node, a statement, a way or a document.
const NOTHING = { node: "", edge: "", document: "", at: -1, path: [] };
const choose = (patch, options) => change({ ...NOTHING, ...patch }, options);

// A link to what would be chosen: the same by a click, in a window of its own by the browser's menu.
function makeLink(text, patch, follow = () => choose(patch)) {
  const link = make("a", text, "link");
  link.href = location.href.split("#")[0] + writeHash({ ...state, ...NOTHING, ...patch });
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    follow();
  });
  return link;
}

const chooseNode = (node) => choose({ node: node.curie, focus: state.steps ? node.curie : "" });
const chooseEdge = (edge) => choose({ edge: nameEdge(edge) });
const chosenNode = () => byCurie.get(state.node);
const focusNode = () => (state.steps ? byCurie.get(state.focus) ?? chosenNode() : undefined);
const chosenEdge = () => byName.get(state.edge);
addEventListener("popstate", () => { readHash(); render(); });

// Other ways to look at a selection, and to take it away, register here.
const VIEWS = {};
const TAKEAWAYS = [];
