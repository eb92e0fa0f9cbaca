// The picture: edges as one path for each look, nodes as one for each group; redrawn at every frame of a movement.
const SMALL = 3.5;
const scene = { nodes: [], edges: [], lines: new Map(), marked: null, hovered: -1, least: 0.5, moving: false, doubted: 0, colours: {} };

// Called when other nodes or edges are looked at, or when a node was moved.
function traceScene() {
  scene.lines = new Map();
  scene.least = Math.min(0.55, 11 / Math.sqrt(scene.nodes.length));
  scene.doubted = scene.edges.filter((edge) => edge.status !== "fact").length;
  for (const edge of scene.edges) {
    if (!scene.lines.has(edge.status)) scene.lines.set(edge.status, { edges: [], path: new Path2D(), heads: new Path2D() });
    const line = scene.lines.get(edge.status);
    line.edges.push(edge);
    traceEdge(line.path, edge);
    traceHead(line.heads, edge);
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
  const headed = scene.edges.length <= 1500 && scale > 0.5;
  pen.lineWidth = 1 / scale;
  pen.globalAlpha = fadeEdges();
  for (const [status, line] of scene.lines) inkEdges(pen, line, status, scale, scene.colours.edge, headed);
  pen.globalAlpha = 1;
  pen.lineWidth = 1.8 / scale;
  for (const edge of scene.marked?.edges ?? []) inkEdges(pen, { edges: [edge] }, edge.status, scale, scene.colours.accent, true);
}

// Edges step back behind what is marked, and the more of them there are.
const fadeEdges = () => (scene.marked ? 0.25 : Math.max(0.3, Math.min(1, 1500 / scene.edges.length)));

// Edges of one status in one stroke: along the path that was kept for them, or traced for a pen that has no paths.
function inkEdges(pen, { edges, path, heads }, status, scale, sure, headed) {
  pen.strokeStyle = status === "fact" ? sure : scene.colours.flag;
  pen.fillStyle = pen.strokeStyle;
  if (!scene.moving) dashLine(pen, status, scale);
  if (path && !pen.root) pen.stroke(path);
  else traceAll(pen, edges, traceEdge).stroke();
  pen.setLineDash([]);
  if (!headed) return;
  if (heads && !pen.root) pen.fill(heads);
  else traceAll(pen, edges, traceHead).fill();
}

function traceAll(pen, edges, trace) {
  pen.beginPath();
  for (const edge of edges) trace(pen, edge);
  return pen;
}

const dashLine = (pen, status, scale) => pen.setLineDash((DASHES[status] ?? []).map((length) => length / scale));

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
