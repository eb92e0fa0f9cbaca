"""The map step over all documents: those that were read before are taken over, the others are read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import ceil
from pathlib import Path
from typing import NamedTuple

from kg.documents import part_by_language
from kg.engines.pool import count_jobs, read_in_pool
from kg.errors import DocumentError
from kg.garbage import uncollected
from kg.journal import JOURNAL, Read, Spot, copy_lines, find_spots, keep
from kg.model import Document, Extraction
from kg.nlp.memory import forget_texts
from kg.nlp.models import find_model, name_reader
from kg.ontology import load_ontology
from kg.prefetching import Prefetch
from kg.reading import Batch, cut_batches, make_reader, read_batch
from kg.records import FILE, hash_document
from kg.settings import Settings, is_reading, name_reading

_CHEAPER = 300
"""Bytes of known lines that count as much as a character to read: their records take about half of its time."""
_WORTH = 20_000
"""Characters that are read in the time in which a process begins to read."""
Engine = Callable[[Settings, Iterable[Batch]], Iterator[Read]]
"""What reads batches elsewhere: what they say, in any order."""


class Progress(NamedTuple):
    """How far reading has come, and with which document."""

    done: int
    all: int
    document: str
    errors: int


Report = Callable[[Progress], None]


class Reading(NamedTuple):
    """The name of the model, and of all that decides what is read in a text."""

    model: str
    name: str


class Task(NamedTuple):
    """The documents to read, the name of what reads them, and what is in another language."""

    documents: tuple[Document, ...]
    reading: Reading
    left_out: tuple[str, ...]


@uncollected()
def prepare(documents: Sequence[Document], settings: Settings) -> Task:
    """What is to be read; DocumentError where no document is in the language of the model."""
    ontology = load_ontology(settings.ontology_folder, settings.names).hash
    model = find_model(settings.model)
    kept, left_out = part_by_language(documents, model.language)
    if not kept:
        raise DocumentError("; ".join(left_out))
    name = name_reader(model, settings.weights)
    return Task(kept, Reading(name, name_reading(name, ontology)), left_out)


def read_all(
    task: Task,
    settings: Settings,
    held: Path,
    folder: Path,
    *,
    engine: Engine | None = None,
    jobs: int = 0,
    report: Report = lambda progress: None,
) -> tuple[tuple[DocumentError, ...], Iterator[Extraction | None]]:
    """Writes the extractions of all documents into ``folder``, sorted; those in the folder ``held`` are not made anew.

    Gives what could not be read, and of each line its extraction if that was made meanwhile; DocumentError where
    nothing can be read.
    """
    name = task.reading.name
    known = _find_known(held, folder, name)
    hashes = {document.id: hash_document(document) for document in task.documents}
    missing = [document for document in task.documents if hashes[document.id] not in known]
    ahead = Prefetch([known[hashes[id]] for id in sorted(hashes) if hashes[id] in known])
    found = _read(missing, settings, engine, jobs, ahead)
    errors = _keep_all(keep(folder, name, found), len(missing), report)
    known |= find_spots(folder / JOURNAL, name)
    spots = [known[hashes[id]] for id in sorted(hashes) if hashes[id] in known]
    if not spots:
        raise DocumentError("; ".join(map(str, errors)))
    copy_lines(spots, folder / FILE)
    return errors, ahead.take(spots)


def _read(
    documents: Sequence[Document], settings: Settings, engine: Engine | None, jobs: int, ahead: Prefetch
) -> Iterator[Read]:
    """The pipeline is loaded here only where there is something to read, and nobody else to read it.

    Where others read, what this process does ``ahead`` is a part of the work, and so many less read.
    """
    batches = list(cut_batches(documents))
    if engine:
        return engine(settings, batches)
    if not batches:
        return iter(())
    work, own = sum(len(document.text) for document in documents), ahead.size // _CHEAPER
    number = count_jobs(work + own, jobs)
    others = min(len(batches), ceil(number * work / max(1, work + own)))
    if others > 1 or (number > 1 and own >= _WORTH):
        return read_in_pool(settings, batches, others, ahead.make())
    return _read_here(settings, batches)


def _read_here(settings: Settings, batches: Iterable[Batch]) -> Iterator[Read]:
    """The model is let go with the last batch, and all that holds it."""
    nlp = make_reader(settings)
    for batch in batches:
        yield from read_batch(nlp, batch)
    del nlp
    forget_texts()


def _find_known(held: Path, folder: Path, reading: str) -> dict[str, Spot]:
    before = find_spots(held / FILE) if is_reading(held, reading, held / FILE) else {}
    return before | find_spots(folder / JOURNAL, reading)


def _keep_all(found: Iterable[Read], count: int, report: Report) -> tuple[DocumentError, ...]:
    errors: list[DocumentError] = []
    for done, read in enumerate(found, 1):
        if read.error:
            errors.append(read.error)
        report(Progress(done, count, read.document, len(errors)))
    return tuple(sorted(errors, key=str))
