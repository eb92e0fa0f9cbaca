// The picture: edges as one path for each look, nodes as one for each group; redrawn at every frame of a movement.
const SMALL = 3.5;
const scene = { nodes: [], edges: [], paths: new Map(), heads: null, marked: null, hovered: -1, least: 0.5, moving: false, doubted: 0, colours: {} };

// Called when other nodes or edges are looked at, or when a node was moved.
function traceScene() {
  scene.paths = new Map();
  scene.least = Math.min(0.55, 11 / Math.sqrt(scene.nodes.length));
  scene.doubted = scene.edges.filter((edge) => edge.status !== "fact").length;
  scene.heads = scene.edges.length <= 1500 ? new Path2D() : null;
  for (const edge of scene.edges) {
    if (!scene.paths.has(edge.status)) scene.paths.set(edge.status, new Path2D());
    traceEdge(scene.paths.get(edge.status), edge);
    if (scene.heads) traceHead(scene.heads, edge);
  }
}

function readColours() {
  const names = ["ink", "soft", "paper", "edge", "accent", "flag", "card", "sans", ...Object.keys(GROUPS)];
  scene.colours = Object.fromEntries(names.map((name) => [name, css(`--${name}`)]));
}

// What stands out: what is chosen or pointed at, with its neighbours; null where nothing is.
function markScene() {
  const { way } = selection();
  const edge = chosenEdge();
  const focus = scene.hovered >= 0 ? scene.hovered : chosenNode()?.id ?? -1;
  if (way) return markEdges(way);
  if (edge && scene.hovered < 0) return markEdges([edge]);
  if (focus < 0) return null;
  const near = scene.edges.filter((it) => it.from === focus || it.to === focus);
  return { ...markEdges(near), focus, nodes: new Set([focus, ...near.map((it) => otherEnd(it, focus))]) };
}

const markEdges = (marked) => ({ focus: -1, edges: marked, nodes: new Set(marked.flatMap((edge) => [edge.from, edge.to])) });

function drawEdges(pen, scale) {
  const marked = scene.marked;
  pen.lineWidth = 1 / scale;
  pen.globalAlpha = fadeEdges();
  for (const [status, path] of scene.paths) strokeEdges(pen, path, status, scale);
  if (scene.heads && scale > 0.5) {
    pen.fillStyle = scene.colours.edge;
    pen.fill(scene.heads);
  }
  pen.globalAlpha = 1;
  if (marked) drawMarked(pen, marked.edges, scale);
}

// Edges step back behind what is marked, and the more of them there are.
const fadeEdges = () => (scene.marked ? 0.25 : Math.max(0.3, Math.min(1, 1500 / scene.edges.length)));

function strokeEdges(pen, path, status, scale) {
  pen.strokeStyle = status === "fact" ? scene.colours.edge : scene.colours.flag;
  if (!scene.moving) pen.setLineDash((DASHES[status] ?? []).map((length) => length / scale));
  pen.stroke(path);
  pen.setLineDash([]);
}

function drawMarked(pen, marked, scale) {
  pen.lineWidth = 1.8 / scale;
  for (const edge of marked) {
    const [line, head] = [new Path2D(), new Path2D()];
    traceEdge(line, edge);
    traceHead(head, edge);
    pen.strokeStyle = edge.status === "fact" ? scene.colours.accent : scene.colours.flag;
    pen.fillStyle = pen.strokeStyle;
    pen.setLineDash((DASHES[edge.status] ?? []).map((length) => length / scale));
    pen.stroke(line);
    pen.fill(head);
  }
  pen.setLineDash([]);
}

// From afar nodes shrink less than the space between them, the less the fewer there are: they have to be seen.
const radiusAt = (node, scale) => Math.max(node.radius * Math.max(1, scene.least / scale), 1.6 / scale);

// So small that no form is seen, all are squares, which are quick to draw.
const shapeAt = (node, scale) => (radiusAt(node, scale) * scale < SMALL ? SHAPES.organization : SHAPES[node.group]);

function drawNodes(pen, scale, [left, top, right, bottom]) {
  const seen = scene.nodes.filter((it) => it.x > left - 40 && it.x < right + 40 && it.y > top - 40 && it.y < bottom + 40);
  for (const group of Object.keys(GROUPS)) {
    const mine = seen.filter((it) => it.group === group);
    const strong = (it) => !scene.marked || scene.marked.nodes.has(it.id);
    drawGroup(pen, mine.filter((it) => !strong(it)), scale, 0.25);
    drawGroup(pen, mine.filter(strong), scale, 1);
  }
}

function drawGroup(pen, mine, scale, alpha) {
  if (!mine.length) return;
  pen.globalAlpha = alpha;
  fillNodes(pen, mine.filter((it) => it.status === "fact"), scale);
  outlineNodes(pen, mine.filter((it) => it.status !== "fact"), scale);
  pen.globalAlpha = 1;
}

function fillNodes(pen, mine, scale) {
  if (!mine.length) return;
  pen.beginPath();
  for (const it of mine) shapeAt(it, scale)(pen, it.x, it.y, radiusAt(it, scale));
  pen.fillStyle = scene.colours[mine[0].group];
  pen.fill();
  if (scale < 0.35) return;
  pen.lineWidth = 1.5 / scale;
  pen.strokeStyle = scene.colours.paper;
  pen.stroke();
}

// What is no fact is hollow and dashed.
function outlineNodes(pen, mine, scale) {
  if (!mine.length) return;
  pen.beginPath();
  for (const it of mine) SHAPES[it.group](pen, it.x, it.y, radiusAt(it, scale));
  pen.fillStyle = scene.colours.paper;
  pen.fill();
  pen.lineWidth = 1.8 / scale;
  pen.setLineDash([4 / scale, 3 / scale]);
  pen.strokeStyle = scene.colours[mine[0].group];
  pen.stroke();
  pen.setLineDash([]);
}

function drawRings(pen, scale) {
  const pinned = state.pinned.map((curie) => byCurie.get(curie));
  for (const node of [chosenNode(), ...pinned].filter(Boolean)) {
    pen.beginPath();
    pen.arc(node.x, node.y, radiusAt(node, scale) + 5 / scale, 0, 2 * Math.PI);
    pen.lineWidth = 2.5 / scale;
    pen.strokeStyle = node.curie === state.node ? scene.colours.accent : scene.colours.soft;
    pen.stroke();
  }
}
