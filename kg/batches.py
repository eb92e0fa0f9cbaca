"""Batches of what has evidence, as large as memory is to hold at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def cut(items: Iterable[T], list_evidence: Callable[[T], Sequence[object]], most: int) -> Iterator[list[T]]:
    """The items in their order; a batch ends when it has ``most`` pieces of evidence or more.

    Items that follow each other with the very same evidence, as most classes of a thing do, count it once and are never
    parted.
    """
    batch, size, known = list[T](), 0, None
    for item in items:
        evidence = list_evidence(item)
        if evidence is not known:
            if size >= most:
                yield batch
                batch, size = [], 0
            size, known = size + len(evidence), evidence
        batch.append(item)
    if batch:
        yield batch
