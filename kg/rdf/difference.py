"""What changed between two builds: statements that came, went, or are held otherwise or on other evidence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import Store

from kg.model import Curie
from kg.rdf.evidence import leads
from kg.rdf.explanation import SAID
from kg.rdf.tables import Row, ask, read_labels
from kg.rdf.terms import BASE

_HELD = """
SELECT ?s ?p ?o ?held ?e ?text ?start ?end ?document ?fact ?factuality ?score WHERE {
  GRAPH kgg:statements {
    ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:factuality ?held ; kg:evidence ?e .
    ?e kg:factuality ?factuality ; kg:score ?score ; kg:passage ?passage .
    ?passage kg:text ?text ; kg:start ?start ; kg:end ?end ; kg:document ?document .
  }
  BIND(EXISTS { GRAPH kgg:facts { ?s ?p ?o } } AS ?fact)
} ORDER BY ?document ?start ?e
"""
Key = tuple[Curie, Curie, str]


class Held(NamedTuple):
    """How a statement is held: "fact", its factuality, its evidence, and where the first sentence stands."""

    status: str
    evidence: frozenset[str]
    sentence: str
    place: str


class Change(NamedTuple):
    """A statement in words; ``mark`` is + came, - went or ~ changed, ``note`` says how it is held or what changed."""

    mark: str
    statement: str
    note: str
    sentence: str
    place: str


def find_changes(old: Store, new: Store, old_base: str = BASE, new_base: str = BASE) -> tuple[Change, ...]:
    """All that differs, sorted by statement; empty for two builds of the same input."""
    before, after = _read_held(old, old_base), _read_held(new, new_base)
    labels = read_labels(old, old_base) | read_labels(new, new_base)
    return tuple(sorted(_compare(before, after, labels), key=lambda change: (change.statement, change)))


def _read_held(store: Store, base: str) -> dict[Key, Held]:
    found: dict[Key, Held] = {}
    for row in sorted(ask(store, _HELD, base), key=lambda row: not leads(row)):
        key = (row["s"], row["p"], row["o"])
        place = f"{row['document'].removeprefix('kgr:document/')}:{row['start']}-{row['end']}"
        first = Held(_status(row), frozenset(), row["text"], place)
        known = found.get(key, first)
        found[key] = known._replace(evidence=known.evidence | {row["e"]})
    return found


def _status(row: Row) -> str:
    """What a text asserts and is yet no fact was read unsurely, or is disputed."""
    return "fact" if row["fact"] == "true" else "unsure or disputed" if row["held"] == "CT+" else row["held"]


def _compare(before: Mapping[Key, Held], after: Mapping[Key, Held], labels: Mapping[Curie, str]) -> Iterator[Change]:
    for key in before.keys() | after.keys():
        words = " — ".join((labels.get(key[0], key[0]), _say(key[1], labels), labels.get(key[2], key[2])))
        one, other = before.get(key), after.get(key)
        if one is None and other is not None:
            yield Change("+", words, other.status, other.sentence, other.place)
        elif one is not None and other is None:
            yield Change("-", words, one.status, one.sentence, one.place)
        elif one is not None and other is not None and one != other:
            yield Change("~", words, _tell(one, other), other.sentence, other.place)


def _say(predicate: Curie, labels: Mapping[Curie, str]) -> str:
    return SAID.get(predicate) or labels.get(predicate, predicate)


def _tell(one: Held, other: Held) -> str:
    came, went = len(other.evidence - one.evidence), len(one.evidence - other.evidence)
    held = f"{one.status} → {other.status}" if one.status != other.status else ""
    told = (held, f"{came} more evidence" if came else "", f"{went} less" if went else "")
    return ", ".join(part for part in told if part) or "another first sentence"


def format_changes(changes: Sequence[Change]) -> str:
    """Each change with its first sentence, and how many there are."""
    lines = []
    for change in changes:
        lines.append(f"{change.mark} {change.statement}   [{change.note}]")
        lines.append(f"    “{' '.join(change.sentence.split())}”")
        lines.append(f"    {change.place}")
    counts = {mark: sum(change.mark == mark for change in changes) for mark in "+-~"}
    lines.append(f"{counts['+']} added, {counts['-']} gone, {counts['~']} changed" if changes else "no difference")
    return "".join(f"{line}\n" for line in lines)
