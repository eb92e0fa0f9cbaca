"""Why something is derived: the rule, and the facts it follows from down to their sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Union

from pyoxigraph import NamedNode, Store

from kg.errors import GraphError
from kg.model import Curie
from kg.rdf.explanation import SAID, Proof, prove
from kg.rdf.tables import Row, ask, read_labels
from kg.rdf.terms import BASE, to_iri
from kg.rdf.things import find_things

_DERIVED = """
SELECT ?node ?s ?p ?o ?rule ?premise WHERE { GRAPH kgg:derivations {
  VALUES %s { %s }
  ?node rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:rule ?rule ; prov:wasDerivedFrom ?premise } }
ORDER BY ?s ?p ?o ?premise
"""
_NODE = "kgr:derivation/"


class Conclusion(NamedTuple):
    """A derived fact in words, the rule, and its premises: facts with a sentence, or conclusions in turn."""

    subject: str
    predicate: str
    object: str
    rule: str
    premises: tuple[Union[Proof, "Conclusion"], ...]


def find_conclusions(store: Store, terms: Sequence[str], base: str = BASE) -> tuple[Conclusion, ...]:
    """What is derived of a thing (one term), or a derived fact (subject, predicate, object), as of ``explain``."""
    labels = read_labels(store, base)
    things = find_things(store, terms[0], base)
    rows = [row for role in ("?s", "?o") for thing in things for row in _ask(store, role, thing, base)]
    if len(terms) > 1:
        ends = {*find_things(store, terms[2], base), terms[2]}
        rows = [
            row for row in rows if row["s"] in things and row["o"] in ends and _is_called(row["p"], terms[1], labels)
        ]
    return tuple(_conclude(store, node, labels, base) for node in dict.fromkeys(row["node"] for row in rows))


def _ask(store: Store, role: str, curie: Curie, base: str) -> Iterator[Row]:
    return ask(store, _DERIVED % (role, NamedNode(to_iri(curie, base))), base)


def _is_called(predicate: Curie, word: str, labels: Mapping[Curie, str]) -> bool:
    return word in (predicate, predicate.removeprefix("kg:"), labels.get(predicate))


def _conclude(store: Store, node: Curie, labels: dict[str, str], base: str) -> Conclusion:
    """Premises about the thing itself come first; GraphError where there are none."""
    rows = list(_ask(store, "?node", node, base))
    if not rows:
        raise GraphError(f"{node}: is damaged, it follows from nothing", hint="see `kg validate`")
    subject, predicate, target = (labels.get(rows[0][name], rows[0][name]) for name in ("s", "p", "o"))
    found = [_read_premise(store, row["premise"], labels, base) for row in rows]
    ordered = sorted(found, key=lambda item: (item.subject != subject, item.subject, item.object))
    return Conclusion(subject, SAID.get(predicate, predicate), target, rows[0]["rule"], tuple(ordered))


def _read_premise(store: Store, node: Curie, labels: dict[str, str], base: str) -> Proof | Conclusion:
    return _conclude(store, node, labels, base) if node.startswith(_NODE) else prove(store, node, labels, base)


def format_conclusions(conclusions: Sequence[Conclusion]) -> str:
    """Each derived fact with its premises below it."""
    return "".join(f"{line}\n" for found in conclusions for line in _list_lines(found, ""))


def _list_lines(found: Proof | Conclusion, margin: str) -> Iterator[str]:
    said = f"{margin}{found.subject} — {found.predicate} — {found.object}"
    if isinstance(found, Proof):
        yield said
        yield f"{margin}    “{' '.join(found.text.split())}”"
        yield f"{margin}    {found.document}:{found.start}-{found.end}"
        return
    yield f"{said}   [follows: {found.rule}]"
    for premise in found.premises:
        yield from _list_lines(premise, f"{margin}    ")
