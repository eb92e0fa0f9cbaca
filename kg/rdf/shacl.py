"""The graph against its shapes (SHACL, W3C Recommendation 2017), judged by pySHACL on a copy in rdflib's memory."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pyoxigraph import QueryTriples, RdfFormat, Store
from rdflib import Graph, URIRef
from rdflib.namespace import SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from kg.errors import OntologyError
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.files import to_bytes
from kg.rdf.sparql import refuse_unsafe
from kg.rdf.tables import name_graphs
from kg.rdf.terms import BASE, make_prefixes, to_curie

_JUDGED = ("facts", "derived", "statements", "derivations", "documents", "ontology")


class Problem(NamedTuple):
    """What breaks a shape: the thing, the property and the value at fault where there are such, the rule in words."""

    focus: str
    path: str
    value: str
    message: str
    warning: bool


class _Data(Graph):
    """A graph that parses a query once: SHACL asks the same of every thing (40 times as fast for shapes in SPARQL)."""

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Result:  # noqa: ANN401
        """The answer, as of rdflib."""
        text = query_object if isinstance(query_object, Query) else _prepare(query_object)
        return super().query(text, *args, **options)


@lru_cache(maxsize=256)
def _prepare(text: str) -> Query:
    return prepareQuery(text)


def validate(
    store: Store, *, ontology_folder: Path = ONTOLOGY_FOLDER, shapes: Sequence[Path] = (), base: str = BASE
) -> tuple[Problem, ...]:
    """Every break of the shapes of the ontology and of those in the files ``shapes``, sorted.

    The graphs are judged as one. OntologyError where shapes can't be read or reach out of the graph.
    """
    import pyshacl  # 0.4 s to import, and only this verb needs it

    rules = _derive_shapes(store, ontology_folder / "shapes.rq", base)
    for path in (ontology_folder / "shapes.ttl", *shapes):
        rules += _read_shapes(path, base)
    try:
        _, results, said = pyshacl.validate(_union(store, base), shacl_graph=rules, inference="none", inplace=True)
    except (
        pyshacl.errors.ShapeLoadError,
        pyshacl.errors.ConstraintLoadError,
        pyshacl.errors.ReportableRuntimeError,
    ) as error:
        raise OntologyError(f"shapes: {error}", hint="mend the shapes") from error
    if not isinstance(results, Graph):
        raise OntologyError(f"shapes: {said}", hint="mend the shapes")
    return tuple(sorted({_read_problem(results, node, rules, base) for node in results.objects(None, SH.result)}))


def _derive_shapes(store: Store, path: Path, base: str) -> Graph:
    """Shapes of domain and range, from the ontology that the graph was built with."""
    found = store.query(_read(path), prefixes=dict(make_prefixes(base)), default_graph=name_graphs(("ontology",), base))
    triples = found if isinstance(found, QueryTriples) else ()
    return Graph().parse(data=to_bytes(triples, RdfFormat.N_TRIPLES).decode(), format="nt")


def _read_shapes(path: Path, base: str) -> Graph:
    try:
        rules = Graph().parse(data=_read(path).replace(BASE, base), format="turtle")
    except SyntaxError as error:
        raise OntologyError(f"{path}: is no Turtle: {error}".partition("\n")[0], hint="mend it there") from error
    for query in (*rules.objects(None, SH.select), *rules.objects(None, SH.ask)):
        refuse_unsafe(str(query))
    return rules


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(
            f"{path}: {getattr(error, 'strerror', '') or error}", hint="name a file of shapes"
        ) from error


def _union(store: Store, base: str) -> Graph:
    """A copy: pySHACL on the Oxigraph store itself does not end."""
    graphs = name_graphs(_JUDGED, base)
    triples = (quad.triple for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph))
    return _Data().parse(data=to_bytes(triples, RdfFormat.N_TRIPLES).decode(), format="nt")


def _read_problem(results: Graph, node: Node, rules: Graph, base: str) -> Problem:
    """A shape of what may be subject of a property names the property by its target."""

    def show(term: Node | None) -> str:
        return "" if term is None else to_curie(str(term), base) if isinstance(term, URIRef) else str(term)

    fields = (SH.focusNode, SH.resultPath, SH.value, SH.resultMessage, SH.sourceShape, SH.resultSeverity)
    focus, path, value, message, shape, severity = (results.value(node, field) for field in fields)
    itself = path is None and value == focus
    targets = list(rules.objects(shape, SH.targetSubjectsOf)) if shape is not None else []
    path = path or (targets[0] if len(targets) == 1 else None)
    return Problem(show(focus), show(path), "" if itself else show(value), show(message), severity != SH.Violation)
