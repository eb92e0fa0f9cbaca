"""Each record of a graph as lines of N-Quads: documents, statements with their evidence, the run that made them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.model import Curie, Document, Evidence, Mention, Passage, Statement, Value
from kg.rdf.lines import write_integer, write_node, write_quad, write_text, write_typed
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
class Writer:
    """The one context all lines share: where IRIs begin, and which entity a source is."""

    base: str
    sources: Mapping[Mention, Curie]
    texts: bool = True

    def node(self, curie: Curie) -> str:
        """An IRI as a term."""
        return write_node(curie, self.base)

    def quad(self, graph: str, subject: Curie, predicate: Curie, target: str) -> str:
        """A line of the named graph; the target is a term already."""
        return write_quad(self.node(subject), self.node(predicate), target, self.node(f"kgg:{graph}"))


def document_lines(writer: Writer, document: Document) -> Iterator[str]:
    """What is known of a document, with its text or where that is."""
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


def statement_lines(writer: Writer, statement: Statement) -> Iterator[str]:
    """The triple, where it is a fact, and all that holds it; what evidence shares is told with each."""
    name = f"kgr:statement/{statement.id}"
    yield from _triple_lines(writer, statement)
    yield writer.quad("statements", name, "rdf:type", writer.node("rdf:Statement"))
    yield from _weigh_lines(writer, statement, writer.node(name))
    for evidence in statement.evidence:
        yield from _evidence_lines(writer, name, evidence)


def fact_lines(writer: Writer, statement: Statement) -> Iterator[str]:
    """What rules need of it: the triple, where it is a fact, and its parts, unless it is but a name."""
    if statement.predicate not in _NAMING:
        yield from _triple_lines(writer, statement)
    elif statement.asserted:
        target = _term(writer, statement.object)
        yield writer.quad("facts", statement.subject, statement.predicate, target)


def _triple_lines(writer: Writer, statement: Statement) -> Iterator[str]:
    """The triple, where it is a fact, and its parts."""
    name, target = f"kgr:statement/{statement.id}", _term(writer, statement.object)
    if statement.asserted:
        yield writer.quad("facts", statement.subject, statement.predicate, target)
    parts = (writer.node(statement.subject), writer.node(statement.predicate), target)
    for predicate, part in zip(_REIFIED, parts, strict=True):
        yield writer.quad("statements", name, predicate, part)


def weigh_quads(statement: Statement, node: NamedNode, base: str = BASE) -> Iterator[Quad]:
    """How firmly, surely and often the evidence holds the statement that ``node`` names."""
    lines = "".join(_weigh_lines(Writer(base, {}), statement, str(node)))
    yield from parse(lines.encode(), format=RdfFormat.N_QUADS)


def _weigh_lines(writer: Writer, statement: Statement, node: str) -> Iterator[str]:
    weighed: dict[Curie, str] = {
        "kg:factuality": write_text(statement.factuality.value),
        "kg:score": _decimal(writer, statement.score),
        "kg:sources": write_integer(count_sources(statement)),
    }
    if statement.disputed:
        weighed["kg:disputed"] = write_typed("true", "xsd:boolean", writer.base)
    for predicate, value in weighed.items():
        yield write_quad(node, writer.node(predicate), value, writer.node("kgg:statements"))


def _evidence_lines(writer: Writer, statement: Curie, evidence: Evidence) -> Iterator[str]:
    name, told = _tell_evidence(writer, evidence)
    yield writer.quad("statements", statement, "kg:evidence", writer.node(name))
    yield from told


@lru_cache(maxsize=4096)
def _tell_evidence(writer: Writer, evidence: Evidence) -> tuple[Curie, tuple[str, ...]]:
    """Its name, and all lines on it: what says that Peru is a country says that it is a place."""
    source = evidence.source.passage.text if evidence.source else ""
    fields = (evidence.passage, evidence.factuality.value, evidence.rule, evidence.score, source)
    name = f"kgr:evidence/{_digest(*fields)}"
    return name, tuple(_list_evidence(writer, name, evidence, source))


def _list_evidence(writer: Writer, name: Curie, evidence: Evidence, source: str) -> Iterator[str]:
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


def _passage_lines(writer: Writer, evidence: Curie, passage: Passage) -> Iterator[str]:
    name = f"kgr:passage/{_digest(passage.document, passage.start, passage.end)}"
    yield writer.quad("statements", evidence, "kg:passage", writer.node(name))
    yield writer.quad("statements", name, "rdf:type", writer.node("kg:Passage"))
    yield writer.quad("statements", name, "kg:document", writer.node(name_document(passage.document)))
    yield writer.quad("statements", name, "kg:start", write_integer(passage.start))
    yield writer.quad("statements", name, "kg:end", write_integer(passage.end))
    yield writer.quad("statements", name, "kg:text", write_text(passage.text))


def run_lines(writer: Writer, run: Run, documents: Iterable[str]) -> Iterator[str]:
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


def _term(writer: Writer, target: Curie | Value) -> str:
    if isinstance(target, Value):
        plain = target.datatype == "xsd:string"
        return write_text(target.lexical) if plain else write_typed(target.lexical, target.datatype, writer.base)
    return writer.node(target)


def _decimal(writer: Writer, score: float) -> str:
    return write_typed(f"{score:.3f}".rstrip("0").rstrip("."), "xsd:decimal", writer.base)


def _digest(*fields: object) -> str:
    return sha256("\0".join(map(str, fields)).encode("utf-8", "backslashreplace")).hexdigest()[:12]
