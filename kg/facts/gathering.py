"""Evidence by the triple it speaks for: in memory, and where that is too much in sorted runs on disk that are merged.

An external merge sort (Knuth, TAOCP 3, 5.4): what is held at a time does not grow with what is found.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from heapq import merge
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from kg.facts.rows import Row, Triple, pack_evidence, pack_target, read_rows, unpack_evidence, unpack_target, write_rows
from kg.model import Evidence, Value

MOST = 1_000_000
"""Pieces of evidence that are held in memory: some 270 MB."""
Gathered = tuple[Triple, Sequence[Evidence]]
_Run = dict[Triple, list[Evidence]]


def gather(found: Iterable[tuple[Triple, Evidence]], folder: Path | None = None) -> Iterator[Gathered]:
    """Each triple once, in the order of statements, with all evidence for it in any order.

    Nothing comes before all is found. With a ``folder``, what is more than ``MOST`` pieces lies there meanwhile, in
    files without a name.
    """
    with ExitStack() as held:
        runs = list[Iterator[Gathered]]()
        for run, count in _cut(found, MOST if folder else 0):
            laid = _read(held.enter_context(_lay_down(run, folder))) if folder and count == MOST else _take(run)
            runs.append(laid)
        yield from _merge(runs) if len(runs) > 1 else runs[0]


def _cut(found: Iterable[tuple[Triple, Evidence]], most: int) -> Iterator[tuple[_Run, int]]:
    """Runs of ``most`` pieces and the rest; all as one run where that is 0."""
    run, count = _Run(), 0
    for triple, evidence in found:
        if triple in run:
            run[triple].append(evidence)
        else:
            run[triple] = [evidence]
        count += 1
        if count == most:
            yield run, count
            run, count = _Run(), 0
    yield run, count


def _take(run: _Run) -> Iterator[Gathered]:
    """In order; what is taken is held no more, as there are millions."""
    for triple in sorted(run, key=order):
        yield triple, run.pop(triple)


def _lay_down(run: _Run, folder: Path) -> BinaryIO:
    file: BinaryIO = TemporaryFile(dir=folder)  # noqa: SIM115  # closed by who asks for it
    write_rows(map(_pack, _take(run)), file)
    file.seek(0)
    return file


def _pack(gathered: Gathered) -> Row:
    (subject, predicate, target), evidence = gathered
    return subject, predicate, pack_target(target), [pack_evidence(item) for item in evidence]


def _read(file: BinaryIO) -> Iterator[Gathered]:
    for subject, predicate, target, evidence in read_rows(file):
        yield (subject, predicate, unpack_target(target)), [unpack_evidence(item) for item in evidence]


def _merge(runs: Sequence[Iterator[Gathered]]) -> Iterator[Gathered]:
    ordered = merge(*runs, key=lambda gathered: order(gathered[0]))
    for triple, group in groupby(ordered, key=itemgetter(0)):
        yield triple, list(chain.from_iterable(evidence for _, evidence in group))


def order(triple: Triple) -> tuple[str, str, str, str]:
    """Subject, predicate, object: the order of statements."""
    subject, predicate, target = triple
    ends = (target.lexical, target.datatype) if isinstance(target, Value) else (target, "")
    return (subject, predicate, *ends)


def order_evidence(evidence: Evidence) -> tuple[object, ...]:
    """By place, then by all else that tells it from others."""
    source = evidence.source.passage.text if evidence.source else ""
    return (evidence.passage, evidence.factuality._value_, evidence.rule, evidence.score, source)


def sort_evidence(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Each piece once; a tuple is sorted already."""
    if isinstance(evidence, tuple):
        return evidence
    if len(evidence) == 1:
        return tuple(evidence)
    unique = {item.id if item.source is None else (item.id, item.source): item for item in evidence}
    return tuple(sorted(unique.values(), key=order_evidence))
