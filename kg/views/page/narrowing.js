// Filters beside types and certainty: relations, sources and documents, dates, and what was taken out by hand.
const MOST_CHECKS = 200;

function makeRelations() {
  const counted = countBy(edges.filter((edge) => isShown(edge.status)), (edge) => edge.relation);
  return counted.length > 0 && makeFold("relations", "Relations", counted.map(([relation, number]) => keyed(`relation ${relation}`,
    makeCheck([make("span", relation), makeNumber(number)], !state.relations.includes(relation),
      () => change({ relations: toggle("relations", relation) })))));
}

function makeSources() {
  if (!data.documents.length) return null;
  const counted = countBy(data.documents, (it) => it.source);
  const checks = counted.length < 2 ? [] : counted.slice(0, MOST_CHECKS).map(([source, number]) => keyed(`source ${source}`,
    makeCheck([make("span", source || "no source named"), makeNumber(number)], !state.sources.includes(source),
      () => change({ sources: toggle("sources", source) }))));
  return makeFold("sources", "Sources and documents", [...checks, makeLeast(), makeOnly()]);
}

// A statement counts its sources: documents that copy a sentence are one.
function makeLeast() {
  const most = edges.reduce((least, edge) => Math.max(least, edge.sources), 1);
  const input = make("input");
  Object.assign(input, { type: "number", min: 1, max: most, value: state.least });
  input.addEventListener("change", () => change({ least: Math.min(most, Math.max(1, Number(input.value) || 1)) }));
  return keyed("least", put("label", "field", input, make("span", "sources at least")));
}

function makeOnly() {
  const select = make("select");
  const dated = [...data.documents].sort((a, b) => order(a.published, b.published)).slice(0, 1000);
  const choices = [["", "All documents"], ...dated.map((it) => [it.curie, shorten([it.published, nameDocument(it)].filter(Boolean).join(" "), 70)])];
  for (const [value, text] of choices) select.append(new Option(text, value, false, value === state.only));
  select.addEventListener("change", () => change({ only: select.value }));
  return keyed("only", put("label", "field wide", select, make("span", "Only what this document says", "unseen")));
}

function makeDates() {
  if (!nodes.some((node) => node.group === "event" && node.begin)) return null;
  const fields = [["since", "from"], ["until", "to"]].map(([name, word]) => {
    const input = make("input");
    Object.assign(input, { type: "text", value: state[name], placeholder: "2010-09-30", inputMode: "numeric", pattern: "\\d{4}(-\\d{2}(-\\d{2})?)?" });
    input.addEventListener("change", () => input.reportValidity() && change({ [name]: input.value.trim() }));
    const label = put("label", "field", make("span", word), input);
    input.dataset.key = name;
    return label;
  });
  const undated = nodes.filter((node) => node.group === "event" && node.status === "fact" && !node.begin).length;
  const told = `Events of these dates and whom they touch${undated ? `; ${undated} undated are left out` : ""}.`;
  return makeFold("dates", "Dates", [...fields, make("p", told, "meaning"),
    (state.since || state.until) && makeButton("All dates", () => change({ since: "", until: "" }))]);
}

function makeHand() {
  const rows = (name, word) => state[name].map((curie) => byCurie.get(curie)).filter(Boolean).map((node) => {
    const button = makeButton(word, () => change({ [name]: toggle(name, node.curie) }), "small");
    button.setAttribute("aria-label", `${word} ${node.label}`);
    return put("div", "row", make("span", shorten(node.label, 40)), button);
  });
  const lone = keyed("unlinked", makeCheck("things without relations", state.unlinked, (on) => change({ unlinked: on })));
  return makeFold("hand", "By hand", [lone, ...rows("pinned", "Unpin"), ...rows("hidden", "Show"),
    state.opened.length && makeButton("Fold what was expanded", () => change({ opened: [] }))]);
}

function makeFold(key, title, parts) {
  const details = put("details", "fold", make("summary", title), ...parts);
  details.dataset.key = key;
  return details;
}
