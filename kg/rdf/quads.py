"""Each record of a graph as N-Quads: documents, statements with their evidence, the run that made them.

They come in blocks: all that one record tells of a subject in one graph, as sorted lines.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg.model import Curie, Document, Mention, Passage, Statement, Value
from kg.rdf.again import Again
from kg.rdf.lines import tell, write_block, write_hashed, write_integer, write_node, write_text, write_typed
from kg.rdf.terms import BASE, to_curie, to_iri
from kg.sources import count_sources

_DIGITS = 12
"""Hex digits of a hash that name what it is of."""


@dataclass(frozen=True, slots=True)
class Run:
    """What made the graph: program, model, hashes of ontology and input, settings; begin and end if they are wanted."""

    tool: str
    model: str
    ontology_hash: str
    input_hash: str
    settings: str = ""
    times: tuple[str, str] | None = None


class Words(NamedTuple):
    """What stands in lines of which there are millions: predicates, each with the space behind it."""

    subject: str
    predicate: str
    object: str
    evidence: str
    passage: str
    document: str
    start: str
    end: str
    text: str
    a_statement: str
    a_passage: str


@lru_cache(maxsize=16)
def _make_words(base: str) -> Words:
    triple = ("rdf:subject", "rdf:predicate", "rdf:object")
    ours = ("kg:evidence", "kg:passage", "kg:document", "kg:start", "kg:end", "kg:text")
    kinds = (write_node(kind, base) for kind in ("rdf:Statement", "kg:Passage"))
    return Words(
        *(tell(word, "", base) for word in (*triple, *ours)), *(tell("rdf:type", kind, base) for kind in kinds)
    )


class Writer(NamedTuple):
    """The one context all lines share: where IRIs begin, which entity a source is, what was made of evidence last."""

    base: str
    sources: Mapping[Mention, Curie]
    texts: bool
    words: Words
    named: Again
    summed: Again

    def node(self, curie: Curie) -> str:
        """An IRI as a term."""
        return write_node(curie, self.base)

    def hashed(self, kind: str, digest: str) -> str:
        """The term of what is named by a hash."""
        return write_hashed(kind, digest, self.base)

    def tell(self, predicate: Curie, target: str) -> str:
        """What a line says of its subject; the target is a term already."""
        return tell(predicate, target, self.base)

    def block(self, graph: str, subject: str, told: Iterable[str]) -> str:
        """What is told of a subject in the named graph, as sorted lines."""
        return write_block(subject, told, write_node(f"kgg:{graph}", self.base))


def make_writer(base: str, sources: Mapping[Mention, Curie] | None = None, *, texts: bool = True) -> Writer:
    """A writer of all that has one base."""
    return Writer(base, sources or {}, texts, _make_words(base), Again(), Again())


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
    told = [writer.tell(predicate, write_text(text)) for predicate, text in texts.items() if text]
    told.append(writer.tell("rdf:type", writer.node("kg:Document")))
    if document.published:
        day = write_typed(document.published.isoformat(), "xsd:date", writer.base)
        told.append(writer.tell("kg:published", day))
    return writer.block("documents", writer.node(name_document(document.id)), told)


@lru_cache(maxsize=1 << 14)
def name_document(document: str) -> Curie:
    """``kgr:document/`` and the document's path as its IRI has it; a percent sign in it starts no encoded mark."""
    return to_curie(to_iri(f"kgr:document/{document.replace('%', '%25')}"))


def write_statement(writer: Writer, statement: Statement) -> str:
    """All that holds a triple, but what its evidence is."""
    words, base = writer.words, writer.base
    told = [
        words.a_statement,
        words.subject + write_node(statement.subject, base),
        words.predicate + write_node(statement.predicate, base),
        words.object + _term(writer, statement.object),
        *_weigh(writer, statement),
        *[words.evidence + name for name in _name_evidence(writer, statement)],
    ]
    return writer.block("statements", name_statement(writer, statement), told)


def name_statement(writer: Writer, statement: Statement) -> str:
    """The term of what holds a triple."""
    return writer.hashed("statement", statement.id)


def write_fact(writer: Writer, statement: Statement) -> str:
    """The triple of a fact."""
    told = writer.tell(statement.predicate, _term(writer, statement.object))
    return writer.block("facts", writer.node(statement.subject), (told,))


def weigh_quads(statement: Statement, node: NamedNode, base: str = BASE) -> Iterator[Quad]:
    """How firmly, surely and often the evidence holds the statement that ``node`` names."""
    writer = make_writer(base)
    lines = writer.block("statements", str(node), _weigh(writer, statement))
    yield from parse(lines.encode(), format=RdfFormat.N_QUADS)


def _weigh(writer: Writer, statement: Statement) -> tuple[str, ...]:
    return _tell_weight(
        writer.base,
        statement.factuality._value_,
        statement.score,
        count_sources(statement),
        disputed=statement.disputed,
    )


@lru_cache(maxsize=4096)
def _tell_weight(base: str, factuality: str, score: float, sources: int, *, disputed: bool) -> tuple[str, ...]:
    told = (
        tell("kg:factuality", write_text(factuality), base),
        tell("kg:score", _decimal(score, base), base),
        tell("kg:sources", write_integer(sources), base),
    )
    return (*told, tell("kg:disputed", write_typed("true", "xsd:boolean", base), base)) if disputed else told


def write_evidence(writer: Writer, statement: Statement, number: int) -> str:
    """How a sentence says a thing, but for the sentence itself."""
    evidence = statement.evidence[number]
    told = (
        *_tell_reading(writer.base, evidence.factuality._value_, evidence.score, evidence.rule),
        writer.words.passage + _write_passage(writer.base, evidence.passage).name,
        *_attribute(writer, evidence.source),
    )
    return writer.block("statements", _name_evidence(writer, statement)[number], told)


def _name_evidence(writer: Writer, statement: Statement) -> list[str]:
    """The terms of its evidence."""
    return writer.named.make(
        statement.evidence, lambda: [writer.hashed("evidence", one.id[:_DIGITS]) for one in statement.evidence]
    )


@lru_cache(maxsize=4096)
def _tell_reading(base: str, factuality: str, score: float, rule: str) -> tuple[str, ...]:
    """What many pieces of evidence have in common."""
    return (
        tell("rdf:type", write_node("kg:Evidence", base), base),
        tell("kg:factuality", write_text(factuality), base),
        tell("kg:score", _decimal(score, base), base),
        tell("kg:rule", write_text(rule), base),
    )


def _attribute(writer: Writer, source: Mention | None) -> Iterator[str]:
    if source:
        yield writer.tell("kg:sourceText", write_text(source.passage.text))
        if source in writer.sources:
            yield writer.tell("kg:attributedTo", writer.node(writer.sources[source]))


def write_passage(writer: Writer, passage: Passage) -> str:
    """Where a sentence stands, and what it says."""
    return _write_passage(writer.base, passage).block


class _Sentence(NamedTuple):
    """The term of a passage, and all that is told of it."""

    name: str
    block: str


@lru_cache(maxsize=1 << 14)
def _write_passage(base: str, passage: Passage) -> _Sentence:
    """A sentence says most often more than one thing."""
    document, start, end, text = passage
    name = write_hashed("passage", _digest(document, start, end), base)
    words = _make_words(base)
    told = (
        words.a_passage,
        words.document + write_node(name_document(document), base),
        words.start + write_integer(start),
        words.end + write_integer(end),
        words.text + write_text(text),
    )
    return _Sentence(name, write_block(name, told, write_node("kgg:statements", base)))


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
        writer.tell("rdf:type", writer.node("prov:Activity")),
        *(writer.tell(predicate, write_text(text)) for predicate, text in fields.items()),
        *(writer.tell(predicate, write_typed(time, "xsd:dateTime", writer.base)) for predicate, time in times),
    ]
    used = [writer.tell("prov:used", writer.node(name_document(document))) for document in documents]
    for graph, more in (("facts", []), ("statements", used)):
        yield writer.block(graph, name, [*told, *more])
        yield writer.block(graph, writer.node(f"kgg:{graph}"), [writer.tell("prov:wasGeneratedBy", name)])


def _term(writer: Writer, target: Curie | Value) -> str:
    if isinstance(target, Value):
        plain = target.datatype == "xsd:string"
        return write_text(target.lexical) if plain else write_typed(target.lexical, target.datatype, writer.base)
    return writer.node(target)


@lru_cache(maxsize=1024)
def _decimal(score: float, base: str) -> str:
    return write_typed(f"{score:.3f}".rstrip("0").rstrip("."), "xsd:decimal", base)


def _digest(*fields: object) -> str:
    told = "\0".join(map(str, fields))
    return sha256(told.encode("utf-8", "backslashreplace")).hexdigest()[:_DIGITS]
