"""Whether a graph is one of ours, and the base IRI it was built with."""

from pathlib import Path

from pyoxigraph import Store

from kg.errors import GraphError
from kg.rdf.terms import BASE

BUILD_HINT = "make one with `kg build TEXTS`"


def find_base(store: Store, source: Path = Path("graph")) -> str:
    """The base IRI a graph was built with; GraphError where it is not one of ours."""
    names = sorted(graph.value for graph in store.named_graphs())
    ours = [name.removesuffix("graph/statements") for name in names if name.endswith("/graph/statements")]
    if ours:
        return ours[0]
    if any(name.endswith("/graph/ontology") for name in names):
        return next(name.removesuffix("graph/ontology") for name in names if name.endswith("/graph/ontology"))
    raise GraphError(f"{source}: is no graph of kg (base {BASE} or your own)", hint=BUILD_HINT)
