"""Statements as quads for a store: a fact's triple, or of another statement that there is one."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Curie, Statement, Value
from kg.rdf.terms import make_prefixes, to_iri


def list_triples(statements: Iterable[Statement], base: str) -> Iterator[Quad]:
    """One quad each; a store takes them in half the time that it takes to write and read them."""
    facts, told = (_make_node(f"kgg:{graph}", base) for graph in ("facts", "statements"))
    kind, held = (_make_node(term, base) for term in ("rdf:type", "rdf:Statement"))
    names = f"{make_prefixes(base)['kgr']}statement/"
    for one in statements:
        if one.asserted:
            subject, predicate = _make_node(one.subject, base), _make_node(one.predicate, base)
            yield Quad(subject, predicate, _make_term(one.object, base), facts)
        else:
            yield Quad(NamedNode(names + one.id), kind, held, told)


@lru_cache(maxsize=65536)
def _make_node(curie: Curie, base: str) -> NamedNode:
    return NamedNode(to_iri(curie, base))


def _make_term(target: Curie | Value, base: str) -> NamedNode | Literal:
    if not isinstance(target, Value):
        return _make_node(target, base)
    plain = target.datatype == "xsd:string"
    return Literal(target.lexical) if plain else Literal(target.lexical, datatype=_make_node(target.datatype, base))
