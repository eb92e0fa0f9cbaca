// Of a graph too large for a file, what the file does not hold is asked of the server, where there is one.
const heldAtFirst = nodes.length;
const isPart = data.total > nodes.length;

async function ask(path) {
  const answer = await fetch(path, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error((await answer.text()).slice(0, 300));
  return answer.json();
}

const encode = (curie) => curie.slice(curie.indexOf(":") + 1).split("/").map(encodeURIComponent).join("/");

// Brings in the neighbours of a node, once; true if there were any that were not here.
async function loadAround(curie) {
  const node = byCurie.get(curie);
  if (!served || !isPart || node?.loaded || (node && node.weight < touching[node.id].length)) return false;
  try {
    const before = nodes.length + edges.length;
    addPart(await ask(`neighbourhood/${encode(curie)}`), node);
    if (byCurie.has(curie)) byCurie.get(curie).loaded = true;
    return nodes.length + edges.length > before;
  } catch (error) {
    tell(`The neighbours could not be loaded: ${error.message}`);
    return false;
  }
}

function addPart(part, around) {
  const documents = part.documents.map(addDocument);
  const first = data.passages.length;
  data.passages.push(...part.passages.map((passage) => ({ ...passage, document: documents[passage.document] })));
  const move = (piece) => ({ ...piece, passage: piece.passage + first });
  const ids = part.nodes.map((node, place) => addNode(node, place, around, move));
  for (const edge of part.edges) {
    addEdge({ ...edge, from: ids[edge.from], to: ids[edge.to], evidence: edge.evidence.map(move) });
  }
}

function addDocument(document) {
  const known = data.documents.findIndex((other) => other.curie === document.curie);
  return known < 0 ? data.documents.push(document) - 1 : known;
}

// New nodes stand in a sunflower around the one they were asked for.
function addNode(node, place, around, move) {
  if (byCurie.has(node.curie)) return byCurie.get(node.curie).id;
  const angle = place * Math.PI * (3 - Math.sqrt(5));
  const away = around ? around.radius + 40 + 34 * Math.sqrt(place) : 60 * Math.sqrt(place);
  const values = node.values.map((value) => ({ ...value, evidence: value.evidence.map(move) }));
  const [x, y] = [(around?.x ?? 0) + away * Math.cos(angle), (around?.y ?? 0) + away * Math.sin(angle)];
  const added = { ...node, values, x: Math.round(x), y: Math.round(y), importance: 0 };
  indexNode(added, nodes.push(added) - 1);
  ranked.push(added);
  finder.names = null;
  return added.id;
}

function addEdge(edge) {
  if (byName.has(nameEdge(edge))) return;
  edges.push(edge);
  indexEdge(edge, edges.length - 1);
}
