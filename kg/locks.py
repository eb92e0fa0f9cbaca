"""One build at a time in one folder: two would write into each other's unfinished work."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from kg.errors import GraphError
from kg.rdf.files import make_folder, tell_unwritten

FILE = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keeps other builds out of ``folder``, which is made where it is not there; GraphError where one is at work.

    The system lets go of it when the process ends, however it ends: the file that a killed build leaves locks nobody.
    """
    make_folder(folder)
    lock = FileLock(folder / FILE)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        said = f"{folder}: another build is at work there"
        raise GraphError(said, hint="wait until it ends, or choose another folder") from error
    except OSError as error:
        raise tell_unwritten(folder, error) from error
    try:
        yield
    finally:
        with suppress(OSError):  # while it is ours; Windows drops no file that is open
            (folder / FILE).unlink()
        lock.release()
