"""What changed between two builds: what texts say and what follows, how it is held and on what evidence, the texts."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
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
_DERIVED = """
SELECT ?s ?p ?o ?rule ?premise WHERE { GRAPH kgg:derivations {
  ?derivation rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:rule ?rule ; prov:wasDerivedFrom ?premise } }
"""
_DOCUMENTS = "SELECT ?d ?p ?v WHERE { GRAPH kgg:documents { ?d ?p ?v } FILTER(?p NOT IN (kg:fullText, rdf:type)) }"
_TEXT = "kg:sha256"
Key = tuple[Curie, Curie, str]


class Held(NamedTuple):
    """How a statement is held: "fact", its factuality, its evidence, and where the first sentence stands.

    Of evidence: by its IRI, how it is read. What follows from others has its premises instead, and no sentence.
    """

    status: str
    evidence: dict[str, str]
    sentence: str
    place: str


class Change(NamedTuple):
    """A statement or a document in words; ``mark`` is + came, - went or ~ changed, ``note`` how it is held or what
    changed of it. No sentence stands behind a document, and what follows."""

    mark: str
    statement: str
    note: str
    sentence: str
    place: str


def find_changes(old: Store, new: Store, old_base: str = BASE, new_base: str = BASE) -> tuple[Change, ...]:
    """All that differs, sorted; empty for two builds of the same input."""
    labels = read_labels(old, old_base) | read_labels(new, new_base)
    changes = (
        _compare(_read_held(old, old_base), _read_held(new, new_base), labels),
        _compare(_read_derived(old, old_base), _read_derived(new, new_base), labels),
        _compare_documents(_read_documents(old, old_base), _read_documents(new, new_base), labels),
    )
    return tuple(sorted(chain(*changes), key=lambda change: (change.statement, change)))


def _read_held(store: Store, base: str) -> dict[Key, Held]:
    found: dict[Key, Held] = {}
    for row in sorted(ask(store, _HELD, base), key=lambda row: not leads(row)):
        place = f"{row['document'].removeprefix('kgr:document/')}:{row['start']}-{row['end']}"
        known = found.setdefault((row["s"], row["p"], row["o"]), Held(_status(row), {}, row["text"], place))
        known.evidence[row["e"]] = f"{row['factuality']} {row['score']}"
    return found


def _read_derived(store: Store, base: str) -> dict[Key, Held]:
    found: dict[Key, Held] = {}
    for row in ask(store, _DERIVED, base):
        known = found.setdefault((row["s"], row["p"], row["o"]), Held(f"follows: {row['rule']}", {}, "", ""))
        known.evidence[row["premise"]] = ""
    return found


def _read_documents(store: Store, base: str) -> dict[Curie, dict[Curie, str]]:
    found: dict[Curie, dict[Curie, str]] = {}
    for row in ask(store, _DOCUMENTS, base):
        found.setdefault(row["d"], {})[row["p"]] = row["v"]
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


def _compare_documents(
    before: Mapping[Curie, Mapping[Curie, str]], after: Mapping[Curie, Mapping[Curie, str]], labels: Mapping[Curie, str]
) -> Iterator[Change]:
    for document in before.keys() | after.keys():
        one, other, name = before.get(document), after.get(document), document.removeprefix("kgr:document/")
        if one is None or other is None:
            yield Change("+" if one is None else "-", f"document {name}", "document", "", name)
        elif one != other:
            told = (_tell_field(field, one, other, labels) for field in sorted(one.keys() | other.keys()))
            yield Change("~", f"document {name}", ", ".join(filter(None, told)), "", name)


def _tell_field(field: Curie, one: Mapping[Curie, str], other: Mapping[Curie, str], labels: Mapping[Curie, str]) -> str:
    if one.get(field) == other.get(field):
        return ""
    return "another text" if field == _TEXT else f"{_say(field, labels)} {one.get(field)} → {other.get(field)}"


def _say(predicate: Curie, labels: Mapping[Curie, str]) -> str:
    return SAID.get(predicate) or labels.get(predicate, predicate)


def _tell(one: Held, other: Held) -> str:
    came, went = len(other.evidence.keys() - one.evidence.keys()), len(one.evidence.keys() - other.evidence.keys())
    held = f"{one.status} → {other.status}" if one.status != other.status else ""
    both = one.evidence.keys() & other.evidence.keys()
    otherwise = sum(one.evidence[e] != other.evidence[e] for e in both)
    read = f"{otherwise} read otherwise" if otherwise else ""
    told = (held, f"{came} more evidence" if came else "", f"{went} less" if went else "", read)
    return ", ".join(part for part in told if part) or "another first sentence"


def format_changes(changes: Sequence[Change]) -> str:
    """Each change with its first sentence, and how many there are."""
    lines = []
    for change in changes:
        lines.append(f"{change.mark} {change.statement}   [{change.note}]")
        if change.sentence:
            lines.append(f"    “{' '.join(change.sentence.split())}”")
            lines.append(f"    {change.place}")
    counts = {mark: sum(change.mark == mark for change in changes) for mark in "+-~"}
    lines.append(f"{counts['+']} added, {counts['-']} gone, {counts['~']} changed" if changes else "no difference")
    return "".join(f"{line}\n" for line in lines)
