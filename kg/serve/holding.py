"""What the holder reads once: the graph, the names of its things, and what the server tells of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import Store

from kg.rdf.base import find_base
from kg.rdf.files import read_store
from kg.rdf.queries import NamedQuery, load_queries
from kg.rdf.tables import ask, read_labels
from kg.rdf.terms import make_prefixes

_TERMS = """
SELECT ?term ?label ?comment ?domain ?range (EXISTS { ?term a owl:Class } AS ?class) WHERE {
  ?term rdfs:label ?label FILTER(STRSTARTS(STR(?term), STR(kg:)))
  OPTIONAL { ?term rdfs:comment ?comment } OPTIONAL { ?term rdfs:domain ?domain } OPTIONAL { ?term rdfs:range ?range }
} ORDER BY ?term ?domain ?range
"""


class Holding(NamedTuple):
    """A graph, where its IRIs begin, the label of each term and thing, and what the server has to know of it."""

    store: Store
    base: str
    labels: Mapping[str, str]
    about: Mapping[str, Any]


def read_holding(graph: Path, ontology_folder: Path) -> Holding:
    """The graph of ``read_store`` with its labels; GraphError as there."""
    store = read_store(graph)
    base = find_base(store)
    return Holding(store, base, read_labels(store, base), _describe(store, base, ontology_folder))


def _describe(store: Store, base: str, ontology_folder: Path) -> Mapping[str, Any]:
    """Base, sizes of the named graphs, and what the editor completes."""
    sizes = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    return {
        "base": base,
        "graphs": {row["g"]: int(row["n"]) for row in ask(store, sizes, base)},
        "vocabulary": {
            "prefixes": dict(make_prefixes(base)),
            "terms": list({row["term"]: row for row in ask(store, _TERMS, base)}.values()),
            "queries": [_tell_query(query) for query in load_queries(ontology_folder).values()],
        },
    }


def _tell_query(query: NamedQuery) -> dict[str, object]:
    parameters = [{"name": each.name, "meaning": each.meaning} for each in query.parameters]
    return {"name": query.name, "description": query.description, "parameters": parameters}
