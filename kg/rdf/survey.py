"""Which parts of a graph were not in the one before, found while its pieces pass by.

Pieces are taken one after the other and let go; what is kept of them are some words a part.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

import numpy as np

from kg.model import Statement
from kg.rdf.index import WORD, Words, is_among
from kg.rdf.pieces import SUM, Piece, hash_word, sum_up, write_part
from kg.rdf.quads import Writer
from kg.sources import count_all

Pieces = Callable[[], Iterator[Piece]]
"""The pieces of a graph, in one order whenever they are asked for."""
_BATCH = 1 << 12
_TOLD = 1 << 18
"""Pieces of evidence of which it is known that they are written; what comes again later is written again."""


@dataclass(frozen=True, slots=True)
class Survey:
    """Of pieces that passed by: the sums of all parts, in their order, and which of them is the first of each piece.

    ``new`` has the sum of each part that is new, and the hashes of its subjects.
    """

    sums: bytearray = field(default_factory=bytearray)
    begins: "array[int]" = field(default_factory=lambda: array("q"))
    new: bytearray = field(default_factory=bytearray)

    def add(self, other: "Survey") -> None:
        """What comes behind it."""
        count = len(self.sums) // SUM
        self.sums.extend(other.sums)
        self.begins.extend(count + place for place in other.begins)
        self.new.extend(other.new)


def write_new(pieces: Iterable[Piece], writer: Writer, parts: Words, found: Survey) -> Iterator[str]:
    """The lines of what is not among the ``parts``, by their sums; what is ``found`` grows meanwhile."""
    rest, told = iter(pieces), set[bytes]()
    while batch := list(islice(rest, _BATCH)):
        yield from _write_batch(batch, writer, parts, found, told)


def _write_batch(batch: list[Piece], writer: Writer, parts: Words, found: Survey, told: set[bytes]) -> Iterator[str]:
    """Where a statement is as before all its evidence is."""
    sums = [sum_up(writer, piece) for piece in batch]
    for one in sums:
        found.begins.append(len(found.sums) // SUM)
        found.sums.extend(one)
    heads = np.frombuffer(b"".join([one[:SUM] for one in sums]), dtype=WORD)
    new = np.flatnonzero(~is_among(heads, parts)).tolist()
    count_all([piece for place in new if isinstance(piece := batch[place], Statement)])
    known = iter(is_among(np.frombuffer(b"".join([sums[place] for place in new]), dtype=WORD), parts).tolist())
    for place in new:
        for number in range(len(sums[place]) // SUM):
            own = sums[place][number * SUM : number * SUM + SUM]
            if not next(known) and own not in told:
                if number:
                    _remember(own, told)
                yield from _write_part(writer, batch[place], number, own, found)


def _remember(own: bytes, told: set[bytes]) -> None:
    if len(told) >= _TOLD:
        told.clear()
    told.add(own)


def _write_part(writer: Writer, piece: Piece, number: int, own: bytes, found: Survey) -> tuple[str, ...]:
    blocks = write_part(writer, piece, number)
    subjects = [_hash_subject(block.partition(" ")[0]) for block in blocks]
    found.new.extend(own + subjects[0] + subjects[-1])
    return blocks


@lru_cache(maxsize=1 << 14)
def _hash_subject(subject: str) -> bytes:
    """Of a thing all facts come one after the other, and of a sentence most often all that it says."""
    return hash_word(subject.encode())
