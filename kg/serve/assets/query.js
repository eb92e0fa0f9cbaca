// The page of the query editor: named queries, the editor, and what comes back.
import { Editor, make } from "./editor.js";
import { showResults } from "./results.js";

const EXAMPLE = `# Who was born where. Our prefixes need no declaration.
SELECT ?person ?name ?place WHERE {
  ?person kg:bornIn ?place ;
    rdfs:label ?name .
} ORDER BY ?name LIMIT 100`;
const RESULTS = [["JSON", "application/sparql-results+json"], ["CSV", "text/csv"], ["TSV", "text/tab-separated-values"],
  ["XML", "application/sparql-results+xml"]];
const GRAPHS = [["Turtle", "text/turtle"], ["JSON-LD", "application/ld+json"], ["N-Triples", "application/n-triples"],
  ["RDF/XML", "application/rdf+xml"]];
const BOTH = "application/sparql-results+json, text/turtle;q=0.9";

const byId = (id) => document.getElementById(id);
const root = document.querySelector("main").dataset.root;
let running = null;

function say(text, wrong = false) {
  byId("message").textContent = text;
  byId("message").classList.toggle("wrong", wrong);
}

function ask(query, accept, signal) {
  const headers = { Accept: accept, "Content-Type": "application/sparql-query" };
  return fetch(`${root}/sparql`, { method: "POST", headers, body: query, signal });
}

async function run(editor, vocabulary) {
  running?.abort();
  const mine = running = new AbortController();
  const started = performance.now();
  byId("stop").hidden = false;
  byId("results").replaceChildren();
  byId("downloads").replaceChildren();
  say("…");
  try {
    await show(await ask(editor.text, BOTH, mine.signal), editor, vocabulary, started);
  } catch (error) {
    if (running === mine) say(error.name === "AbortError" ? "stopped" : `no answer: ${error.message}`, true);
  }
  if (running === mine) byId("stop").hidden = true;
}

async function show(response, editor, vocabulary, started) {
  if (!response.ok) {
    fail(await response.text(), editor);
    return;
  }
  const graph = response.headers.get("Content-Type").startsWith("text/turtle");
  const answer = graph ? await response.text() : await response.json();
  const told = showResults(byId("results"), answer, vocabulary, root);
  say(`${told}, ${Math.round(performance.now() - started)} ms`);
  offerDownloads(editor.text, graph ? GRAPHS : RESULTS);
  history.replaceState(null, "", `?query=${encodeURIComponent(editor.text)}`);
  document.documentElement.dataset.ready = told;
}

function fail(line, editor) {
  say(line.trim(), true);
  const place = /line (\d+), column (\d+)/.exec(line);
  if (place) editor.mark(Number(place[1]), Number(place[2]));
}

function offerDownloads(query, formats) {
  const buttons = formats.map(([name, media]) => {
    const button = make("button", name);
    button.type = "button";
    button.addEventListener("click", () => download(query, name, media));
    return button;
  });
  byId("downloads").replaceChildren(...buttons);
}

async function download(query, name, media) {
  const response = await ask(query, media);
  if (!response.ok) {
    say((await response.text()).trim(), true);
    return;
  }
  const link = make("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = `answer.${name.toLowerCase().replace(/\W/g, "")}`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function listNamed(queries, onChoice) {
  const items = queries.map((query) => {
    const button = make("button", query.name);
    button.type = "button";
    button.append(make("small", query.description));
    button.addEventListener("click", () => {
      for (const other of byId("named").querySelectorAll("button")) other.removeAttribute("aria-current");
      button.setAttribute("aria-current", "true");
      byId("ask").scrollIntoView();
      onChoice(query);
    });
    const item = make("li");
    item.append(button);
    return item;
  });
  byId("named").querySelector("ul").replaceChildren(...items);
}

// Fields for the parameters; the server writes the values into the query, as terms.
function askParameters(query, onValues) {
  const form = byId("parameters");
  const fields = query.parameters.map(({ name, meaning }) => {
    const label = make("label", meaning);
    const input = make("input");
    input.name = name;
    label.append(input);
    return label;
  });
  const submit = make("button", `Ask ${query.name}`);
  form.replaceChildren(...fields, submit);
  form.hidden = !query.parameters.length;
  form.onsubmit = (event) => {
    event.preventDefault();
    onValues(new URLSearchParams(new FormData(form)));
  };
  if (form.hidden) onValues(new URLSearchParams());
  else fields[0].querySelector("input").focus();
}

async function start() {
  const vocabulary = await (await fetch(`${root}/vocabulary.json`)).json();
  const runNow = () => run(editor, vocabulary);
  const editor = new Editor(byId("editor"), vocabulary, runNow);
  listNamed(vocabulary.queries, (query) => askParameters(query, async (values) => {
    const bound = await fetch(`${root}/queries/${encodeURIComponent(query.name)}?${values}`);
    editor.text = await bound.text();
    runNow();
  }));
  byId("run").addEventListener("click", runNow);
  byId("stop").addEventListener("click", () => running?.abort());
  const given = new URLSearchParams(location.search).get("query");
  editor.text = given ?? EXAMPLE;
  if (given) runNow();
}

start();
