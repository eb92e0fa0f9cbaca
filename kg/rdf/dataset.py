"""Entities, statements and documents as one RDF dataset of four named graphs.

``facts`` holds the plain triples of what is asserted; ``statements`` every statement, reified (RDF 1.1 Semantics,
appendix D.1), with its evidence; ``documents`` the texts; ``ontology`` the schema.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.model import Curie, Document, Evidence, Mention, Passage, Statement, Value
from kg.ontology import NAMESPACES
from kg.rdf.files import to_bytes, write_atomically
from kg.rdf.terms import BASE, make_turtle_prefixes, to_iri
from kg.sources import count_sources

Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Run:
    """What made the graph: program, model, and hashes of ontology and input; no clock."""

    tool: str
    model: str
    ontology_hash: str
    input_hash: str


@dataclass(frozen=True, slots=True)
class _Writer:
    """The one context all quads share: where IRIs begin, and which entity a source is."""

    base: str
    sources: Mapping[Mention, Curie]

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
) -> Store:
    """The dataset in memory; ``sources`` tells which entity a mention belongs to."""
    writer = _Writer(base, sources or {})
    store = Store()
    store.bulk_extend(_ontology_quads(writer, ontology_folder / "kg.ttl"))
    store.bulk_extend(quad for document in documents for quad in _document_quads(writer, document))
    store.bulk_extend(quad for statement in statements for quad in _statement_quads(writer, statement))
    store.bulk_extend(_run_quads(writer, run))
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
        "kg:source": document.source,
        "kg:url": document.url,
        "kg:language": document.language,
        "kg:sha256": sha256(document.text.encode()).hexdigest(),
        "kg:fullText": document.text,
        "rdfs:label": document.title or document.id,
    }
    for predicate, text in texts.items():
        if text:
            yield writer.quad("documents", subject, predicate, Literal(text))
    if document.published:
        day = Literal(document.published.isoformat(), datatype=writer.node("xsd:date"))
        yield writer.quad("documents", subject, "kg:published", day)


def name_document(document: str) -> Curie:
    """``kgr:document/`` and the document's path."""
    return f"kgr:document/{document}"


def _statement_quads(writer: _Writer, statement: Statement) -> Iterator[Quad]:
    name = f"kgr:statement/{statement.id}"
    target = _term(writer, statement.object)
    if is_fact(statement):
        yield writer.quad("facts", statement.subject, statement.predicate, target)
    yield writer.quad("statements", name, "rdf:type", writer.node("rdf:Statement"))
    yield writer.quad("statements", name, "rdf:subject", writer.node(statement.subject))
    yield writer.quad("statements", name, "rdf:predicate", writer.node(statement.predicate))
    yield writer.quad("statements", name, "rdf:object", target)
    yield writer.quad("statements", name, "kg:factuality", Literal(statement.factuality.value))
    yield writer.quad("statements", name, "kg:score", _decimal(writer, statement.score))
    yield writer.quad("statements", name, "kg:sources", _integer(writer, count_sources(statement)))
    if statement.disputed:
        yield writer.quad("statements", name, "kg:disputed", Literal(True))
    for evidence in statement.evidence:
        yield from _evidence_quads(writer, name, evidence)


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


def _run_quads(writer: _Writer, run: Run) -> Iterator[Quad]:
    name = f"kgr:run/{_digest(run.tool, run.model, run.ontology_hash, run.input_hash)}"
    for graph in ("facts", "statements"):
        yield writer.quad(graph, name, "rdf:type", writer.node("prov:Activity"))
        yield writer.quad(graph, name, "kg:tool", Literal(run.tool))
        yield writer.quad(graph, name, "kg:model", Literal(run.model))
        yield writer.quad(graph, name, "kg:ontologyHash", Literal(run.ontology_hash))
        yield writer.quad(graph, name, "kg:inputHash", Literal(run.input_hash))
        yield writer.quad(graph, "kgg:facts", "prov:wasGeneratedBy", writer.node(name))


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
    graph = NamedNode(to_iri("kgg:facts", base))
    triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
    ordered: Sequence[Triple] = sorted(triples, key=_by_terms)
    prefixes = make_turtle_prefixes(base)
    return _tidy(to_bytes(ordered, RdfFormat.TURTLE, prefixes).decode()).encode()


def _tidy(turtle: str) -> str:
    """Sorted prefixes, those that are used, and a blank line after each subject; literals hold no raw line breaks."""
    lines = turtle.splitlines()
    body = "\n".join(line for line in lines if not line.startswith("@prefix")).replace(" .\n", " .\n\n")
    used = (line for line in lines if line.startswith("@prefix") and line.split()[1] in body)
    return "\n".join(sorted(used)) + f"\n\n{body}\n"


def _by_terms(triple: Triple) -> tuple[str, bool, str, str]:
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    return (str(triple.subject), str(triple.predicate) != f"<{kind}>", str(triple.predicate), str(triple.object))
