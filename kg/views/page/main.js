// Begins: reads the address, draws, and draws again at each change.
let shown = "";

function render() {
  forgetSelection();
  const looked_ = selection();
  if (shown && shown !== state.view) VIEWS[shown].hide();
  shown = state.view;
  VIEWS[state.view].show(byId("stage"), looked_);
  byId("tools").querySelector(".fit").hidden = !VIEWS[state.view].fit;
  showTabs();
  showFilters();
  showPanel();
  document.documentElement.dataset.ready = String(looked_.nodes.length);
}

function showTabs() {
  if (Object.keys(VIEWS).length < 2) return;
  byId("views").replaceChildren(...Object.entries(VIEWS).map(([name, { title }]) => {
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

function toggleFilters() {
  const open = document.body.classList.toggle("folded");
  byId("toggle-filters").setAttribute("aria-expanded", String(!open));
  graph.network?.redraw();
}

byId("skip").addEventListener("click", () => (byId("stage").querySelector("[tabindex]") ?? byId("stage")).focus());
byId("toggle-filters").addEventListener("click", toggleFilters);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); render(); });
startFinder();
showTools();
readColours();
readHash();
render();
