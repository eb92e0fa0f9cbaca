"""Finds what patterns describe, looking only around words that a match can't do without."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

DIGITS = "0"
"""The anchor that any figure is."""
REACH = 90
"""Characters that an expression with what it looks at around itself may go from its anchors."""
_WORD = re.compile(r"[^\W\d_]+|\d+|%")


class Expression(NamedTuple):
    """A pattern of some kind; every match holds one of the ``anchors``, words in lower case, within its ``reach``."""

    kind: str
    pattern: re.Pattern[str]
    anchors: frozenset[str]
    reach: int = REACH


def find_matches(text: str, expressions: Sequence[Expression]) -> Iterator[tuple[str, re.Match[str]]]:
    """Kind and match of each expression in turn, those of one in text order."""
    places = _index_words(text)
    for kind, pattern, anchors, reach in expressions:
        found = [place for anchor in anchors & places.keys() for place in places[anchor]]
        for start, end in _join_windows(sorted(found), reach):
            for match in pattern.finditer(text, start, end):
                yield kind, match


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
