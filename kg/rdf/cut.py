"""A part of a graph as a graph: what documents since a day say, or what a CONSTRUCT gives."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, QuerySolutions, QueryTriples, Store, Triple

from kg.errors import QueryError
from kg.model import Evidence, Factuality, Passage, Statement
from kg.rdf.quads import weigh_quads
from kg.rdf.sparql import run_query
from kg.rdf.tables import name_graphs, plain
from kg.rdf.terms import BASE, make_prefixes, to_iri

_SAID = """
SELECT * WHERE {
  GRAPH kgg:statements { ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:evidence ?evidence .
    ?evidence kg:passage ?passage ; kg:factuality ?held ; kg:score ?score .
    ?passage kg:document ?document ; kg:text ?text ; kg:start ?start ; kg:end ?end }
  OPTIONAL { GRAPH kgg:documents { ?document kg:published ?day } }
  BIND(COALESCE(STR(?day), "") AS ?published)
  BIND(IF(?p IN (rdf:type, rdfs:label, skos:altLabel), STRAFTER(STR(?p), "#"), "") AS ?naming)
}
"""
_WEIGHED = ("kg:evidence", "kg:factuality", "kg:score", "kg:sources", "kg:disputed")
"""What a statement has of its evidence, and has anew where less of that is left."""


class _Said(NamedTuple):
    """A statement with one piece of its evidence; ``naming`` is type, label or altLabel where it says only that."""

    triple: Triple
    statement: NamedNode
    nodes: tuple[NamedNode, NamedNode, NamedNode]
    evidence: Evidence
    published: str
    naming: str


def cut_since(store: Store, day: date, base: str = BASE) -> Store:
    """What documents published on ``day`` or later say, with the names and classes of the things it is about.

    Each statement is held as those documents alone hold it.
    """
    rows = list(_read_said(store, base))
    late = [row for row in rows if row.published >= day.isoformat()]
    said = [row for row in late if not row.naming]
    things = _list_things(said)
    names = (row for row in rows if row.naming and row.triple.subject in things)
    made = _copy(store, [*said, *_keep_names(names, late)], base)
    (facts,) = name_graphs(("facts",), base)
    run = f"<{to_iri('kgr:run/', base)}", f"<{to_iri('kgg:', base)}"
    held = store.quads_for_pattern(None, None, None, facts)
    made.extend(quad for quad in held if str(quad.subject).startswith(run))
    return made


def _list_things(rows: Iterable[_Said]) -> set[object]:
    return {term for row in rows for term in (row.triple.subject, row.triple.object)}


def _keep_names(names: Iterable[_Said], late: Sequence[_Said]) -> Iterator[_Said]:
    """Names and classes on the late sentences, as the build too puts a name on those of the class.

    A thing that facts are of, and whose class no late sentence asserts, keeps all of its own.
    """
    grounds, recent = _find_grounds(late), set(late)
    for _, group in groupby(sorted(names, key=_by_statement), key=_by_statement):
        held = list(group)
        left = [row for row in held if row in recent]
        ground = grounds.get(held[0].triple.subject)
        if ground is None:
            yield from held
        elif held[0].naming == "type" or any(row.evidence.asserting for row in left):
            yield from left
        else:
            yield from _lend(held[0], ground)


def _find_grounds(late: Sequence[_Said]) -> dict[object, list[_Said]]:
    """Thing → the late rows that assert its class; any that tell it, where the thing is only alleged."""
    firm = _list_things(row for row in late if not row.naming and row.evidence.asserting)
    told: dict[object, dict[NamedNode, _Said]] = {}
    for row in late:
        if row.naming == "type":
            told.setdefault(row.triple.subject, {})[row.nodes[0]] = row
    sure = {thing: [row for row in rows.values() if row.evidence.asserting] for thing, rows in told.items()}
    return {
        thing: sure[thing] or list(rows.values()) for thing, rows in told.items() if sure[thing] or thing not in firm
    }


def _by_statement(row: _Said) -> str:
    return row.statement.value


def _lend(name: _Said, ground: Iterable[_Said]) -> list[_Said]:
    """A name on the sentences that have it; a label on any, another name on none, where there is no such sentence."""
    lent = [row._replace(triple=name.triple, statement=name.statement, naming=name.naming) for row in ground]
    called = plain(name.triple.object, "")
    having = [row for row in lent if called in " ".join(row.evidence.passage.text.split())]
    return having or (lent if name.naming == "label" else [])


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
    kept = [row for row in rows if row.triple in facts or (row.naming and row.triple.subject in things)]
    made = _copy(store, kept, base)
    made.extend(Quad(t.subject, t.predicate, t.object, name_graphs(("facts",), base)[0]) for t in facts)
    return made


def count_unproved(store: Store, base: str = BASE) -> int:
    """Facts about things in a query's part that no statement holds: the query made them. The ontology's need none."""
    facts = store.quads_for_pattern(None, None, None, name_graphs(("facts",), base)[0])
    made = {quad.triple for quad in facts} - {row.triple for row in _read_said(store, base)}
    return sum(str(triple.subject).startswith(f"<{to_iri('kgr:', base)}") for triple in made)


def _read_said(store: Store, base: str) -> Iterator[_Said]:
    answer = store.query(_SAID, prefixes=dict(make_prefixes(base)))
    for row in answer if isinstance(answer, QuerySolutions) else ():
        nodes = row["evidence"], row["passage"], row["document"]
        triple = Triple(row["s"], row["p"], row["o"])
        place = int(row["start"].value), int(row["end"].value), row["text"].value
        passage = Passage(row["document"].value, *place)
        evidence = Evidence(passage, Factuality(row["held"].value), "", float(row["score"].value))
        yield _Said(triple, row["statement"], nodes, evidence, row["published"].value, row["naming"].value)


def _copy(store: Store, kept: Iterable[_Said], base: str) -> Store:
    """The ontology, the statements with the evidence kept for each, its passages and documents, and the facts."""
    ontology, statements, documents = name_graphs(("ontology", "statements", "documents"), base)
    rows = sorted(kept, key=_by_statement)
    evidence, passages, texts = ({row.nodes[place] for row in rows} for place in range(3))
    made = Store()
    made.extend(store.quads_for_pattern(None, None, None, ontology))
    for graph, nodes in ((statements, evidence | passages), (documents, texts)):
        made.extend(quad for node in nodes for quad in store.quads_for_pattern(node, None, None, graph))
    for _, group in groupby(rows, key=_by_statement):
        made.extend(_weigh(store, list(group), base))
    return made


def _weigh(store: Store, rows: list[_Said], base: str) -> Iterator[Quad]:
    """One statement, held as the evidence in ``rows`` holds it."""
    (facts, graph), node, triple = name_graphs(("facts", "statements"), base), rows[0].statement, rows[0].triple
    told = {to_iri(predicate, base) for predicate in _WEIGHED}
    quads = store.quads_for_pattern(node, None, None, graph)
    yield from (quad for quad in quads if quad.predicate.value not in told)
    yield from (Quad(node, NamedNode(to_iri("kg:evidence", base)), row.nodes[0], graph) for row in rows)
    held = Statement("", "", "", tuple(row.evidence for row in rows))
    yield from weigh_quads(held, node, base)
    if held.asserted:
        yield Quad(triple.subject, triple.predicate, triple.object, facts)
