"""What a person says is in the texts: things, statements, mentions and dates, from Turtle or JSON lines.

A line of JSON is one of four, told apart by its first key here (see README, "Score a build")::

    {"thing": "ann-bo", "type": "Politician", "names": ["Ann Bo"]}
    {"subject": "ann-bo", "predicate": "presidentOf", "object": "Chile", "factuality": "CT+"}
    {"mention": "ann-bo", "document": "a.md", "start": 0, "end": 6}
    {"date": "2018-05-10", "document": "a.md", "start": 30, "end": 43}
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import GoldError
from kg.model import Curie, Factuality
from kg.ontology import Ontology

_NAMING = ("label", "altLabel")
_KINDS = ("thing", "subject", "mention", "date")


@dataclass(frozen=True, slots=True)
class GoldThing:
    """A thing by its key; an event has no names."""

    key: str
    type: Curie
    names: tuple[str, ...] = ()
    factuality: Factuality = Factuality.FACT


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """Subject and object are keys of things; the object may be a value."""

    subject: str
    predicate: Curie
    object: str
    factuality: Factuality = Factuality.FACT


@dataclass(frozen=True, slots=True, order=True)
class GoldSpan:
    """A stretch of a document, and the key or the date it stands for ('' for a date without a value)."""

    document: str
    start: int
    end: int
    mark: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Gold:
    """All that a gold file says."""

    things: tuple[GoldThing, ...] = ()
    statements: tuple[GoldStatement, ...] = ()
    mentions: tuple[GoldSpan, ...] = ()
    dates: tuple[GoldSpan, ...] = ()


def read_gold(path: Path, ontology: Ontology) -> Gold:
    """The gold of a ``.ttl`` or ``.jsonl`` file; GoldError where it can't be read or names what the ontology has not.

    Who is named in a statement without a line of its own is a thing of that name and of any class.
    """
    readers: dict[str, Callable[[Path, Ontology], Gold]] = {".ttl": _read_turtle, ".jsonl": _read_lines}
    if path.suffix not in readers:
        raise GoldError(f"{path}: is neither .ttl nor .jsonl", hint="see README, Score a build")
    try:
        gold = readers[path.suffix](path, ontology)
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}", hint="name a file of gold") from error
    if not (gold.things or gold.statements or gold.mentions or gold.dates):
        raise GoldError(f"{path}: says nothing", hint="see README, Score a build")
    return _complete(gold, ontology)


def _read_lines(path: Path, ontology: Ontology) -> Gold:
    found: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            kind, record = _read_line(line, f"{path}:{number}", ontology)
            found[kind].append(record)
    return Gold(*(tuple(found[kind]) for kind in _KINDS))


def _read_line(line: str, where: str, ontology: Ontology) -> tuple[str, object]:
    try:
        item = json.loads(line)
        kind = next(kind for kind in _KINDS if kind in item)
        return kind, _make_record(kind, item, ontology)
    except (ValueError, TypeError) as error:
        raise GoldError(f"{where}: {error}", hint="see README, Score a build") from error
    except KeyError as error:
        raise GoldError(f"{where}: has no {error}", hint="see README, Score a build") from error
    except StopIteration as error:
        raise GoldError(f"{where}: has none of {', '.join(_KINDS)}", hint="see README, Score a build") from error


def _make_record(kind: str, item: Mapping[str, Any], ontology: Ontology) -> object:
    held = Factuality(item.get("factuality", "CT+"))
    if kind == "thing":
        return GoldThing(item["thing"], _term(item["type"], ontology), tuple(item.get("names", ())), held)
    if kind == "subject":
        return GoldStatement(item["subject"], _term(item["predicate"], ontology), str(item["object"]), held)
    return GoldSpan(item["document"], int(item["start"]), int(item["end"]), item[kind])


def _term(name: str, ontology: Ontology) -> Curie:
    """The class or property of that local name or CURIE; ValueError where there is none."""
    curie = name if ":" in name else f"kg:{name}"
    if curie not in ontology.labels:
        raise ValueError(f"{name} is no term of the ontology")
    return curie


def _read_turtle(path: Path, ontology: Ontology) -> Gold:
    """Types and labels of things, and facts about them; what is not ours is left out."""
    try:
        triples = [quad.triple for quad in parse(path=str(path), format=RdfFormat.TURTLE)]
    except (SyntaxError, ValueError) as error:
        raise GoldError(f"{path}: is no Turtle: {error}", hint="see README, Score a build") from error
    kinds: dict[str, set[Curie]] = {}
    names: dict[str, list[str]] = {}
    statements = []
    for triple in triples:
        subject, predicate, target = _local(triple.subject), _local(triple.predicate), _local(triple.object)
        if predicate == "type" and f"kg:{target}" in ontology.labels:
            kinds.setdefault(_name(triple.subject), set()).add(f"kg:{target}")
        elif predicate in _NAMING and subject:
            names.setdefault(_name(triple.subject), []).append(_name(triple.object))
        elif f"kg:{predicate}" in ontology.labels:
            statements.append(GoldStatement(_name(triple.subject), f"kg:{predicate}", _name(triple.object)))
    things = (_make_thing(key, found, names.get(key, ()), ontology) for key, found in sorted(kinds.items()))
    known = [item for item in statements if item.subject in kinds]
    return Gold(tuple(things), tuple(sorted(known, key=lambda item: (item.subject, item.predicate, item.object))))


def _make_thing(key: str, kinds: Iterable[Curie], names: Sequence[str], ontology: Ontology) -> GoldThing:
    kind = max(kinds, key=lambda kind: (len(ontology.ancestors.get(kind, ())), kind))
    return GoldThing(key, kind, () if ontology.is_a(kind, "kg:Event") else tuple(names))


def _local(term: Triple | object) -> str:
    """What stands behind the last # or / of an IRI, '' of a literal."""
    return term.value.replace("#", "/").rpartition("/")[2] if isinstance(term, NamedNode) else ""


def _name(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _complete(gold: Gold, ontology: Ontology) -> Gold:
    known = {thing.key for thing in gold.things}
    named = sorted(set(_find_unknown(gold, ontology)) - known)
    return Gold(
        (*gold.things, *(GoldThing(name, "kg:Entity", (name,)) for name in named)),
        gold.statements,
        gold.mentions,
        gold.dates,
    )


def _find_unknown(gold: Gold, ontology: Ontology) -> Iterator[str]:
    for item in gold.statements:
        yield item.subject
        if ontology.is_a(ontology.range.get(item.predicate, "kg:Entity"), "kg:Entity"):
            yield item.object
