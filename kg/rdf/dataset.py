"""Entities, statements and documents as one RDF dataset of named graphs.

``facts`` holds the plain triples of what is asserted; ``statements`` every statement, reified (RDF 1.1 Semantics,
appendix D.1), with its evidence; ``documents`` the texts; ``ontology`` the schema; ``derived`` and ``derivations`` what
follows from the facts.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.model import Curie, Document, Evidence, Mention, Passage, Statement, Value
from kg.ontology import NAMESPACES
from kg.rdf.derivation import derive
from kg.rdf.files import to_bytes, write_atomically
from kg.rdf.terms import BASE, make_turtle_prefixes, to_curie, to_iri
from kg.sources import count_sources

Term = NamedNode | Literal
_CLASS = b"> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
_FIRST = b'> """ '
"""Stands for it while lines are sorted: it comes before all predicates, and no N-Triples hold three quotes in a row."""
_PREFIXES = re.compile(rb"(?:@prefix .*\n)+")


@dataclass(frozen=True, slots=True)
class Run:
    """What made the graph: program, model, hashes of ontology and input, settings; begin and end if they are wanted."""

    tool: str
    model: str
    ontology_hash: str
    input_hash: str
    settings: str = ""
    times: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class _Writer:
    """The one context all quads share: where IRIs begin, and which entity a source is."""

    base: str
    sources: Mapping[Mention, Curie]
    texts: bool = True

    def node(self, curie: Curie) -> NamedNode:
        return NamedNode(to_iri(curie, self.base))

    def quad(self, graph: str, subject: Curie, predicate: Curie, target: Term) -> Quad:
        return Quad(self.node(subject), self.node(predicate), target, self.node(f"kgg:{graph}"))


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
    """The dataset in memory; ``sources`` tells which entity a mention belongs to; nothing ``refused`` is derived."""
    writer = _Writer(base, sources or {}, texts)
    store = Store()
    store.bulk_extend(_ontology_quads(writer, ontology_folder / "kg.ttl"))
    read = sorted(documents, key=lambda document: document.id)
    store.bulk_extend(quad for document in read for quad in _document_quads(writer, document))
    store.bulk_extend(quad for statement in statements for quad in _statement_quads(writer, statement))
    store.bulk_extend(_run_quads(writer, run, read))
    derive(store, ontology_folder / "rules", base, refused=refused)
    return store


def is_fact(statement: Statement) -> bool:
    """Asserted by the text's own voice, without contradiction, and surely read."""
    return statement.asserted


def _ontology_quads(writer: _Writer, path: Path) -> Iterator[Quad]:
    graph = writer.node("kgg:ontology")
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        subject, predicate, target = (
            _rebase(term, writer.base) for term in (quad.subject, quad.predicate, quad.object)
        )
        yield Quad(subject, predicate, target, graph)  # type: ignore[arg-type]  # kg.ttl has no blank nodes: tested


def _rebase(term: object, base: str) -> object:
    space = next(iri for iri, prefix in NAMESPACES.items() if prefix == "kg:")
    ours = isinstance(term, NamedNode) and term.value.startswith(space.removesuffix("#"))
    return NamedNode(base + term.value.removeprefix(BASE)) if ours and isinstance(term, NamedNode) else term


def _document_quads(writer: _Writer, document: Document) -> Iterator[Quad]:
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
            yield writer.quad("documents", subject, predicate, Literal(text))
    if document.published:
        day = Literal(document.published.isoformat(), datatype=writer.node("xsd:date"))
        yield writer.quad("documents", subject, "kg:published", day)


def name_document(document: str) -> Curie:
    """``kgr:document/`` and the document's path as its IRI has it; a percent sign in it starts no encoded mark."""
    return to_curie(to_iri(f"kgr:document/{document.replace('%', '%25')}"))


def _statement_quads(writer: _Writer, statement: Statement) -> Iterator[Quad]:
    name = f"kgr:statement/{statement.id}"
    target = _term(writer, statement.object)
    if is_fact(statement):
        yield writer.quad("facts", statement.subject, statement.predicate, target)
    yield writer.quad("statements", name, "rdf:type", writer.node("rdf:Statement"))
    yield writer.quad("statements", name, "rdf:subject", writer.node(statement.subject))
    yield writer.quad("statements", name, "rdf:predicate", writer.node(statement.predicate))
    yield writer.quad("statements", name, "rdf:object", target)
    yield from weigh_quads(statement, writer.node(name), writer.base)
    for evidence in statement.evidence:
        yield from _evidence_quads(writer, name, evidence)


def weigh_quads(statement: Statement, node: NamedNode, base: str = BASE) -> Iterator[Quad]:
    """How firmly, surely and often the evidence holds the statement that ``node`` names."""
    writer = _Writer(base, {})
    weighed: dict[Curie, Literal] = {
        "kg:factuality": Literal(statement.factuality.value),
        "kg:score": _decimal(writer, statement.score),
        "kg:sources": _integer(writer, count_sources(statement)),
    }
    if statement.disputed:
        weighed["kg:disputed"] = Literal(True)
    for predicate, value in weighed.items():
        yield Quad(node, writer.node(predicate), value, writer.node("kgg:statements"))


def _evidence_quads(writer: _Writer, statement: Curie, evidence: Evidence) -> Iterator[Quad]:
    source = evidence.source.passage.text if evidence.source else ""
    fields = (evidence.passage, evidence.factuality.value, evidence.rule, evidence.score, source)
    name = f"kgr:evidence/{_digest(*fields)}"
    yield writer.quad("statements", statement, "kg:evidence", writer.node(name))
    yield writer.quad("statements", name, "rdf:type", writer.node("kg:Evidence"))
    yield writer.quad("statements", name, "kg:factuality", Literal(evidence.factuality.value))
    yield writer.quad("statements", name, "kg:score", _decimal(writer, evidence.score))
    yield writer.quad("statements", name, "kg:rule", Literal(evidence.rule))
    yield from _passage_quads(writer, name, evidence.passage)
    if evidence.source:
        yield writer.quad("statements", name, "kg:sourceText", Literal(source))
        speaker = writer.sources.get(evidence.source)
        if speaker:
            yield writer.quad("statements", name, "kg:attributedTo", writer.node(speaker))


def _passage_quads(writer: _Writer, evidence: Curie, passage: Passage) -> Iterator[Quad]:
    name = f"kgr:passage/{_digest(passage.document, passage.start, passage.end)}"
    yield writer.quad("statements", evidence, "kg:passage", writer.node(name))
    yield writer.quad("statements", name, "rdf:type", writer.node("kg:Passage"))
    yield writer.quad("statements", name, "kg:document", writer.node(name_document(passage.document)))
    yield writer.quad("statements", name, "kg:start", _integer(writer, passage.start))
    yield writer.quad("statements", name, "kg:end", _integer(writer, passage.end))
    yield writer.quad("statements", name, "kg:text", Literal(passage.text))


def _run_quads(writer: _Writer, run: Run, documents: Iterable[Document]) -> Iterator[Quad]:
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
            yield writer.quad(graph, name, predicate, Literal(text))
        for predicate, time in zip(("prov:startedAtTime", "prov:endedAtTime"), run.times or (), strict=False):
            yield writer.quad(graph, name, predicate, Literal(time, datatype=writer.node("xsd:dateTime")))
    for document in documents:
        yield writer.quad("statements", name, "prov:used", writer.node(name_document(document.id)))


def _term(writer: _Writer, target: Curie | Value) -> Term:
    if isinstance(target, Value):
        plain = target.datatype == "xsd:string"
        return Literal(target.lexical) if plain else Literal(target.lexical, datatype=writer.node(target.datatype))
    return writer.node(target)


def _integer(writer: _Writer, number: int) -> Literal:
    return Literal(str(number), datatype=writer.node("xsd:integer"))


def _decimal(writer: _Writer, score: float) -> Literal:
    return Literal(f"{score:.3f}".rstrip("0").rstrip("."), datatype=writer.node("xsd:decimal"))


def _digest(*fields: object) -> str:
    return sha256("\0".join(map(str, fields)).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def write_quads(store: Store, path: Path) -> None:
    """Everything as sorted N-Quads: two builds can be compared line by line."""
    lines = to_bytes(store, RdfFormat.N_QUADS).splitlines()
    write_atomically(path, b"\n".join(sorted(lines)) + b"\n")


def write_facts(store: Store, path: Path, base: str = BASE) -> None:
    """The facts as Turtle: prefixes, sorted subjects, no blank nodes."""
    write_atomically(path, serialize_facts(store, base))


def serialize_facts(store: Store, base: str = BASE) -> bytes:
    """Turtle of the facts graph, the same bytes for the same triples."""
    return serialize(store, [NamedNode(to_iri("kgg:facts", base))], base)


def serialize(store: Store, graphs: Iterable[NamedNode], base: str = BASE) -> bytes:
    """Turtle of ``graphs`` as one, with prefixes, sorted, grouped by subject, its classes first.

    Lines of N-Triples are sorted, as that takes a third of the time of sorting triples; before those that stand in two
    graphs become one, since a store read from a sorted file gives them almost in order.
    """
    dumped = b"".join(store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b"" for graph in graphs)
    lines = sorted(dumped.replace(_CLASS, _FIRST).splitlines(keepends=True))
    ordered = b"".join(dict.fromkeys(lines)).replace(_FIRST, _CLASS)
    return _tidy(to_bytes(parse(ordered, format=RdfFormat.N_TRIPLES), RdfFormat.TURTLE, make_turtle_prefixes(base)))


def _tidy(turtle: bytes) -> bytes:
    """Sorted prefixes, those that are used, and a blank line after each subject; literals hold no raw line breaks."""
    head, body = _split_head(turtle)
    used = (line for line in head if line.split()[1] in body)
    return b"\n".join(sorted(used)) + b"\n\n" + body.replace(b" .\n", b" .\n\n").rstrip(b"\n") + b"\n"


def _split_head(turtle: bytes) -> tuple[list[bytes], bytes]:
    head = _PREFIXES.match(turtle)
    end = head.end() if head else 0
    return turtle[:end].splitlines(), turtle[end:]
