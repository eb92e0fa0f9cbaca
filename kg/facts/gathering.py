"""Evidence by subject and triple it speaks for: in memory, and where that is too much in sorted runs on disk.

An external merge sort (Knuth, TAOCP 3, 5.4): what is held at a time does not grow with what is found.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from heapq import merge
from itertools import chain, groupby, islice
from operator import attrgetter, itemgetter, lt
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from kg.facts.rows import Row, Triple, pack_evidence, pack_target, read_rows, unpack_evidence, unpack_target, write_rows
from kg.model import Curie, Evidence, Value

MOST = 1_000_000
"""Pieces of evidence that are held in memory: some 270 MB."""
Gathered = tuple[Curie, dict[Triple, list[Evidence]]]
"""A subject, and what is said of it."""
_Run = dict[Curie, dict[Triple, list[Evidence]]]
_get_passage = attrgetter("passage")


def gather(found: Iterable[tuple[Triple, Evidence]], folder: Path | None = None) -> Iterator[Gathered]:
    """Each subject once, in order; its triples, and the evidence for each of them, come in any order.

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
    run, count = _make_run(), 0
    for triple, evidence in found:
        run[triple[0]].setdefault(triple, []).append(evidence)
        count += 1
        if count == most:
            yield run, count
            run, count = _make_run(), 0
    yield run, count


def _make_run() -> _Run:
    return defaultdict(dict)


def _take(run: _Run) -> Iterator[Gathered]:
    """In order; what is taken is held no more, as there are millions."""
    for subject in sorted(run):
        yield subject, run.pop(subject)


def _lay_down(run: _Run, folder: Path) -> BinaryIO:
    file: BinaryIO = TemporaryFile(dir=folder)  # noqa: SIM115  # closed by who asks for it
    write_rows(chain.from_iterable(map(_pack, _take(run))), file)
    file.seek(0)
    return file


def _pack(gathered: Gathered) -> Iterator[Row]:
    """A row a triple, as of one subject there may be much."""
    for (subject, predicate, target), evidence in gathered[1].items():
        yield subject, predicate, pack_target(target), [pack_evidence(item) for item in evidence]


def _read(file: BinaryIO) -> Iterator[Gathered]:
    for subject, rows in groupby(read_rows(file), key=itemgetter(0)):
        yield (
            subject,
            {
                (subject, predicate, unpack_target(target)): [unpack_evidence(item) for item in evidence]
                for _, predicate, target, evidence in rows
            },
        )


def _merge(runs: Sequence[Iterator[Gathered]]) -> Iterator[Gathered]:
    by_subject = itemgetter(0)
    for subject, group in groupby(merge(*runs, key=by_subject), key=by_subject):
        joined: dict[Triple, list[Evidence]] = {}
        for triple, evidence in chain.from_iterable(held.items() for _, held in group):
            joined.setdefault(triple, []).extend(evidence)
        yield subject, joined


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
    ordered = sorted(evidence, key=_get_passage)
    passages = list(map(_get_passage, ordered))
    if all(map(lt, passages, islice(passages, 1, None))):  # then no two are alike
        return tuple(ordered)
    return tuple(chain.from_iterable(_sort_alike(list(alike)) for _, alike in groupby(ordered, key=_get_passage)))


def _sort_alike(evidence: list[Evidence]) -> list[Evidence]:
    """Of one passage."""
    if len(evidence) == 1:
        return evidence
    unique = {item.id if item.source is None else (item.id, item.source): item for item in evidence}
    return sorted(unique.values(), key=order_evidence)
