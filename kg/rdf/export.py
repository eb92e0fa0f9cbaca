"""The graph in the formats other tools read."""

import csv
from io import StringIO

from pyoxigraph import NamedNode, RdfFormat, Store

from kg.errors import GraphError
from kg.rdf.annotations import write_annotations
from kg.rdf.dataset import serialize_facts
from kg.rdf.files import to_bytes
from kg.rdf.tables import ask
from kg.rdf.terms import BASE, to_iri

_QUADS = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}
_TRIPLES = {"ntriples": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD, "rdfxml": RdfFormat.RDF_XML}
FORMATS = ("turtle", *_TRIPLES, *_QUADS, "csv", "webannotation")
_ROWS = """
SELECT ?subject ?s ?relation ?p ?object ?o WHERE {
  ?s ?p ?o ; rdfs:label ?subject . GRAPH kgg:ontology { ?p rdfs:label ?relation . ?p a ?kind }
  OPTIONAL { ?o rdfs:label ?label } BIND(COALESCE(STR(?label), STR(?o)) AS ?object)
} ORDER BY ?s ?p ?o
"""


def export_graph(store: Store, kind: str, base: str = BASE) -> bytes:
    """The facts as Turtle, N-Triples, JSON-LD, RDF/XML or CSV; the whole as N-Quads, TriG or Web Annotations."""
    if kind == "turtle":
        return serialize_facts(store, base)
    if kind == "csv":
        return _write_csv(store, base)
    if kind == "webannotation":
        return write_annotations(store, base)
    if kind in _QUADS:
        quads = sorted(store, key=str)
        return to_bytes(quads, _QUADS[kind])
    if kind in _TRIPLES:
        graph = NamedNode(to_iri("kgg:facts", base))
        triples = sorted((quad.triple for quad in store.quads_for_pattern(None, None, None, graph)), key=str)
        return to_bytes(triples, _TRIPLES[kind])
    raise GraphError(f"no format {kind}", hint=f"choose one of {', '.join(FORMATS)}")


def _write_csv(store: Store, base: str) -> bytes:
    """One line a fact, with labels and IRIs; RFC 4180."""
    names = ("subject", "s", "relation", "p", "object", "o")
    rows = {tuple(_cell(row.get(name, "")) for name in names) for row in ask(store, _ROWS, base, graphs=("facts",))}
    stream = StringIO()
    writer = csv.writer(stream)
    writer.writerow(["subject", "subject_iri", "relation", "relation_iri", "object", "object_value"])
    writer.writerows(sorted(rows))
    return stream.getvalue().encode()


def _cell(text: str) -> str:
    """A cell that a spreadsheet would run as a formula is quoted with an apostrophe (OWASP, CSV injection)."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
