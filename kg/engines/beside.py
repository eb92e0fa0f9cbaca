"""Work that goes on in a process of its own while this one does something else."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import get_context
from typing import TypeVar

from kg.engines.spawning import can_spawn

G = TypeVar("G")
T = TypeVar("T")


@contextmanager
def beside(work: Callable[[G], T], given: G, *, apart: bool) -> Iterator[Callable[[], T]]:
    """What gives the result of ``work`` when it is asked for; ``apart`` it is made while the block goes on.

    The process is a new one, not a fork: that would have all memory of this one twice, as both change it. If there
    can be none, or it is killed, this one does the work.
    """
    with ExitStack() as held:
        future = _start(work, given, held) if apart and can_spawn() else None

        def wait() -> T:
            with suppress(BrokenProcessPool):
                if future:
                    return future.result()
            return work(given)

        yield wait


def _start(work: Callable[[G], T], given: G, held: ExitStack) -> Future[T] | None:
    """None where the system has no room for a process."""
    try:
        pool = ProcessPoolExecutor(1, get_context("spawn"))
        held.callback(pool.shutdown, cancel_futures=True)
        return pool.submit(work, given)
    except OSError:
        return None
