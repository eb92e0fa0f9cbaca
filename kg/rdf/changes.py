"""What of a graph is another than before: of which pieces lines are written."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray

from kg.rdf.index import WORD, Index, Parts, Places, Words, is_among, join_parts
from kg.rdf.pieces import SUM, Piece, write_part
from kg.rdf.quads import Writer
from kg.rdf.survey import Pieces, Survey, write_new


class Changes:
    """What differs from the graph of an index."""

    def __init__(self, shares: Sequence[Pieces], writer: Writer, index: Index, others: Iterable[Survey] = ()) -> None:
        """Nothing is asked of the pieces yet, nor of the surveys of the other shares, which come after the first."""
        self._shares, self._writer, self._index, self._others = shares, writer, index, others
        self._survey = Survey()

    def write(self) -> Iterator[str]:
        """All lines of the subjects of which anything is another; ``kept`` and ``parts`` are known afterwards.

        The parts that are new come first, of the first share of pieces; then, of all, those as before that tell of the
        same subjects as others that are new or gone.
        """
        yield from write_new(self._shares[0](), self._writer, self._index.parts.sums, self._survey)
        for other in self._others:
            self._survey.add(other)
        self._compare()
        yield from self._write_touched()

    def _compare(self) -> None:
        """Touched is a subject of which a part is new, or gone."""
        held = self._index.parts
        found, places = np.unique(np.frombuffer(self._survey.sums, dtype=WORD), return_index=True)
        stays = is_among(held.sums, found)
        new = Parts(*np.frombuffer(self._survey.new, dtype=WORD).reshape(-1, 3).T)
        gone = [words[~stays] for words in (held.firsts, held.seconds)]
        touched = np.unique(np.concatenate((new.firsts, new.seconds, *gone)))
        self.kept = np.flatnonzero(~is_among(self._index.subjects, touched))
        self.parts = join_parts(Parts(*(words[stays] for words in held)), new)
        self._wanted = self._find_wanted(held, found, places, touched)

    def _find_wanted(self, held: Parts, found: Words, places: Places, touched: Words) -> NDArray[np.uint8]:
        """Of each part that is as before, where it first is met: 1 if its first subject is touched, 2 if its second."""
        wanted = np.zeros(len(self._survey.sums) // SUM, dtype=np.uint8)
        known = is_among(found, held.sums)
        at = np.searchsorted(held.sums, found[known])
        first, second = (is_among(subjects[at], touched) for subjects in (held.firsts, held.seconds))
        wanted[places[known]] = first + np.uint8(2) * second
        return wanted

    def _write_touched(self) -> Iterator[str]:
        begins = np.frombuffer(self._survey.begins, dtype=np.int64)
        chosen = np.maximum.reduceat(self._wanted, begins).astype(bool)
        if not chosen.any():
            return
        ends = np.append(begins[1:], len(self._wanted))
        pieces = compress(chain.from_iterable(share() for share in self._shares), chosen.tobytes())
        for piece, begin, end in zip(pieces, begins[chosen].tolist(), ends[chosen].tolist(), strict=True):
            yield from self._write_wanted(piece, self._wanted[begin:end])

    def _write_wanted(self, piece: Piece, wanted: NDArray[np.uint8]) -> Iterator[str]:
        for number in np.flatnonzero(wanted).tolist():
            yield from write_part(self._writer, piece, number, (wanted[number] & 1, wanted[number] & 2))
