// Elements are made here. Every text goes through textContent: it is data, never markup.
const byId = (id) => document.getElementById(id);
const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const narrow = matchMedia("(max-width: 52rem)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

function make(tag, text = "", className = "") {
  const element = document.createElement(tag);
  if (text !== "") element.textContent = text;
  if (className) element.className = className;
  return element;
}

function put(tag, className, ...children) {
  const element = make(tag, "", className);
  element.append(...children.filter(Boolean));
  return element;
}

function makeButton(text, act, className = "") {
  const button = make("button", text, className);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

function makeCheck(text, checked, act) {
  const box = make("input");
  box.type = "checkbox";
  box.checked = checked;
  box.addEventListener("change", () => act(box.checked));
  const label = put("label", "check", box);
  label.append(...[text].flat());
  return label;
}

// The mark of a group: its shape in its colour, so that neither is alone.
function makeMark(group) {
  const mark = make("span", "", `mark ${group}`);
  mark.setAttribute("aria-hidden", "true");
  return mark;
}

const makeFlag = (text, meaning = "") => Object.assign(make("span", text, "flag"), { title: meaning });
const tell = (text) => { byId("told").textContent = text; };

const keyOf = (element) => element.dataset.key ?? (element.matches("button, a, summary") ? element.textContent : null);

// Other children, and the focus stays on what does the same; else it goes to the box itself.
function renew(box, ...children) {
  const focused = box.contains(document.activeElement) && box !== document.activeElement ? keyOf(document.activeElement) : undefined;
  box.replaceChildren(...children.flat().filter(Boolean));
  if (focused === undefined) return;
  const same = [...box.querySelectorAll("a, button, input, select, summary")].find((element) => keyOf(element) === focused);
  (same ?? box).focus({ preventScroll: true });
}
