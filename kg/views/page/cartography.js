// The map as it is drawn: outline, places as large as what is told of them, names.
const redrawMap = () => { if (map.frame?.isConnected) drawMap(map.pen); };

function drawMap(pen) {
  const [width, height] = VIEWS.map.size();
  pen.fillStyle = css("--sea");
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.fill();
  if (data.outline) drawOutline(pen);
  const shown = map.places.map((node) => ({ node, at: project(node), radius: sizeOf(node) }));
  shown.filter(({ at: [x, y] }) => x > -50 && y > -50 && x < width + 50 && y < height + 50).reverse().forEach((spot) => drawPlace(pen, spot));
  drawNames(pen, shown.map(({ node, at: [x, y], radius }) => ({
    text: node.label, status: node.status, x, y, radius, strong: node === chosenNode() || node === map.current, faint: isFaint(node),
  })), scene.colours, width);
}

const sizeOf = (node) => 4 + 1.8 * Math.sqrt(Math.min(map.told.get(node.id), 90));
const isFaint = (node) => Boolean(map.near && !map.near.has(node.id));

function drawOutline(pen) {
  const { rings, borders } = readOutline();
  const follow = (points) => points.forEach(([x, y], place) => pen[place ? "lineTo" : "moveTo"](...toScreen(x, y)));
  pen.beginPath();
  rings.forEach(follow);
  Object.assign(pen, { fillStyle: css("--land"), strokeStyle: css("--coast"), lineWidth: 0.8, lineJoin: "round" });
  pen.fill();
  pen.stroke();
  pen.beginPath();
  borders.forEach(follow);
  Object.assign(pen, { strokeStyle: css("--border"), lineWidth: 1 });
  pen.stroke();
}

function drawPlace(pen, { node, at: [x, y], radius }) {
  const fact = node.status === "fact";
  pen.globalAlpha = isFaint(node) ? 0.25 : 0.85;
  pen.beginPath();
  SHAPES.place(pen, x, y, radius);
  Object.assign(pen, { fillStyle: fact ? scene.colours.place : css("--land"), strokeStyle: fact ? scene.colours.paper : scene.colours.place, lineWidth: 1.5 });
  pen.setLineDash(fact ? [] : [4, 3]);
  pen.fill();
  pen.stroke();
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  if (node !== chosenNode() && node !== map.current) return;
  pen.beginPath();
  pen.arc(x, y, radius + 4, 0, 2 * Math.PI);
  Object.assign(pen, { strokeStyle: scene.colours.accent, lineWidth: 2.5 });
  pen.stroke();
}
