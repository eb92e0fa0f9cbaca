"""Texts to graph, in the order of the flow: documents, extractions, entities, statements, store, files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

from pyoxigraph import Store

from kg.documents import part_by_language, read_documents, tell_strangers
from kg.errors import DocumentError
from kg.facts.decisions import tell
from kg.facts.reduction import reduce_extractions
from kg.facts.resolution import index_mentions
from kg.journal import go_on, name_reading, unfinished
from kg.locks import locked
from kg.model import Curie, Document, Extraction, Mention
from kg.nlp.pipeline import extract, make_pipeline, name_model
from kg.nlp.weights import SHIPPED
from kg.ontology import ONTOLOGY_FOLDER, load_ontology
from kg.rdf.dataset import Run, is_fact, make_store, write_quads
from kg.rdf.decisions import find_decisions
from kg.rdf.disk import drop_disk_store, write_disk_store
from kg.rdf.files import write_atomically
from kg.rdf.terms import BASE, check_base
from kg.rdf.turtle import write_facts
from kg.readers.drafts import NO_WISHES, Wishes
from kg.records import FILE, hash_inputs, write_extractions
from kg.views.network import to_network
from kg.views.page import to_html


@dataclass(frozen=True, slots=True)
class Build:
    """What a build made, what it could not read, which decisions met nothing in these texts, what it left out."""

    page: Path
    documents: int
    entities: int
    statements: int
    facts: int
    errors: tuple[DocumentError, ...]
    idle: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def build_graph(
    paths: Sequence[Path],
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
    report: Callable[[str], None] = lambda line: None,
) -> Build:
    """Builds the graph of all texts under ``paths`` into the folder ``output``.

    ``weights`` are what examples taught; None reads by frames alone. ``stamp`` writes begin and end into the graph,
    which is else the same for the same input. Without ``texts`` the graph refers to them by path, offsets and hash.
    ``wishes`` say which fields of JSON and CSV hold what, and the day of texts that tell none.
    The user's ``decisions`` are applied, those in ``output`` if no other file is given.
    A document that can't be read is in ``errors``, the rest is built; DocumentError where nothing can be read,
    OntologyError where the ontology or a file of your own ``names`` is at fault, PipelineError where there is no
    model, DecisionError where decisions can't be read or contradict each other, GraphError where ``base`` or
    ``output`` won't do.
    """
    check_base(base)
    begun = _now()
    readings = read_documents(paths, stdin=stdin, wishes=wishes)
    if not readings.documents:
        raise DocumentError(
            "; ".join(str(error) for error in readings.errors) or "no document found",
            hint="name a text, or a folder with texts",
        )
    decided = find_decisions(decisions, output)
    nlp = make_pipeline(ontology_folder, model, names, weights=weights)
    documents, left_out = part_by_language(readings.documents, nlp.lang or "")
    if not documents:
        raise DocumentError("; ".join(left_out))
    ontology = load_ontology(ontology_folder, names).hash

    failures: list[DocumentError] = []

    def read(some: Iterable[Document]) -> Iterator[Extraction]:
        for one in extract(nlp, some):
            if isinstance(one, DocumentError):
                failures.append(one)
                continue
            report(one.document.id)
            yield one

    with locked(output), unfinished(output) as folder:
        extractions = tuple(go_on(documents, read, folder, name_reading(name_model(nlp), ontology)))
        if not extractions:
            raise DocumentError("; ".join(map(str, failures)))
        if failures:
            known = {one.document for one in extractions}
            documents = tuple(document for document in documents if document in known)
        entities, fusion = reduce_extractions(extractions, ontology_folder, names, decided)
        run = Run(
            f"kg {version('kg')}",
            name_model(nlp),
            ontology,
            hash_inputs(documents, decided),
            f"base {base}; names {', '.join(sorted(path.name for path in names)) or 'none'}; decisions {len(decided)}",
            (begun, _now()) if stamp else None,
        )
        mentions = index_mentions(entities)
        store = make_store(
            fusion.statements,
            documents,
            run=run,
            ontology_folder=ontology_folder,
            base=base,
            sources=mentions,
            refused=fusion.refused,
            texts=texts,
        )
        _write(store, extractions, folder, base, mentions)
        kept = drop_disk_store(output)
    if kept:
        write_disk_store(output)
    return Build(
        output / "graph.html",
        len(documents),
        len(entities),
        len(fusion.statements),
        sum(map(is_fact, fusion.statements)),
        (*readings.errors, *failures),
        tuple(map(tell, fusion.idle)),
        (*left_out, *tell_strangers(readings.strangers)),
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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _write(
    store: Store, extractions: Sequence[Extraction], folder: Path, base: str, mentions: Mapping[Mention, Curie]
) -> None:
    write_quads(store, folder / "graph.nq")
    write_facts(store, folder / "facts.ttl", base)
    write_atomically(folder / FILE, write_extractions(extractions))
    page = to_html(to_network(store, base), title="Knowledge graph", mentions=mentions)
    write_atomically(folder / "graph.html", page.encode())
