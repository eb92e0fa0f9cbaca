"""Texts to graph, in the order of the flow: documents, extractions, entities, statements, store, files."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TextIO

from pyoxigraph import Store

from kg.documents import read_documents
from kg.errors import DecisionError, DocumentError
from kg.facts.decisions import decide, find_refused, tell
from kg.facts.fusion import Fusion, fuse, sort_key
from kg.facts.known import join_known
from kg.facts.links import link
from kg.facts.occurrences import resolve_events
from kg.facts.resolution import index_mentions, resolve_names
from kg.model import Decision, Document, Entity, Extraction
from kg.nlp.pipeline import extract, make_pipeline, name_model
from kg.ontology import ONTOLOGY_FOLDER, load_ontology
from kg.rdf.dataset import Run, is_fact, make_store, write_facts, write_quads
from kg.rdf.decisions import FILE, read_decisions
from kg.rdf.files import make_folder, write_atomically
from kg.rdf.terms import BASE, check_base
from kg.records import write_extractions
from kg.views.network import to_network
from kg.views.page import to_html


@dataclass(frozen=True, slots=True)
class Build:
    """What a build made, which documents it could not read, and which decisions met nothing in these texts."""

    page: Path
    documents: int
    entities: int
    statements: int
    facts: int
    errors: tuple[DocumentError, ...]
    idle: tuple[str, ...] = ()


def build_graph(
    paths: Sequence[Path],
    output: Path,
    *,
    model: str = "",
    base: str = BASE,
    ontology_folder: Path = ONTOLOGY_FOLDER,
    names: Sequence[Path] = (),
    decisions: Path | None = None,
    stdin: TextIO | None = None,
    report: Callable[[str], None] = lambda line: None,
) -> Build:
    """Builds the graph of all texts under ``paths`` into the folder ``output``.

    The user's ``decisions`` are applied, those in ``output`` if no other file is given.
    A document that can't be read is in ``errors``, the rest is built; DocumentError where nothing can be read,
    OntologyError where the ontology or a file of your own ``names`` is at fault, PipelineError where there is no
    model, DecisionError where decisions can't be read or contradict each other, GraphError where ``base`` or
    ``output`` won't do.
    """
    check_base(base)
    readings = read_documents(paths, stdin=stdin)
    if not readings.documents:
        raise DocumentError(
            "; ".join(str(error) for error in readings.errors) or "no .txt or .md document found",
            hint="name a text, or a folder with texts",
        )
    decided = _find_decisions(decisions, output)
    nlp = make_pipeline(ontology_folder, model, names)
    make_folder(output)
    extractions = []
    for extraction in extract(nlp, readings.documents):
        report(extraction.document.id)
        extractions.append(extraction)
    entities, fusion = reduce_extractions(extractions, ontology_folder, names, decided)
    run = Run(
        f"kg {version('kg')}",
        name_model(nlp),
        load_ontology(ontology_folder, names).hash,
        hash_inputs(readings.documents, decided),
    )
    store = make_store(
        fusion.statements,
        readings.documents,
        run=run,
        ontology_folder=ontology_folder,
        base=base,
        sources=index_mentions(entities),
    )
    _write(store, extractions, output, base)
    return Build(
        output / "graph.html",
        len(readings.documents),
        len(entities),
        len(fusion.statements),
        sum(map(is_fact, fusion.statements)),
        readings.errors,
        tuple(map(tell, fusion.idle)),
    )


def _find_decisions(path: Path | None, output: Path) -> tuple[Decision, ...]:
    """Those of a file that is named and must be there, or those in the folder of the graph, if any."""
    if path and not path.is_file():
        raise DecisionError(
            f"{path}: no such file", hint="decide with `kg same`, `kg different`, `kg rename` and so on"
        )
    return read_decisions(path or output / FILE)


def reduce_extractions(
    extractions: Sequence[Extraction],
    ontology_folder: Path = ONTOLOGY_FOLDER,
    names: Sequence[Path] = (),
    decisions: Sequence[Decision] = (),
) -> tuple[tuple[Entity, ...], Fusion]:
    """All entities and statements of the extractions, whatever their order; the user's decisions overrule the texts."""
    ontology = load_ontology(ontology_folder, names)
    ordered = sorted(extractions, key=lambda extraction: extraction.document.id)
    chains = [chain for extraction in ordered for chain in extraction.chains]
    on_events = [decision for decision in decisions if decision.subject.id.startswith("kgr:event/")]
    on_names = [decision for decision in decisions if not decision.subject.id.startswith("kgr:event/")]
    named = decide(join_known(resolve_names(ordered, ontology), ontology), on_names, chains, ontology)
    labels = {entity.id: entity.label for entity in named.entities}
    found = resolve_events(ordered, index_mentions(named.entities), labels, ontology)
    events = decide(found, on_events, chains, ontology)
    entities = tuple(sorted((*named.entities, *events.entities), key=lambda entity: entity.id))
    refused, idle = find_refused(entities, decisions, chains)
    fusion = fuse(ordered, entities, ontology, refused)
    links = link(entities, fusion.statements, ontology)
    kept = (found for found in links if (found.subject, found.predicate, found.object) not in refused)
    statements = tuple(sorted((*fusion.statements, *kept), key=sort_key))
    return entities, fusion._replace(statements=statements, idle=(*named.idle, *events.idle, *idle))


def extract_documents(
    documents: Sequence[Document],
    *,
    model: str = "",
    ontology_folder: Path = ONTOLOGY_FOLDER,
    names: Sequence[Path] = (),
) -> Iterator[Extraction]:
    """What each document says, without joining them."""
    yield from extract(make_pipeline(ontology_folder, model, names), documents)


def hash_inputs(documents: Sequence[Document], decisions: Sequence[Decision] = ()) -> str:
    """Sixteen hex digits over the records of all documents and the user's decisions, whatever their order."""
    digest = sha256()
    for document in sorted(documents, key=lambda document: document.id):
        fields = (document.id, document.text, document.title, document.source, str(document.published), document.url)
        digest.update("\0".join(fields).encode() + b"\1")
    for name in sorted(decision.id for decision in decisions):
        digest.update(name.encode() + b"\1")
    return digest.hexdigest()[:16]


def _write(store: Store, extractions: Sequence[Extraction], output: Path, base: str) -> None:
    write_quads(store, output / "graph.nq")
    write_facts(store, output / "facts.ttl", base)
    write_atomically(output / "extractions.jsonl", write_extractions(extractions))
    write_atomically(output / "graph.html", to_html(to_network(store, base), title="Knowledge graph").encode())
