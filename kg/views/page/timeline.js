// The timeline: events by what kind of thing happened (their PLOVER category), from left to right.
const ROW = 25;
const HEAD = 30;
const MARK = 6;
const MOST_ROWS = 30;
const SIDE_ROOM = 16;
const HALF_DATE = 40; // pixels of half a date: no axis cuts one

VIEWS.timeline = {
  title: "Timeline",
  show(container) {
    const stood = container.querySelector(".timeline")?.scrollTop ?? 0;
    const focused = document.activeElement?.dataset?.event;
    const frame = makeTimeline(placeNow());
    container.replaceChildren(frame);
    frame.scrollTop = stood;
    if (focused) frame.querySelector(`[data-event="${CSS.escape(focused)}"]`)?.focus();
  },
  hide() {},
  draw: (pen) => drawTimeline(pen, placeNow()),
  size: () => { const placed = placeNow(); return [placed.width, placed.height]; },
};

const placeNow = () => placeEvents(findWhole().nodes.filter((node) => node.group === "event"), byId("stage").clientWidth);

// Laid out anew where the stage gets wider or narrower.
new ResizeObserver(([{ contentRect: { width } }]) => {
  const shown = byId("stage").querySelector(".timeline");
  if (shown && Math.abs(Number(shown.dataset.width) - width) > 1) VIEWS.timeline.show(byId("stage"));
}).observe(byId("stage"));

// Where each event stands, in pixels: lanes of rows in which no name covers another.
function placeEvents(events, width) {
  const dated = events.filter((node) => isDate(node.begin)).sort((a, b) => a.begin.localeCompare(b.begin) || a.id - b.id);
  const range = rangeOf(dated);
  const inner = width - 2 * SIDE_ROOM - 8;
  const toX = (day) => SIDE_ROOM + ((day - range[0]) / (range[1] - range[0])) * inner;
  let top = 34;
  ruler.font = `13px ${css("--sans")}`;
  const lanes = countBy(dated, (node) => node.category || "other events").map(([title, number]) => {
    const lane = { title, number, top, items: placeLane(dated.filter((node) => (node.category || "other events") === title), toX, width) };
    lane.height = HEAD + ROW * (1 + Math.max(...lane.items.map((item) => item.row)));
    lane.items.forEach((item) => { item.y = top + HEAD + ROW * (item.row + 0.5); });
    top += lane.height + 10;
    return lane;
  });
  const marks = dated.length ? markDates(...range, Math.max(2, Math.floor(inner / 80))).map((mark) => ({ ...mark, x: toX(mark.day), middle: Math.max(HALF_DATE, Math.min(width - HALF_DATE, toX(mark.day))) })) : [];
  return { lanes, marks, width, height: top + 10, undated: events.filter((node) => !isDate(node.begin)) };
}

// A little more than from the first event to the last, or what the filter of dates says.
function rangeOf(dated) {
  const first = isDate(state.since) ? toDay(state.since) : Math.min(...dated.map((node) => toDay(node.begin)));
  const last = isDate(state.until) ? toDayAfter(state.until) : Math.max(...dated.map((node) => toDayAfter(endOf(node))));
  const room = Math.max(1, (last - first) * 0.02);
  return [first - room, last + room];
}

const endOf = (node) => (isDate(node.end) && node.end >= node.begin ? node.end : node.begin);
// The date stands on the axis: the name goes without. What is no fact says so first, where nothing is cut off.
const nameEvent = (node) => shorten(`${node.status === "fact" ? "" : `${node.status}: `}${node.label.replace(/, \d{4}(-\d\d){0,2}$/u, "")}`, 46);

// Names stand in as many rows as they need, up to a number; what is left are marks in a row below.
function placeLane(events, toX, width) {
  const ends = [];
  return events.map((node) => {
    const { from, long } = placeMark(toX(toDay(node.begin)), toX(toDayAfter(endOf(node))));
    const text = fitText(nameEvent(node), Math.max(width - from - long, from) - 2 * MARK - 18);
    const wide = 2 * MARK + long + measureText(text) + 14;
    const before = from + wide > width && from - wide > 0;
    const start = before ? from + 2 * MARK + long - wide : from;
    const row = ends.findIndex((end) => end <= start);
    const place = row < 0 ? ends.length : row;
    if (place >= MOST_ROWS) return { node, x: from, long, text: "", row: MOST_ROWS, before };
    ends[place] = start + wide;
    return { node, x: from, long, text, row: place, before };
  });
}

// A bar as long as the time it took; what is shorter than a mark is a mark in its middle.
const placeMark = (start, end) => (end - start > 2 * MARK + 2 ? { from: start, long: end - start - 2 * MARK } : { from: (start + end) / 2 - MARK, long: 0 });

const ruler = document.createElement("canvas").getContext("2d");

const measureText = (text) => ruler.measureText(text).width;

const fitText = (text, most) => (measureText(text) <= most ? text : shorten(text, Math.max(8, Math.floor(text.length * most / measureText(text)) - 1)));

function drawTimeline(pen, { lanes, marks, width, height }) {
  const { ink, soft, paper, event } = scene.colours;
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.fillStyle = paper;
  pen.fill();
  pen.beginPath();
  for (const { x } of marks) { pen.moveTo(x, 26); pen.lineTo(x, height); }
  Object.assign(pen, { strokeStyle: css("--line"), lineWidth: 1 });
  pen.stroke();
  const write = (text, x, y, align, colour, weight = 400) => {
    Object.assign(pen, { font: `${weight} 13px ${css("--sans")}`, textAlign: align, textBaseline: "middle", fillStyle: colour });
    pen.fillText(text, x, y);
  };
  for (const { middle, text } of marks) write(text, middle, 14, "center", soft);
  for (const lane of lanes) {
    write(`${lane.title} ${lane.number}`, SIDE_ROOM, lane.top + HEAD / 2, "left", soft, 600);
    for (const item of lane.items) {
      drawEvent(pen, item, event, paper);
      if (item.text) write(item.text, item.before ? item.x - 4 : item.x + item.long + 2 * MARK + 4, item.y, item.before ? "right" : "left", ink);
    }
  }
}

function drawEvent(pen, { node, x, y, long }, colour, paper) {
  pen.beginPath();
  if (long) pen.rect(x, y - 3, long + 2 * MARK, 6);
  else SHAPES.event(pen, x + MARK, y, MARK);
  const fact = node.status === "fact";
  Object.assign(pen, { fillStyle: fact ? colour : paper, strokeStyle: colour, lineWidth: 1.5 });
  pen.setLineDash(fact ? [] : [3, 2]);
  pen.fill();
  if (!fact) pen.stroke();
  pen.setLineDash([]);
}
