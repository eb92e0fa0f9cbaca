// The graph view: vis-network moves the camera and the nodes, the scene is drawn by us.
const graph = { network: null, frame: null, known: "", crowded: false, held: -1, framed: "" };
const MOST_HELD = 1000;
const MOST_DASHED = 200;

VIEWS.graph = {
  title: "Graph",
  show(container, { nodes: found, edges: kept }) {
    if (!graph.network) startGraph();
    if (graph.frame.parentNode !== container) container.replaceChildren(graph.frame);
    showNodes(found, kept);
    scene.marked = markScene();
    frameGraph();
    graph.network.redraw();
  },
  hide() { scene.hovered = -1; },
  fit: () => fitGraph(),
};

function startGraph() {
  graph.frame = make("div", "", "graph");
  Object.assign(graph.frame, { tabIndex: 0, id: "graph" });
  graph.frame.setAttribute("role", "application");
  graph.frame.setAttribute("aria-roledescription", "graph");
  graph.frame.setAttribute("aria-label", "Graph. Arrow keys go from thing to thing, Enter opens, plus and minus zoom.");
  byId("stage").append(graph.frame);
  graph.dots = new vis.DataSet();
  graph.network = new vis.Network(graph.frame, { nodes: graph.dots, edges: [] }, {
    physics: false, layout: { improvedLayout: false },
    interaction: { hover: false, selectable: false, keyboard: false, zoomSpeed: 0.6 },
    nodes: { shape: "custom", ctxRenderer: reserve },
  });
  graph.network.on("beforeDrawing", drawScene);
  graph.network.on("afterDrawing", drawLabels);
  graph.frame.firstChild.tabIndex = -1; // the frame itself is where keys go
  graph.frame.addEventListener("keydown", steerGraph);
  graph.network.on("zoom", leaveOutDashes);
  graph.network.on("dragging", leaveOutDashes);
  listenToGraph();
}

// vis-network only has to know where a node can be taken hold of.
function reserve({ id }) {
  const size = 2 * nodes[id].radius;
  return { drawNode() {}, nodeDimensions: { width: size, height: size } };
}

function showNodes(found, kept) {
  const known = found.map((node) => node.id).join();
  scene.nodes = found;
  scene.edges = kept;
  fanOut(kept);
  traceScene();
  if (known === graph.known) return;
  graph.crowded = found.length > MOST_HELD;
  graph.held = -1;
  graph.dots.clear();
  if (!graph.crowded) graph.dots.add(found.map(makeDot));
  if (!graph.known) fitGraph(false);
  graph.known = known;
}

const makeDot = ({ id, x, y }) => ({ id, x, y });

// vis-network takes its time for each node it knows of: of very many it only knows the one that was pointed at last.
function holdNode(id) {
  if (!graph.crowded || id < 0 || id === graph.held) return;
  graph.dots.clear();
  graph.dots.add(makeDot(nodes[id]));
  graph.held = id;
}

// Dashes of very many lines take long to draw: while the picture moves they are left out, their colour stays.
function leaveOutDashes() {
  if (scene.doubted < MOST_DASHED) return;
  scene.moving = true;
  clearTimeout(graph.rest);
  graph.rest = setTimeout(() => { scene.moving = false; graph.network.redraw(); }, 160);
}

function drawScene(pen) {
  const scale = graph.network.getScale();
  const { clientWidth: width, clientHeight: height } = graph.frame;
  const start = graph.network.DOMtoCanvas({ x: 0, y: 0 });
  const end = graph.network.DOMtoCanvas({ x: width, y: height });
  drawEdges(pen, scale);
  drawNodes(pen, scale, [start.x, start.y, end.x, end.y]);
  drawRings(pen, scale);
}

function drawLabels(pen) {
  const scale = graph.network.getScale();
  const ratio = window.devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = graph.frame;
  const { focus = -1, nodes: marked } = scene.marked ?? {};
  const first = scene.nodes.filter((node) => marked?.has(node.id)).sort((a, b) => (b.id === focus) - (a.id === focus));
  const rest = scene.marked && !state.steps ? [] : scene.nodes.filter((node) => !marked?.has(node.id));
  const start = graph.network.canvasToDOM({ x: 0, y: 0 });
  const spots = [];
  for (const node of [...first, ...rest]) {
    const [x, y] = [start.x + node.x * scale, start.y + node.y * scale];
    if (x < -60 || y < -40 || x > width + 60 || y > height) continue;
    const strong = node.id === focus;
    spots.push({ text: node.label, status: node.status, x, y, radius: radiusAt(node, scale) * scale + (strong ? 5 : 0), strong });
    if (spots.length > MOST_TRIED) break;
  }
  pen.save();
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const grid = drawNames(pen, spots, scene.colours, width);
  drawWords(pen, grid, scale, start);
  pen.restore();
}

// The relation in words on edges that stand out, and on what is no fact its status.
function drawWords(pen, grid, scale, start) {
  const marked = scene.marked?.edges ?? [];
  const doubted = scene.marked || scale < 0.6 ? [] : scene.edges.filter((edge) => edge.status !== "fact");
  pen.font = `italic 400 12px ${scene.colours.sans}`;
  pen.textBaseline = "middle";
  for (const edge of [...marked, ...doubted].slice(0, 60)) {
    const middle = bendOf(edge);
    const text = [marked.length ? edge.relation : "", edge.status === "fact" ? "" : edge.status].filter(Boolean).join(" · ");
    const [x, y] = [start.x + middle.x * scale, start.y + middle.y * scale];
    const half = pen.measureText(text).width / 2;
    const box = [x - half - 2, y - 8, x + half + 2, y + 8];
    if (!grid.isFree(box)) continue;
    grid.take(box);
    pen.fillStyle = edge.status === "fact" ? scene.colours.soft : scene.colours.flag;
    pen.strokeText(text, x, y);
    pen.fillText(text, x, y);
  }
}
