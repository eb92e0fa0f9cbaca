// What is looked at: nodes and edges that pass the filters, and of many the most important.
const FIRST = 300;
let looked = null;

// A fact stands on the sentences that assert it; one that only plans or alleges it is no reason to show it.
const supports = (piece, statement) => statement.status !== "fact" || piece.status === "fact";
const isShown = (status) => status === "fact" || state.show.includes(status);

function makePasses() {
  const off = { kinds: new Set(state.kinds), relations: new Set(state.relations), sources: new Set(state.sources) };
  const hidden = new Set(state.hidden);
  const ranged = Boolean(state.since || state.until);
  const told = (piece) => {
    const document = data.documents[data.passages[piece.passage].document];
    return !off.sources.has(document.source) && (!state.only || document.curie === state.only);
  };
  const node = ({ status, kind, curie, group, begin, end }) => isShown(status) && !off.kinds.has(kind)
    && !hidden.has(curie) && !(ranged && group === "event" && !isWithin(begin, end || begin));
  const edge = (it) => isShown(it.status) && !off.relations.has(it.relation) && it.sources >= state.least
    && it.evidence.some((piece) => told(piece) && supports(piece, it)) && node(nodes[it.from]) && node(nodes[it.to]);
  return { node, edge, ranged };
}

// Dates are ISO 8601 and may be partial: 2010 begins before 2010-06 and ends after it.
function isWithin(begin, end) {
  if (!begin) return false;
  return (!state.until || begin <= `${state.until}~`) && (!state.since || `${end}~` >= state.since);
}

// With a range of dates, what happened in it and whom it touches is looked at.
function passRange(kept) {
  const touched = new Set();
  for (const edge of kept) {
    if (nodes[edge.from].group === "event" || nodes[edge.to].group === "event") touched.add(edge.from).add(edge.to);
  }
  return kept.filter((edge) => touched.has(edge.from) && touched.has(edge.to));
}

function findLinked(kept) {
  const linked = new Set();
  for (const edge of kept) linked.add(edge.from).add(edge.to);
  return linked;
}

// All that passes, before anything is left out for clarity.
function select() {
  const passes = makePasses();
  const asked = chosenEdge();
  const all = edges.filter((edge) => edge === asked || passes.edge(edge));
  const kept = passes.ranged ? passRange(all) : all;
  const linked = findLinked(kept);
  const alone = state.unlinked || !edges.length;
  const wanted = new Set([state.node, ...state.pinned].filter((curie) => !state.hidden.includes(curie)));
  const found = ranked.filter((node) => linked.has(node.id) || wanted.has(node.curie) || (alone && passes.node(node)));
  return { nodes: found, edges: kept, passes: new Set(kept) };
}

function cut({ nodes: found, edges: kept, passes }) {
  const way = findChosenWay(passes);
  const near = focusNode() ? reach(focusNode().id, state.steps, (edge) => passes.has(edge)) : null;
  const most = state.all || near ? Infinity : FIRST;
  const extra = findExtra(passes, way);
  const shown = found.filter((node, place) => (near ? near.has(node.id) : place < most || extra.has(node.id)));
  const here = new Set(shown.map((node) => node.id));
  return {
    nodes: shown, edges: kept.filter((edge) => here.has(edge.from) && here.has(edge.to)), of: found.length, way, here, found,
  };
}

// What is shown though it is not among the first: chosen, pinned, opened with its neighbours, and the way.
function findExtra(passes, way) {
  const extra = new Set([state.node, ...state.pinned].map((curie) => byCurie.get(curie)?.id));
  for (const id of state.opened.map((curie) => byCurie.get(curie)?.id)) {
    if (id === undefined) continue;
    extra.add(id);
    touching[id].filter((edge) => passes.has(edge)).forEach((edge) => extra.add(otherEnd(edge, id)));
  }
  for (const edge of [chosenEdge(), ...(way ?? [])]) if (edge) extra.add(edge.from).add(edge.to);
  return extra;
}

function findChosenWay(passes) {
  const [start, end] = state.path.map((curie) => byCurie.get(curie)?.id);
  return start === undefined || end === undefined ? null : findSurestWay(start, end, (edge) => passes.has(edge));
}

const selection = () => (looked ??= cut(select()));
const forgetSelection = () => { looked = null; };
