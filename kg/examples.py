"""Examples that teach relations: JSON lines, one text each, with its facts as character offsets.

``{"text": "Ann Bo was born in Quito.", "facts": [{"relation": "kg:bornIn", "subject": [0, 6], "object": [19, 24]}]}``.
``relations`` names those of which *all* facts of the text are given (by default those of its facts): every other pair
is then a negative for them, a weak one for the rest. ``unclear``, of the form of ``facts``, are pairs to learn nothing
from. ``spans``, where given, are all the mentions that were judged: pairs of others teach nothing.
Texts of one ``group`` (say of one document) are held out together (by default texts are dealt out in turn).
``weight`` (1 by default) is how much a text counts: less where it was marked by other rules than those to be learned.
``source`` names where the example is from, with its licence, for the card of what is trained on it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ExampleError
from kg.model import Curie

_LINE = '{"text": …, "facts": [{"relation": …, "subject": [start, end], "object": [start, end]}]}'

Stretch = tuple[int, int]
"""Start and end, in characters."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What an example says: subject and object stand at these characters."""

    relation: Curie
    subject: Stretch
    object: Stretch


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what is known of it."""

    text: str
    facts: tuple[Fact, ...]
    relations: frozenset[Curie]
    spans: tuple[Stretch, ...] = ()
    unclear: tuple[Fact, ...] = ()
    group: str = ""
    source: str = ""
    weight: float = 1.0


def read_examples(path: Path, known: Mapping[Curie, object]) -> tuple[Example, ...]:
    """All lines of the file; ExampleError names the line that is none, or a relation that is not ``known``."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ExampleError(f"{path}: {error}", hint="name a file of JSON lines in UTF-8") from error
    return tuple(_read_lines(path, lines, known))


def _read_lines(path: Path, lines: list[str], known: Mapping[Curie, object]) -> Iterator[Example]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            example = parse_example(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ExampleError(
                f"{path}:{number}: {type(error).__name__} {error}",
                hint=f"a line is {_LINE}",
            ) from error
        for relation in sorted(example.relations.union(fact.relation for fact in example.facts)):
            if relation not in known:
                raise ExampleError(f"{path}:{number}: no relation {relation}", hint="see `kg ontology`")
        yield example


def parse_example(row: Mapping[str, object]) -> Example:
    """An Example from its JSON; ValueError, KeyError or TypeError where it is none."""
    text = str(row["text"])
    facts, unclear = (tuple(_fact(fact, text) for fact in _list(row.get(name, []))) for name in ("facts", "unclear"))
    complete = (
        [name_relation(name) for name in _list(row["relations"])] if "relations" in row else [f.relation for f in facts]
    )
    spans = tuple(_stretch(span, text) for span in _list(row.get("spans", [])))
    group, source = (str(row.get(name, "")) for name in ("group", "source"))
    return Example(text, facts, frozenset(complete), spans, unclear, group, source, _weigh(row.get("weight", 1)))


def _weigh(value: object) -> float:
    if not isinstance(value, int | float) or not 0 < value <= 1:
        raise ValueError(f"{value!r} is no weight above 0 and up to 1")
    return float(value)


def _fact(row: Mapping[str, object], text: str) -> Fact:
    return Fact(name_relation(row["relation"]), _stretch(row["subject"], text), _stretch(row["object"], text))


def _list(value: object) -> list[dict[str, object]]:
    if not isinstance(value, list):
        raise TypeError(f"a list is needed, not {value!r}")
    return value


def name_relation(name: object) -> Curie:
    """'bornIn' is 'kg:bornIn'."""
    return str(name) if ":" in str(name) else f"kg:{name}"


def _stretch(value: object, text: str) -> Stretch:
    start, end = map(int, value)  # type: ignore[call-overload]
    if not 0 <= start < end <= len(text):
        raise ValueError(f"[{start}, {end}] is no stretch of the text")
    return start, end


def overlap(one: Stretch, other: Stretch) -> bool:
    """True where they share a character."""
    return one[0] < other[1] and other[0] < one[1]
