"""Work that a copy of this process does while this one does something else."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from threading import Thread

from kg.engines.spawning import choose_start, end_with_parent


@contextmanager
def beside(work: Callable[[], None], *, apart: bool) -> Iterator[None]:
    """The work, which leaves nothing but files, is done when the block ends.

    ``apart`` a copy of this process does it while the block goes on: it has in memory all that this one has, which is
    there twice as far as either looks at it. If there can be no copy, or it fails, this process does the work after the
    block, and so it is here that its faults are raised. The copy is gone when the block ends, and with this process.
    """
    copy = _begin(work) if apart and choose_start() == "fork" else None
    try:
        yield
        if copy:
            copy.join()
    finally:
        if copy:
            copy.kill()
            copy.join()
    if copy is None or copy.exitcode:
        work()


def _begin(work: Callable[[], None]) -> BaseProcess | None:
    """None where the system has no room for one."""
    copy = get_context("fork").Process(target=_do, args=(work,))
    try:
        copy.start()
    except OSError:
        return None
    return copy


def _do(work: Callable[[], None]) -> None:
    """Ends at once: what this process would tidy up as it ends is the other one's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=end_with_parent, daemon=True).start()
    try:
        work()
    except BaseException:  # the other process does it again, and hears why not
        os._exit(1)
    os._exit(0)
