"""Lines sorted that are more than memory holds: sorted runs on disk, then merged (Knuth, TAOCP 3, 5.4)."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from heapq import merge
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from kg.rdf.files import writing

RUN = 1 << 26
"""Characters that are sorted at a time: some 250 MB of memory."""


def write_sorted(lines: Iterable[str], path: Path, *, run: int = RUN) -> None:
    """The lines in the order of their bytes, each once; each ends with its line break.

    Runs lie in the folder of ``path`` and are gone with the process, however it ends. GraphError where the files can't
    be written.
    """
    with ExitStack() as held, writing(path) as file:
        runs = [held.enter_context(_sort_apart(part, path.parent)) for part in _cut(lines, run)]
        file.writelines(line for line, _ in groupby(merge(*runs)))


def _cut(lines: Iterable[str], most: int) -> Iterator[set[str]]:
    part: set[str] = set()
    length = 0
    for line in lines:
        part.add(line)
        length += len(line)
        if length >= most:
            yield part
            part, length = set(), 0
    yield part


def _sort_apart(lines: Iterable[str], folder: Path) -> BinaryIO:
    """UTF-8 has the order of the characters' numbers, which is that of strings."""
    file: BinaryIO = TemporaryFile(dir=folder)  # noqa: SIM115  # closed by who asks for it
    file.write("".join(sorted(lines)).encode())
    file.seek(0)
    return file
