"""What a network says of a node and of an edge, from what is told of statements."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, partial

from kg.model import Curie
from kg.rdf.evidence import leads
from kg.rdf.tables import Row
from kg.views.certainty import judge_statement
from kg.views.groups import find_group
from kg.views.rows import Told
from kg.views.vocabulary import NAMING, Vocabulary, measure_depth, name_term

Attributes = dict[str, object]
TellKind = Callable[[frozenset[Curie]], Attributes]
"""What is told of a thing by its classes."""
_ROOT = "kg:Entity"
_WEIGHED = ("held", "sure", "fact", "sources", "disputed")
_PLACED = ("factuality", "score", "says", "text", "end", "document", "source")


def make_nodes(told: Iterable[Told], terms: Vocabulary) -> dict[Curie, Attributes]:
    """Thing → its attributes; of a thing that is a fact, what is no fact is not told.

    What one sentence plans and somebody alleges in another is alleged.
    """
    told = list(told)
    labels = sorted((one for one in told if one.stated["p"] == "rdfs:label"), key=_by_saying)
    named = {one.stated["s"]: one for one in labels}
    own: dict[Curie, list[Told]] = {curie: [] for curie in named}
    for one in told:
        curie = one.stated["s"]
        if curie in own and ("fact" in one.stated or "fact" not in named[curie].stated):
            own[curie].append(one)
    tell_kind = cache(partial(_tell_kind, terms))  # of some ten classes are most things
    return {curie: _make_node(label, own[curie], terms, tell_kind) for curie, label in named.items()}


def _by_saying(label: Told) -> tuple[object, ...]:
    weighed = [label.stated.get(name, "") for name in _WEIGHED]
    return bool(_find_source(label)), label.stated["o"], weighed


def _find_source(told: Told) -> str:
    return next((piece["says"] for piece in told.pieces if piece["says"]), "")


def _make_node(label: Told, told: Sequence[Told], terms: Vocabulary, tell_kind: TellKind) -> Attributes:
    details = tuple(_make_details(told, terms))
    return {
        "label": label.stated["o"],
        **tell_kind(frozenset([one.stated["o"] for one in told if one.stated["p"] == "rdf:type"])),
        "aliases": tuple(sorted({one.stated["o"] for one in told if one.stated["p"] == "skos:altLabel"})),
        "values": tuple(sorted({f"{detail['label']}: {detail['value']}" for detail in details if detail["fact"]})),
        "details": details,
        "asserted": "fact" in label.stated,
        "status": judge_statement(label.stated, says=_find_source(label)),
    }


def _tell_kind(terms: Vocabulary, kinds: Collection[Curie]) -> Attributes:
    """Of the classes that are told the narrowest, what it is called, and what it belongs to."""
    kind = max(sorted(kinds), key=lambda kind: measure_depth(terms, kind), default=_ROOT)
    return {
        "type": kind,
        "kind": name_term(terms, kind) if kind != _ROOT else "thing",
        "group": find_group(terms, kind),
        "category": terms[kind].category if kind in terms else "",
    }


def _make_details(told: Iterable[Told], terms: Vocabulary) -> Iterable[Attributes]:
    grouped: dict[tuple[Curie, str], list[Told]] = {}
    for one in told:
        if one.stated["p"] not in NAMING and not one.stated["o"].startswith("kgr:"):
            grouped.setdefault((one.stated["p"], one.stated["o"]), []).append(one)
    for (predicate, value), group in sorted(grouped.items()):
        yield {"value": value, **_make_statement(predicate, group, terms)}


def make_edges(told: Iterable[Told], terms: Vocabulary) -> dict[tuple[Curie, Curie, Curie], Attributes]:
    """Subject, predicate and object → attributes of the statement between two things."""
    grouped: dict[tuple[Curie, Curie, Curie], list[Told]] = {}
    for one in told:
        stated = one.stated
        if stated["p"] not in NAMING and stated["o"].startswith("kgr:"):
            grouped.setdefault((stated["s"], stated["p"], stated["o"]), []).append(one)
    return {key: _make_statement(key[1], group, terms) for key, group in grouped.items()}


def _make_statement(predicate: Curie, group: Sequence[Told], terms: Vocabulary) -> Attributes:
    """Where two statements differ in the type of a value alone, they are one here."""
    pieces = [(one.stated, piece) for one in group for piece in one.pieces]
    if len(pieces) > 1:
        pieces.sort(key=_by_place)
    stated, first = pieces[0]
    return {
        "label": name_term(terms, predicate),
        "predicate": predicate,
        "factuality": stated["held"],
        "fact": "fact" in stated,
        "status": judge_statement(stated, says=first["says"]),
        "score": float(stated["sure"]),
        "sources": int(stated.get("sources", "1")),
        "disputed": "disputed" in stated,
        "more": int(stated.get("more", "0")),
        "evidence": tuple([piece for _, piece in pieces]),
    }


def _by_place(told: tuple[Row, Row]) -> tuple[object, ...]:
    stated, piece = told
    place = (piece["published"], piece["title"], int(piece["start"]), piece["rule"])
    rest = [stated.get(name, "") for name in _WEIGHED], [piece[name] for name in _PLACED]
    return (not leads(piece), *place, *rest)
