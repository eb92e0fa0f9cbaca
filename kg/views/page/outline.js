// The outline of the world: encoded polylines in parts of a degree, shared by the rings of neighbours.
let outlined = null;

const readOutline = () => (outlined ??= joinOutline(data.outline));

function joinOutline({ steps, arcs: encoded, rings, borders }) {
  const arcs = encoded.map((letters) => decodeArc(letters, steps));
  return { rings: rings.map((ring) => joinRing(ring, arcs)), borders: arcs.slice(0, borders) };
}

// Steps from point to point, five bits a letter, the sign in the last bit.
function decodeArc(letters, steps) {
  const points = [];
  const turns = decodeNumbers(letters);
  let [x, y] = [0, 0];
  for (let at = 0; at < turns.length; at += 2) {
    [x, y] = [x + turns[at], y + turns[at + 1]];
    points.push([x / steps, y / steps]);
  }
  return points;
}

function decodeNumbers(letters) {
  const numbers = [];
  let [bits, shift] = [0, 0];
  for (const letter of letters) {
    const five = letter.charCodeAt(0) - 63;
    bits |= (five & 31) << shift;
    shift += 5;
    if (five >= 32) continue;
    numbers.push(bits & 1 ? ~(bits >> 1) : bits >> 1);
    [bits, shift] = [0, 0];
  }
  return numbers;
}

// Each arc begins where the one before ends, if need be once around the world; ~n is arc n backwards.
function joinRing(ring, arcs) {
  const points = [];
  for (const n of ring) {
    const arc = n < 0 ? [...arcs[~n]].reverse() : arcs[n];
    const turn = points.length ? 360 * Math.round((points.at(-1)[0] - arc[0][0]) / 360) : 0;
    points.push(...arc.map(([x, y]) => [x + turn, y]));
  }
  return points;
}
