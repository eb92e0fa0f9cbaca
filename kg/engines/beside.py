"""Work that goes on in a process of its own while this one does something else."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

G = TypeVar("G")
T = TypeVar("T")


@contextmanager
def beside(work: Callable[[G], T], given: G, *, apart: bool) -> Iterator[Callable[[], T]]:
    """What gives the result of ``work`` when it is asked for; ``apart`` it is made while the block goes on.

    The process is a new one, not a fork: that would have all memory of this one twice, as both change it. If it is
    killed, this one does the work.
    """
    if not apart:
        yield lambda: work(given)
        return
    pool = ProcessPoolExecutor(1, get_context("spawn"))
    try:
        future = pool.submit(work, given)

        def wait() -> T:
            try:
                return future.result()
            except BrokenProcessPool:
                return work(given)

        yield wait
    finally:
        pool.shutdown(cancel_futures=True)
