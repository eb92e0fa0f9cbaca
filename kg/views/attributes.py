"""What a network says of a node and of an edge, from rows of evidence: a row a piece."""

from collections.abc import Iterable

from kg.model import Curie
from kg.rdf.tables import Row
from kg.views.certainty import judge_evidence, judge_statement
from kg.views.groups import find_group
from kg.views.vocabulary import Vocabulary, measure_depth, name_term

Attributes = dict[str, object]
NAMING = ("rdf:type", "rdfs:label", "skos:altLabel")
_ROOT = "kg:Entity"
_TOLD = ("text", "title", "source", "published", "document", "start", "end", "score", "rule", "says", "factuality")


def make_nodes(rows: list[Row], terms: Vocabulary) -> dict[Curie, Attributes]:
    """Thing → its attributes; of a thing that is a fact, what is no fact is not told.

    What one sentence plans and somebody alleges in another is alleged.
    """
    labels = sorted((row for row in rows if row["p"] == "rdfs:label"), key=lambda row: "says" in row)
    named = {row["s"]: row for row in labels}
    told: dict[Curie, list[Row]] = {curie: [] for curie in named}
    for row in rows:
        if row["s"] in told and ("fact" in row or "fact" not in named[row["s"]]):
            told[row["s"]].append(row)
    return {curie: _make_node(row, told[curie], terms) for curie, row in named.items()}


def _make_node(named: Row, rows: list[Row], terms: Vocabulary) -> Attributes:
    kind = _find_kind(rows, terms)
    details = tuple(_make_details(rows, terms))
    return {
        "label": named["o"],
        "type": kind,
        "kind": name_term(terms, kind) if kind != _ROOT else "thing",
        "group": find_group(terms, kind),
        "category": terms[kind].category if kind in terms else "",
        "aliases": tuple(sorted({row["o"] for row in rows if row["p"] == "skos:altLabel"})),
        "values": tuple(sorted({f"{detail['label']}: {detail['value']}" for detail in details if detail["fact"]})),
        "details": details,
        "asserted": "fact" in named,
        "status": judge_statement(named),
    }


def _find_kind(rows: Iterable[Row], terms: Vocabulary) -> Curie:
    """The narrowest class that is told."""
    kinds = sorted({row["o"] for row in rows if row["p"] == "rdf:type"})
    return max(kinds, key=lambda kind: measure_depth(terms, kind), default=_ROOT)


def _make_details(rows: Iterable[Row], terms: Vocabulary) -> Iterable[Attributes]:
    grouped: dict[tuple[Curie, str], list[Row]] = {}
    for row in rows:
        if row["p"] not in NAMING and not row["o"].startswith("kgr:"):
            grouped.setdefault((row["p"], row["o"]), []).append(row)
    for (predicate, value), group in sorted(grouped.items()):
        yield {"value": value, **_make_statement(predicate, group, terms)}


def make_edges(rows: Iterable[Row], terms: Vocabulary) -> dict[tuple[Curie, Curie, Curie], Attributes]:
    """Subject, predicate and object → attributes of the statement between two things."""
    grouped: dict[tuple[Curie, Curie, Curie], list[Row]] = {}
    for row in rows:
        if row["p"] not in NAMING and row["o"].startswith("kgr:"):
            grouped.setdefault((row["s"], row["p"], row["o"]), []).append(row)
    return {key: _make_statement(key[1], group, terms) for key, group in grouped.items()}


def _make_statement(predicate: Curie, group: list[Row], terms: Vocabulary) -> Attributes:
    pieces = sorted(group, key=_by_place)
    return {
        "label": name_term(terms, predicate),
        "predicate": predicate,
        "factuality": pieces[0]["held"],
        "fact": "fact" in pieces[0],
        "status": judge_statement(pieces[0]),
        "score": float(pieces[0]["sure"]),
        "sources": int(pieces[0].get("sources", "1")),
        "disputed": "disputed" in pieces[0],
        "more": int(pieces[0].get("more", "0")),
        "evidence": tuple(_make_evidence(row) for row in pieces),
    }


def _by_place(row: Row) -> tuple[bool, str, str, int, str]:
    return ("leads" not in row, row.get("published", ""), row["title"], int(row["start"]), row["rule"])


def _make_evidence(row: Row) -> dict[str, str]:
    return {name: row.get(name, "") for name in _TOLD} | {"status": judge_evidence(row)}
