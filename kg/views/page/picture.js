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
  drawEdges(pen, scale);
  drawNodes(pen, scale, [corner.x, corner.y, end.x, end.y]);
  drawRings(pen, scale);
  pen.place(1, 0, 0);
  drawLabels(pen);
  drawLegend(pen, height);
}

// What marks and lines mean, as the column of filters says it on the page.
function drawLegend(pen, height) {
  const groups = Object.keys(GROUPS).filter((group) => scene.nodes.some((node) => node.group === group));
  const statuses = Object.keys(STATUSES).filter((status) => [...scene.edges, ...scene.nodes].some((it) => it.status === status));
  const rows = [...groups.map((group) => [GROUPS[group], (y) => drawSample(pen, group, y)]), ...statuses.map((status) => [status, (y) => drawDash(pen, status, y)])];
  Object.assign(pen, { textAlign: "left", textBaseline: "middle", font: `400 12px ${css("--sans")}` });
  rows.forEach(([text, draw], row) => {
    const y = height - 18 * (rows.length - row) + 4;
    draw(y);
    pen.fillStyle = scene.colours.ink;
    pen.fillText(text, 44, y);
  });
}

function drawSample(pen, group, y) {
  pen.beginPath();
  SHAPES[group](pen, 25, y, 5);
  pen.fillStyle = scene.colours[group];
  pen.fill();
}

function drawDash(pen, status, y) {
  pen.beginPath();
  pen.moveTo(10, y);
  pen.lineTo(38, y);
  pen.lineWidth = 1.5;
  pen.strokeStyle = status === "fact" ? scene.colours.edge : scene.colours.flag;
  dashLine(pen, status, 1);
  pen.stroke();
  pen.setLineDash([]);
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
