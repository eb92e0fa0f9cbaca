"""Entities, statements and documents as one RDF dataset of named graphs, as lines of N-Quads or as a store.

``facts`` holds the plain triples of what is asserted; ``statements`` every statement, reified (RDF 1.1 Semantics,
appendix D.1), with its evidence; ``documents`` the texts; ``ontology`` the schema; ``derived`` and ``derivations`` what
follows from the facts.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg.model import Curie, Document, Evidence, Mention, Passage, Statement, Value
from kg.ontology import NAMESPACES
from kg.rdf.derivation import GRAPHS, derive
from kg.rdf.files import to_bytes
from kg.rdf.lines import write_integer, write_node, write_quad, write_text, write_typed
from kg.rdf.sorting import write_sorted
from kg.rdf.terms import BASE, to_curie, to_iri
from kg.sources import count_sources

_REIFIED = ("rdf:subject", "rdf:predicate", "rdf:object")
_NAMING = ("rdfs:label", "skos:altLabel")


@dataclass(frozen=True, slots=True)
class Run:
    """What made the graph: program, model, hashes of ontology and input, settings; begin and end if they are wanted."""

    tool: str
    model: str
    ontology_hash: str
    input_hash: str
    settings: str = ""
    times: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Writer:
    """The one context all lines share: where IRIs begin, and which entity a source is."""

    base: str
    sources: Mapping[Mention, Curie]
    texts: bool = True

    def node(self, curie: Curie) -> str:
        return write_node(curie, self.base)

    def quad(self, graph: str, subject: Curie, predicate: Curie, target: str) -> str:
        return write_quad(self.node(subject), self.node(predicate), target, self.node(f"kgg:{graph}"))


def make_lines(
    statements: Iterable[Statement],
    documents: Collection[Document],
    *,
    run: Run,
    ontology_folder: Path,
    base: str = BASE,
    sources: Mapping[Mention, Curie] | None = None,
    texts: bool = True,
) -> Iterator[str]:
    """The dataset, but for what follows from it, as lines of N-Quads in no order; some come more than once.

    ``sources`` tells which entity a mention belongs to.
    """
    writer = _Writer(base, sources or {}, texts)
    yield from _ontology_lines(ontology_folder, base)
    yield from _run_lines(writer, run, [document.id for document in documents])
    for document in documents:
        yield from _document_lines(writer, document)
    for statement in statements:
        yield from _statement_lines(writer, statement)


def make_store(
    statements: Iterable[Statement],
    documents: Iterable[Document],
    *,
    run: Run,
    ontology_folder: Path,
    base: str = BASE,
    sources: Mapping[Mention, Curie] | None = None,
    refused: Collection[tuple[Curie, Curie, Curie | Value]] = (),
    texts: bool = True,
) -> Store:
    """The whole dataset in memory; nothing ``refused`` is derived."""
    lines = make_lines(
        statements,
        tuple(documents),
        run=run,
        ontology_folder=ontology_folder,
        base=base,
        sources=sources,
        texts=texts,
    )
    store = _load(lines)
    derive(store, ontology_folder / "rules", base, refused=refused)
    return store


def make_facts(
    statements: Iterable[Statement],
    *,
    run: Run,
    ontology_folder: Path,
    base: str = BASE,
    refused: Collection[tuple[Curie, Curie, Curie | Value]] = (),
) -> Store:
    """Ontology, run and facts, with what follows from them: the dataset without texts and evidence."""
    writer = _Writer(base, {})
    facts = (line for statement in statements for line in _fact_lines(writer, statement))
    store = _load(chain(_ontology_lines(ontology_folder, base), _run_lines(writer, run, ()), facts))
    derive(store, ontology_folder / "rules", base, refused=refused)
    return store


def list_derived(store: Store, base: str = BASE) -> Iterator[str]:
    """What was derived in the store, as lines of N-Quads."""
    for graph in GRAPHS:
        found = store.quads_for_pattern(None, None, None, NamedNode(to_iri(f"kgg:{graph}", base)))
        yield from _split(to_bytes(found, RdfFormat.N_QUADS))


def _split(lines: bytes) -> Iterator[str]:
    """A literal may hold what strings break lines at, but bytes don't."""
    return (line.decode() for line in lines.splitlines(keepends=True))


def _load(lines: Iterable[str]) -> Store:
    store = Store()
    store.bulk_load("".join(lines).encode(), format=RdfFormat.N_QUADS)
    return store


def is_fact(statement: Statement) -> bool:
    """Asserted by the text's own voice, without contradiction, and surely read."""
    return statement.asserted


def _ontology_lines(folder: Path, base: str) -> Iterator[str]:
    graph = NamedNode(to_iri("kgg:ontology", base))
    for quad in parse(path=str(folder / "kg.ttl"), format=RdfFormat.TURTLE):
        subject, predicate, target = (_rebase(term, base) for term in (quad.subject, quad.predicate, quad.object))
        made = Quad(subject, predicate, target, graph)  # type: ignore[arg-type]  # kg.ttl has no blank nodes: tested
        yield f"{made} .\n"


def _rebase(term: object, base: str) -> object:
    space = next(iri for iri, prefix in NAMESPACES.items() if prefix == "kg:")
    ours = isinstance(term, NamedNode) and term.value.startswith(space.removesuffix("#"))
    return NamedNode(base + term.value.removeprefix(BASE)) if ours and isinstance(term, NamedNode) else term


def _document_lines(writer: _Writer, document: Document) -> Iterator[str]:
    subject = name_document(document.id)
    yield writer.quad("documents", subject, "rdf:type", writer.node("kg:Document"))
    texts = {
        "kg:title": document.title,
        "kg:author": document.author,
        "kg:source": document.source,
        "kg:url": document.url,
        "kg:language": document.language,
        "kg:sha256": sha256(document.text.encode()).hexdigest(),
        "kg:fullText" if writer.texts else "kg:textAt": document.text if writer.texts else document.id,
        "rdfs:label": document.title or document.id,
    }
    for predicate, text in texts.items():
        if text:
            yield writer.quad("documents", subject, predicate, write_text(text))
    if document.published:
        day = write_typed(document.published.isoformat(), "xsd:date", writer.base)
        yield writer.quad("documents", subject, "kg:published", day)


def name_document(document: str) -> Curie:
    """``kgr:document/`` and the document's path as its IRI has it; a percent sign in it starts no encoded mark."""
    return to_curie(to_iri(f"kgr:document/{document.replace('%', '%25')}"))


def _statement_lines(writer: _Writer, statement: Statement) -> Iterator[str]:
    name = f"kgr:statement/{statement.id}"
    yield from _triple_lines(writer, statement)
    yield writer.quad("statements", name, "rdf:type", writer.node("rdf:Statement"))
    yield from _weigh_lines(writer, statement, writer.node(name))
    for evidence in statement.evidence:
        yield from _evidence_lines(writer, name, evidence)


def _fact_lines(writer: _Writer, statement: Statement) -> Iterator[str]:
    """What rules need of it: the triple, where it is a fact, and its parts, unless it is but a name."""
    if statement.predicate not in _NAMING:
        yield from _triple_lines(writer, statement)
    elif is_fact(statement):
        target = _term(writer, statement.object)
        yield writer.quad("facts", statement.subject, statement.predicate, target)


def _triple_lines(writer: _Writer, statement: Statement) -> Iterator[str]:
    """The triple, where it is a fact, and its parts."""
    name, target = f"kgr:statement/{statement.id}", _term(writer, statement.object)
    if is_fact(statement):
        yield writer.quad("facts", statement.subject, statement.predicate, target)
    parts = (writer.node(statement.subject), writer.node(statement.predicate), target)
    for predicate, part in zip(_REIFIED, parts, strict=True):
        yield writer.quad("statements", name, predicate, part)


def weigh_quads(statement: Statement, node: NamedNode, base: str = BASE) -> Iterator[Quad]:
    """How firmly, surely and often the evidence holds the statement that ``node`` names."""
    lines = "".join(_weigh_lines(_Writer(base, {}), statement, str(node)))
    yield from parse(lines.encode(), format=RdfFormat.N_QUADS)


def _weigh_lines(writer: _Writer, statement: Statement, node: str) -> Iterator[str]:
    weighed: dict[Curie, str] = {
        "kg:factuality": write_text(statement.factuality.value),
        "kg:score": _decimal(writer, statement.score),
        "kg:sources": write_integer(count_sources(statement)),
    }
    if statement.disputed:
        weighed["kg:disputed"] = write_typed("true", "xsd:boolean", writer.base)
    for predicate, value in weighed.items():
        yield write_quad(node, writer.node(predicate), value, writer.node("kgg:statements"))


def _evidence_lines(writer: _Writer, statement: Curie, evidence: Evidence) -> Iterator[str]:
    name, told = _tell_evidence(writer, evidence)
    yield writer.quad("statements", statement, "kg:evidence", writer.node(name))
    yield from told


@lru_cache(maxsize=4096)
def _tell_evidence(writer: _Writer, evidence: Evidence) -> tuple[Curie, tuple[str, ...]]:
    """Its name, and all lines on it: what says that Peru is a country says that it is a place."""
    source = evidence.source.passage.text if evidence.source else ""
    fields = (evidence.passage, evidence.factuality.value, evidence.rule, evidence.score, source)
    name = f"kgr:evidence/{_digest(*fields)}"
    return name, tuple(_list_evidence(writer, name, evidence, source))


def _list_evidence(writer: _Writer, name: Curie, evidence: Evidence, source: str) -> Iterator[str]:
    yield writer.quad("statements", name, "rdf:type", writer.node("kg:Evidence"))
    yield writer.quad("statements", name, "kg:factuality", write_text(evidence.factuality.value))
    yield writer.quad("statements", name, "kg:score", _decimal(writer, evidence.score))
    yield writer.quad("statements", name, "kg:rule", write_text(evidence.rule))
    yield from _passage_lines(writer, name, evidence.passage)
    if evidence.source:
        yield writer.quad("statements", name, "kg:sourceText", write_text(source))
        speaker = writer.sources.get(evidence.source)
        if speaker:
            yield writer.quad("statements", name, "kg:attributedTo", writer.node(speaker))


def _passage_lines(writer: _Writer, evidence: Curie, passage: Passage) -> Iterator[str]:
    name = f"kgr:passage/{_digest(passage.document, passage.start, passage.end)}"
    yield writer.quad("statements", evidence, "kg:passage", writer.node(name))
    yield writer.quad("statements", name, "rdf:type", writer.node("kg:Passage"))
    yield writer.quad("statements", name, "kg:document", writer.node(name_document(passage.document)))
    yield writer.quad("statements", name, "kg:start", write_integer(passage.start))
    yield writer.quad("statements", name, "kg:end", write_integer(passage.end))
    yield writer.quad("statements", name, "kg:text", write_text(passage.text))


def _run_lines(writer: _Writer, run: Run, documents: Iterable[str]) -> Iterator[str]:
    """One activity (PROV-O) that made the facts and the statements; the statements know what it read too."""
    name = f"kgr:run/{_digest(run.tool, run.model, run.ontology_hash, run.input_hash, run.settings)}"
    fields = {
        "kg:tool": run.tool,
        "kg:model": run.model,
        "kg:ontologyHash": run.ontology_hash,
        "kg:inputHash": run.input_hash,
        "kg:settings": run.settings,
    }
    for graph in ("facts", "statements"):
        yield writer.quad(graph, name, "rdf:type", writer.node("prov:Activity"))
        yield writer.quad(graph, f"kgg:{graph}", "prov:wasGeneratedBy", writer.node(name))
        for predicate, text in fields.items():
            yield writer.quad(graph, name, predicate, write_text(text))
        for predicate, time in zip(("prov:startedAtTime", "prov:endedAtTime"), run.times or (), strict=False):
            yield writer.quad(graph, name, predicate, write_typed(time, "xsd:dateTime", writer.base))
    for document in documents:
        yield writer.quad("statements", name, "prov:used", writer.node(name_document(document)))


def _term(writer: _Writer, target: Curie | Value) -> str:
    if isinstance(target, Value):
        plain = target.datatype == "xsd:string"
        return write_text(target.lexical) if plain else write_typed(target.lexical, target.datatype, writer.base)
    return writer.node(target)


def _decimal(writer: _Writer, score: float) -> str:
    return write_typed(f"{score:.3f}".rstrip("0").rstrip("."), "xsd:decimal", writer.base)


def _digest(*fields: object) -> str:
    return sha256("\0".join(map(str, fields)).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def write_quads(store: Store, path: Path) -> None:
    """Everything as sorted N-Quads: two builds can be compared line by line."""
    write_sorted(_split(store.dump(format=RdfFormat.N_QUADS) or b""), path)
