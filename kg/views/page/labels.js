// Names keep their size on the screen; the more important comes first, and one that would cover another is left out.
const LETTER = 13;
const LINE = 15;
const CELL = 60;
const MOST_LABELS = 160;
const MOST_TRIED = 700;
const measured = new Map();

// At most two lines: a long name breaks at a blank near its middle.
function breakName(text) {
  const name = shorten(text.replace(/\s+/gu, " "), 48);
  if (name.length <= 24) return [name];
  const middle = name.length / 2;
  const blanks = [...name.matchAll(/ /gu)].map((found) => found.index);
  if (!blanks.length) return [shorten(name, 20)];
  const at = blanks.reduce((best, blank) => (Math.abs(blank - middle) < Math.abs(best - middle) ? blank : best));
  return [shorten(name.slice(0, at), 28), shorten(name.slice(at + 1), 28)];
}

// The status of what is no fact stands below its name.
function measureName(pen, { text, status, strong }) {
  const key = `${strong} ${status} ${text}`;
  if (!measured.has(key)) {
    const lines = [...breakName(text), ...(status === "fact" ? [] : [`(${status})`])];
    measured.set(key, { lines, width: Math.max(...lines.map((line) => pen.measureText(line).width)) });
  }
  return measured.get(key);
}

// A grid of cells on the screen: only boxes in the same cells can overlap.
function makeGrid() {
  const cells = new Map();
  const each = function* each([left, top, right, bottom]) {
    for (let i = Math.floor(left / CELL); i <= Math.floor(right / CELL); i += 1) {
      for (let j = Math.floor(top / CELL); j <= Math.floor(bottom / CELL); j += 1) yield i * 65536 + j;
    }
  };
  const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  const isFree = (box) => [...each(box)].every((cell) => !(cells.get(cell) ?? []).some((other) => meets(box, other)));
  const take = (box) => {
    for (const cell of each(box)) cells.set(cell, [...(cells.get(cell) ?? []), box]);
  };
  return { isFree, take };
}

const boxOfDisc = ({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius];

// Below its node, and inside of the picture where the node is.
function boxOfName({ x, y, radius }, { lines, width }, most) {
  const middle = x < 0 || x > most ? x : Math.max(width / 2 + 4, Math.min(most - width / 2 - 4, x));
  return [middle - width / 2 - 3, y + radius + 2, middle + width / 2 + 3, y + radius + 3 + lines.length * LINE];
}

// Draws in pixels of the screen; `spots` are {text, status, x, y, radius, strong, faint}, the most important first.
function drawNames(pen, spots, { ink, paper }, most = Infinity) {
  const grid = makeGrid();
  let drawn = 0;
  Object.assign(pen, { textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 4, strokeStyle: paper, fillStyle: ink });
  for (const spot of spots.slice(0, MOST_TRIED)) {
    pen.font = `${spot.strong ? 600 : 400} ${LETTER}px ${scene.colours.sans}`;
    const name = measureName(pen, spot);
    const box = boxOfName(spot, name, most);
    const free = spot.strong || grid.isFree(box);
    if (spot.radius > 5) grid.take(boxOfDisc(spot));
    if (!free) continue;
    grid.take(box);
    pen.globalAlpha = spot.faint ? 0.4 : 1;
    writeLines(pen, name.lines, (box[0] + box[2]) / 2, box[1] + 1);
    drawn += 1;
    if (drawn >= MOST_LABELS) break;
  }
  pen.globalAlpha = 1;
  return grid;
}

function writeLines(pen, lines, x, top) {
  lines.forEach((line, row) => {
    pen.strokeText(line, x, top + row * LINE);
    pen.fillText(line, x, top + row * LINE);
  });
}
