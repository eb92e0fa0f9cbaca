"""Batches read by actors of a Ray cluster (Moritz et al. 2018), which replaces those it loses and reads again."""

import logging
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from kg.engines.pool import count_jobs
from kg.errors import DocumentError, PipelineError
from kg.journal import Read
from kg.reading import Batch, make_reader, read_batch
from kg.settings import Settings

_AHEAD = 2
"""Batches that wait for each actor."""
_TRIES = 3
"""Times that a batch is read again when its actor dies; then its documents are told and left out."""


class Reader:
    """An actor: a pipeline that stays loaded."""

    def __init__(self, settings: Settings) -> None:
        """Loads it."""
        self._nlp = make_reader(settings)

    def read(self, batch: Batch) -> tuple[Read, ...]:
        """What the batch says."""
        return tuple(read_batch(self._nlp, batch))


def read_by_ray(settings: Settings, batches: Iterable[Batch], *, address: str = "", jobs: int = 0) -> Iterator[Read]:
    """What all batches say, in no order; PipelineError where Ray is not installed or there is no such cluster."""
    ray = _begin(address)
    try:
        actor = ray.remote(max_restarts=-1, max_task_retries=_TRIES)(Reader)
        count = jobs or int(ray.cluster_resources().get("CPU", 0)) or count_jobs(0)
        yield from _share_out(ray, [actor.remote(settings) for _ in range(count)], iter(batches))
    finally:
        ray.shutdown()


def _begin(address: str) -> Any:  # noqa: ANN401  # a library that may not be there
    try:
        import ray
    except ImportError as error:
        raise PipelineError("ray is not installed", hint="pip install 'kg[ray]'") from error
    try:
        ray.init(address=address or None, include_dashboard=False, logging_level=logging.ERROR, log_to_driver=False)
    except (ConnectionError, ValueError) as error:
        raise PipelineError(f"--address {address}: no Ray cluster: {error}", hint="see `ray status`") from error
    return ray


def _share_out(ray: Any, actors: list[Any], batches: Iterator[Batch]) -> Iterator[Read]:  # noqa: ANN401
    """Each actor has some batches ahead; who has answered gets the next."""
    running = {actor.read.remote(batch): (actor, batch) for actor in actors for batch in islice(batches, _AHEAD)}
    while running:
        (done, *_), _ = ray.wait(list(running))
        actor, batch = running.pop(done)
        yield from _get(ray, done, batch)
        running |= {actor.read.remote(batch): (actor, batch) for batch in islice(batches, 1)}


def _get(ray: Any, done: Any, batch: Batch) -> Iterator[Read]:  # noqa: ANN401
    try:
        yield from ray.get(done)
    except ray.exceptions.RayError as error:
        for document in batch:
            said = f"{document.id}: the cluster could not read it: {type(error).__name__}"
            yield Read(document.id, b"", DocumentError(said, hint="build again: only this is read anew"))
