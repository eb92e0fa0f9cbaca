"use strict";
// Draws the data block with vis-network. Every text goes through textContent: it is data, never markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const WORDS = {
    "CT+": "fact", "PR+": "probable", "PS+": "possible", "CT-": "denied", "PR-": "improbable",
    "PS-": "doubtful", "Uu": "not asserted", "candidate": "candidate: read too unsurely",
  };
  const MARKS = { dot: "●", star: "★", square: "■", triangle: "▲", diamond: "◆", hexagon: "⬢" };
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const byId = (id) => document.getElementById(id);
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const hidden = new Set();
  let factsOnly = true;
  let unlinked = false;
  let labelled = [];
  const served = "served" in document.documentElement.dataset;

  function make(tag, text = "", className = "") {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  const nodeById = new Map(data.nodes.map((node) => [node.id, node]));
  const edges = data.edges.map((edge, id) => ({ ...edge, id }));

  function visibleEdges() {
    return edges.filter((edge) => (!factsOnly || edge.fact)
      && !hidden.has(nodeById.get(edge.from).kind) && !hidden.has(nodeById.get(edge.to).kind));
  }

  function visibleNodes(shown) {
    const linked = new Set(shown.flatMap((edge) => [edge.from, edge.to]));
    return data.nodes.filter((node) => !hidden.has(node.kind) && (!factsOnly || node.asserted)
      && (unlinked || linked.has(node.id)));
  }

  function drawNode(node) {
    return {
      id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.size, color: node.color,
      shapeProperties: { borderDashes: node.asserted ? false : [4, 3] }, opacity: node.asserted ? 1 : 0.55,
    };
  }

  function drawEdge(edge) {
    return {
      id: edge.id, from: edge.from, to: edge.to, arrows: { to: { enabled: true, scaleFactor: 0.5 } },
      dashes: edge.fact ? false : [6, 5], label: edge.fact ? undefined : WORDS[edge.status],
      color: { color: edge.fact ? "#9aa5b1" : "#d55e00", highlight: css("--accent"), hover: css("--accent") },
      font: { color: "#d55e00", size: 11, strokeWidth: 3, strokeColor: css("--paper") }, width: 1,
    };
  }

  const nodeSet = new vis.DataSet();
  const edgeSet = new vis.DataSet();
  const network = new vis.Network(byId("network"), { nodes: nodeSet, edges: edgeSet }, {
    physics: false, layout: { improvedLayout: false },
    interaction: { hover: true, keyboard: { enabled: true, bindToWindow: false }, tooltipDelay: 100000 },
    edges: { smooth: { enabled: true, type: "continuous", roundness: 0.25 } },
  });

  // Labels keep their size on the screen; the larger node's comes first and one that would cover another is left out.
  function drawLabels(context) {
    const scale = network.getScale();
    const taken = [];
    context.font = `${14 / scale}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineWidth = 4 / scale;
    context.strokeStyle = css("--paper");
    context.fillStyle = css("--ink");
    for (const node of labelled) {
      const text = node.label.length > 34 ? `${node.label.slice(0, 32)}…` : node.label;
      const half = context.measureText(text).width / 2;
      const top = node.y + node.size + 3 / scale;
      const box = [node.x - half, top, node.x + half, top + 16 / scale];
      if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      context.strokeText(text, node.x, top);
      context.fillText(text, node.x, top);
    }
  }

  function refresh() {
    const shown = visibleEdges();
    const nodes = visibleNodes(shown);
    labelled = [...nodes].sort((a, b) => b.size - a.size || a.label.localeCompare(b.label));
    nodeSet.clear(); edgeSet.clear();
    nodeSet.add(nodes.map(drawNode)); edgeSet.add(shown.map(drawEdge));
    byId("counts").textContent = `${nodes.length} of ${data.nodes.length} things, ${shown.length} of ${edges.length} relations`;
    document.documentElement.dataset.ready = String(nodes.length);
  }

  function fillLegend() {
    const kinds = new Map();
    for (const node of data.nodes) kinds.set(node.kind, [...(kinds.get(node.kind) ?? []), node]);
    for (const [kind, nodes] of [...kinds].sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]))) {
      const button = make("button");
      const mark = make("span", MARKS[nodes[0].shape] ?? "●", "mark");
      mark.style.color = nodes[0].color;
      button.type = "button";
      button.setAttribute("aria-pressed", "true");
      button.append(mark, document.createTextNode(`${kind} ${nodes.length}`));
      button.addEventListener("click", () => {
        if (!hidden.delete(kind)) hidden.add(kind);
        button.setAttribute("aria-pressed", String(!hidden.has(kind)));
        refresh();
      });
      byId("legend").append(button);
    }
  }

  function quote(evidence) {
    const block = make("blockquote", evidence.text);
    const where = [evidence.title, evidence.source, evidence.published, `character ${evidence.start}`];
    block.append(make("cite", where.filter(Boolean).join(" · ")));
    const firm = evidence.factuality === "CT+" ? "" : `read as ${WORDS[evidence.factuality]}`;
    const says = evidence.says ? `said by: ${evidence.says}` : "";
    block.append(make("cite", [evidence.rule, firm, says].filter(Boolean).join(" · ")));
    return block;
  }

  function describeEdge(edge, open) {
    const details = make("details");
    details.open = open;
    const summary = make("summary", `${nodeById.get(edge.from).label} — ${edge.relation} → ${nodeById.get(edge.to).label}`);
    if (!edge.fact) summary.append(make("span", WORDS[edge.status], "flag"));
    if (edge.sources > 1) summary.append(make("span", `${edge.sources} sources`, "flag"));
    if (edge.disputed) summary.append(make("span", "disputed", "flag"));
    details.append(summary, ...edge.evidence.map(quote));
    return details;
  }

  function showNode(id) {
    const node = nodeById.get(id);
    const parts = [make("h2", node.label), make("p", node.asserted ? node.kind : `${node.kind} (not asserted)`, "soft")];
    if (node.names.length) parts.push(make("p", `also: ${node.names.join(", ")}`, "soft"));
    for (const value of node.values) parts.push(make("p", value));
    const related = edges.filter((edge) => (edge.from === id || edge.to === id));
    const facts = related.filter((edge) => edge.fact);
    const others = related.filter((edge) => !edge.fact);
    if (facts.length) parts.push(make("h3", "Facts"), ...facts.map((edge) => describeEdge(edge, false)));
    if (others.length) parts.push(make("h3", "Not asserted"), ...others.map((edge) => describeEdge(edge, false)));
    if (served) parts.push(make("hr"), lead(`entity/${node.curie.slice(node.curie.indexOf(":") + 1)}`, "its own page"));
    byId("panel").replaceChildren(...parts);
  }

  // A link to another page of the server, where the page is served by one that has them.
  function lead(path, text) {
    const link = make("a", text);
    link.href = path.split("/").map(encodeURIComponent).join("/");
    return link;
  }

  function find(text) {
    const wanted = fold(text.trim());
    if (!wanted) return;
    const named = (node) => [node.label, ...node.names].map(fold);
    const found = data.nodes.find((node) => named(node).includes(wanted))
      ?? data.nodes.find((node) => named(node).some((name) => name.includes(wanted)));
    if (!found) return;
    if (!nodeSet.get(found.id)) {
      nodeSet.add(drawNode(found));
      labelled.unshift(found);
    }
    network.selectNodes([found.id]);
    network.focus(found.id, { scale: 1.1, animation: false });
    showNode(found.id);
  }

  function fillNames() {
    for (const name of new Set(data.nodes.flatMap((node) => [node.label, ...node.names]))) {
      const option = make("option");
      option.value = name;
      byId("names").append(option);
    }
  }

  network.on("selectNode", (event) => showNode(event.nodes[0]));
  network.on("selectEdge", (event) => {
    if (!event.nodes.length) byId("panel").replaceChildren(...event.edges.map((id) => describeEdge(edges[id], true)));
  });
  byId("facts").addEventListener("change", (event) => { factsOnly = event.target.checked; refresh(); });
  byId("unlinked").addEventListener("change", (event) => { unlinked = event.target.checked; refresh(); });
  network.on("afterDrawing", drawLabels);
  network.on("dragEnd", (event) => {
    for (const id of event.nodes) Object.assign(nodeById.get(id), network.getPosition(id));
    network.redraw();
  });
  byId("search").addEventListener("change", (event) => find(event.target.value));
  byId("fit").addEventListener("click", () => network.fit());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", refresh);
  if (served) document.querySelector("header").append(lead("query", "query"), lead("ontology", "ontology"));
  fillLegend();
  fillNames();
  refresh();
  network.fit();
})();
