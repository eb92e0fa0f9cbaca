// Ways through the statements that pass the filters.

// Distances from a node, up to a number of steps, whatever the direction.
function reach(start, steps, passes) {
  const found = new Map([[start, 0]]);
  for (const id of found.keys()) {
    if (found.get(id) === steps) break;
    for (const edge of touching[id]) {
      const other = otherEnd(edge, id);
      if (passes(edge) && !found.has(other)) found.set(other, found.get(id) + 1);
    }
  }
  return found;
}

// The edges of a shortest way, in order; null where there is none.
function findWay(start, end, passes) {
  const cameBy = new Map([[start, null]]);
  for (const id of cameBy.keys()) {
    if (id === end) return goBack(end, cameBy);
    for (const edge of touching[id]) {
      const other = otherEnd(edge, id);
      if (passes(edge) && !cameBy.has(other)) cameBy.set(other, edge);
    }
  }
  return null;
}

// Of two ways as short, the one of facts alone; and of two statements between the same two the fact.
function findSurestWay(start, end, passes) {
  const any = findWay(start, end, passes);
  const sure = findWay(start, end, (edge) => edge.status === "fact" && passes(edge));
  if (!any || (sure && sure.length <= any.length)) return sure ?? any;
  return any.map((edge) => touching[edge.from].find((other) => other.status === "fact" && passes(other)
    && otherEnd(other, edge.from) === edge.to) ?? edge);
}

function goBack(end, cameBy) {
  const way = [];
  for (let id = end, edge = cameBy.get(id); edge; edge = cameBy.get(id)) {
    way.unshift(edge);
    id = otherEnd(edge, id);
  }
  return way;
}
