// A pen that writes SVG: what draws on a canvas draws a file as well. Texts become text nodes: data, never markup.
const SVG = "http://www.w3.org/2000/svg";
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function makeElement(name, attributes, text = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== "") element.setAttribute(key, value);
  if (text) element.textContent = text.replace(NO_XML, "");
  return element;
}

function makeSvgPen(width, height) {
  const root = makeElement("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  const turn = { scale: 1, left: 0, top: 0 };
  const steps = makeSteps(turn);
  const pen = {
    ...steps, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "13px sans-serif", textAlign: "left", textBaseline: "alphabetic", dash: [],
    save() {},
    restore() {},
    setTransform() {}, // by place() alone: names are drawn in pixels of the screen
    place(scale, left, top) { Object.assign(turn, { scale, left, top }); },
    setLineDash(lengths) { pen.dash = lengths.map((length) => length * turn.scale); },
    measureText(text) { ruler.font = pen.font; return ruler.measureText(text); },
    fill: () => root.append(makeElement("path", { d: steps.tell(), fill: pen.fillStyle, ...opacityOf(pen) })),
    stroke: () => root.append(makeElement("path", { d: steps.tell(), fill: "none", ...strokeOf(pen, turn.scale) })),
    fillText: (text, x, y) => root.append(makeText(pen, text, x, y, { fill: pen.fillStyle })),
    strokeText: (text, x, y) => root.append(makeText(pen, text, x, y, { fill: "none", "stroke-linejoin": "round", ...strokeOf(pen, 1) })),
    root,
  };
  return pen;
}

const tenth = (number) => Math.round(number * 10) / 10;
const opacityOf = (pen) => ({ opacity: pen.globalAlpha === 1 ? "" : pen.globalAlpha });
const strokeOf = (pen, scale) => ({ stroke: pen.strokeStyle, "stroke-width": tenth(pen.lineWidth * scale), "stroke-dasharray": pen.dash.map(tenth).join(" "), ...opacityOf(pen) });

// The path so far, in coordinates of the screen.
function makeSteps(turn) {
  let told = [];
  const at = (x, y) => `${tenth(x * turn.scale + turn.left)} ${tenth(y * turn.scale + turn.top)}`;
  const add = (letter, ...points) => told.push(`${letter}${points.join(" ")}`);
  return {
    beginPath() { told = []; },
    moveTo: (x, y) => add("M", at(x, y)),
    lineTo: (x, y) => add("L", at(x, y)),
    quadraticCurveTo: (cx, cy, x, y) => add("Q", at(cx, cy), at(x, y)),
    closePath: () => add("Z"),
    rect: (x, y, w, h) => add("M", at(x, y), "L", at(x + w, y), "L", at(x + w, y + h), "L", at(x, y + h), "Z"),
    // Whole circles alone are drawn: two halves, as SVG has it.
    arc(x, y, r) {
      const radius = tenth(r * turn.scale);
      add("M", at(x + r, y));
      for (const end of [at(x - r, y), at(x + r, y)]) add("A", radius, radius, 0, 0, 1, end);
    },
    tell: () => told.join(""),
  };
}

// Where text begins is told from its baseline, as a share of its size.
const DROPS = { top: 0.86, middle: 0.34, alphabetic: 0 };

function makeText(pen, text, x, y, look) {
  const [, slant = "", weight, size, family] = /^(italic )?(?:(\d+) )?([\d.]+)px (.*)$/u.exec(pen.font);
  const anchor = { center: "middle", right: "end" }[pen.textAlign] ?? "";
  return makeElement("text", {
    x: tenth(x), y: tenth(y + DROPS[pen.textBaseline] * size), "font-size": size, "font-family": family.replaceAll('"', "'"),
    "font-weight": weight === "400" ? "" : weight ?? "", "font-style": slant.trim(), "text-anchor": anchor, ...look, ...opacityOf(pen),
  }, text);
}
