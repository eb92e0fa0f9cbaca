"""Blocks of lines sorted that are more than memory holds: sorted runs on disk, then merged (Knuth, TAOCP 3, 5.4).

Lines of one subject are sorted as one: there are a fifth as many. The last run stays in memory.
"""

import marshal
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from kg.rdf.files import tell_unwritten, writing

RUN = 1 << 26
"""Characters that are sorted at a time: some 250 MB of memory."""
_READ = 1 << 16
"""Characters, and one block more, that are written to a run and read of it at a time."""
Run = Iterator[list[str]]
"""Sorted blocks, some at a time: as ``marshal`` has them they need neither be cut at line breaks nor decoded."""
Lengths = list[int]
"""Bytes of each such part of a run in a file."""


def write_sorted(blocks: Iterable[str], path: Path, *, run: int = RUN) -> None:
    """The lines of all blocks in the order of their bytes, each once; GraphError where they can't be written."""
    with sorting(blocks, path.parent, run=run) as ordered, writing(path) as file:
        file.writelines(ordered)


@contextmanager
def sorting(
    blocks: Iterable[str], folder: Path, *, run: int = RUN, others: Iterable[Run] = ()
) -> Iterator[Iterator[bytes]]:
    """All lines of one subject after those of another, in the order of their bytes, each once.

    A block holds sorted lines that begin with one word, and each ends with its line break. ``others`` are asked
    for when there are no more blocks. UTF-8 has the order of the characters' numbers, which is that of strings. Runs
    lie in ``folder`` and are gone with the process, however it ends. GraphError where they can't be written.
    """
    try:
        with TemporaryFile(dir=folder) as file:
            lengths, last = _lay_down(blocks, file, run)
            yield map(_join, _group(_merge([*read_runs(file, lengths), _portion(last), *others])))
    except OSError as error:
        raise tell_unwritten(folder, error) from error


def write_runs(blocks: Iterable[str], file: BinaryIO, run: int) -> list[Lengths]:
    """The blocks as sorted runs, one behind the other, for this process to read or one that it is a copy of."""
    lengths, last = _lay_down(blocks, file, run)
    return [*lengths, _write_run(last, file)]


def read_runs(file: BinaryIO, lengths: Iterable[Lengths]) -> list[Run]:
    """Those that stand at the beginning of the file, to be read in turn."""
    runs, start = [], 0
    for each in lengths:
        runs.append(_read_run(file, start, each))
        start += sum(each)
    return runs


def _read_run(file: BinaryIO, start: int, lengths: Lengths) -> Run:
    for length in lengths:
        file.seek(start)
        yield marshal.loads(file.read(length))  # noqa: S302  # our own
        start += length


def _lay_down(blocks: Iterable[str], file: BinaryIO, most: int) -> tuple[list[Lengths], list[str]]:
    """Writes all full runs; the last one, which is not full."""
    lengths = []
    for part, full in _cut(blocks, most):
        if full:
            lengths.append(_write_run(part, file))
            part.clear()  # while the next one is filled
    return lengths, part


def _write_run(blocks: list[str], file: BinaryIO) -> Lengths:
    return [file.write(marshal.dumps(portion)) for portion in _portion(blocks)]


def _cut(blocks: Iterable[str], most: int) -> Iterator[tuple[list[str], bool]]:
    """Sorted runs, and whether so much is in them; but for the last one it is."""
    part, length = list[str](), 0
    for block in blocks:
        part.append(block)
        length += len(block)
        if length >= most:
            yield _sort(part), True
            part, length = [], 0
    yield _sort(part), False


def _sort(blocks: list[str]) -> list[str]:
    """Each once: what is the same stands side by side, and to look there is faster than to hash all."""
    blocks.sort()
    return [block for block, before in zip(blocks, ["", *blocks], strict=False) if block != before]


def _portion(blocks: list[str]) -> Run:
    start = length = 0
    for end, block in enumerate(blocks, 1):
        length += len(block)
        if length >= _READ:
            yield blocks[start:end]
            start, length = end, 0
    yield blocks[start:]


def _merge(runs: Sequence[Run]) -> Iterator[str]:
    """All their blocks in order, some at a time: to sort a list of sorted stretches takes less than comparing lines."""
    held = [next(run, []) for run in runs]
    while any(held):
        last = min(blocks[-1] for blocks in held if blocks)
        part: list[str] = []
        for place, blocks in enumerate(held):
            end = bisect_right(blocks, last)
            part += blocks[:end]
            held[place] = blocks[end:] or next(runs[place], [])
        yield from sorted(part)


def _group(blocks: Iterable[str]) -> Iterator[list[str]]:
    """Those that begin with the same word."""
    word, held = "", list[str]()
    for block in blocks:
        if held and block.startswith(word):
            held.append(block)
            continue
        if held:
            yield held
        first, space, _ = block.partition(" ")
        word, held = first + space, [block]
    if held:
        yield held


def _join(blocks: list[str]) -> bytes:
    """The lines of blocks that begin with the same word, each once; blocks of one line are in order as they are."""
    if len(blocks) == 1:
        return blocks[0].encode()
    parts = dict.fromkeys(blocks)
    told = "".join(parts).encode()
    if told.count(b"\n") == len(parts):
        return told
    return b"".join(sorted(set(told.splitlines(keepends=True))))
