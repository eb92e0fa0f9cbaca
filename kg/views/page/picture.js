// The view as a picture: its own drawing code with another pen.
VIEWS.graph.draw = (pen) => drawGraph(pen);
VIEWS.graph.size = () => [graph.frame.clientWidth, graph.frame.clientHeight];

function drawGraph(pen) {
  const scale = graph.network.getScale();
  const [width, height] = VIEWS.graph.size();
  const start = graph.network.canvasToDOM({ x: 0, y: 0 });
  const end = graph.network.DOMtoCanvas({ x: width, y: height });
  const corner = graph.network.DOMtoCanvas({ x: 0, y: 0 });
  pen.rect(0, 0, width, height);
  pen.fillStyle = scene.colours.paper;
  pen.fill();
  pen.place(scale, start.x, start.y);
  traceStatuses(pen, scale);
  drawNodes(pen, scale, [corner.x, corner.y, end.x, end.y]);
  drawRings(pen, scale);
  pen.place(1, 0, 0);
  drawLabels(pen);
}

function traceStatuses(pen, scale) {
  const marked = new Set(scene.marked?.edges ?? []);
  for (const [status] of scene.paths) {
    pen.beginPath();
    for (const edge of scene.edges) if (edge.status === status && !marked.has(edge)) traceEdge(pen, edge);
    pen.globalAlpha = fadeEdges();
    pen.lineWidth = 1 / scale;
    strokePath(pen, status, scale, scene.colours.edge);
  }
  pen.globalAlpha = 1;
  pen.lineWidth = 1.8 / scale;
  for (const edge of marked) {
    pen.beginPath();
    traceEdge(pen, edge);
    strokePath(pen, edge.status, scale, scene.colours.accent);
  }
  drawHeads(pen, marked, scale);
}

function strokePath(pen, status, scale, sure) {
  pen.strokeStyle = status === "fact" ? sure : scene.colours.flag;
  pen.setLineDash((DASHES[status] ?? []).map((length) => length / scale));
  pen.stroke();
  pen.setLineDash([]);
}

function drawHeads(pen, marked, scale) {
  const some = marked.size ? [...marked] : scene.heads && scale > 0.5 ? scene.edges : [];
  pen.beginPath();
  for (const edge of some) traceHead(pen, edge);
  pen.fillStyle = marked.size ? scene.colours.accent : scene.colours.edge;
  pen.fill();
}

function makeSvg() {
  const view = VIEWS[state.view];
  const pen = makeSvgPen(...view.size());
  view.draw(pen);
  pen.root.prepend(makeElement("title", {}, data.title));
  return new XMLSerializer().serializeToString(pen.root);
}

// Twice as fine as the screen, from the same SVG.
async function makePng() {
  const [width, height] = VIEWS[state.view].size();
  const address = URL.createObjectURL(new Blob([makeSvg()], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  canvas.getContext("2d").drawImage(image, 0, 0, 2 * width, 2 * height);
  URL.revokeObjectURL(address);
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
}
