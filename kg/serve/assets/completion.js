// Completion of keywords, prefixes, terms of the ontology and the query's own variables.
import { KEYWORDS, tokenize } from "./tokens.js";

const MOST = 40;
const LINE = 20;
const PADDING = 8;

export class Completion {
  constructor(area, place, vocabulary, onChoice) {
    this.area = area;
    this.vocabulary = vocabulary;
    this.onChoice = onChoice;
    this.list = document.createElement("ul");
    this.list.className = "choices";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    place.style.position = "relative";
    place.append(this.list);
    this.found = [];
    this.chosen = 0;
    area.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("li");
      if (item) this.accept([...this.list.children].indexOf(item));
    });
  }

  // The word before the caret, as far as it is written.
  word() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    return /[?$]?[\p{L}\p{N}_]*(?::[\p{L}\p{N}_.-]*)?$/u.exec(before)[0];
  }

  offer(asked = false) {
    const word = this.word();
    this.found = asked || word.length > 1 || word === "?" ? this.search(word).slice(0, MOST) : [];
    if (this.found.length === 1 && this.found[0].text === word) this.found = [];
    this.chosen = 0;
    this.show();
  }

  search(word) {
    const low = word.toLowerCase();
    if (/^[?$]/.test(word)) return this.variables(word).filter((item) => item.text.toLowerCase().startsWith(low));
    const { terms, prefixes } = this.vocabulary;
    const local = low.replace(/^kg:/, "");
    const named = terms.filter((term) => term.term.toLowerCase().startsWith(low));
    const like = terms.filter((term) => !named.includes(term) && (low.startsWith("kg:") || !low.includes(":"))
      && local && `${term.term.slice(3)} ${term.label}`.toLowerCase().includes(local));
    const tell = (term) => ({ text: term.term, note: term.comment ?? term.label });
    return [
      ...[...KEYWORDS].filter((keyword) => low && keyword.startsWith(word.toUpperCase())).map((text) => ({ text, note: "" })),
      ...Object.keys(prefixes).filter((prefix) => `${prefix}:`.startsWith(low)).map((prefix) => (
        { text: `${prefix}:`, note: prefixes[prefix] })),
      ...named.map(tell), ...like.map(tell),
    ];
  }

  variables(word) {
    const used = tokenize(this.area.value).filter((token) => token.kind === "variable").map((token) => token.text);
    return [...new Set(used)].filter((text) => text !== word).sort().map((text) => ({ text, note: "variable" }));
  }

  show() {
    this.list.hidden = !this.found.length;
    this.list.replaceChildren(...this.found.map((item, index) => this.draw(item, index)));
    if (!this.list.hidden) this.move();
  }

  draw(item, index) {
    const line = document.createElement("li");
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", String(index === this.chosen));
    line.append(document.createTextNode(item.text));
    const note = document.createElement("small");
    note.textContent = item.note;
    line.append(note);
    return line;
  }

  // Below the line of the caret.
  move() {
    const row = this.area.value.slice(0, this.area.selectionStart).split("\n").length;
    const top = PADDING + row * LINE - this.area.scrollTop;
    this.list.style.top = `${Math.min(top, this.area.clientHeight)}px`;
    this.list.style.left = "3.2rem";
  }

  // True if the key was for the list.
  press(event) {
    if (event.key === " " && event.ctrlKey) return this.take(event, () => this.offer(true));
    if (this.list.hidden || event.ctrlKey || event.metaKey) return false;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) return this.take(event, () => this.step(steps[event.key]));
    if (event.key === "Enter" || event.key === "Tab") return this.take(event, () => this.accept(this.chosen));
    if (event.key === "Escape") return this.take(event, () => this.close());
    return false;
  }

  take(event, action) {
    event.preventDefault();
    action();
    return true;
  }

  step(by) {
    this.chosen = (this.chosen + by + this.found.length) % this.found.length;
    this.show();
    this.list.children[this.chosen].scrollIntoView({ block: "nearest" });
  }

  accept(index) {
    const end = this.area.selectionStart;
    this.area.setRangeText(this.found[index].text, end - this.word().length, end, "end");
    this.close();
    this.onChoice();
  }

  close() {
    this.list.hidden = true;
  }
}
