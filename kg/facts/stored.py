"""Statements that are more than memory holds: in a file, and read anew each time they are asked for."""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import chain, pairwise
from pathlib import Path

from kg.facts.gathering import MOST, order
from kg.facts.rows import Plain, Row, pack_evidence, pack_target, read_rows, unpack_evidence, unpack_target, write_rows
from kg.model import Evidence, Statement
from kg.sources import count_sources, counting, know_sources

FILE = ".statements"
_TOGETHER = 4000
"""Statements that stand side by side in a portion: those of one thing have most often the same evidence."""


def sort_key(statement: Statement) -> tuple[str, str, str, str]:
    """Subject, predicate, object: the order of statements."""
    return order((statement.subject, statement.predicate, statement.object))


@dataclass(frozen=True, slots=True)
class Stored:
    """Statements of a file, sorted, and some ``more`` among them; each time they are read they are other records."""

    path: Path
    count: int
    more: tuple[Statement, ...] = ()

    def __iter__(self) -> Iterator[Statement]:
        """All of them in their order."""
        return merge(_read(self.path), self.more, key=sort_key)

    def __len__(self) -> int:
        """How many there are."""
        return self.count + len(self.more)


Statements = tuple[Statement, ...] | Stored
"""In any number; who goes through them does not know where they are."""


def keep(statements: Iterable[Statement], folder: Path | None = None) -> Statements:
    """Sorted statements: in memory up to ``MOST`` pieces of evidence, else in a file in ``folder``, if one is given."""
    rest = iter(statements)
    head = deque(_take(rest) if folder else rest)
    behind = next(rest, None)
    if folder is None or behind is None:
        return tuple(head)
    path = folder / FILE
    with path.open("wb") as file:
        return Stored(path, write_rows(_pack(counting(chain(_drain(head), (behind,), rest))), file))


def _take(statements: Iterator[Statement]) -> Iterator[Statement]:
    """The first ones, until they have so much evidence."""
    count = 0
    for statement in statements:
        yield statement
        count += len(statement.evidence)
        if count >= MOST:
            return


def _drain(statements: deque[Statement]) -> Iterator[Statement]:
    """What is taken is held no more."""
    while statements:
        yield statements.popleft()


def _pack(statements: Iterable[Statement]) -> Iterator[Row]:
    """Statements that follow each other with the very same evidence, as most classes of a thing, have rows with one."""
    known: Sequence[Evidence] = ()
    told: list[Plain] = []
    for one in statements:
        if one.evidence is not known:
            known, told = one.evidence, list(map(pack_evidence, one.evidence))
        yield one.subject, one.predicate, pack_target(one.object), told, count_sources(one)


def _read(path: Path) -> Iterator[Statement]:
    known: Sequence[Plain] = ()
    evidence: tuple[Evidence, ...] = ()
    with path.open("rb") as file:
        for subject, predicate, target, told, count in read_rows(file):
            if told is not known:
                known, evidence = told, tuple(map(unpack_evidence, told))
            yield know_sources(Statement(subject, predicate, unpack_target(target), evidence), count)


def add(statements: Statements, more: Iterable[Statement]) -> Statements:
    """With some more, which memory holds."""
    if isinstance(statements, Stored):
        return replace(statements, more=tuple(sorted((*statements.more, *more), key=sort_key)))
    ordered = sorted(more, key=sort_key)
    places = [bisect_right(statements, sort_key(one), key=sort_key) for one in ordered]
    parts = [statements[start:end] for start, end in pairwise((0, *places, len(statements)))]
    return tuple(chain(parts[0], *((one, *part) for one, part in zip(ordered, parts[1:], strict=True))))


@dataclass(frozen=True, slots=True)
class Portion:
    """One of so many portions of statements: some from all over, as of some things much more is said than of others."""

    statements: Sequence[Statement]
    place: int
    number: int

    def __iter__(self) -> Iterator[Statement]:
        """In their order."""
        for start in range(self.place * _TOGETHER, len(self.statements), self.number * _TOGETHER):
            yield from self.statements[start : start + _TOGETHER]


def divide(statements: Statements, number: int) -> Sequence[Iterable[Statement]]:
    """So many portions; those in a file are one."""
    if number == 1 or isinstance(statements, Stored):
        return [statements]
    return [Portion(statements, place, number) for place in range(number)]
