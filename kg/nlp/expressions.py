"""Finds what patterns describe, looking only around words that a match can't do without."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

DIGITS = "0"
"""The anchor that any figure is."""
SIGNS = frozenset("$€£¥₩₹₽₺₦")
"""Of currencies; each is an anchor."""
REACH = 90
"""Characters that an expression with what it looks at around itself may go from its anchors."""
_WORD = re.compile(rf"[^\W\d_]+|\d+|[%{''.join(sorted(SIGNS))}]")


class Expression(NamedTuple):
    """A pattern of some kind; every match holds one of the ``anchors``, words in lower case.

    It goes no further from it than ``reach`` in characters; where that is 0 it begins with it.
    """

    kind: str
    pattern: re.Pattern[str]
    anchors: frozenset[str]
    reach: int = REACH


def find_matches(text: str, expressions: Sequence[Expression]) -> Iterator[tuple[str, re.Match[str]]]:
    """Kind and match of each expression in turn, those of one in text order."""
    words = _index_words(text)
    known: dict[frozenset[str], Sequence[int]] = {}  # many expressions have the same anchors
    for kind, pattern, anchors, reach in expressions:
        if anchors not in known:
            known[anchors] = sorted([place for anchor in anchors & words.keys() for place in words[anchor]])
        if places := known[anchors]:
            found = _find_around(text, pattern, places, reach) if reach else _find_at(text, pattern, places)
            yield from ((kind, match) for match in found)


def _find_around(text: str, pattern: re.Pattern[str], places: Sequence[int], reach: int) -> Iterator[re.Match[str]]:
    for start, end in _join_windows(places, reach):
        yield from pattern.finditer(text, start, end)


def _find_at(text: str, pattern: re.Pattern[str], places: Sequence[int]) -> Iterator[re.Match[str]]:
    end = 0
    for place in places:
        if place >= end and (match := pattern.match(text, place)):
            end = match.end()
            yield match


@lru_cache(maxsize=2)
def _index_words(text: str) -> Mapping[str, list[int]]:
    """Word in lower case → where it stands; dates and quantities ask for those of one text in turn."""
    places: dict[str, list[int]] = {}
    for match in _WORD.finditer(text):
        word = match[0]
        places.setdefault(DIGITS if word.isdigit() else word.lower(), []).append(match.start())
    return places


def _join_windows(places: Sequence[int], reach: int) -> Iterator[tuple[int, int]]:
    """The stretches around the places, joined where they meet, so that no match is cut."""
    start = end = 0
    for place in places:
        if place - reach > end:
            if end:
                yield start, end
            start = place - reach
        end = place + reach
    if end:
        yield start, end
