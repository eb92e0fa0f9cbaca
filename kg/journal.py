"""What an unfinished build has read: it lies beside the graph until that is whole; the next build goes on from it."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import rmtree
from typing import BinaryIO, NamedTuple

from kg.errors import DocumentError
from kg.rdf.files import PART, make_folder, tell_unwritten, writing
from kg.records import hash_line

FOLDER = ".unfinished"
JOURNAL = "read.jsonl"


class Read(NamedTuple):
    """The line that a document's extraction is, or why there is none."""

    document: str
    line: bytes
    error: DocumentError | None = None


class Spot(NamedTuple):
    """Where a line stands in a file."""

    path: Path
    start: int
    length: int


@contextmanager
def unfinished(output: Path) -> Iterator[Path]:
    """A folder in ``output`` for what is not whole yet; its files come into ``output`` together as the block ends.

    Where the block is left by an error, they are dropped, and what was read is kept.
    """
    folder = output / FOLDER
    make_folder(folder)
    _drop_made(folder)
    try:
        yield folder
        for path in _find_made(folder):
            if path.suffix != PART:  # else somebody was killed who wrote it
                path.replace(output / path.name)
        rmtree(folder)
    except OSError as error:
        raise tell_unwritten(output, error) from error
    finally:
        _drop_made(folder)


def _drop_made(folder: Path) -> None:
    for path in _find_made(folder):
        rmtree(path) if path.is_dir() else path.unlink()


def _find_made(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.name != JOURNAL)


def find_spots(path: Path, reading: str = "") -> dict[str, Spot]:
    """Hash of each document → where its line stands; up to the first line that is not whole.

    A journal begins with its ``reading``; nothing is found where it has another.
    """
    spots: dict[str, Spot] = {}
    try:
        with path.open("rb") as file:
            if reading and file.readline() != f"{reading}\n".encode():
                return {}
            start = file.tell()
            for line in file:
                if line.endswith(b"\n"):
                    spots[hash_line(line)] = Spot(path, start, len(line))
                start += len(line)
    except (FileNotFoundError, ValueError):
        return spots
    return spots


def keep(folder: Path, reading: str, found: Iterable[Read]) -> Iterator[Read]:
    """Writes each line into the journal as it is read, after those of the same reading that stand there."""
    path = folder / JOURNAL
    spots = find_spots(path, reading)
    end = max((spot.start + spot.length for spot in spots.values()), default=0)
    with path.open("r+b" if spots else "wb") as journal:
        journal.truncate(end)
        journal.seek(end)
        if not spots:
            journal.write(f"{reading}\n".encode())
            journal.flush()  # a process that is copied meanwhile has nothing of it to write
        for one in found:
            journal.write(one.line)
            journal.flush()
            yield one


def copy_lines(spots: Iterable[Spot], path: Path) -> None:
    """The lines of all spots as one file, in their order."""
    with ExitStack() as held, writing(path) as file:
        sources: dict[Path, BinaryIO] = {}
        for spot in spots:
            if spot.path not in sources:
                sources[spot.path] = held.enter_context(spot.path.open("rb"))
            sources[spot.path].seek(spot.start)
            file.write(sources[spot.path].read(spot.length))
