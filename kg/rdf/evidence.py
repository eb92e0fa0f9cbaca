"""What is behind statements, read node by node: on a million triples a join of all these patterns takes minutes."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import GraphError
from kg.model import STRICT, Curie, Factuality
from kg.rdf.tables import Row, plain
from kg.rdf.terms import BASE, to_curie, to_iri

_STATED = {
    "rdf:subject": "s",
    "rdf:predicate": "p",
    "rdf:object": "o",
    "kg:factuality": "held",
    "kg:score": "sure",
    "kg:sources": "sources",
    "kg:disputed": "disputed",
}
_READ = {"kg:factuality": "factuality", "kg:rule": "rule", "kg:score": "score", "kg:sourceText": "says"}
_PLACED = {"kg:text": "text", "kg:start": "start", "kg:end": "end", "kg:document": "document"}
_TOLD = {"rdfs:label": "title", "kg:source": "source", "kg:published": "published"}
_NEEDED = {
    **{name: property_ for property_, name in _STATED.items() if name not in ("sources", "disputed")},
    **{name: property_ for property_, name in (_READ | _PLACED).items() if name != "says"},
    "title": "its document",
}
"""What no row is without, and what is missing where it is."""
_PATHS = {
    "s": ("rdf:subject",),
    "o": ("rdf:object",),
    "document": ("kg:document", "kg:passage", "kg:evidence"),
    "statement": (),
    "class": ("rdf:type",),
}
"""From what has a role in a statement to the statement: properties to go back by."""


def find_statements(store: Store, curie: Curie, base: str = BASE, *, role: str) -> list[NamedNode]:
    """The statements in which ``curie`` has a role: statement, its s, o or class, or the document of some evidence."""
    found = {NamedNode(to_iri(curie, base))}
    for predicate in _PATHS[role]:
        found = _go_back(store, found, predicate, base)
    return sorted(found, key=str)


def list_statements(store: Store, base: str = BASE) -> list[NamedNode]:
    """All statements, sorted."""
    return find_statements(store, "rdf:Statement", base, role="class")


def read_evidence(store: Store, statements: Iterable[NamedNode], base: str = BASE) -> list[Row]:
    """A row for each piece of evidence of each statement, sorted by the statement's terms; what asserts it leads.

    A row has the statement (statement, s, p, o, held, sure, sources, disputed; fact where it is one), the evidence
    (factuality, rule, score, says), its place (text, start, end, document) and what is known of the document (title,
    source, published). Only sources, disputed, fact, says, source and published may be missing; GraphError where
    anything else is.
    """
    return sorted(_read_statements(store, statements, base), key=partial(_by_place, base=base))


def leads(row: Row) -> bool:
    """True where the sentence asserts the statement and is surely read: such evidence is shown before all other."""
    return row["factuality"] == Factuality.FACT.value and float(row["score"]) >= STRICT


def _by_place(row: Row, *, base: str) -> tuple[object, ...]:
    place = (row["document"], int(row["start"]), int(row["end"]))
    return (
        row["s"],
        to_iri(row["p"], base),
        row["o"],
        not leads(row),
        *place,
        row["rule"],
        row["score"],
        row.get("says", ""),
    )


def _go_back(store: Store, nodes: Iterable[NamedNode], predicate: Curie, base: str) -> set[NamedNode]:
    edge, graph = NamedNode(to_iri(predicate, base)), NamedNode(to_iri("kgg:statements", base))
    found = (quad.subject for node in nodes for quad in store.quads_for_pattern(None, edge, node, graph))
    return {node for node in found if isinstance(node, NamedNode)}


def _read_statements(store: Store, statements: Iterable[NamedNode], base: str) -> Iterator[Row]:
    documents: dict[str, Row] = {}
    for statement in statements:
        stated = _read(store, statement, _STATED, "statements", base)
        fact = {"fact": "true"} if _is_fact(store, statement, base) else {}
        for evidence in _go_on(store, statement, "kg:evidence", base):
            row = fact | {"statement": to_curie(statement.value, base), **stated, **_read_piece(store, evidence, base)}
            named = row.get("document", "kgr:document/")
            if named not in documents:
                documents[named] = _read(store, NamedNode(to_iri(named, base)), _TOLD, "documents", base)
            yield _check(row | documents[named])


def _check(row: Row) -> Row:
    missing = [called for name, called in _NEEDED.items() if name not in row]
    if missing:
        raise GraphError(f"{row['statement']}: is damaged, without {', '.join(missing)}", hint="see `kg validate`")
    return row


def _is_fact(store: Store, statement: NamedNode, base: str) -> bool:
    """True where the triple is in the graph of facts: nothing else makes a fact."""
    quads = store.quads_for_pattern(statement, None, None, NamedNode(to_iri("kgg:statements", base)))
    terms = {to_curie(quad.predicate.value, base): quad.object for quad in quads}
    ends = [terms.get(f"rdf:{end}") for end in ("subject", "predicate", "object")]
    return None not in ends and Quad(*ends, NamedNode(to_iri("kgg:facts", base))) in store  # type: ignore[call-arg,arg-type]


def _read_piece(store: Store, evidence: NamedNode, base: str) -> Row:
    row = _read(store, evidence, _READ, "statements", base)
    for passage in _go_on(store, evidence, "kg:passage", base):
        row |= _read(store, passage, _PLACED, "statements", base)
    return row


def _go_on(store: Store, node: NamedNode, predicate: Curie, base: str) -> list[NamedNode]:
    edge, graph = NamedNode(to_iri(predicate, base)), NamedNode(to_iri("kgg:statements", base))
    found = (quad.object for quad in store.quads_for_pattern(node, edge, None, graph))
    return [node for node in found if isinstance(node, NamedNode)]


def _read(store: Store, node: NamedNode, names: Mapping[Curie, str], graph: str, base: str) -> Row:
    """The values that the node has in the graph, by the names we give their properties."""
    quads = store.quads_for_pattern(node, None, None, NamedNode(to_iri(f"kgg:{graph}", base)))
    found = ((to_curie(quad.predicate.value, base), quad.object) for quad in quads)
    return {names[predicate]: plain(term, base) for predicate, term in found if predicate in names}
