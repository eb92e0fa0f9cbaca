"""The part of a large graph that a page can hold: the most important things, and what is said of them."""

from array import array
from collections import Counter
from collections.abc import Iterable
from itertools import compress
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.model import Curie, Statement
from kg.sources import count_sources, counting
from kg.views.importance import rank_numbers, weigh_edge
from kg.views.vocabulary import NAMING

Numbers = NDArray[np.int32]
_MOST_PIECES = 100_000
"""Pieces of evidence that a page aims to hold no more of: some 10 MB."""
_LIMITS = (1000, 100, 50, 20, 10, 5, 3)
_NOTHING = -1
"""The number of what is no thing."""


class Choice(NamedTuple):
    """Statements for a page, how many things there are in all, and the most pieces of evidence of a statement."""

    statements: tuple[Statement, ...]
    total: int
    evidence: int


class _Survey(NamedTuple):
    """All statements in numbers, in their order: subject, the thing each leads to, and pieces of evidence.

    ``names`` are the numbers of the things that have a label; ``weights`` are those of what leads to a thing.
    """

    names: dict[Curie, int]
    things: int
    subjects: Numbers
    targets: Numbers
    weights: NDArray[np.float64]
    pieces: Numbers


def choose_statements(statements: Iterable[Statement], most: int, edges: int) -> Choice:
    """All of them, or those of the most important things: ``most`` of them, joined by no more than so many ``edges``.

    They are gone through twice, and only what is chosen is kept.
    """
    survey = _survey(statements)
    total = len(survey.names)
    if total <= most and len(survey.weights) <= edges:
        return Choice(tuple(statements), total, _limit_evidence(survey.pieces))
    kept = _choose(survey, most, edges)
    return Choice(tuple(compress(statements, kept.tobytes())), total, _limit_evidence(survey.pieces[kept]))


def _survey(statements: Iterable[Statement]) -> _Survey:
    numbers: dict[Curie, int] = {}
    named: dict[Curie, int] = {}
    subjects, targets, weights, pieces = array("i"), array("i"), array("d"), array("i")
    for one in counting(statements, leaving=NAMING):
        subject, target = numbers.setdefault(one.subject, len(numbers)), _NOTHING
        if one.predicate not in NAMING:
            if isinstance(one.object, str) and one.object.startswith("kgr:"):
                target = numbers.setdefault(one.object, len(numbers))
                weights.append(weigh_edge(count_sources(one), fact=one.asserted))
        elif one.predicate == "rdfs:label":
            named[one.subject] = subject
        subjects.append(subject)
        targets.append(target)
        pieces.append(len(one.evidence))
    return _Survey(named, len(numbers), *map(np.asarray, (subjects, targets, weights, pieces)))


def _choose(survey: _Survey, most: int, edges: int) -> NDArray[np.bool_]:
    """True of each statement about the most important things, and of what joins two of them."""
    place = _order(survey)
    later = np.maximum(place[survey.subjects], place[survey.targets])  # what joins two things comes in with this one
    leading = survey.targets != _NOTHING
    joining = np.cumsum(np.bincount(later[leading], minlength=len(survey.names)))[: min(most, len(survey.names))]
    count = np.searchsorted(joining, edges, side="right")
    kept: NDArray[np.bool_] = np.where(leading, later, place[survey.subjects]) < count
    return kept


def _order(survey: _Survey) -> Numbers:
    """The place of each thing, the most important one first, those of one rank by name; what has no name comes last."""
    named = np.array([survey.names[name] for name in sorted(survey.names)], dtype=np.int64)
    place = np.full(survey.things, len(named), dtype=np.int32)
    place[named[np.argsort(-np.array(_rank(survey, named)), kind="stable")]] = np.arange(len(named))
    return place


def _rank(survey: _Survey, named: NDArray[np.int64]) -> list[float]:
    """The ranks of the things that have a name, of what joins them alone."""
    place = np.full(survey.things, _NOTHING)
    place[named] = np.arange(len(named))
    leading = survey.targets != _NOTHING
    ends = np.stack([place[survey.subjects[leading]], place[survey.targets[leading]]], axis=1)
    within = (ends != _NOTHING).all(axis=1)
    return rank_numbers(len(named), ends[within], survey.weights[within])


def _limit_evidence(pieces: Numbers) -> int:
    """As much of each as the page can hold of all: what a thousand texts say of a country would fill it alone."""
    counts = Counter(pieces.tolist())
    held = (most for most in _LIMITS if sum(min(most, size) * count for size, count in counts.items()) <= _MOST_PIECES)
    return next(held, _LIMITS[-1])
