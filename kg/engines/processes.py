"""Processes of this machine that work for this one, and how many of them pay."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import active_children, get_context
from threading import Thread
from typing import Any

from kg.engines.spawning import can_spawn, choose_start, end_with_parent

_WORTH = 200_000
"""Characters that keep a process busy for longer than it takes to start it."""


def count_jobs(characters: int, jobs: int = 0) -> int:
    """Processes to read with: those asked for; else one a core, as far as each has enough to do.

    One where no other can be started, as in a script that would be run again.
    """
    if not can_spawn():
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return jobs or max(1, min(cores, characters // _WORTH))


@contextmanager
def pooled(jobs: int, begin: Callable[..., None], *given: Any) -> Iterator[ProcessPoolExecutor]:  # noqa: ANN401
    """A pool of processes, each of which does ``begin`` first; they are gone when the block ends.

    BrokenProcessPool where one of them dies.
    """
    others = set(active_children())
    pool = ProcessPoolExecutor(jobs, get_context(choose_start()), _begin, (begin, *given))
    try:
        yield pool
    except BrokenProcessPool:
        raise
    except BaseException:  # Ctrl-C shall not wait for what they do
        for process in set(active_children()) - others:
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(begin: Callable[..., None], *given: object) -> None:
    """Runs in the new process. Ctrl-C is the business of the one that began it, and with that it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=end_with_parent, daemon=True).start()
    begin(*given)
