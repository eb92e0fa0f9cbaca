"""Texts to graph, in the order of the flow: documents, extractions, entities, statements, files."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from kg.clock import Clock
from kg.documents import Readings, part_by_language, read_documents, tell_strangers
from kg.engines.opening import open_files
from kg.engines.pool import count_jobs
from kg.errors import DocumentError
from kg.facts.decisions import tell
from kg.facts.fusion import Fusion
from kg.facts.reduction import reduce_extractions
from kg.files import write_graph
from kg.garbage import uncollected
from kg.journal import unfinished
from kg.locks import locked
from kg.mapping import Engine, Report, prepare, read_all
from kg.memory import FILE as MEMORY
from kg.memory import note_origins, remember, write_memory
from kg.model import Decision, Document, Entity, Extraction
from kg.nlp.pipeline import extract, make_pipeline
from kg.nlp.weights import SHIPPED
from kg.ontology import ONTOLOGY_FOLDER, load_ontology
from kg.rdf.dataset import is_fact
from kg.rdf.decisions import find_decisions
from kg.rdf.disk import drop_disk_store, write_disk_store
from kg.rdf.quads import Run
from kg.rdf.terms import BASE, check_base
from kg.readers.drafts import NO_WISHES, Wishes
from kg.records import FILE, hash_inputs, hold_extractions, list_documents
from kg.remote import Place
from kg.settings import FILE as SETTINGS
from kg.settings import Settings, write_settings


@dataclass(frozen=True, slots=True)
class Build:
    """What a build made, what it could not read, which decisions met nothing in these texts, what it left out.

    ``seconds`` are those of each step, in their order.
    """

    page: Place
    documents: int
    entities: int
    statements: int
    facts: int
    errors: tuple[DocumentError, ...]
    idle: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    seconds: tuple[tuple[str, float], ...] = ()


def build_graph(
    paths: Sequence[Place],
    output: Path,
    *,
    model: str = "",
    weights: Path | None = SHIPPED,
    base: str = BASE,
    ontology_folder: Path = ONTOLOGY_FOLDER,
    names: Sequence[Path] = (),
    decisions: Path | None = None,
    stamp: bool = False,
    texts: bool = True,
    stdin: TextIO | None = None,
    wishes: Wishes = NO_WISHES,
    jobs: int = 0,
    engine: Engine | None = None,
    report: Report = lambda progress: None,
) -> Build:
    """Builds the graph of all texts under ``paths`` into the folder ``output``.

    ``weights`` are what examples taught; None reads by frames alone. ``stamp`` writes begin and end into the graph,
    which is else the same for the same input. Without ``texts`` the graph refers to them by path, offsets and hash.
    ``wishes`` say which fields of JSON and CSV hold what, and the day of texts that tell none.
    The user's ``decisions`` are applied, those in ``output`` if no other file is given.
    What ``output`` holds of the same texts, read in the same way, is not read anew; the rest is opened and read by so
    many processes (``jobs``; 0 is one a core, or one where there is little to read), or read by the ``engine``.
    A document that can't be read is in ``errors``, the rest is built; DocumentError where nothing can be read,
    OntologyError where the ontology or a file of your own ``names`` is at fault, PipelineError where there is no
    model, DecisionError where decisions can't be read or contradict each other, GraphError where ``base`` or
    ``output`` won't do.
    """
    settings = Settings(check_base(base), ontology_folder, tuple(names), model, weights, decisions, stamp, texts)
    clock = Clock()
    spread = partial(open_files, jobs=jobs)
    return build_documents(
        read_documents(paths, stdin=stdin, wishes=wishes, recall=remember(output, wishes), spread=spread),
        output,
        settings,
        clock,
        jobs=jobs,
        engine=engine,
        report=report,
    )


def build_documents(
    readings: Readings,
    output: Path,
    settings: Settings,
    clock: Clock,
    *,
    jobs: int = 0,
    engine: Engine | None = None,
    report: Report = lambda progress: None,
    lock: AbstractContextManager[object] | None = None,
) -> Build:
    """As ``build_graph``, of documents that are read already; who holds the lock of ``output`` gives another."""
    clock.mark("files")
    if not readings.documents:
        raise DocumentError(
            "; ".join(str(error) for error in readings.errors) or "no document found",
            hint="name a text, or a folder with texts",
        )
    decided = find_decisions(settings.decisions, output)
    task = prepare(readings.documents, settings)
    origins = note_origins(readings.origins)
    readings = replace(readings, documents=(), origins=())  # texts are large: they go with the task
    size = sum(len(document.text) for document in task.documents)
    reading, left_out = task.reading, task.left_out
    with lock or locked(output), unfinished(output) as folder:
        errors, made = read_all(task, settings, output, folder, engine=engine, jobs=jobs, report=report)
        del task
        clock.mark("texts")
        with uncollected():  # till the records are let go, too
            counts, idle = _join(
                settings, reading.model, decided, made, folder, output, clock, jobs=count_jobs(size, jobs)
            )
        write_settings(settings, reading.name, folder / FILE, folder / SETTINGS)
        if origins:
            write_memory(origins, readings.wishes, folder / MEMORY)
        kept = drop_disk_store(output)
    if kept:
        write_disk_store(output)
    return Build(
        output / "graph.html",
        *counts,
        (*readings.errors, *errors),
        idle,
        (*left_out, *tell_strangers(readings.strangers)),
        tuple(clock.seconds),
    )


def _join(
    settings: Settings,
    model: str,
    decided: Sequence[Decision],
    made: Iterable[Extraction | None],
    folder: Path,
    output: Path,
    clock: Clock,
    *,
    jobs: int,
) -> tuple[tuple[int, int, int, int], tuple[str, ...]]:
    """Writes the graph of all extractions in ``folder``; how much it holds, and the decisions that met nothing."""
    with TemporaryDirectory(dir=folder) as scratch:
        extractions = hold_extractions(folder / FILE, made)
        documents = list_documents(extractions)
        entities, fusion = reduce_extractions(
            extractions, settings.ontology_folder, settings.names, decided, folder=Path(scratch)
        )
        del extractions
        counts = _count(documents, entities, fusion)
        clock.mark("things")
        run = _tell_run(documents, model, settings, decided, clock)
        write_graph(documents, fusion, run, settings, folder, output, clock, jobs=jobs)
    return counts, tuple(map(tell, fusion.idle))


def _count(documents: Iterable[Document], entities: Sequence[Entity], fusion: Fusion) -> tuple[int, int, int, int]:
    """Documents, entities, statements, facts."""
    return (
        sum(1 for _ in documents),
        len(entities),
        len(fusion.statements),
        sum(map(is_fact, fusion.statements)),
    )


def _tell_run(
    documents: Iterable[Document], model: str, settings: Settings, decided: Sequence[Decision], clock: Clock
) -> Run:
    names = ", ".join(sorted(path.name for path in settings.names)) or "none"
    return Run(
        f"kg {version('kg')}",
        model,
        load_ontology(settings.ontology_folder, settings.names).hash,
        hash_inputs(documents, decided),
        f"base {settings.base}; names {names}; decisions {len(decided)}",
        (clock.begun, clock.now()) if settings.stamp else None,
    )


def extract_documents(
    documents: Sequence[Document],
    *,
    model: str = "",
    weights: Path | None = SHIPPED,
    ontology_folder: Path = ONTOLOGY_FOLDER,
    names: Sequence[Path] = (),
) -> Iterator[Extraction]:
    """What each document says, without joining them; DocumentError where one is in a language the model is not for."""
    nlp = make_pipeline(ontology_folder, model, names, weights=weights)
    for fault in part_by_language(documents, nlp.lang or "")[1]:
        raise DocumentError(fault)
    for one in extract(nlp, documents):
        if isinstance(one, DocumentError):
            raise one
        yield one
