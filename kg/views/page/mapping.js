// How the map is moved and asked: by mouse, by fingers and by keys.
function startMap() {
  map.frame = make("div", "", "map");
  map.frame.tabIndex = 0;
  map.frame.setAttribute("role", "application");
  map.frame.setAttribute("aria-roledescription", "map");
  map.frame.setAttribute("aria-label", "Map. Arrow keys go from place to place, Enter opens, plus and minus zoom, 0 shows all.");
  const canvas = make("canvas");
  map.pen = canvas.getContext("2d");
  map.frame.append(canvas);
  map.notes = make("div", "", "notes");
  map.box = put("div", "mapped", map.frame, makeZoom(), map.notes);
  new ResizeObserver(() => { if (map.camera) { sizeMap(); redrawMap(); } }).observe(map.frame);
  listenToMap(canvas);
}

const makeZoom = () => put("div", "zoom", ...[["+", "Zoom in", 1.6], ["−", "Zoom out", 1 / 1.6]].map(([sign, name, times]) => {
  const button = makeButton(sign, () => zoomMap(times));
  button.setAttribute("aria-label", name);
  return button;
}));

// What the map cannot show, and whose work it is drawn from.
function listNotes() {
  const beyond = map.places.filter((node) => !isInside(project(node))).length;
  const lost = map.lost.length && put("details", "lost",
    make("summary", `${count(map.lost.length, "place", "places")} without a known position`), listNodes(map.lost.slice(0, 100)));
  return [
    !map.places.length && selection().nodes.length && make("p", "Nothing in this selection has a known position on the map.", "empty"),
    put("div", "note", lost, beyond && tellBeyond(beyond), make("span", "Outlines: Natural Earth. Positions: GeoNames, CC BY 4.0.")),
  ].filter(Boolean);
}

function tellBeyond(number) {
  const line = put("div", "", make("span", `${count(number, "place lies", "places lie")} beyond this part. `));
  line.append(makeButton("Show all", () => { VIEWS.map.fit(); line.remove(); map.frame.focus(); }, "bare"));
  return line;
}

function isInside([left, top]) {
  const [width, height] = VIEWS.map.size();
  return left > 0 && top > 0 && left < width && top < height;
}

function zoomMap(times, [left, top] = [map.frame.clientWidth / 2, map.frame.clientHeight / 2]) {
  const [x, y] = toEarth(left, top);
  const least = Math.min(map.frame.clientWidth / 360, map.frame.clientHeight / 150);
  map.camera.scale = Math.max(least, Math.min(DEEPEST, map.camera.scale * times));
  const [nowX, nowY] = toEarth(left, top);
  moveMap(x - nowX, y - nowY);
}

function moveMap(right, up) {
  map.camera.x += right;
  map.camera.y = Math.max(-80, Math.min(85, map.camera.y + up));
  redrawMap();
}

function findPlaceAt(left, top) {
  const near = (node) => { const [x, y] = project(node); return Math.hypot(x - left, y - top) - sizeOf(node); };
  return map.places.filter((node) => near(node) < 6).sort((a, b) => near(a) - near(b))[0] ?? null;
}

function listenToMap(canvas) {
  const fingers = new Map();
  let moved = 0;
  canvas.addEventListener("pointerdown", (event) => {
    if (!fingers.size) moved = 0;
    fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (fingers.has(event.pointerId)) moved += dragMap(fingers, event);
    else pointPlace(findPlaceAt(event.offsetX, event.offsetY));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      if (end === "pointerup" && moved < 5 && !fingers.size) pickPlace(findPlaceAt(event.offsetX, event.offsetY));
    });
  }
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomMap(Math.exp(-event.deltaY / 400), [event.offsetX, event.offsetY]);
  }, { passive: false });
  map.frame.addEventListener("keydown", steerMap);
}

// One finger moves, two zoom; returns how far it went.
function dragMap(fingers, event) {
  const before = fingers.get(event.pointerId);
  const now = [event.offsetX, event.offsetY];
  const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
  fingers.set(event.pointerId, now);
  if (other) zoomMap(Math.hypot(now[0] - other[0], now[1] - other[1]) / (Math.hypot(before[0] - other[0], before[1] - other[1]) || 1), other);
  else moveMap((before[0] - now[0]) / map.camera.scale / map.camera.squeeze, (now[1] - before[1]) / map.camera.scale);
  return Math.hypot(now[0] - before[0], now[1] - before[1]);
}

function pointPlace(node) {
  map.frame.classList.toggle("pointing", Boolean(node));
  if (node === map.current) return;
  map.current = node;
  redrawMap();
}

function pickPlace(node) {
  if (node) pickNode(node);
  else if (state.node || state.edge) choose({});
}

const STEER = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function steerMap(event) {
  const acts = { "+": () => zoomMap(1.6), "=": () => zoomMap(1.6), "-": () => zoomMap(1 / 1.6), 0: VIEWS.map.fit, Enter: () => map.current && pickPlace(map.current) };
  const act = STEER[event.key] ? () => stepTo(STEER[event.key]) : acts[event.key];
  if (!act || event.target !== map.frame || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
}

// The nearest place in that direction, rather ahead than aside; the most important where none was pointed at.
function stepTo([right, down]) {
  const [x, y] = map.current ? project(map.current) : [NaN, NaN];
  const far = (node) => {
    const [dx, dy] = [project(node)[0] - x, project(node)[1] - y];
    const ahead = dx * right + dy * down;
    return ahead > 1 ? ahead + 2 * Math.abs(dx * down) + 2 * Math.abs(dy * right) : Infinity;
  };
  const next = map.current ? map.places.filter((node) => far(node) < Infinity).sort((a, b) => far(a) - far(b))[0] : map.places[0];
  if (!next) return;
  pointPlace(next);
  const [left, top] = project(next);
  if (!isInside([left, top])) moveMap(next.at[1] - map.camera.x, next.at[0] - map.camera.y);
  tell(`${tellNode(next)}, ${next.kind}, ${count(map.told.get(next.id), "statement", "statements")}`);
}
