"""A graph with some documents more or less: built as before, of what it holds and what is new."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import TextIO

from kg.build import Build, build_documents
from kg.clock import Clock
from kg.documents import Readings, read_documents
from kg.engines.opening import open_files
from kg.errors import DocumentError
from kg.locks import locked
from kg.mapping import Engine, Report
from kg.model import Document
from kg.readers.drafts import NO_WISHES, Wishes
from kg.records import FILE, stream_documents
from kg.remote import Place
from kg.settings import Settings, read_settings


def add_documents(
    paths: Sequence[Place],
    output: Path,
    *,
    stdin: TextIO | None = None,
    wishes: Wishes = NO_WISHES,
    jobs: int = 0,
    engine: Engine | None = None,
    report: Report = lambda progress: None,
) -> Build:
    """The graph in ``output`` with all texts under ``paths``; one of the same id takes the place of the one before.

    It is built as it was; the errors are those of ``kg.build.build_graph``, and GraphError where there is no graph.
    """
    clock = Clock()
    with _open(output) as settings:
        spread = partial(open_files, jobs=jobs)
        readings = read_documents(paths, stdin=stdin, wishes=wishes, spread=spread)
        if readings.errors and not readings.documents:
            raise DocumentError("; ".join(str(error) for error in readings.errors))
        documents = {document.id: document for document in (*_list_held(output), *readings.documents)}
        together = replace(readings, documents=_sort(documents.values()), origins=())
        return build_documents(
            together, output, settings, clock, jobs=jobs, engine=engine, report=report, lock=nullcontext()
        )


def remove_documents(
    names: Sequence[str], output: Path, *, jobs: int = 0, report: Report = lambda progress: None
) -> Build:
    """The graph in ``output`` without the documents of these ids; DocumentError where it has no such document."""
    clock = Clock()
    with _open(output) as settings:
        readings = Readings(_leave_out(names, output), ())
        return build_documents(readings, output, settings, clock, jobs=jobs, report=report, lock=nullcontext())


@contextmanager
def _open(output: Path) -> Iterator[Settings]:
    """Nobody else changes the graph while it is; a folder that holds none is told, not made."""
    read_settings(output)
    with locked(output):
        yield read_settings(output)


def _leave_out(names: Sequence[str], output: Path) -> tuple[Document, ...]:
    held = {document.id: document for document in _list_held(output)}
    for name in names:
        if name not in held:
            raise DocumentError(f"{output}: has no document {name}", hint=_suggest(name, held))
    kept = _sort(document for name, document in held.items() if name not in names)
    if not kept:
        raise DocumentError(f"{output}: nothing would be left in it", hint="delete the folder instead")
    return kept


def _list_held(output: Path) -> Iterable[Document]:
    return (document for _, document in stream_documents(output / FILE))


def _sort(documents: Iterable[Document]) -> tuple[Document, ...]:
    return tuple(sorted(documents, key=lambda document: document.id))


def _suggest(name: str, held: Iterable[str]) -> str:
    near = get_close_matches(name, list(held), n=1, cutoff=0.3)
    return f"did you mean {near[0]}?" if near else "see the documents with `kg query documents`"
