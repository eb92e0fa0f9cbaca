// What the page was given, and how its parts hang together. Nodes and edges are named by their place in the lists.
const data = JSON.parse(document.getElementById("data").textContent);
const served = "served" in document.documentElement.dataset;
const nodes = data.nodes;
const edges = data.edges;
const byCurie = new Map();
const byName = new Map();
const touching = [];

// The name of a statement: the same in each build, unlike its place.
const nameEdge = (edge) => `${nodes[edge.from].curie} ${edge.predicate} ${nodes[edge.to].curie}`;
const otherEnd = (edge, id) => (edge.from === id ? edge.to : edge.from);

function indexNode(node, id) {
  node.id = id;
  Object.assign(node, { radius: 5, facts: 0 });
  byCurie.set(node.curie, node);
  touching[id] = [];
}

function indexEdge(edge, id) {
  edge.id = id;
  byName.set(nameEdge(edge), edge);
  touching[edge.from].push(edge);
  if (edge.to !== edge.from) touching[edge.to].push(edge);
  if (edge.status === "fact") [edge.from, edge.to].forEach(sizeNode);
}

// The more facts are told of a thing, the larger it is.
function sizeNode(id) {
  nodes[id].facts += 1;
  nodes[id].radius = 5 + 2.4 * Math.sqrt(Math.min(nodes[id].facts, 60));
}

nodes.forEach(indexNode);
edges.forEach(indexEdge);
const byImportance = (a, b) => b.importance - a.importance || a.label.localeCompare(b.label) || a.id - b.id;
const ranked = [...nodes].sort(byImportance);
