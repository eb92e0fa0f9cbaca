"""Which lines of a graph.nq are whose, and what decides them: so that of the next one only what is another is written.

The index of a graph tells for each subject, in the order of the file, a hash of its term, one of all that decides its
lines, and where these begin. It begins with the edition (what else decides the bytes of a graph, such as the program),
the hash of the graph.nq that it is of, and its own. With another edition, of another file, or changed, it is no index.
"""

from array import array
from hashlib import file_digest, sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.rdf.files import writing

FILE = ".graph.index"
_WORD = np.dtype("<u8")
Words = NDArray[np.uint64]


class Index(NamedTuple):
    """Of each subject in the file, and one place more: where the file ends."""

    subjects: Words
    said: Words
    starts: Words


NOTHING = Index(*(np.zeros(count, dtype=np.uint64) for count in (0, 0, 1)))
"""The index of an empty file."""


def sum_up(subjects: "array[int]", said: "array[int]") -> tuple[Words, Words]:
    """Each subject once, sorted, with the sum of all that is said of it; what is said twice counts once.

    There is at least one.
    """
    words, hashes = np.frombuffer(subjects, dtype=np.uint64), np.frombuffer(said, dtype=np.uint64)
    order = np.lexsort((hashes, words))
    words, hashes = words[order], hashes[order]
    new = np.ones(len(words), dtype=bool)
    new[1:] = (words[1:] != words[:-1]) | (hashes[1:] != hashes[:-1])
    words, hashes = words[new], hashes[new]
    firsts = np.flatnonzero(np.concatenate(([True], words[1:] != words[:-1])))
    return words[firsts], np.add.reduceat(hashes, firsts)


def find_same(held: Index, subjects: Words, said: Words) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The places in the index of what is as it was, in their order; and which of the subjects these are."""
    if not len(held.subjects):
        return np.zeros(0, dtype=np.int64), np.zeros(len(subjects), dtype=bool)
    order = np.argsort(held.subjects, kind="stable")
    place = order[np.minimum(np.searchsorted(held.subjects[order], subjects), len(order) - 1)]
    same = (held.subjects[place] == subjects) & (held.said[place] == said)
    return np.sort(place[same]), same


def read_index(path: Path, graph: Path, edition: str) -> Index:
    """The index of a graph; that of an empty one where there is none of this very file and edition."""
    try:
        with path.open("rb") as file:
            head, body = file.readline(), file.read()
        if not head.startswith(f"{edition} ".encode()) or head != _make_head(body, graph, edition):
            return NOTHING
    except OSError:
        return NOTHING
    words = np.frombuffer(body, dtype=_WORD).astype(np.uint64)
    count = len(words) // 3
    return Index(words[:count], words[count : 2 * count], words[2 * count :])


def write_index(index: Index, path: Path, graph: Path, edition: str) -> None:
    """Beside the graph, which is whole by then; GraphError where that can't be."""
    body = b"".join(words.astype(_WORD).tobytes() for words in index)
    with writing(path) as file:
        file.write(_make_head(body, graph, edition))
        file.write(body)


def _make_head(body: bytes, graph: Path, edition: str) -> bytes:
    with graph.open("rb") as file:
        return f"{edition} {file_digest(file, 'sha256').hexdigest()} {sha256(body).hexdigest()}\n".encode()
