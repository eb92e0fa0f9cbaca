"""The graph in RDF, whole or the facts alone; what is no RDF is written by neighbours, and by ``kg.views``."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple

from kg.errors import GraphError
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.annotations import write_annotations
from kg.rdf.files import to_bytes
from kg.rdf.followthemoney import write_entities
from kg.rdf.jsonld import read_context, write_jsonld
from kg.rdf.terms import BASE, make_turtle_prefixes, to_iri
from kg.rdf.turtle import serialize

WHOLE = frozenset({"nquads", "trig", "webannotation", "turtle12"})
"""Formats of which everything is the default; of the others the facts are."""
_PARTS = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class _Part:
    """What is written: everything, or the facts."""

    store: Store
    base: str
    whole: bool
    ontology_folder: Path

    @property
    def graphs(self) -> list[NamedNode]:
        """Their names, sorted."""
        names = (graph for graph in self.store.named_graphs() if isinstance(graph, NamedNode))
        return sorted(names, key=str) if self.whole else [NamedNode(to_iri("kgg:facts", self.base))]

    @property
    def quads(self) -> list[Quad]:
        """Graph by graph."""
        return [quad for graph in self.graphs for quad in self.store.quads_for_pattern(None, None, None, graph)]


def export_graph(
    store: Store, kind: str, base: str = BASE, *, whole: bool | None = None, ontology_folder: Path = ONTOLOGY_FOLDER
) -> bytes:
    """The facts, or with ``whole`` everything, in the format ``kind``; the same triples give the same bytes.

    Formats without named graphs hold everything as one graph. GraphError where the format is unknown, or has no place
    for claims.
    """
    if kind not in _WRITERS:
        raise GraphError(f"no format {kind}", hint=f"choose one of {', '.join(FORMATS)}")
    everything = kind in WHOLE if whole is None else whole
    return _WRITERS[kind](_Part(store, base, everything, ontology_folder))


def _write_turtle(part: _Part) -> bytes:
    return serialize(part.store, part.graphs, part.base)


def _write_turtle12(part: _Part) -> bytes:
    return to_bytes(sorted(_reify(part), key=str), RdfFormat.TURTLE, make_turtle_prefixes(part.base))


def _reify(part: _Part) -> Iterator[Triple]:
    """RDF 1.2: a statement names its triple as a term (``rdf:reifies <<( s p o )>>``) instead of by three triples."""
    rdf = {name: NamedNode(to_iri(f"rdf:{name}")) for name in (*_PARTS, "reifies", "type", "Statement")}
    terms = frozenset(rdf[name] for name in _PARTS)
    for quad in part.quads:
        if quad.predicate == rdf["object"]:
            places = ((quad.subject, rdf[name], None, quad.graph_name) for name in _PARTS)
            s, p, o = (next(part.store.quads_for_pattern(*place)).object for place in places)
            yield Triple(quad.subject, rdf["reifies"], Triple(s, p, o))  # type: ignore[arg-type]  # no literal subjects
        elif quad.predicate not in terms and (quad.predicate, quad.object) != (rdf["type"], rdf["Statement"]):
            yield quad.triple


def _write_triples(part: _Part, kind: RdfFormat) -> bytes:
    return to_bytes(sorted({quad.triple for quad in part.quads}, key=str), kind)


def _write_quads(part: _Part, kind: RdfFormat) -> bytes:
    prefixes = make_turtle_prefixes(part.base) if kind == RdfFormat.TRIG else None
    return to_bytes(sorted(part.quads, key=str), kind, prefixes)


def _write_jsonld(part: _Part) -> bytes:
    graphs: dict[str, list[Triple]] = {}
    for quad in part.quads:
        name = quad.graph_name.value if part.whole and isinstance(quad.graph_name, NamedNode) else ""
        graphs.setdefault(name, []).append(quad.triple)
    return write_jsonld(graphs, read_context(part.ontology_folder, part.base), part.base)


def _write_annotations(part: _Part) -> bytes:
    return write_annotations(part.store, part.base, facts_only=not part.whole)


def _write_ftm(part: _Part) -> bytes:
    if part.whole:
        raise GraphError("ftm has no place for what is no fact", hint="export it without --all")
    return write_entities(part.store, part.ontology_folder / "followthemoney.csv", part.base)


_WRITERS: Mapping[str, Callable[[_Part], bytes]] = {
    "turtle": _write_turtle,
    "turtle12": _write_turtle12,
    "ntriples": partial(_write_triples, kind=RdfFormat.N_TRIPLES),
    "rdfxml": partial(_write_triples, kind=RdfFormat.RDF_XML),
    "jsonld": _write_jsonld,
    "nquads": partial(_write_quads, kind=RdfFormat.N_QUADS),
    "trig": partial(_write_quads, kind=RdfFormat.TRIG),
    "webannotation": _write_annotations,
    "ftm": _write_ftm,
}
FORMATS = tuple(_WRITERS)
