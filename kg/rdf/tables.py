"""Answers of our own SPARQL as rows of plain strings, IRIs shortened."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QuerySolutions, Store

from kg.rdf.terms import BASE, make_prefixes, to_curie, to_iri

Row = dict[str, str]
_LABELS = """
SELECT ?x ?label WHERE {
  { ?x rdfs:label ?label }
  UNION { GRAPH kgg:statements { ?s rdf:subject ?x ; rdf:predicate rdfs:label ; rdf:object ?label } }
}
"""


def name_graphs(names: tuple[str, ...], base: str) -> list[NamedNode | BlankNode | DefaultGraph]:
    """The graphs that plain patterns of a query ask."""
    return [NamedNode(to_iri(f"kgg:{name}", base)) for name in names]


def ask(store: Store, query: str, base: str = BASE, *, graphs: tuple[str, ...] = ("ontology",)) -> Iterator[Row]:
    """One row a solution of a SELECT query; an unbound variable has no key."""
    answer = store.query(query, prefixes=dict(make_prefixes(base)), default_graph=name_graphs(graphs, base))
    if not isinstance(answer, QuerySolutions):
        return
    names = [variable.value for variable in answer.variables]
    for solution in answer:
        yield {name: plain(term, base) for name in names if (term := solution[name]) is not None}


def plain(term: object, base: str) -> str:
    """The CURIE of an IRI, the lexical form of a literal."""
    return to_curie(term.value, base) if isinstance(term, NamedNode) else str(getattr(term, "value", ""))


def read_labels(store: Store, base: str) -> dict[str, str]:
    """Term or thing → its label, of things that are no fact too."""
    return {row["x"]: row["label"] for row in ask(store, _LABELS, base)}
