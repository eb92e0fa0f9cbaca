"""Batches read by processes of this machine, each with a pipeline of its own; lines come back, never spaCy's Docs."""

import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool

from spacy.language import Language

from kg.engines.processes import pooled
from kg.errors import DocumentError
from kg.journal import Read
from kg.reading import Batch, make_reader, read_batch
from kg.settings import Settings

_AHEAD = 2
"""Batches that wait for each process, so that none is idle."""
_pipelines: list[Language] = []
"""The pipeline of a process that reads for another: made as it starts."""


def read_in_pool(settings: Settings, batches: Iterable[Batch], jobs: int) -> Iterator[Read]:
    """What all batches say, in no order. A document whose process dies twice is told and left out."""
    waiting = deque(batches)
    while waiting:
        lost: list[Batch] = []
        for batch, found in _read_all(settings, waiting, jobs):
            yield from found or ()
            lost += [batch] if found is None else []
        for batch in lost:
            yield from _read_again(settings, batch)


def _read_all(
    settings: Settings, waiting: "deque[Batch]", jobs: int
) -> Iterator[tuple[Batch, tuple[Read, ...] | None]]:
    """Batches as they are read; if a process dies the pool goes with it, and None is told of what it had."""
    running: dict[Future[tuple[Read, ...]], Batch] = {}
    try:
        with pooled(jobs, _begin, settings) as pool:
            while waiting or running:
                while waiting and len(running) < jobs * _AHEAD:
                    running[pool.submit(_read, waiting[0])] = waiting[0]
                    waiting.popleft()
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    yield running[future], future.result()
                    del running[future]
    except BrokenProcessPool:
        yield from ((batch, None) for batch in running.values())


def _read_again(settings: Settings, batch: Batch) -> Iterator[Read]:
    """A batch alone, then its documents alone, so that only the one that kills its process is lost."""
    ((_, found),) = _read_all(settings, deque([batch]), 1)
    if found is not None:
        yield from found
    elif len(batch) > 1:
        for document in batch:
            yield from _read_again(settings, (document,))
    else:
        error = DocumentError(f"{batch[0].id}: the process that read it was killed", hint="split it, or try again")
        yield Read(batch[0].id, b"", error)


def _begin(settings: Settings) -> None:
    warnings.simplefilter("ignore")  # the process that began it has said it all
    _pipelines.append(make_reader(settings))


def _read(batch: Batch) -> tuple[Read, ...]:
    return tuple(read_batch(_pipelines[0], batch))
