"""Batches read by processes of this machine, each with a pipeline of its own; lines come back, never spaCy's Docs."""

import os
import signal
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess
from threading import Thread

from spacy.language import Language

from kg.apart import end_with_parent
from kg.engines.spawning import can_spawn, choose_start
from kg.errors import DocumentError
from kg.garbage import uncollected
from kg.journal import Read
from kg.reading import Batch, make_reader, read_batch
from kg.settings import Settings

_AHEAD = 2
"""Batches that wait for each process, so that none is idle."""
_WORTH = 200_000
"""Characters that keep a process busy for longer than it takes to start it."""
_pipelines: list[Language] = []
"""The pipeline of a process that reads for another: made as it starts."""


def count_jobs(characters: int, jobs: int = 0) -> int:
    """Processes to read with: those asked for; else one a core, as far as each has enough to do.

    One where no other can be started, as in a script that would be run again.
    """
    if not can_spawn():
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return jobs or max(1, min(cores, characters // _WORTH))


def read_in_pool(
    settings: Settings, batches: Iterable[Batch], jobs: int, meanwhile: Iterable[object] = ()
) -> Iterator[Read]:
    """What all batches say, in no order. A document whose process dies twice is told and left out.

    As long as nothing has been read this process does something else ``meanwhile``, a step at a time.
    """
    waiting, steps = deque(batches), iter(meanwhile)
    while waiting:
        lost: list[Batch] = []
        for batch, found in _read_all(settings, waiting, jobs, steps):
            yield from found or ()
            lost += [batch] if found is None else []
        for batch in lost:
            yield from _read_again(settings, batch)


def _read_all(
    settings: Settings, waiting: "deque[Batch]", jobs: int, steps: Iterator[object]
) -> Iterator[tuple[Batch, tuple[Read, ...] | None]]:
    """Batches as they are read; if a process dies the pool goes with it, and None is told of what it had."""
    running: dict[Future[tuple[Read, ...]], Batch] = {}
    others = set(active_children())
    pool = ProcessPoolExecutor(jobs, get_context(choose_start()), _begin, (settings,))
    try:
        while waiting or running:
            while waiting and len(running) < jobs * _AHEAD:
                running[pool.submit(_read, waiting[0])] = waiting[0]
                waiting.popleft()
            _go_on(steps, running)
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running[future], future.result()
                del running[future]
    except BrokenProcessPool:
        yield from ((batch, None) for batch in running.values())
    except BaseException:  # Ctrl-C shall not wait for what is being read
        _stop(pool, set(active_children()) - others)
        raise
    pool.shutdown()


@uncollected()
def _go_on(steps: Iterator[object], running: Iterable[Future[tuple[Read, ...]]]) -> None:
    """Till something has been read, or there are no more steps."""
    while not any(future.done() for future in running) and next(steps, None):
        pass


def _stop(pool: ProcessPoolExecutor, processes: Iterable[BaseProcess]) -> None:
    """At once. One may be killed while it sends: of the rest, which is waited for, there is an end if none can send."""
    sent = getattr(pool, "_result_queue", None)  # CPython's own, as is its writer
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.kill()
        process.join()
    if sent is not None and hasattr(sent, "_writer"):
        sent._writer.close()


def _read_again(settings: Settings, batch: Batch) -> Iterator[Read]:
    """A batch alone, then its documents alone, so that only the one that kills its process is lost."""
    ((_, found),) = _read_all(settings, deque([batch]), 1, iter(()))
    if found is not None:
        yield from found
    elif len(batch) > 1:
        for document in batch:
            yield from _read_again(settings, (document,))
    else:
        error = DocumentError(f"{batch[0].id}: the process that read it was killed", hint="split it, or try again")
        yield Read(batch[0].id, b"", error)


def _begin(settings: Settings) -> None:
    """Runs in the new process. Ctrl-C is the business of the one that began it, and with that it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=end_with_parent, daemon=True).start()
    warnings.simplefilter("ignore")  # the process that began it has said it all
    _pipelines.append(make_reader(settings))


def _read(batch: Batch) -> tuple[Read, ...]:
    return tuple(read_batch(_pipelines[0], batch))
