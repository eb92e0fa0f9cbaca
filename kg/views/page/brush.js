// Events in time, below the graph: drag over the bars to look at some years, or move the two ends by keys.
const brush = { bins: [], start: -1, frame: null };
const MONTHS_WITHIN = 4;

function startBrush() {
  const dates = nodes.filter((node) => node.group === "event" && node.begin).map((node) => node.begin).sort();
  brush.bins = dates.length ? listBins(dates[0], dates.at(-1)) : [];
  byId("brush").hidden = brush.bins.length < 2;
  if (byId("brush").hidden) return;
  brush.frame = put("div", "bars");
  brush.ends = [makeEnd("From", "since"), makeEnd("To", "until")];
  byId("brush").append(brush.frame, ...brush.ends);
  brush.frame.addEventListener("pointerdown", begin);
  brush.frame.addEventListener("pointermove", (event) => brush.start >= 0 && pull(event, true));
  brush.frame.addEventListener("pointerup", finish);
}

// Years, or months where there are few years.
function listBins(first, last) {
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  const years = Array.from({ length: to - from + 1 }, (_, place) => String(from + place).padStart(4, "0"));
  if (years.length > MONTHS_WITHIN) return years;
  return years.flatMap((year) => Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, "0")}`));
}

function findBin(date) {
  const at = brush.bins.findIndex((bin) => date.slice(0, bin.length) <= bin);
  return at < 0 ? brush.bins.length - 1 : at;
}

// The first and the last bin of the range; the last lies before the first where the range has none.
function findEnds() {
  const last = brush.bins.findLastIndex((bin) => !state.until || bin <= state.until);
  return [state.since ? findBin(state.since) : 0, last];
}

function showBrush() {
  if (!brush.frame) return;
  const [from, to] = findEnds();
  const counted = new Map(countBy(nodes.filter((node) => node.group === "event" && node.begin && isShown(node.status)
    && !state.kinds.includes(node.kind)), (node) => findBin(node.begin)));
  const most = Math.max(1, ...counted.values());
  brush.frame.replaceChildren(...brush.bins.map((bin, place) => makeBar(bin, counted.get(place) ?? 0, most, place >= from && place <= to)));
  [from, to].forEach((place, end) => {
    brush.ends[end].value = Math.max(0, place);
    brush.ends[end].setAttribute("aria-valuetext", brush.bins[Math.max(0, place)]);
  });
  byId("brush").classList.toggle("ranged", Boolean(state.since || state.until));
}

function makeBar(bin, number, most, within) {
  const bar = make("span", "", within ? "bar within" : "bar");
  const fill = make("i");
  fill.style.height = `${number ? 8 + (92 * number) / most : 0}%`;
  bar.title = `${bin}: ${count(number, "event", "events")}`;
  bar.append(fill);
  const every = Math.ceil(brush.bins.length / 12);
  if (brush.bins.indexOf(bin) % every === 0) bar.append(make("b", bin));
  return bar;
}

function makeEnd(word, name) {
  const input = make("input", "", `end ${name}`);
  Object.assign(input, { type: "range", min: 0, max: brush.bins.length - 1 });
  input.setAttribute("aria-label", `${word}: events of these dates`);
  input.addEventListener("input", () => setRange(...brush.ends.map((end) => Number(end.value)), true));
  input.addEventListener("change", () => setRange(...brush.ends.map((end) => Number(end.value)), false));
  return input;
}

function setRange(a, b, dragging) {
  const [from, to] = [Math.min(a, b), Math.max(a, b)];
  const last = brush.bins.length - 1;
  const whole = from === 0 && to === last;
  change({ since: whole ? "" : brush.bins[from], until: whole ? "" : brush.bins[to] }, { dragging });
}

function placeOf(event) {
  const box = brush.frame.getBoundingClientRect();
  const place = Math.floor(((event.clientX - box.left) / box.width) * brush.bins.length);
  return Math.max(0, Math.min(brush.bins.length - 1, place));
}

function begin(event) {
  brush.frame.setPointerCapture(event.pointerId);
  brush.start = placeOf(event);
  pull(event, true);
}

const pull = (event, dragging) => setRange(brush.start, placeOf(event), dragging);

// A second press on the one bin that is chosen lets all in again.
function finish(event) {
  if (brush.start < 0) return;
  pull(event, false);
  brush.start = -1;
}
