"""The graph in RDF, whole or the facts alone; what is no RDF is written by neighbours, and by ``kg.views``."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple

from kg.errors import GraphError
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.annotations import write_annotations
from kg.rdf.dataset import serialize
from kg.rdf.files import to_bytes
from kg.rdf.followthemoney import write_entities
from kg.rdf.jsonld import read_context, write_jsonld
from kg.rdf.terms import BASE, make_turtle_prefixes, to_iri

_QUADS = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}
_TRIPLES = {"ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML}
FORMATS = ("turtle", "turtle12", *_TRIPLES, "jsonld", *_QUADS, "webannotation", "ftm")
WHOLE = frozenset({*_QUADS, "webannotation", "turtle12"})
"""Formats of which everything is the default; of the others the facts are."""
_PARTS = ("subject", "predicate", "object")


def export_graph(
    store: Store, kind: str, base: str = BASE, *, whole: bool | None = None, ontology_folder: Path = ONTOLOGY_FOLDER
) -> bytes:
    """The facts, or with ``whole`` everything, in the format ``kind``; the same triples give the same bytes.

    Formats without named graphs hold everything as one graph. GraphError where the format is unknown, or has no place
    for claims.
    """
    everything = kind in WHOLE if whole is None else whole
    graphs = _name_graphs(store, base, everything)
    if kind == "turtle":
        return serialize(store, graphs, base)
    quads = [quad for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)]
    if kind in _QUADS:
        return to_bytes(sorted(quads, key=str), _QUADS[kind], make_turtle_prefixes(base) if kind == "trig" else None)
    if kind == "jsonld":
        return write_jsonld(_group(quads, named=everything), read_context(ontology_folder, base), base)
    if kind == "webannotation":
        return write_annotations(store, base, facts_only=not everything)
    if kind == "ftm":
        return _write_ftm(store, ontology_folder, base, everything)
    if kind == "turtle12":
        return to_bytes(sorted(_reify(quads, store, base), key=str), RdfFormat.TURTLE, make_turtle_prefixes(base))
    if kind in _TRIPLES:
        return to_bytes(sorted({quad.triple for quad in quads}, key=str), _TRIPLES[kind])
    raise GraphError(f"no format {kind}", hint=f"choose one of {', '.join(FORMATS)}")


def _name_graphs(store: Store, base: str, everything: bool) -> list[NamedNode]:
    names = (graph for graph in store.named_graphs() if isinstance(graph, NamedNode))
    return sorted(names, key=str) if everything else [NamedNode(to_iri("kgg:facts", base))]


def _group(quads: Iterable[Quad], *, named: bool) -> dict[str, list[Triple]]:
    graphs: dict[str, list[Triple]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name.value if named and isinstance(quad.graph_name, NamedNode) else "", []).append(
            quad.triple
        )
    return graphs


def _write_ftm(store: Store, ontology_folder: Path, base: str, everything: bool) -> bytes:
    if everything:
        raise GraphError("ftm has no place for what is no fact", hint="export it without --all")
    return write_entities(store, ontology_folder / "followthemoney.csv", base)


def _reify(quads: Iterable[Quad], store: Store, base: str) -> Iterator[Triple]:
    """RDF 1.2: a statement names its triple as a term (``rdf:reifies <<( s p o )>>``) instead of by three triples."""
    rdf = {part: NamedNode(to_iri(f"rdf:{part}")) for part in (*_PARTS, "reifies", "type", "Statement")}
    parts = frozenset(rdf[part] for part in _PARTS)
    for quad in quads:
        if quad.predicate == rdf["object"]:
            s, p, o = (
                next(store.quads_for_pattern(quad.subject, rdf[part], None, quad.graph_name)).object for part in _PARTS
            )
            yield Triple(quad.subject, rdf["reifies"], Triple(s, p, o))  # type: ignore[arg-type]  # no literal subjects
        elif quad.predicate not in parts and (quad.predicate, quad.object) != (rdf["type"], rdf["Statement"]):
            yield quad.triple
