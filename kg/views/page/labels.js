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
  if (!blanks.length) return [shorten(name, 28)];
  const at = blanks.reduce((best, blank) => (Math.abs(blank - middle) < Math.abs(best - middle) ? blank : best));
  return [shorten(name.slice(0, at), 28), shorten(name.slice(at + 1), 28)];
}

function measureName(pen, text) {
  if (!measured.has(text)) {
    const lines = breakName(text);
    measured.set(text, { lines, width: Math.max(...lines.map((line) => pen.measureText(line).width)) });
  }
  return measured.get(text);
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

// Draws in pixels of the screen; `spots` are {text, x, y, radius, strong}, the most important first.
function drawNames(pen, spots, { ink, paper }) {
  const grid = makeGrid();
  let drawn = 0;
  Object.assign(pen, { textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 4, strokeStyle: paper, fillStyle: ink });
  for (const spot of spots.slice(0, MOST_TRIED)) {
    pen.font = `${spot.strong ? 600 : 400} ${LETTER}px ${css("--sans")}`;
    const { lines, width } = measureName(pen, spot.text);
    const top = spot.y + spot.radius + 3;
    const box = [spot.x - width / 2 - 3, top - 1, spot.x + width / 2 + 3, top + lines.length * LINE];
    if (!spot.strong && !grid.isFree(box)) continue;
    grid.take(box);
    pen.globalAlpha = spot.faint ? 0.35 : 1;
    lines.forEach((line, row) => {
      pen.strokeText(line, spot.x, top + row * LINE);
      pen.fillText(line, spot.x, top + row * LINE);
    });
    drawn += 1;
    if (drawn >= MOST_LABELS) break;
  }
  pen.globalAlpha = 1;
  return grid;
}
