"""A node with its neighbours as a network of its own: what a page asks for that could not hold the whole graph."""

from collections.abc import Iterator

from pyoxigraph import NamedNode, Store

from kg.model import Curie
from kg.rdf.evidence import find_statements
from kg.rdf.terms import to_curie, to_iri
from kg.views.network import Network, make_network

MOST = 300
"""Neighbours of one answer: a page can't show more at once."""


def to_neighbourhood(store: Store, curie: Curie, base: str) -> Network:
    """The statements about ``curie``, and what its neighbours are; empty where there is no such thing."""
    own = {*find_statements(store, curie, base, role="s"), *find_statements(store, curie, base, role="o")}
    ends = sorted({end for statement in own for end in _find_ends(store, statement, base)} - {curie})
    told = {statement for end in ends[:MOST] for statement in _find_details(store, end, base)}
    return make_network(store, sorted(own | told, key=str), base)


def count_neighbours(store: Store, curie: Curie, base: str) -> int:
    """How many statements join the thing to others."""
    own = [*find_statements(store, curie, base, role="s"), *find_statements(store, curie, base, role="o")]
    return sum(1 for statement in own if len(list(_find_ends(store, statement, base))) > 1)


def _find_ends(store: Store, statement: NamedNode, base: str) -> Iterator[Curie]:
    things = to_iri("kgr:", base)
    for role in ("rdf:subject", "rdf:object"):
        end = _read(store, statement, role, base)
        if end.startswith(things):
            yield to_curie(end, base)


def _find_details(store: Store, curie: Curie, base: str) -> Iterator[NamedNode]:
    """What the thing is, is called, and its dates: the statements that join it to no other."""
    things = to_iri("kgr:", base)
    for statement in find_statements(store, curie, base, role="s"):
        if not _read(store, statement, "rdf:object", base).startswith(things):
            yield statement


def _read(store: Store, statement: NamedNode, predicate: Curie, base: str) -> str:
    edge, graph = NamedNode(to_iri(predicate, base)), NamedNode(to_iri("kgg:statements", base))
    quad = next(iter(store.quads_for_pattern(statement, edge, None, graph)), None)
    return quad.object.value if quad and isinstance(quad.object, NamedNode) else ""
