"""Each record of a graph as N-Quads: documents, statements with their evidence, the run that made them.

They come in blocks: all that one record tells of a subject in one graph, as sorted lines.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.model import Curie, Document, Evidence, Mention, Passage, Statement, Value
from kg.rdf.lines import write_block, write_integer, write_node, write_text, write_typed
from kg.rdf.terms import BASE, make_prefixes, to_curie, to_iri
from kg.sources import count_sources


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
class Writer:
    """The one context all lines share: where IRIs begin, and which entity a source is."""

    base: str
    sources: Mapping[Mention, Curie]
    texts: bool = True

    def node(self, curie: Curie) -> str:
        """An IRI as a term."""
        return write_node(curie, self.base)

    def hashed(self, kind: str, digest: str) -> str:
        """The term of what is named by a hash: there are too many to remember each."""
        return f"<{make_prefixes(self.base)['kgr']}{kind}/{digest}>"

    def block(self, graph: str, subject: str, told: Iterable[tuple[Curie, str]]) -> str:
        """What is told of a subject in the named graph, as sorted lines; subject and targets are terms already."""
        written = [(write_node(predicate, self.base), target) for predicate, target in told]
        return write_block(subject, written, write_node(f"kgg:{graph}", self.base))


def write_document(writer: Writer, document: Document) -> str:
    """What is known of a document, with its text or where that is."""
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
    told = [(predicate, write_text(text)) for predicate, text in texts.items() if text]
    told.append(("rdf:type", writer.node("kg:Document")))
    if document.published:
        told.append(("kg:published", write_typed(document.published.isoformat(), "xsd:date", writer.base)))
    return writer.block("documents", writer.node(name_document(document.id)), told)


def name_document(document: str) -> Curie:
    """``kgr:document/`` and the document's path as its IRI has it; a percent sign in it starts no encoded mark."""
    return to_curie(to_iri(f"kgr:document/{document.replace('%', '%25')}"))


Written = Callable[[Evidence], tuple[str, tuple[str, ...]]]
"""The term of a piece of evidence, and all lines on it."""


def remember_evidence(writer: Writer) -> Written:
    """Writes evidence, and knows it again: what says that Peru is a country says that it is a place."""
    return lru_cache(maxsize=4096)(partial(_write_evidence, writer))


def write_statement(writer: Writer, statement: Statement, write_evidence: Written) -> Iterator[str]:
    """The triple, where it is a fact, and all that holds it; what evidence shares is told with each."""
    target = _term(writer, statement.object)
    told = [
        ("rdf:type", writer.node("rdf:Statement")),
        ("rdf:subject", writer.node(statement.subject)),
        ("rdf:predicate", writer.node(statement.predicate)),
        ("rdf:object", target),
        *_weigh(writer, statement),
    ]
    for evidence in statement.evidence:
        name, blocks = write_evidence(evidence)
        told.append(("kg:evidence", name))
        yield from blocks
    yield writer.block("statements", writer.hashed("statement", statement.id), told)
    if statement.asserted:
        yield _write_fact(writer, statement, target)


def write_name(writer: Writer, statement: Statement) -> str:
    """That there is such a statement, and no more."""
    name = writer.hashed("statement", statement.id)
    return writer.block("statements", name, (("rdf:type", writer.node("rdf:Statement")),))


def write_fact(writer: Writer, statement: Statement) -> str:
    """The triple of a fact."""
    return _write_fact(writer, statement, _term(writer, statement.object))


def _write_fact(writer: Writer, statement: Statement, target: str) -> str:
    return writer.block("facts", writer.node(statement.subject), ((statement.predicate, target),))


def weigh_quads(statement: Statement, node: NamedNode, base: str = BASE) -> Iterator[Quad]:
    """How firmly, surely and often the evidence holds the statement that ``node`` names."""
    writer = Writer(base, {})
    lines = writer.block("statements", str(node), _weigh(writer, statement))
    yield from parse(lines.encode(), format=RdfFormat.N_QUADS)


def _weigh(writer: Writer, statement: Statement) -> Iterator[tuple[Curie, str]]:
    yield "kg:factuality", write_text(statement.factuality.value)
    yield "kg:score", _decimal(statement.score, writer.base)
    yield "kg:sources", write_integer(count_sources(statement))
    if statement.disputed:
        yield "kg:disputed", write_typed("true", "xsd:boolean", writer.base)


def _write_evidence(writer: Writer, evidence: Evidence) -> tuple[str, tuple[str, ...]]:
    source = evidence.source.passage.text if evidence.source else ""
    fields = (evidence.passage, evidence.factuality.value, evidence.rule, evidence.score, source)
    name, passage = writer.hashed("evidence", _digest(*fields)), _name_passage(writer, evidence.passage)
    told = [
        ("rdf:type", writer.node("kg:Evidence")),
        ("kg:factuality", write_text(evidence.factuality.value)),
        ("kg:score", _decimal(evidence.score, writer.base)),
        ("kg:rule", write_text(evidence.rule)),
        ("kg:passage", passage),
        *_attribute(writer, evidence.source),
    ]
    return name, (writer.block("statements", name, told), _write_passage(writer, passage, evidence.passage))


def _attribute(writer: Writer, source: Mention | None) -> Iterator[tuple[Curie, str]]:
    if source:
        yield "kg:sourceText", write_text(source.passage.text)
        if source in writer.sources:
            yield "kg:attributedTo", writer.node(writer.sources[source])


def _name_passage(writer: Writer, passage: Passage) -> str:
    return writer.hashed("passage", _digest(passage.document, passage.start, passage.end))


def _write_passage(writer: Writer, name: str, passage: Passage) -> str:
    told = (
        ("rdf:type", writer.node("kg:Passage")),
        ("kg:document", writer.node(name_document(passage.document))),
        ("kg:start", write_integer(passage.start)),
        ("kg:end", write_integer(passage.end)),
        ("kg:text", write_text(passage.text)),
    )
    return writer.block("statements", name, told)


def write_run(writer: Writer, run: Run, documents: Iterable[str]) -> Iterator[str]:
    """One activity (PROV-O) that made the facts and the statements; the statements know what it read too."""
    name = writer.hashed("run", _digest(run.tool, run.model, run.ontology_hash, run.input_hash, run.settings))
    fields = {
        "kg:tool": run.tool,
        "kg:model": run.model,
        "kg:ontologyHash": run.ontology_hash,
        "kg:inputHash": run.input_hash,
        "kg:settings": run.settings,
    }
    times = zip(("prov:startedAtTime", "prov:endedAtTime"), run.times or (), strict=False)
    told = [
        ("rdf:type", writer.node("prov:Activity")),
        *((predicate, write_text(text)) for predicate, text in fields.items()),
        *((predicate, write_typed(time, "xsd:dateTime", writer.base)) for predicate, time in times),
    ]
    used = [("prov:used", writer.node(name_document(document))) for document in documents]
    for graph, more in (("facts", []), ("statements", used)):
        yield writer.block(graph, name, [*told, *more])
        yield writer.block(graph, writer.node(f"kgg:{graph}"), [("prov:wasGeneratedBy", name)])


def _term(writer: Writer, target: Curie | Value) -> str:
    if isinstance(target, Value):
        plain = target.datatype == "xsd:string"
        return write_text(target.lexical) if plain else write_typed(target.lexical, target.datatype, writer.base)
    return writer.node(target)


@lru_cache(maxsize=1024)
def _decimal(score: float, base: str) -> str:
    return write_typed(f"{score:.3f}".rstrip("0").rstrip("."), "xsd:decimal", base)


def _digest(*fields: object) -> str:
    return sha256("\0".join(map(str, fields)).encode("utf-8", "backslashreplace")).hexdigest()[:12]
