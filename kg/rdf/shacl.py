"""The graph against its shapes, with faults told in words (SHACL, W3C Recommendation 2017)."""

from pathlib import Path
from typing import NamedTuple

from pyoxigraph import RdfFormat, Store
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from kg.errors import OntologyError
from kg.rdf.files import to_bytes
from kg.rdf.terms import BASE, to_curie


class Problem(NamedTuple):
    """What breaks a shape: the thing, the rule in words, the value where one is at fault."""

    focus: str
    message: str
    value: str


def validate(store: Store, shapes: Path, base: str = BASE) -> tuple[Problem, ...]:
    """Every break of ``shapes`` in the union of all graphs, sorted; empty where the graph conforms."""
    import pyshacl  # 0.4 s to import, and only this verb needs it

    if not shapes.is_file():
        raise OntologyError(f"{shapes}: no such file", hint="an ontology folder holds shapes.ttl")
    rules = Graph().parse(data=shapes.read_text(encoding="utf-8").replace(BASE, base), format="turtle")
    _, results, _ = pyshacl.validate(_union(store), shacl_graph=rules, inference="none", advanced=False)
    if not isinstance(results, Graph):
        raise OntologyError(f"{shapes}: {results}", hint="mend the shapes")
    return tuple(
        sorted({_read_problem(results, node, base) for node in results.subjects(RDF.type, SH.ValidationResult)})
    )


def _union(store: Store) -> Graph:
    triples = (quad.triple for quad in store)
    data = to_bytes(triples, RdfFormat.N_TRIPLES)
    return Graph().parse(data=data.decode(), format="nt")


def _read_problem(results: Graph, node: Node, base: str) -> Problem:
    def show(term: Node | None) -> str:
        return "" if term is None else to_curie(str(term), base) if isinstance(term, URIRef) else str(term)

    focus, message, value = (results.value(node, term) for term in (SH.focusNode, SH.resultMessage, SH.value))
    return Problem(show(focus), show(message), show(value))
