"""Whether a graph is one of ours, and the base IRI it was built with."""

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Store

from kg.errors import GraphError
from kg.rdf.terms import BASE

BUILD_HINT = "make one with `kg build TEXTS`"


def find_base(store: Store, source: Path = Path("graph")) -> str:
    """The base IRI a graph was built with; GraphError where it is not one of ours."""
    return find_base_of((graph.value for graph in store.named_graphs()), source)


def find_base_of(graphs: Iterable[str], source: Path) -> str:
    """As ``find_base``, of the names of its graphs."""
    names = sorted(graphs)
    ours = [name.removesuffix("graph/statements") for name in names if name.endswith("/graph/statements")]
    if ours:
        return ours[0]
    if any(name.endswith("/graph/ontology") for name in names):
        return next(name.removesuffix("graph/ontology") for name in names if name.endswith("/graph/ontology"))
    raise GraphError(f"{source}: is no graph of kg (base {BASE} or your own)", hint=BUILD_HINT)
