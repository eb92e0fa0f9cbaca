"""A graph.nq made of the one before: lines of what is as it was are copied, the others are written among them."""

import os
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from io import FileIO
from itertools import chain
from pathlib import Path

import numpy as np

from kg.rdf.changes import Changes
from kg.rdf.disk import SOURCE
from kg.rdf.files import writing
from kg.rdf.hashed import Hashed
from kg.rdf.index import FILE, NOTHING, WORD, Index, Places, Words, is_of, read_index, write_index
from kg.rdf.pieces import hash_word
from kg.rdf.quads import Writer
from kg.rdf.shares import Beside, sharing
from kg.rdf.sorting import RUN, sorting
from kg.rdf.survey import Pieces

_STEP = 16
"""Subjects that are skipped first in a search: between those that are new lie about as many."""


def write_lines(
    shares: Sequence[Pieces], writer: Writer, folder: Path, held: Path, edition: str, beside: Beside, *, run: int = RUN
) -> None:
    """The sorted lines of all pieces as graph.nq in ``folder``, with its index.

    What the graph in the folder ``held`` has of them, by its index and in the same ``edition``, is not written anew;
    the bytes are the same, and so they are however the pieces are shared. Of a graph of which nothing was written all
    shares but the first pass by ``beside`` it. GraphError where the files can't be written.
    """
    make = partial(_write, writer=writer, folder=folder, held=held, beside=beside, run=run)
    index = read_index(held / FILE, edition)
    made = (None if index is NOTHING else make([_join(shares)], index)) or make(shares, NOTHING)
    if made and np.diff(np.sort(made.subjects)).all():  # else two terms have one hash: next time all is written
        write_index(made, folder / FILE, edition)


def _join(shares: Sequence[Pieces]) -> Pieces:
    """All of them, the first one last, as it may have to wait for something."""
    return lambda: chain.from_iterable(share() for share in reversed(shares))


def _write(
    shares: Sequence[Pieces], index: Index, *, writer: Writer, folder: Path, held: Path, beside: Beside, run: int
) -> Index | None:
    """The graph, and its index; None, and no graph, where the graph before is not what its index is of."""
    if index is not NOTHING and not is_of(index, held / SOURCE):
        return None
    with sharing(shares[1:], writer, index.parts.sums, folder, beside, run) as others:
        changes = Changes(shares, writer, index, (other.find_survey() for other in others))
        runs = (found for other in others for found in other.find_runs())
        with sorting(changes.write(), folder, run=run, others=runs) as new:
            before = Path(os.devnull) if index is NOTHING else held / SOURCE
            with writing(folder / SOURCE) as file, before.open("rb", buffering=0) as lines:
                hashed = Hashed(file)
                order, starts = _weave(new, lines, index, changes.kept, hashed)
                graph = hashed.finish()
    return Index(order, starts, changes.parts, graph)


def _weave(new: Iterator[bytes], lines: FileIO, index: Index, kept: Places, file: Hashed) -> tuple[Words, Words]:
    """Writes both in one order; the hashes of subjects as they stand now, and where their lines begin."""
    order, lengths = bytearray(), array("Q")
    held, runs = np.diff(index.starts), _Runs(kept)
    find = _Places(lines, index, kept).find

    def copy(end: int) -> None:
        for first, last in runs.take(end):
            file.copy(lines, int(index.starts[first]), int(index.starts[last]))
            order.extend(index.subjects[first:last].astype(WORD).tobytes())
            lengths.frombytes(held[first:last].tobytes())

    place = 0
    for block in new:
        term = block[: block.index(b" ")]
        subject = hash_word(term)
        if len(held):
            place = find(term, int.from_bytes(subject, "little"), place)
            copy(place)
        file.write(block)
        order += subject
        lengths.append(len(block))
    copy(len(index.subjects))
    ends = np.cumsum(np.frombuffer(lengths, dtype=np.uint64))
    return np.frombuffer(order, dtype=WORD).astype(np.uint64, copy=False), np.concatenate(
        (np.zeros(1, dtype=np.uint64), ends)
    )


class _Places:
    """Where in the file before a subject stood, or would stand."""

    def __init__(self, lines: FileIO, index: Index, kept: Places) -> None:
        self._lines, self._index = lines, index
        others = np.setdiff1d(np.arange(len(index.subjects)), kept, assume_unique=True)
        order = np.argsort(index.subjects[others])
        self._subjects = array("Q", index.subjects[others][order].tobytes())
        self._places = others[order]

    def find(self, term: bytes, subject: int, start: int) -> int:
        """How many subjects of the file come before the term, which is not kept; the first ``start`` do."""
        near = bisect_left(self._subjects, subject)
        if near < len(self._subjects) and self._subjects[near] == subject:
            return int(self._places[near])
        return self._search(term, start)

    def _search(self, term: bytes, start: int) -> int:
        """By steps that grow (Bentley & Yao 1976): as terms come in their order, the place is near the last one."""
        read, count, step = partial(self._read, len(term)), len(self._index.subjects), _STEP
        end = start
        while end < count and read(end) < term:
            start, end, step = end + 1, end + step, 2 * step
        return bisect_left(range(count), term, lo=start, hi=min(end, count), key=read)

    def _read(self, length: int, place: int) -> bytes:
        self._lines.seek(int(self._index.starts[place]))
        return self._lines.read(length + 1).partition(b" ")[0]


class _Runs:
    """The places that are kept, as stretches without a gap, which are taken in their order."""

    def __init__(self, kept: Places) -> None:
        last = np.diff(kept, append=-1) != 1
        self._firsts, self._ends = kept[np.roll(last, 1)].tolist(), (kept[last] + 1).tolist()
        self._next = self._done = 0

    def take(self, end: int) -> Iterator[tuple[int, int]]:
        """Those before ``end`` that are not taken yet; one that goes on behind it is cut."""
        while self._next < len(self._firsts) and (first := max(self._done, self._firsts[self._next])) < end:
            self._done = min(end, self._ends[self._next])
            self._next += self._done == self._ends[self._next]
            yield first, self._done
