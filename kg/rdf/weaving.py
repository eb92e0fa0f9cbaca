"""A graph.nq made of the one before: lines of what is as it was are copied, the others are written among them."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import compress
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from kg.rdf.disk import SOURCE
from kg.rdf.files import writing
from kg.rdf.index import FILE, NOTHING, Index, Words, find_same, read_index, sum_up, write_index
from kg.rdf.pieces import Piece, hash_word, name_piece, write_piece
from kg.rdf.quads import Writer
from kg.rdf.sorting import RUN, sorting

Pieces = Callable[[], Iterator[Piece]]
"""The pieces of a graph, in one order whenever they are asked for."""
_PART = 1 << 22
Places = NDArray[np.int64]


def write_lines(pieces: Pieces, writer: Writer, folder: Path, held: Path, edition: str, *, run: int = RUN) -> None:
    """The sorted lines of all pieces as graph.nq in ``folder``, with its index.

    What the graph in the folder ``held`` has of them, by its index and in the same ``edition``, is not written anew;
    the bytes are the same. GraphError where the files can't be written.
    """
    named, said = _name_all(pieces(), writer)
    subjects, sums = sum_up(named, said)
    index = read_index(held / FILE, held / SOURCE, edition)
    kept, same = find_same(index, subjects, sums)
    wanted = np.isin(np.frombuffer(named, dtype=np.uint64), subjects[~same])
    blocks = (write_piece(writer, piece) for piece in compress(pieces(), wanted.tobytes()))
    with sorting(blocks, folder, run=run) as new, writing(folder / SOURCE) as file, _reading(held, index) as lines:
        order, lengths = _weave(new, lines, index, kept, file)
    if len(order) == len(subjects):  # else two terms have one hash: next time all is written
        found = np.searchsorted(subjects, order)
        write_index(Index(order, sums[found], lengths), folder / FILE, folder / SOURCE, edition)


def _name_all(pieces: Iterator[Piece], writer: Writer) -> "tuple[array[int], array[int]]":
    """Of each piece the hash of its subject, and that of what it says."""
    named, said = array("Q"), array("Q")
    for piece in pieces:
        subject, rest = name_piece(writer, piece)
        named.append(subject)
        said.append(rest)
    return named, said


@contextmanager
def _reading(held: Path, index: Index) -> Iterator[BinaryIO]:
    """The lines of the graph before, as far as there is an index of them."""
    if index is NOTHING:
        yield BytesIO()
        return
    with (held / SOURCE).open("rb") as file:
        yield file


def _weave(new: Iterator[bytes], lines: BinaryIO, index: Index, kept: Places, file: BinaryIO) -> tuple[Words, Words]:
    """Writes both in one order; the hashes of subjects as they stand now, and where their lines begin."""
    order, lengths = array("Q"), array("Q")

    def copy(start: int, end: int) -> None:
        for first, last in _list_runs(kept, start, end):
            file.writelines(_read_between(lines, int(index.starts[first]), int(index.starts[last])))
            order.frombytes(index.subjects[first:last].tobytes())
            lengths.frombytes(np.diff(index.starts[first : last + 1]).tobytes())

    done = 0
    for block in new:
        term = block[: block.index(b" ")]
        place = _find_place(lines, index, term, done)
        copy(done, place)
        file.write(block)
        order.append(hash_word(term))
        lengths.append(len(block))
        done = place
    copy(done, len(index.subjects))
    ends = np.cumsum(np.frombuffer(lengths, dtype=np.uint64))
    return np.frombuffer(order, dtype=np.uint64), np.concatenate((np.zeros(1, dtype=np.uint64), ends))


def _find_place(lines: BinaryIO, index: Index, term: bytes, start: int) -> int:
    """How many subjects of the file come before ``term``; the first ``start`` do."""

    def read(place: int) -> bytes:
        lines.seek(int(index.starts[place]))
        return lines.read(len(term) + 1).partition(b" ")[0]

    return bisect_left(range(len(index.subjects)), term, lo=start, key=read)


def _read_between(lines: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """So much of the file, in parts that are no burden; not mapped into memory, which would count as ours."""
    lines.seek(start)
    for begin in range(start, end, _PART):
        yield lines.read(min(_PART, end - begin))


def _list_runs(kept: Places, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The places from ``start`` to ``end`` that are kept, as stretches without a gap."""
    if start == end:
        return
    part = kept[np.searchsorted(kept, start) : np.searchsorted(kept, end)]
    for run in np.split(part, np.flatnonzero(np.diff(part) != 1) + 1):
        if len(run):
            yield int(run[0]), int(run[-1]) + 1
