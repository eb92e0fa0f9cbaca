"""A text cut where sentences were read: what is evidence is marked, and can be linked to."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Segment(NamedTuple):
    """A stretch of a text; ``starts`` are the passages that begin with it, ``marked`` whether it lies in one."""

    text: str
    starts: tuple[int, ...]
    marked: bool


def cut_text(text: str, passages: Iterable[tuple[int, int]]) -> tuple[Segment, ...]:
    """Segments that make up ``text``, marked where they lie in any passage."""
    merged = list(_merge(sorted({(max(0, start), min(end, len(text))) for start, end in passages})))
    return tuple(_cut(text, merged))


def _merge(passages: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Passages that overlap as one, with all their starts."""
    start, end, starts = 0, 0, list[int]()
    for first, last in passages:
        if starts and first >= end:
            yield start, end, tuple(starts)
            starts = []
        start, end = (start, max(end, last)) if starts else (first, last)
        if first not in starts:
            starts.append(first)
    if starts:
        yield start, end, tuple(starts)


def _cut(text: str, merged: Iterable[tuple[int, int, tuple[int, ...]]]) -> Iterator[Segment]:
    at = 0
    for start, end, starts in merged:
        yield Segment(text[at:start], (), marked=False)
        yield Segment(text[start:end], starts, marked=True)
        at = end
    yield Segment(text[at:], (), marked=False)
