"""What of a graph is another than before: which pieces are written, found while they pass by.

Pieces are taken one after the other and let go; what is kept of them are some words a part.
"""

from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import compress, islice

import numpy as np
from numpy.typing import NDArray

from kg.rdf.index import WORD, Index, Parts, Places, Words, is_among, join_parts
from kg.rdf.pieces import SUM, Piece, hash_word, sum_up, write_part
from kg.rdf.quads import Writer

Pieces = Callable[[], Iterator[Piece]]
"""The pieces of a graph, in one order whenever they are asked for."""
_BATCH = 1 << 12
_TOLD = 1 << 18
"""Pieces of evidence of which it is known that they are written; what comes again later is written again."""


class Changes:
    """What differs from the graph of an index."""

    def __init__(self, pieces: Pieces, writer: Writer, index: Index) -> None:
        """Nothing is asked of the pieces yet."""
        self._pieces, self._writer, self._index = pieces, writer, index
        self._sums = bytearray()  # of all parts, in the order of the pieces
        self._begins = array("q")  # which of the parts is a piece's first
        self._new = bytearray()  # sum and hashes of the subjects, of each part that is new
        self._told = set[bytes]()

    def write(self) -> Iterator[str]:
        """All lines of the subjects of which anything is another; ``kept`` and ``parts`` are known afterwards.

        The parts that are new come first; then those as before that tell of the same subjects as others that are new or
        gone.
        """
        pieces = self._pieces()
        while batch := list(islice(pieces, _BATCH)):
            yield from self._write_new(batch)
        del self._told
        self._compare()
        yield from self._write_touched()

    def _write_new(self, batch: list[Piece]) -> Iterator[str]:
        """Where a statement is as before all its evidence is."""
        sums = [sum_up(self._writer, piece) for piece in batch]
        for one in sums:
            self._begins.append(len(self._sums) // SUM)
            self._sums += one
        heads = np.frombuffer(b"".join([one[:SUM] for one in sums]), dtype=WORD)
        new = np.flatnonzero(~is_among(heads, self._index.parts.sums)).tolist()
        yield from self._write_parts([batch[place] for place in new], [sums[place] for place in new])

    def _write_parts(self, pieces: list[Piece], sums: list[bytes]) -> Iterator[str]:
        known = iter(is_among(np.frombuffer(b"".join(sums), dtype=WORD), self._index.parts.sums).tolist())
        for piece, parts in zip(pieces, sums, strict=True):
            for number in range(len(parts) // SUM):
                own = parts[number * SUM : number * SUM + SUM]
                if not next(known) and own not in self._told:
                    yield from self._write_part(piece, number, own)

    def _write_part(self, piece: Piece, number: int, own: bytes) -> tuple[str, ...]:
        if number:
            self._remember(own)
        blocks = write_part(self._writer, piece, number)
        subjects = [_hash_subject(block.partition(" ")[0]) for block in blocks]
        self._new += own + subjects[0] + subjects[-1]
        return blocks

    def _remember(self, own: bytes) -> None:
        if len(self._told) >= _TOLD:
            self._told.clear()
        self._told.add(own)

    def _compare(self) -> None:
        """Touched is a subject of which a part is new, or gone."""
        held = self._index.parts
        found, places = np.unique(np.frombuffer(self._sums, dtype=WORD), return_index=True)
        stays = is_among(held.sums, found)
        new = Parts(*np.frombuffer(self._new, dtype=WORD).reshape(-1, 3).T)
        gone = [words[~stays] for words in (held.firsts, held.seconds)]
        touched = np.unique(np.concatenate((new.firsts, new.seconds, *gone)))
        self.kept = np.flatnonzero(~is_among(self._index.subjects, touched))
        self.parts = join_parts(Parts(*(words[stays] for words in held)), new)
        self._wanted = self._find_wanted(held, found, places, touched)

    def _find_wanted(self, held: Parts, found: Words, places: Places, touched: Words) -> NDArray[np.uint8]:
        """Of each part that is as before, where it first is met: 1 if its first subject is touched, 2 if its second."""
        wanted = np.zeros(len(self._sums) // SUM, dtype=np.uint8)
        known = is_among(found, held.sums)
        at = np.searchsorted(held.sums, found[known])
        first, second = (is_among(subjects[at], touched) for subjects in (held.firsts, held.seconds))
        wanted[places[known]] = first + np.uint8(2) * second
        return wanted

    def _write_touched(self) -> Iterator[str]:
        begins = np.frombuffer(self._begins, dtype=np.int64)
        chosen = np.maximum.reduceat(self._wanted, begins).astype(bool)
        if not chosen.any():
            return
        ends = np.append(begins[1:], len(self._wanted))
        pieces = compress(self._pieces(), chosen.tobytes())
        for piece, begin, end in zip(pieces, begins[chosen].tolist(), ends[chosen].tolist(), strict=True):
            yield from self._write_wanted(piece, self._wanted[begin:end])

    def _write_wanted(self, piece: Piece, wanted: NDArray[np.uint8]) -> Iterator[str]:
        for number in np.flatnonzero(wanted).tolist():
            blocks = write_part(self._writer, piece, number)
            yield from compress(blocks, (wanted[number] & 1, wanted[number] & 2))


@lru_cache(maxsize=1 << 14)
def _hash_subject(subject: str) -> bytes:
    """Of a thing all facts come one after the other, and of a sentence most often all that it says."""
    return hash_word(subject.encode())
