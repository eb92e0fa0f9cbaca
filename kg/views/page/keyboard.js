// The graph without a mouse. Keys act where the focus is; "/" goes to the search from everywhere but a field.
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const KEYS = [
  ["/", "find a name"], ["arrows", "to the next thing that way"], ["Enter", "read about it"], ["e", "expand"],
  ["1 2 3", "focus on so many steps"], ["p", "pin"], ["h", "hide"], ["+ − 0", "nearer, farther, all"], ["Esc", "leave it"],
];
const ACTS = {
  Enter: () => byId("panel").focus(),
  e: (node) => expandNode(node),
  p: (node) => change({ pinned: toggle("pinned", node.curie) }),
  h: hideNode,
};

function listenToKeys() {
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.matches("input, select, textarea")) return;
    event.preventDefault();
    byId("search").focus();
  });
}

function steerGraph(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = findAct(event.key);
  if (!act) return;
  event.preventDefault();
  act();
}

function findAct(key) {
  const node = chosenNode();
  if (WAYS[key]) return () => goThere(WAYS[key]);
  if (key === "Escape") return () => choose({});
  if (key === "0") return () => fitGraph();
  if (key === "+" || key === "=") return () => zoomGraph(1.3);
  if (key === "-") return () => zoomGraph(1 / 1.3);
  if (node && /^[123]$/u.test(key)) return () => focusOn(node, Number(key));
  return node && ACTS[key] ? () => ACTS[key](node) : null;
}

// The next thing that way: a neighbour where there is one, else whatever is nearest.
function goThere(way) {
  const from = chosenNode();
  if (!from) {
    if (scene.nodes.length) goTo(scene.nodes[0]);
    return;
  }
  const near = new Set(scene.edges.filter((edge) => edge.from === from.id || edge.to === from.id).map((edge) => otherEnd(edge, from.id)));
  const next = findThatWay(from, way, scene.nodes.filter((node) => near.has(node.id))) ?? findThatWay(from, way, scene.nodes);
  if (next) goTo(next);
}

function findThatWay(from, [dx, dy], candidates) {
  let best = null;
  let least = Infinity;
  for (const node of candidates) {
    const [x, y] = [node.x - from.x, node.y - from.y];
    const along = x * dx + y * dy;
    const cost = along + 2.5 * Math.abs(x * dy - y * dx);
    if (node !== from && along > 0 && cost < least) [best, least] = [node, cost];
  }
  return best;
}

function goTo(node) {
  chooseNode(node);
  keepInView(node);
  tell(`${tellNode(node)}, ${node.kind}, ${count(scene.edges.filter((edge) => edge.from === node.id || edge.to === node.id).length, "statement", "statements")}`);
}

function describeKeys() {
  const list = make("dl", "", "keys");
  for (const [key, meaning] of KEYS) list.append(make("dt", key), make("dd", meaning));
  return put("details", "fold", make("summary", "Keys"), list);
}
