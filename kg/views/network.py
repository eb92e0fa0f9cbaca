"""The graph as a networkx network: what a view needs to know of each node and edge, sorted."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import networkx as nx
from pyoxigraph import Store

from kg.rdf.evidence import leads, list_statements, read_evidence
from kg.rdf.tables import Row, ask
from kg.rdf.terms import BASE

_NAMING = ("rdf:type", "rdfs:label", "skos:altLabel")
_TOLD = ("s", "p", "o", "fact", "sources", "disputed", "rule", "says", "text", "start", "title", "source", "published")
_TERMS = "SELECT ?term ?label ?parent WHERE { ?term rdfs:label ?label OPTIONAL { ?term rdfs:subClassOf ?parent } }"
_RUN = """
SELECT ?tool ?model ?ontology ?input WHERE {
  ?run kg:tool ?tool ; kg:model ?model ; kg:ontologyHash ?ontology ; kg:inputHash ?input .
}
"""
Attributes = dict[str, object]
Network: TypeAlias = "nx.MultiDiGraph[str]"


def to_network(store: Store, base: str = BASE) -> Network:
    """Entities as nodes and their relations as edges, each with its evidence; dates are attributes of nodes.

    Node: ``label, type, kind, aliases, values, asserted``; edge: ``label, predicate, factuality, fact, score,
    sources, disputed, evidence``, where each piece of evidence has ``text, title, source, published, start, factuality,
    rule, says``.
    """
    rows = sorted(_read_statements(store, base), key=lambda row: tuple(sorted(row.items())))
    labels, depth = _read_terms(store, base)
    network: Network = nx.MultiDiGraph(made=_read_run(store, base))
    for curie, attributes in sorted(_make_nodes(rows, labels, depth).items()):
        network.add_node(curie, **attributes)
    for (subject, predicate, target), attributes in sorted(_make_edges(rows, labels).items()):
        if subject in network and target in network:
            network.add_edge(subject, target, key=predicate, **attributes)
    return network


def _read_statements(store: Store, base: str) -> Iterator[Row]:
    """A row for each piece of evidence; factuality and score are of the statement, what is held of the piece."""
    for row in read_evidence(store, list_statements(store, base), base):
        told = {name: row[name] for name in _TOLD if name in row}
        first = {"leads": "true"} if leads(row) else {}
        yield told | first | {"factuality": row["held"], "score": row["sure"], "held": row["factuality"]}


def _read_run(store: Store, base: str) -> str:
    """What made the graph: tool, model and the hashes of ontology and input."""
    row = next(ask(store, _RUN, base, graphs=("facts",)), {})
    return "; ".join(f"{name} {row[name]}" for name in ("tool", "model", "ontology", "input") if name in row)


def _read_terms(store: Store, base: str) -> tuple[dict[str, str], dict[str, int]]:
    """Labels of terms, and how deep each class lies below the root."""
    rows = sorted(ask(store, _TERMS, base), key=lambda row: tuple(sorted(row.items())))
    parents = {row["term"]: row["parent"] for row in rows if "parent" in row}

    def climb(term: str, seen: int = 0) -> int:
        return climb(parents[term], seen + 1) if term in parents and seen < len(parents) else seen

    return {row["term"]: row["label"] for row in rows}, {row["term"]: climb(row["term"]) for row in rows}


def _make_nodes(rows: list[Row], labels: Mapping[str, str], depth: Mapping[str, int]) -> dict[str, Attributes]:
    nodes: dict[str, Attributes] = {}
    for row in rows:
        if row["p"] == "rdfs:label":
            nodes[row["s"]] = {
                "label": row["o"],
                "type": "kg:Entity",
                "kind": "thing",
                "aliases": (),
                "values": (),
                "asserted": "fact" in row,
            }
    for row in rows:
        node = nodes.get(row["s"])
        if node is not None:
            _describe(node, row, labels, depth)
    return nodes


def _describe(node: Attributes, row: Row, labels: Mapping[str, str], depth: Mapping[str, int]) -> None:
    """Adds to a node what a row says of it: its narrowest class, another name, a date; of a sure one, facts alone."""
    if node["asserted"] and "fact" not in row:
        return
    if row["p"] == "rdf:type" and depth.get(row["o"], 0) > depth.get(str(node["type"]), 0):
        node["type"], node["kind"] = row["o"], labels.get(row["o"], row["o"])
    elif row["p"] == "skos:altLabel":
        node["aliases"] = tuple(sorted({*_texts(node["aliases"]), row["o"]}))
    elif row["p"] not in _NAMING and not row["o"].startswith("kgr:") and "fact" in row:
        pair = f"{labels.get(row['p'], row['p'])}: {row['o']}"
        node["values"] = tuple(sorted({*_texts(node["values"]), pair}))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, tuple) else ()


def _make_edges(rows: list[Row], labels: Mapping[str, str]) -> dict[tuple[str, str, str], Attributes]:
    grouped: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row["p"] not in _NAMING and row["o"].startswith("kgr:"):
            grouped.setdefault((row["s"], row["p"], row["o"]), []).append(row)
    return {key: _make_edge(key[1], group, labels) for key, group in grouped.items()}


def _make_edge(predicate: str, group: list[Row], labels: Mapping[str, str]) -> Attributes:
    return {
        "label": labels.get(predicate, predicate),
        "predicate": predicate,
        "factuality": group[0]["factuality"],
        "fact": "fact" in group[0],
        "score": float(group[0]["score"]),
        "sources": int(group[0]["sources"]),
        "disputed": "disputed" in group[0],
        "evidence": tuple(_make_evidence(row) for row in sorted(group, key=_by_place)),
    }


def _by_place(row: Row) -> tuple[bool, str, str, int, str]:
    return ("leads" not in row, row.get("published", ""), row["title"], int(row["start"]), row["rule"])


def _make_evidence(row: Row) -> dict[str, str]:
    names = ("text", "title", "source", "published", "start", "rule", "says")
    return {name: row.get(name, "") for name in names} | {"factuality": row["held"]}
