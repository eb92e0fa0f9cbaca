"""The graph as a networkx network: what a view needs to know of each node and edge, sorted."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

import networkx as nx
from pyoxigraph import NamedNode, Store

from kg.model import Curie, Document, Statement
from kg.rdf.evidence import leads, list_statements, read_evidence
from kg.rdf.quads import name_document
from kg.rdf.tables import Row, ask
from kg.rdf.terms import BASE
from kg.views.attributes import make_edges, make_nodes
from kg.views.rows import list_rows, tell_text
from kg.views.texts import Text, read_texts
from kg.views.vocabulary import read_vocabulary

_TOLD = (
    *("s", "p", "o", "held", "sure", "fact", "sources", "disputed", "factuality", "score", "rule", "says"),
    *("text", "start", "end", "document", "title", "source", "published"),
)
_RUN = """
SELECT ?tool ?model ?ontology ?input WHERE {
  ?run kg:tool ?tool ; kg:model ?model ; kg:ontologyHash ?ontology ; kg:inputHash ?input .
}
"""
Network: TypeAlias = "nx.MultiDiGraph[str]"


def to_network(store: Store, base: str = BASE) -> Network:
    """Entities as nodes and their relations as edges, each with its evidence; dates are attributes of nodes.

    Node: ``label, type, kind, group, aliases, values, details, asserted, status, category``; edge: ``label, predicate,
    factuality, fact, status, score, sources, disputed, more, evidence``, where each piece of evidence has ``text,
    title, source, published, document, start, end, factuality, status, score, rule, says``, and ``more`` is how many
    pieces are left out. ``details`` are the statements whose object is a value: like edges, with a ``value``. The
    network itself: ``made, base, terms, documents``.
    """
    return make_network(store, list_statements(store, base), base)


def make_network(store: Store, statements: Iterable[NamedNode], base: str) -> Network:
    """The network of these statements; a thing is in it if one of them says what it is called."""
    rows = list(_read_statements(store, statements, base))
    documents = read_texts(store, {row["document"] for row in rows}, base)
    return _draw(rows, documents, store, base)


def draw_records(
    statements: Iterable[Statement],
    documents: Iterable[Document],
    store: Store,
    base: str = BASE,
    *,
    texts: bool = True,
    total: int | None = None,
    most: int = sys.maxsize,
) -> Network:
    """The network that ``to_network`` reads from the store of these records; ``store`` needs ontology and run alone.

    ``total`` is how many things there are, where these are not all; ``most`` is of the evidence of each statement.
    """
    known = {document.id: document for document in documents}
    rows = list(list_rows(statements, known, base, most=most))
    named = {row["document"] for row in rows}
    told = {name_document(document.id): tell_text(document, whole=texts) for document in known.values()}
    network = _draw(rows, {curie: told[curie] for curie in sorted(named)}, store, base)
    network.graph["total"] = total or len(network)
    return network


def _draw(rows: list[Row], documents: Mapping[Curie, Text], store: Store, base: str) -> Network:
    rows.sort(key=lambda row: [row.get(name, "") for name in _TOLD])
    terms = read_vocabulary(store, base)
    network: Network = nx.MultiDiGraph(made=_read_run(store, base), base=base, terms=terms, documents=documents)
    for curie, node in sorted(make_nodes(rows, terms).items()):
        network.add_node(curie, **node)
    for (subject, predicate, target), edge in sorted(make_edges(rows, terms).items()):
        if subject in network and target in network:
            network.add_edge(subject, target, key=predicate, **edge)
    return network


def _read_statements(store: Store, statements: Iterable[NamedNode], base: str) -> Iterator[Row]:
    """A row a piece of evidence; ``held`` and ``sure`` are the statement's, factuality and score the piece's."""
    for row in read_evidence(store, statements, base):
        told = {name: row[name] for name in _TOLD if name in row}
        yield told | ({"leads": "true"} if leads(row) else {})


def _read_run(store: Store, base: str) -> str:
    """What made the graph: tool, model and the hashes of ontology and input."""
    row = next(ask(store, _RUN, base, graphs=("facts",)), {})
    return "; ".join(f"{name} {row[name]}" for name in ("tool", "model", "ontology", "input") if name in row)
