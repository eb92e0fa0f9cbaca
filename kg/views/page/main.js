// Begins: reads the address, draws, and draws again at each change.
let shown = "";

function render() {
  forgetSelection();
  const looked_ = selection();
  if (shown && shown !== state.view) VIEWS[shown].hide();
  shown = state.view;
  VIEWS[state.view].show(byId("stage"), looked_);
  byId("tools").querySelector(".fit").hidden = !VIEWS[state.view].fit;
  showEmpty(looked_);
  showTabs();
  showFilters();
  showBrush();
  showPanel();
  document.documentElement.dataset.ready = String(looked_.nodes.length);
}

// Where nothing passes, it says so and how to go on.
function showEmpty({ nodes: found }) {
  byId("empty").hidden = found.length > 0;
  if (found.length) return;
  const told = nodes.length ? "Nothing passes these filters." : "The texts told of nothing that could be drawn.";
  byId("empty").replaceChildren(make("p", told), ...(nodes.length ? [makeReset()] : []));
}

// What the address asks for and the file does not hold.
async function loadAsked() {
  for (const curie of new Set([state.node, ...state.opened])) if (curie.startsWith("kgr:")) await loadAround(curie);
  render();
}

function showTabs() {
  if (Object.keys(VIEWS).length < 2) return;
  renew(byId("views"), Object.entries(VIEWS).map(([name, { title }]) => {
    const tab = makeButton(title, () => change({ view: name }));
    if (name === state.view) tab.setAttribute("aria-current", "page");
    return tab;
  }));
}

function showTools() {
  const tools = [makeButton("Fit", () => VIEWS[state.view].fit(), "fit"), makeTakeaways()];
  if (served) tools.push(makeLead("query", "Query"), makeLead("ontology", "Ontology"));
  byId("tools").replaceChildren(...tools);
}

const tellFolded = () => byId("toggle-filters").setAttribute("aria-expanded", String(!document.body.classList.contains("folded")));

function foldFilters() {
  document.body.classList.add("folded");
  tellFolded();
}

function toggleFilters() {
  document.body.classList.toggle("folded");
  tellFolded();
}

byId("skip").addEventListener("click", () => (byId("stage").querySelector("[tabindex]") ?? byId("stage")).focus());
byId("toggle-filters").addEventListener("click", toggleFilters);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); render(); });
document.body.classList.toggle("folded", narrow.matches);
startFinder();
startBrush();
listenToKeys();
tellFolded();
showTools();
readColours();
readHash();
render();
if (isPart && served) loadAsked();
