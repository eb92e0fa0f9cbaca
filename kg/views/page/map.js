// The map: places whose position is known, as large as what is told of them, on an outline of the world.
const map = { frame: null, pen: null, places: [], told: new Map(), near: null, current: null, camera: null, known: "", aimed: "" };
const LEAST_SPAN = 14; // degrees: of one place its surroundings are shown
const CORE = 0.8;
const FOOT = 80; // pixels at the bottom for what the map notes
const DEEPEST = 400; // pixels a degree

VIEWS.map = {
  title: "Map",
  show(container) {
    if (!map.frame) startMap();
    if (!map.box.isConnected) container.replaceChildren(map.box);
    readPlaces();
    sizeMap();
    aimMap();
    map.notes.replaceChildren(...listNotes());
    redrawMap();
  },
  hide() { map.current = null; },
  fit: () => { fitMap(map.places); redrawMap(); },
  draw: (pen) => drawMap(pen),
  size: () => [map.frame.clientWidth, map.frame.clientHeight],
};

// The first look is at where most happens; later the map moves only to bring in what was chosen.
function aimMap() {
  const known = nameAll(map.places);
  if (!map.camera || known !== map.known) fitMap(findCore());
  const wanted = map.places.filter((node) => map.near?.has(node.id));
  if (state.node !== map.aimed && !wanted.every((node) => isInside(project(node)))) fitMap([...findCore(), ...wanted]);
  Object.assign(map, { known, aimed: state.node });
}

const nameAll = (found) => found.map((node) => node.id).join();

// All that passes the filters: a map has room for more than a graph has. Of who or what is chosen the places stand out.
function readPlaces() {
  const looked_ = findWhole();
  map.places = looked_.nodes.filter((node) => node.at);
  map.lost = looked_.nodes.filter((node) => node.group === "place" && !node.at);
  map.told = new Map(map.places.map((node) => [node.id, 0]));
  for (const { from, to } of looked_.edges) for (const id of [from, to]) if (map.told.has(id)) map.told.set(id, map.told.get(id) + 1);
  const chosen = chosenNode();
  const near = chosen && !chosen.at && new Set([chosen.id, ...touching[chosen.id].filter((edge) => isShown(edge.status)).map((edge) => otherEnd(edge, chosen.id))]);
  map.near = near && map.places.some((node) => near.has(node.id)) ? near : null;
}

const findWhole = () => (focusNode() ? selection() : select());

// Degrees to pixels: a degree of longitude is as short as it is at the middle of what is shown.
const project = ({ at: [latitude, longitude] }) => toScreen(longitude, latitude);

function toScreen(longitude, latitude) {
  const { x, y, scale, squeeze } = map.camera;
  return [(longitude - x) * squeeze * scale + map.frame.clientWidth / 2, (y - latitude) * scale + map.frame.clientHeight / 2];
}

function toEarth(left, top) {
  const { x, y, scale, squeeze } = map.camera;
  return [x + (left - map.frame.clientWidth / 2) / scale / squeeze, y - (top - map.frame.clientHeight / 2) / scale];
}

// The places that most of the statements touch, without what lies farthest from their middle.
function findCore() {
  const all = map.places.flatMap((node) => Array(map.told.get(node.id)).fill(node.at));
  const middle = [0, 1].map((axis) => all.map((at) => at[axis]).sort((a, b) => a - b)[all.length >> 1]);
  const far = (node) => Math.hypot(node.at[0] - middle[0], node.at[1] - middle[1]);
  let told = 0;
  return [...map.places].sort((a, b) => far(a) - far(b)).filter((node) => {
    const inside = told <= CORE * all.length;
    told += map.told.get(node.id);
    return inside;
  });
}

function fitMap(found) {
  const { clientWidth: width, clientHeight: height } = map.frame;
  const [south, north] = found.length ? spanOf(found.map((node) => node.at[0])) : [-50, 70];
  const [west, east] = found.length ? spanOf(found.map((node) => node.at[1])) : [-150, 170];
  const y = (south + north) / 2;
  const squeeze = Math.max(0.5, Math.cos((y * Math.PI) / 180));
  const scale = 0.8 * Math.min(width / Math.max(LEAST_SPAN, (east - west) * squeeze), (height - FOOT) / Math.max(LEAST_SPAN, north - south));
  map.camera = { x: (west + east) / 2, y: y - FOOT / 2 / scale, squeeze, scale };
}

function sizeMap() {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [map.frame.clientWidth, map.frame.clientHeight];
  const { canvas } = map.pen;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  }
  map.pen.setTransform(ratio, 0, 0, ratio, 0, 0);
}
