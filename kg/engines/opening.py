"""Files opened by this process and copies of it."""

import pickle
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from functools import partial
from tempfile import TemporaryFile
from typing import IO, TypeVar

from kg.documents import Named
from kg.engines.beside import beside
from kg.engines.pool import count_jobs
from kg.languages import foresee_languages

T = TypeVar("T")


def open_files(open_one: Callable[[Named], T], files: Sequence[Named], *, jobs: int) -> Iterable[T]:
    """What each file gives, in their order; by so many processes as there are cores and ``jobs`` (0 is any number),
    if there is enough in the files that each has something to do.

    Each has files from all over, as large ones often stand together. What a copy does not end is opened here.
    """
    number = min(jobs or len(files), count_jobs(_count_bytes(files)), len(files))
    if number < 2:
        return map(open_one, files)
    foresee_languages().get()  # no process is copied while that is loaded, and the copies have it then
    shares = [files[place::number] for place in range(number)]
    with ExitStack() as held:
        kept = [held.enter_context(TemporaryFile()) for _ in shares[1:]]
        with ExitStack() as copies:
            for share, file in zip(shares[1:], kept, strict=True):
                copies.enter_context(beside(partial(_keep, open_one, share, file), apart=True))
            found = [list(map(open_one, shares[0]))]
        found.extend(map(_load, kept))
    return [found[place % number][place // number] for place in range(len(files))]


def _count_bytes(files: Sequence[Named]) -> int:
    count = 0
    for path, _ in files:
        with suppress(OSError):
            count += path.stat().st_size
    return count


def _keep(open_one: Callable[[Named], T], files: Sequence[Named], file: IO[bytes]) -> None:
    """Whatever a copy that failed has left there."""
    file.seek(0)
    file.truncate()
    pickle.dump(list(map(open_one, files)), file)
    file.flush()


def _load(file: IO[bytes]) -> list[T]:
    file.seek(0)
    found: list[T] = pickle.load(file)  # noqa: S301  # our own
    return found
