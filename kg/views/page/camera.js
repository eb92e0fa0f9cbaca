// Where the camera of the graph stands: on all, on a part, on a node.
const FIT_ROOM = 55; // pixels around what is fitted, for names

// What is looked at: the way between two things where one is asked for, else all that is shown.
function listFramed() {
  const { way, nodes: found } = selection();
  return way ? [...markEdges(way).nodes].map((id) => nodes[id]) : found;
}

const fitGraph = (animated = true) => frameNodes(listFramed(), animated);

function frameNodes(framed, animated = true) {
  if (!framed.length) return;
  const [left, right] = spanOf(framed.map((node) => node.x));
  const [top, bottom] = spanOf(framed.map((node) => node.y));
  const { clientWidth: width, clientHeight: height } = graph.frame;
  const scale = Math.min(1.4, (width - 2 * FIT_ROOM) / (right - left || 1), (height - 2 * FIT_ROOM) / (bottom - top || 1));
  moveCamera({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(0.01, scale) }, animated);
}

const moveCamera = (to, animated = true) => graph.network.moveTo({ ...to, animation: animated && !calm.matches && { duration: 300 } });

// What narrows the view to a part of the graph moves the camera to it, once.
function frameGraph() {
  const framed = [focusNode()?.curie, state.steps, state.path[1] && state.path, state.only].join("|");
  const before = graph.framed;
  graph.framed = framed;
  if (before && before !== framed) fitGraph();
}

// Brings a node to where it can be seen, if the graph is looked at.
function showInView(node) {
  if (state.view !== "graph" || !graph.network) return;
  const scale = Math.max(graph.network.getScale(), 0.9);
  const sheet = narrow.matches ? { x: 0, y: -graph.frame.clientHeight / 4 } : { x: 0, y: 0 }; // the panel covers the lower half
  moveCamera({ position: { x: node.x, y: node.y }, offset: sheet, scale });
}

function keepInView(node) {
  const { x, y } = graph.network.canvasToDOM({ x: node.x, y: node.y });
  const inside = x > 60 && y > 60 && x < graph.frame.clientWidth - 60 && y < graph.frame.clientHeight - 60;
  if (!inside) moveCamera({ position: { x: node.x, y: node.y } }, false);
}

function zoomGraph(factor) {
  moveCamera({ scale: graph.network.getScale() * factor });
}
