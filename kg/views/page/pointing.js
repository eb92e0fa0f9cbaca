// What the mouse or a finger points at in the graph.
const CLOSE = 6;

function findNodeAt({ x, y }, scale) {
  let best = null;
  let least = Infinity;
  for (const node of scene.nodes) {
    const away = Math.hypot(node.x - x, node.y - y) - radiusAt(node, scale);
    if (away < CLOSE / scale && away < least) [best, least] = [node, away];
  }
  return best;
}

function findEdgeAt(point, scale) {
  let best = null;
  let least = CLOSE / scale;
  for (const edge of scene.edges) {
    const away = measureAway(point, edge);
    if (away < least) [best, least] = [edge, away];
  }
  return best;
}

// Along the two halves of the bent line.
function measureAway(point, edge) {
  const middle = bendOf(edge);
  return Math.min(measureLine(point, nodes[edge.from], middle), measureLine(point, middle, nodes[edge.to]));
}

function measureLine({ x, y }, a, b) {
  const square = (b.x - a.x) ** 2 + (b.y - a.y) ** 2 || 1;
  const along = Math.max(0, Math.min(1, ((x - a.x) * (b.x - a.x) + (y - a.y) * (b.y - a.y)) / square));
  return Math.hypot(x - a.x - along * (b.x - a.x), y - a.y - along * (b.y - a.y));
}

function listenToGraph() {
  const { network, frame } = graph;
  const pointed = (event) => findNodeAt(event.pointer.canvas, network.getScale());
  network.on("click", (event) => {
    const node = pointed(event);
    const edge = node ? null : findEdgeAt(event.pointer.canvas, network.getScale());
    if (node) pickNode(node);
    else if (edge) chooseEdge(edge);
    else if (state.node || state.edge || state.path.length) choose({});
  });
  network.on("doubleClick", (event) => {
    const node = pointed(event);
    if (node) expandNode(node);
  });
  network.on("dragging", moveDragged);
  network.on("dragEnd", moveDragged);
  frame.addEventListener("mousemove", (event) => point(event));
  frame.addEventListener("mouseleave", () => point(null));
}

function moveDragged(event) {
  for (const id of event.nodes) Object.assign(nodes[id], graph.network.getPosition(id));
  if (event.nodes.length) traceScene();
}

function point(event) {
  const found = event && !event.buttons
    ? findNodeAt(graph.network.DOMtoCanvas({ x: event.offsetX, y: event.offsetY }), graph.network.getScale()) : null;
  const hovered = found?.id ?? -1;
  graph.frame.classList.toggle("pointing", Boolean(found));
  if (hovered === scene.hovered) return;
  scene.hovered = hovered;
  holdNode(hovered);
  scene.marked = markScene();
  graph.network.redraw();
}
