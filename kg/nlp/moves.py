"""The moves of a recogniser of names over words, scored for many words at once.

The moves are to begin a name of a kind, to go on with it, to end it, to take a word alone for one, and to pass. Scores
are those of spaCy to the last bit, as they are sums of the same numbers in the same order.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model

STEPS = "BILU"
"""Before a hyphen and a kind."""
_PASS, _BLOCKED = "O", "U-"
"""To pass, and what only a word takes of which was said before that it is no name."""
Numbers = NDArray[np.int64]
Scores = NDArray[np.float32]
"""A row a word, a column a move."""


class Kinds(NamedTuple):
    """The kinds of names; for each the number of the move that begins, goes on with, ends or is alone a name; and the
    moves of none, or of a name that is given, which are not open where no name is."""

    names: tuple[str, ...]
    begin: Numbers
    inside: Numbers
    end: Numbers
    alone: Numbers
    closed: Numbers


def list_moves(system: Any) -> list[str]:  # noqa: ANN401  # of spaCy, without types
    """All moves, by their numbers: those that a recogniser itself tells of lack one."""
    return [system.get_class_name(number) for number in range(system.n_moves)]


def number_kinds(moves: Sequence[str]) -> Kinds | None:
    """The moves of each kind; None where there are others than are known, or one lacks."""
    kinds = tuple(move[2:] for move in moves if move.startswith("B-"))
    known = [f"{step}-{kind}" for step in STEPS for kind in kinds]
    if sorted({*moves} - {_BLOCKED}) != sorted([_PASS, *known]) or len(set(moves)) != len(moves):
        return None
    begin, inside, end, alone = (np.array([moves.index(f"{step}-{kind}") for kind in kinds]) for step in STEPS)
    closed = np.array([number for number, move in enumerate(moves) if move[0] in "IL" or move == _BLOCKED])
    return Kinds(kinds, begin, inside, end, alone, closed)


class Scorer:
    """The upper layers of a model that reads a state in the word, the first of the open name and the one before."""

    def __init__(self, model: Model[Any, Any]) -> None:
        """``model`` makes vectors of words, of these what each place adds to a state, and of that scores."""
        lower: Any = model.get_ref("lower")
        upper: Any = model.get_ref("upper")
        self._ops: Any = model.ops
        self._vectors = model.get_ref("tok2vec")
        self._width = lower.get_dim("nO")
        # one of the two pieces of all outputs after the other, so that they are compared by the row
        self._weights = _part(lower.get_param("W").transpose(0, 2, 1, 3)).reshape(-1, lower.get_dim("nI"))
        self._nothing = _part(lower.get_param("pad")[0].transpose(0, 2, 1)).reshape(3, -1)
        self._bias = _part(lower.get_param("b").T).ravel()
        self._upper, self._upper_bias = upper.get_param("W"), upper.get_param("b")

    def read(self, docs: Sequence[Doc]) -> Any:  # noqa: ANN401
        """What each word adds to a state in each place."""
        vectors = self._vectors.predict(docs)
        return self._ops.gemm(vectors, self._weights, trans2=True).reshape(len(vectors), 3, -1)

    def score_outside(self, features: Any) -> Scores:  # noqa: ANN401
        """The moves at each word where no name is open."""
        return self._score(features[:, 0] + self._nothing[1] + self._nothing[2])

    def score_within(self, features: Any, at: Numbers, begun: Numbers) -> Scores:  # noqa: ANN401
        """The moves at some words where a name is open that began at others."""
        return self._score(features[at, 0] + features[begun, 1] + features[at - 1, 2])

    def _score(self, states: Scores) -> Scores:
        states += self._bias
        best = np.maximum(states[:, : self._width], states[:, self._width :])
        scores: Scores = self._ops.gemm(best, self._upper, trans2=True)
        scores += self._upper_bias
        return scores


def _part(array: Any) -> Any:  # noqa: ANN401
    return np.ascontiguousarray(array)
