"""The moves of a recogniser of names over words.

They are to begin a name of a kind, to go on with it, to end it, to take a word alone for one, and to pass.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

STEPS = "BILU"
"""Before a hyphen and a kind."""
_PASS, _BLOCKED = "O", "U-"
"""To pass, and what only a word takes of which was said before that it is no name."""
Numbers = NDArray[np.int64]


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
