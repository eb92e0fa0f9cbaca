"""Which lines of a graph.nq are whose, and of which parts: so that of the next one only what is another is written.

The index of a graph tells for each subject, in the order of the file, a hash of its term and where its lines begin;
and for each part its sum and the hashes of the subjects it tells of (the same twice where it is one). It begins with
the edition (what else decides the bytes of a graph, such as the program), the hash of the graph.nq that it is of, and
its own. With another edition, of another file, or changed, it is no index.
"""

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.rdf.files import writing
from kg.rdf.hashed import hash_file

FILE = ".graph.index"
WORD = np.dtype("<u8")
Words = NDArray[np.uint64]
Marks = NDArray[np.bool_]
Places = NDArray[np.int64]


class Parts(NamedTuple):
    """Their sums, sorted and each once, and the hashes of the subjects they tell of."""

    sums: Words
    firsts: Words
    seconds: Words


class Index(NamedTuple):
    """Of each subject in the file where it begins, and one place more: where the file ends; and the parts."""

    subjects: Words
    starts: Words
    parts: Parts
    graph: str = ""


def make_words(count: int) -> Words:
    """So many zeros."""
    return np.zeros(count, dtype=np.uint64)


NOTHING = Index(make_words(0), make_words(1), Parts(make_words(0), make_words(0), make_words(0)))
"""The index of an empty file."""


def is_among(wanted: Words, words: Words) -> Marks:
    """Which of the wanted are among the words, which are sorted."""
    if not len(words):
        return np.zeros(len(wanted), dtype=bool)
    place = np.searchsorted(words, wanted)
    place[place == len(words)] = 0
    found: Marks = words[place] == wanted
    return found


def join_parts(held: Parts, new: Parts) -> Parts:
    """Both; the new may be there twice."""
    sums, places = np.unique(np.concatenate((held.sums, new.sums)), return_index=True)
    firsts, seconds = (np.concatenate(both)[places] for both in zip(held[1:], new[1:], strict=True))
    return Parts(sums, firsts, seconds)


def read_index(path: Path, edition: str) -> Index:
    """The index in a file; that of an empty one where there is none, or not of this edition."""
    try:
        with path.open("rb") as file:
            head, body = file.readline().decode(errors="replace"), file.read()
    except OSError:
        return NOTHING
    told, _, rest = head.removesuffix("\n").rpartition(" ")
    told, _, graph = told.rpartition(" ")
    if told != edition or rest != sha256(body).hexdigest():
        return NOTHING
    return _split(np.frombuffer(body, dtype=WORD).astype(np.uint64, copy=False), graph)


def _split(words: Words, graph: str) -> Index:
    """The first word is how many subjects there are."""
    count, rest = int(words[0]), words[1:]
    subjects, starts, parts = np.split(rest, [count, 2 * count + 1])
    return Index(subjects, starts, Parts(*np.split(parts, 3)), graph)


def write_index(index: Index, path: Path, edition: str) -> None:
    """Beside the graph, which is whole by then; GraphError where that can't be."""
    count = np.array([len(index.subjects)], dtype=np.uint64)
    body = b"".join(words.astype(WORD).tobytes() for words in (count, index.subjects, index.starts, *index.parts))
    with writing(path) as file:
        file.write(f"{edition} {index.graph} {sha256(body).hexdigest()}\n".encode())
        file.write(body)


def is_of(index: Index, graph: Path) -> bool:
    """Whether this very file is what the index is of."""
    try:
        return hash_file(graph) == index.graph
    except OSError:
        return False
