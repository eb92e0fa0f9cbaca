// The outline of a node by its group: form and colour say the same.
const SIDE = Math.sqrt(Math.PI) / 2; // a square with the area of the circle

const SHAPES = {
  person: (pen, x, y, r) => { pen.moveTo(x + r, y); pen.arc(x, y, r, 0, 2 * Math.PI); },
  organization: (pen, x, y, r) => pen.rect(x - r * SIDE, y - r * SIDE, 2 * r * SIDE, 2 * r * SIDE),
  place: (pen, x, y, r) => trace(pen, x, y, r * 1.25, [[0, -1], [0.92, 0.66], [-0.92, 0.66]]),
  event: (pen, x, y, r) => trace(pen, x, y, r * 1.2, [[0, -1], [1, 0], [0, 1], [-1, 0]]),
  position: (pen, x, y, r) => trace(pen, x, y, r * 1.08, [[-0.5, -0.87], [0.5, -0.87], [1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0]]),
  work: (pen, x, y, r) => pen.rect(x - r * 0.7, y - r, 1.4 * r, 2 * r),
  thing: (pen, x, y, r) => { pen.moveTo(x + r * 0.8, y); pen.arc(x, y, r * 0.8, 0, 2 * Math.PI); },
};

function trace(pen, x, y, r, corners) {
  pen.moveTo(x + r * corners.at(-1)[0], y + r * corners.at(-1)[1]);
  for (const [dx, dy] of corners) pen.lineTo(x + r * dx, y + r * dy);
}

// The middle of an edge, beside the straight line where several join the same two.
function bendOf(edge) {
  const a = nodes[edge.from];
  const b = nodes[edge.to];
  const sign = edge.from < edge.to ? 1 : -1;
  const aside = (edge.bend ?? 0) * 26 * sign;
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x: (a.x + b.x) / 2 - ((b.y - a.y) / length) * aside, y: (a.y + b.y) / 2 + ((b.x - a.x) / length) * aside };
}

// Edges between the same two are fanned out: 0; -½ ½; -1 0 1 …
function fanOut(kept) {
  const pairs = new Map();
  for (const edge of kept) {
    const pair = edge.from < edge.to ? edge.from * nodes.length + edge.to : edge.to * nodes.length + edge.from;
    if (pairs.has(pair)) pairs.get(pair).push(edge);
    else pairs.set(pair, [edge]);
  }
  for (const pair of pairs.values()) pair.forEach((edge, place) => { edge.bend = place - (pair.length - 1) / 2; });
}

function traceEdge(path, edge) {
  const a = nodes[edge.from];
  const b = nodes[edge.to];
  path.moveTo(a.x, a.y);
  if (edge.from === edge.to) path.arc(a.x + a.radius, a.y - a.radius, a.radius, Math.PI, 3 * Math.PI);
  else if (edge.bend) {
    const middle = bendOf(edge);
    path.quadraticCurveTo(2 * middle.x - (a.x + b.x) / 2, 2 * middle.y - (a.y + b.y) / 2, b.x, b.y);
  } else path.lineTo(b.x, b.y);
}

// A slim head where the edge meets its object.
function traceHead(path, edge) {
  const a = edge.bend ? bendOf(edge) : nodes[edge.from];
  const b = nodes[edge.to];
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  if (length < b.radius + 8) return;
  const [dx, dy] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const [x, y] = [b.x - dx * (b.radius + 2), b.y - dy * (b.radius + 2)];
  path.moveTo(x, y);
  path.lineTo(x - dx * 8 - dy * 3, y - dy * 8 + dx * 3);
  path.lineTo(x - dx * 8 + dy * 3, y - dy * 8 - dx * 3);
  path.closePath();
}
