// The timeline as elements: each event is a button at its date; arrow keys go from one to the next in time.
function makeTimeline(placed) {
  const frame = make("div", "", "timeline");
  frame.dataset.width = placed.width;
  if (!placed.lanes.length && !placed.undated.length) frame.append(make("p", selection().nodes.length ? "There is no event in this selection." : "", "empty"));
  else {
    const sheet = put("div", "sheet", makeAxis(placed), makeGridLines(placed), ...placed.lanes.map(makeLane));
    sheet.style.height = `${placed.height}px`;
    frame.append(...(placed.lanes.length ? [sheet] : []), ...makeUndated(placed.undated));
  }
  frame.addEventListener("keydown", stepInTime);
  const first = frame.querySelector(".happening.chosen") ?? frame.querySelector(".happening");
  if (first) first.tabIndex = 0;
  return frame;
}

const makeAxis = ({ marks }) => putAt(marks, "axis", ({ text }) => make("span", text), ({ middle }) => middle);
const makeGridLines = ({ marks }) => putAt(marks, "gridlines", () => make("i"), ({ x }) => x);

// Told by the date of each event too, so for the eye alone.
function putAt(marks, name, makeOne, placeOne) {
  const box = make("div", "", name);
  box.setAttribute("aria-hidden", "true");
  for (const mark of marks) {
    const element = makeOne(mark);
    element.style.left = `${placeOne(mark)}px`;
    box.append(element);
  }
  return box;
}

function makeLane({ title, number, top, height, items }) {
  const lane = put("section", "lane", put("h2", "", make("span", title), make("span", ` ${number}`, "soft")));
  lane.setAttribute("aria-label", title);
  Object.assign(lane.style, { top: `${top}px`, height: `${height}px` });
  const list = make("ul");
  for (const item of items) list.append(makeEvent(item, top));
  lane.append(list);
  return lane;
}

function makeEvent({ node, x, y, long, text, before }, top) {
  const mark = make("span", "", long ? "span" : "diamond");
  if (long) mark.style.width = `${long + 2 * MARK}px`;
  const button = makeButton("", () => pickNode(node), `happening${before ? " before" : ""}${node.status === "fact" ? "" : " doubted"}`);
  button.append(mark, make("span", text, "name"));
  button.setAttribute("aria-label", `${tellNode(node)}, ${node.kind}, ${tellDates(node)}`);
  button.title = `${tellNode(node)}\n${tellDates(node)}`;
  Object.assign(button.dataset, { event: node.curie, day: node.begin });
  button.tabIndex = -1;
  if (node === chosenNode()) {
    button.classList.add("chosen");
    button.setAttribute("aria-current", "true");
  }
  const place = put("li", "", button);
  Object.assign(place.style, before ? { right: `calc(100% - ${x + long + 2 * MARK}px)` } : { left: `${x}px` }, { top: `${y - top - ROW / 2}px` });
  return place;
}

const tellDates = (node) => (endOf(node) === node.begin ? node.begin : `${node.begin} to ${endOf(node)}`);

function makeUndated(undated) {
  if (!undated.length) return [];
  const list = listNodes(undated.slice(0, 200));
  if (undated.length > 200) list.append(make("li", `and ${undated.length - 200} more`, "soft"));
  return [put("section", "undated", make("h2", count(undated.length, "event without a date", "events without a date")), list)];
}

function stepInTime(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const here = event.target.closest(".happening");
  if (!step || !here) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll(".happening")].sort((a, b) => a.dataset.day.localeCompare(b.dataset.day));
  const next = all[all.indexOf(here) + step];
  if (!next) return;
  here.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
