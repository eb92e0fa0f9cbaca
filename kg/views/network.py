"""The graph as a networkx network: what a view needs to know of each node and edge, sorted."""

import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeAlias

import networkx as nx
from pyoxigraph import NamedNode, Store

from kg.model import Curie, Document, Statement
from kg.rdf.evidence import list_statements, read_evidence
from kg.rdf.quads import name_document
from kg.rdf.tables import ask
from kg.rdf.terms import BASE
from kg.views.attributes import make_edges, make_nodes
from kg.views.rows import Told, list_told, read_told, tell_text
from kg.views.texts import Text, add_text, keep_texts, read_texts
from kg.views.vocabulary import read_vocabulary

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
    told = read_told(read_evidence(store, statements, base))
    documents = read_texts(store, _list_documents(told), base)
    return _draw(told, documents, store, base)


def draw_records(
    statements: Collection[Statement],
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
    The ``documents`` are gone through twice; of what is too long for a page no text is kept, and it is not ``whole``.
    """
    behind = {item.passage.document for one in statements for item in one.evidence}
    known = {document.id: tell_text(document) for document in documents if document.id in behind}
    told = list(list_told(statements, known, base, most=most))
    named = {name_document(name): name for name in known}
    shown = {curie: named[curie] for curie in sorted(_list_documents(told))}
    kept = keep_texts(documents if texts else (), frozenset(shown.values()))
    network = _draw(
        told, {curie: add_text(known[name], (kept or {}).get(name, "")) for curie, name in shown.items()}, store, base
    )
    network.graph.update(total=total or len(network), whole=kept is not None)
    return network


def _list_documents(told: Iterable[Told]) -> set[Curie]:
    return {piece["document"] for one in told for piece in one.pieces}


def _draw(told: Sequence[Told], documents: Mapping[Curie, Text], store: Store, base: str) -> Network:
    terms = read_vocabulary(store, base)
    network: Network = nx.MultiDiGraph(made=_read_run(store, base), base=base, terms=terms, documents=documents)
    for curie, node in sorted(make_nodes(told, terms).items()):
        network.add_node(curie, **node)
    for (subject, predicate, target), edge in sorted(make_edges(told, terms).items()):
        if subject in network and target in network:
            network.add_edge(subject, target, key=predicate, **edge)
    return network


def _read_run(store: Store, base: str) -> str:
    """What made the graph: tool, model and the hashes of ontology and input."""
    row = next(ask(store, _RUN, base, graphs=("facts",)), {})
    return "; ".join(f"{name} {row[name]}" for name in ("tool", "model", "ontology", "input") if name in row)
