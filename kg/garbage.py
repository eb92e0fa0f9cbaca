"""Python's search for garbage: worth its time only where things refer to each other in a ring."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Nothing is searched within: records are trees, and among millions of them each search takes seconds."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


_kept: list[list[object]] = []
"""What is left to the end of this process, if that ends at once."""


def end_at_once() -> None:
    """Tells that this process ends with its one task: what that leaves need not be taken apart."""
    _kept.append([])


def leave(records: object) -> None:
    """Leaves what is needed no more to the end of a process that ends at once; elsewhere it is let go as always.

    To take millions of records apart takes a second, and so does it to search them for garbage once more.
    """
    for kept in _kept:
        kept.append(records)
        gc.freeze()
