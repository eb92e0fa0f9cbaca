"""Files opened by several processes, while this one prepares what comes next."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from pathlib import Path
from sys import maxsize
from typing import TypeVar

from kg.documents import Named
from kg.engines.processes import count_jobs, pooled
from kg.engines.spawning import choose_start
from kg.languages import foresee_languages

T = TypeVar("T")
_MOST, _EACH = 16, 4
"""The most files that a process is given at a time; times that each is given some at least, as some take long."""


def open_files(
    open_one: Callable[[Named], T], files: Sequence[Named], *, jobs: int, meanwhile: Callable[[], object]
) -> Iterator[T]:
    """What each file gives, in their order, opened by so many processes (as in ``count_jobs``) if that pays.

    Then this process does something ``meanwhile``. Where a process dies the files that are left are opened here.
    """
    number = min(count_jobs(maxsize, jobs), count_jobs(_measure(files)), len(files))
    if number > 1:
        foresee_languages().get()  # no process is copied while that is loaded, and the copies have it then
    if number < 2 or choose_start() != "fork":
        yield from map(open_one, files)
        return
    done, together = 0, max(1, min(_MOST, len(files) // (_EACH * number)))
    try:
        with pooled(number, _begin) as pool:
            found = pool.map(open_one, files, chunksize=together)
            meanwhile()
            for one in found:
                done += 1
                yield one
    except BrokenProcessPool:
        yield from map(open_one, files[done:])


def _measure(files: Sequence[Named]) -> int:
    """Their bytes, as far as they lie here."""
    count = 0
    for path, _ in files:
        with suppress(OSError):
            count += path.stat().st_size if isinstance(path, Path) else 0
    return count


def _begin() -> None:
    """Nothing is to be loaded."""
