"""Blocks of lines sorted that are more than memory holds: sorted runs on disk, then merged (Knuth, TAOCP 3, 5.4).

Lines of one subject are sorted as one: there are a fifth as many.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain, groupby
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from kg.rdf.files import tell_unwritten, writing

RUN = 1 << 26
"""Characters that are sorted at a time: some 250 MB of memory."""
_READ = 1 << 22
"""Bytes that are read of all runs together at a time."""
_BREAK = b"\0"
"""Stands for the line breaks within a block while it lies in a run."""


def write_sorted(blocks: Iterable[str], path: Path, *, run: int = RUN) -> None:
    """The lines of all blocks in the order of their bytes, each once; GraphError where they can't be written."""
    with sorting(blocks, path.parent, run=run) as ordered, writing(path) as file:
        file.writelines(ordered)


@contextmanager
def sorting(blocks: Iterable[str], folder: Path, *, run: int = RUN) -> Iterator[Iterator[bytes]]:
    """All lines of one subject after those of another, in the order of their bytes, each once.

    A block holds sorted lines that begin with one word, and each ends with its line break; no line holds a NUL. Runs
    lie in ``folder`` and are gone with the process, however it ends. GraphError where they can't be written.
    """
    try:
        with ExitStack() as held:
            runs = [held.enter_context(_sort_apart(part, folder)) for part in _cut(blocks, run)]
            yield (_join(found) for _, found in groupby(_merge(runs), key=_read_word))
    except OSError as error:
        raise tell_unwritten(folder, error) from error


def _cut(blocks: Iterable[str], most: int) -> Iterator[set[str]]:
    part: set[str] = set()
    length = 0
    for block in blocks:
        part.add(block)
        length += len(block)
        if length >= most:
            yield part
            part, length = set(), 0
    yield part


def _sort_apart(blocks: Iterable[str], folder: Path) -> BinaryIO:
    """A run with a block on each line. UTF-8 has the order of the characters' numbers, which is that of strings."""
    file: BinaryIO = TemporaryFile(dir=folder)  # noqa: SIM115  # closed by who asks for it
    file.writelines(block[:-1].encode().replace(b"\n", _BREAK) + b"\n" for block in sorted(blocks))
    file.seek(0)
    return file


def _merge(runs: Sequence[BinaryIO]) -> Iterator[bytes]:
    """All their lines in order, some at a time: to sort a list of sorted stretches takes less than comparing lines."""
    held = [run.readlines(_READ // len(runs)) for run in runs]
    while any(held):
        last = min(lines[-1] for lines in held if lines)
        part: list[bytes] = []
        for place, lines in enumerate(held):
            end = bisect_right(lines, last)
            part += lines[:end]
            held[place] = lines[end:] or runs[place].readlines(_READ // len(runs))
        yield from sorted(part)


def _read_word(block: bytes) -> bytes:
    return block.partition(b" ")[0]


def _join(blocks: Iterable[bytes]) -> bytes:
    """The lines of blocks that begin with the same word; most often that is one block, or one and the same."""
    first, *others = blocks
    parts = {block for block in others if block != first}
    if not parts:
        return first.replace(_BREAK, b"\n")
    lines = (block.replace(_BREAK, b"\n").splitlines(keepends=True) for block in (first, *parts))
    return b"".join(sorted(set(chain.from_iterable(lines))))
