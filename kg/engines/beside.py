"""Work that goes on in a process of its own while this one does something else."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from multiprocessing import get_context
from typing import TypeVar

from kg.engines.spawning import can_spawn

G = TypeVar("G")
T = TypeVar("T")


@contextmanager
def beside(work: Callable[[G], T], *, apart: bool) -> Iterator[Callable[[G], Callable[[], T]]]:
    """What begins ``work`` when it has what that needs, and gives what waits for the result.

    ``apart`` a process is started with the block, so that it is ready by then, and works while the block goes on. It is
    a new one, not a fork: that would have all memory of this one twice, as both change it. If there can be none, or it
    is killed, this one does the work.
    """
    with ExitStack() as held:
        pool = _start(work, held) if apart and can_spawn() else None

        def begin(given: G) -> Callable[[], T]:
            future = _submit(pool, work, given)

            def wait() -> T:
                with suppress(BrokenProcessPool):
                    if future:
                        return future.result()
                return work(given)

            return wait

        yield begin


def _start(work: Callable[[G], T], held: ExitStack) -> ProcessPoolExecutor | None:
    """A process that has imported what it will do; None where the system has no room for one."""
    pool = ProcessPoolExecutor(1, get_context("spawn"))
    held.callback(pool.shutdown, cancel_futures=True)
    try:
        pool.submit(import_module, work.__module__)
    except OSError:
        return None
    return pool


def _submit(pool: ProcessPoolExecutor | None, work: Callable[[G], T], given: G) -> Future[T] | None:
    """None where there is no process, or no more."""
    with suppress(BrokenProcessPool):
        return pool.submit(work, given) if pool else None
    return None
