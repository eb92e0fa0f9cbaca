"""A part of a graph as a graph: what documents since a day say, or what a CONSTRUCT gives."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, QuerySolutions, QueryTriples, Store, Triple

from kg.errors import QueryError
from kg.rdf.sparql import run_query
from kg.rdf.tables import name_graphs
from kg.rdf.terms import BASE, make_prefixes, to_iri

_SAID = """
SELECT ?statement ?s ?p ?o ?evidence ?passage ?document ?published ?asserts ?names WHERE {
  GRAPH kgg:statements { ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:evidence ?evidence .
    ?evidence kg:passage ?passage ; kg:factuality ?held . ?passage kg:document ?document }
  OPTIONAL { GRAPH kgg:documents { ?document kg:published ?day } }
  BIND(COALESCE(STR(?day), "") AS ?published) BIND(?held = "CT+" AS ?asserts)
  BIND(?p IN (rdf:type, rdfs:label, skos:altLabel) AS ?names)
}
"""


class _Said(NamedTuple):
    """A statement with one piece of its evidence."""

    triple: Triple
    nodes: tuple[NamedNode, NamedNode, NamedNode, NamedNode]
    published: str
    asserts: bool
    names: bool


def cut_since(store: Store, day: date, base: str = BASE) -> Store:
    """What documents published on ``day`` or later say, with the names and classes of the things it is about."""
    rows = list(_read_said(store, base))
    late = [row for row in rows if not row.names and row.published >= day.isoformat()]
    things = {term for row in late for term in (row.triple.subject, row.triple.object)}
    kept = [*late, *(row for row in rows if row.names and row.triple.subject in things)]
    said = {row.triple for row in kept if row.asserts}
    made = _copy(store, kept, base)
    facts = store.quads_for_pattern(None, None, None, name_graphs(("facts",), base)[0])
    run = f"<{to_iri('kgr:run/', base)}", f"<{to_iri('kgg:', base)}"
    made.extend(quad for quad in facts if quad.triple in said or str(quad.subject).startswith(run))
    return made


def cut_by_query(store: Store, text: str, base: str = BASE) -> Store:
    """What a CONSTRUCT or DESCRIBE gives, as facts; with what the graph has of evidence for it, and of names.

    QueryError where the query gives no graph.
    """
    answer = run_query(store, text, base=base)
    if not isinstance(answer, QueryTriples):
        raise QueryError("query: gives no graph", hint="export takes a CONSTRUCT or DESCRIBE")
    facts = set(answer)
    things = {term for triple in facts for term in (triple.subject, triple.object)}
    rows = _read_said(store, base)
    kept = [row for row in rows if row.triple in facts or (row.names and row.triple.subject in things)]
    made = _copy(store, kept, base)
    made.extend(Quad(t.subject, t.predicate, t.object, name_graphs(("facts",), base)[0]) for t in facts)
    return made


def _read_said(store: Store, base: str) -> Iterator[_Said]:
    answer = store.query(_SAID, prefixes=dict(make_prefixes(base)))
    for row in answer if isinstance(answer, QuerySolutions) else ():
        nodes = row["statement"], row["evidence"], row["passage"], row["document"]
        triple = Triple(row["s"], row["p"], row["o"])
        yield _Said(triple, nodes, row["published"].value, row["asserts"].value == "true", row["names"].value == "true")


def _copy(store: Store, kept: Iterable[_Said], base: str) -> Store:
    """The ontology, and the statements with their evidence, passages and documents."""
    ontology, statements, documents = name_graphs(("ontology", "statements", "documents"), base)
    rows = list(kept)
    held, evidence, passages, texts = ({row.nodes[place] for row in rows} for place in range(4))
    told = NamedNode(to_iri("kg:evidence", base))
    made = Store()
    made.extend(store.quads_for_pattern(None, None, None, ontology))
    for node in held:
        quads = store.quads_for_pattern(node, None, None, statements)
        made.extend(quad for quad in quads if quad.predicate != told or quad.object in evidence)
    for graph, nodes in ((statements, evidence | passages), (documents, texts)):
        made.extend(quad for node in nodes for quad in store.quads_for_pattern(node, None, None, graph))
    return made
