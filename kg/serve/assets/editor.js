// A text area with coloured text behind it, numbers of lines, and a mark where an error is.
import { locate, tokenize } from "./tokens.js";
import { Completion } from "./completion.js";

export function make(tag, text = "", className = "") {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (className) element.className = className;
  return element;
}

export class Editor {
  constructor(place, vocabulary, onRun) {
    this.lines = make("pre", "1", "lines");
    this.lines.setAttribute("aria-hidden", "true");
    this.colours = make("pre");
    this.colours.setAttribute("aria-hidden", "true");
    this.area = make("textarea");
    this.area.setAttribute("aria-label", "SPARQL");
    Object.assign(this.area, { spellcheck: false, autocapitalize: "off", autocomplete: "off", wrap: "off" });
    const code = make("div", "", "code");
    code.append(this.colours, this.area);
    const frame = make("div", "", "editor");
    frame.append(this.lines, code);
    place.replaceChildren(frame);
    this.fault = null;
    this.completion = new Completion(this.area, place, vocabulary, () => this.changed());
    this.area.addEventListener("input", () => { this.changed(); this.completion.offer(); });
    this.area.addEventListener("scroll", () => this.follow());
    this.area.addEventListener("keydown", (event) => this.press(event, onRun));
  }

  get text() { return this.area.value; }

  set text(value) {
    this.area.value = value;
    this.changed();
  }

  press(event, onRun) {
    if (this.completion.press(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onRun();
    }
  }

  changed() {
    this.fault = null;
    this.draw();
  }

  // Marks the token at line and column, and goes there.
  mark(line, column) {
    this.fault = { ...locate(this.text, line, column), line };
    this.draw();
    this.area.focus();
    this.area.setSelectionRange(this.fault.start, this.fault.start);
  }

  draw() {
    const parts = tokenize(this.text).map((token) => this.colour(token));
    if (this.fault && this.fault.start >= this.text.length) parts.push(make("span", " ", "fault"));
    this.colours.replaceChildren(...parts, document.createTextNode("\n"));
    const numbers = this.text.split("\n").map((_, index) => {
      const wrong = this.fault?.line === index + 1 ? "wrong" : "";
      return make("span", `${index + 1}`, wrong);
    });
    this.lines.replaceChildren(...numbers.flatMap((number) => [number, document.createTextNode("\n")]));
    this.follow();
  }

  colour(token) {
    const faulty = this.fault && this.fault.start >= token.start && this.fault.start < token.start + token.text.length;
    const plain = token.kind === "space" || token.kind === "mark" || token.kind === "word";
    if (plain && !faulty) return document.createTextNode(token.text);
    return make("span", token.text, `${plain ? "" : token.kind}${faulty ? " fault" : ""}`);
  }

  follow() {
    this.colours.scrollTop = this.area.scrollTop;
    this.colours.scrollLeft = this.area.scrollLeft;
    this.lines.scrollTop = this.area.scrollTop;
  }
}
