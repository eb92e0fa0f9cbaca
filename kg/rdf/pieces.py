"""A graph in pieces: all that one record tells of a subject in one graph; each can be told from others unwritten.

So of a graph that was written before only those subjects are written anew of which a piece is another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple, TypeVar

from kg.model import Document, Evidence, Passage, Statement, Value
from kg.rdf.quads import (
    Writer,
    name_document,
    name_passage,
    name_statement,
    write_document,
    write_evidence,
    write_fact,
    write_passage,
    write_statement,
)

Name = Callable[[Writer, Any], tuple[str, str]]
"""The term of a record's subject, and all that decides its lines besides."""
Write = Callable[[Writer, Any], str]
_REMEMBERED = 1 << 14
"""Records that are known to have been told; what comes again later is told again."""
T = TypeVar("T")


class Piece(NamedTuple):
    """A record, and what it is that it tells."""

    kind: str
    record: Any


def list_pieces(
    statements: Iterable[Statement], documents: Iterable[Document], blocks: Iterable[str]
) -> Iterator[Piece]:
    """Those of the records, and of lines that are written already; the same records give them in the same order."""
    yield from (Piece("lines", block) for block in blocks)
    yield from (Piece("document", document) for document in documents)
    told, seen = set[Evidence](), set[Passage]()
    for statement in statements:
        yield Piece("statement", statement)
        if statement.asserted:
            yield Piece("fact", statement)
        for evidence in _leave_known(statement.evidence, told):
            yield Piece("evidence", evidence)
            yield from (Piece("passage", passage) for passage in _leave_known((evidence.passage,), seen))


def _leave_known(records: Iterable[T], known: set[T]) -> Iterator[T]:
    for record in records:
        if record not in known:
            if len(known) >= _REMEMBERED:
                known.clear()
            known.add(record)
            yield record


def _name_lines(writer: Writer, block: str) -> tuple[str, str]:
    return block.partition(" ")[0], block


def _name_document(writer: Writer, document: Document) -> tuple[str, str]:
    told = (document.title, document.source, str(document.published), document.language, document.url, document.author)
    return writer.node(name_document(document.id)), "\0".join((document.text, *told))


def _name_statement(writer: Writer, statement: Statement) -> tuple[str, str]:
    """Whatever is told of it follows from its evidence."""
    return name_statement(writer, statement), " ".join(map(writer.name_evidence, statement.evidence))


def _name_fact(writer: Writer, statement: Statement) -> tuple[str, str]:
    target = statement.object
    told = f"{target.datatype} {target.lexical}" if isinstance(target, Value) else target
    return writer.node(statement.subject), f"{statement.predicate} {told}"


def _name_evidence(writer: Writer, evidence: Evidence) -> tuple[str, str]:
    """Its term tells all but who it is that says so."""
    return writer.name_evidence(evidence), writer.sources.get(evidence.source, "") if evidence.source else ""


def _name_passage(writer: Writer, passage: Passage) -> tuple[str, str]:
    return name_passage(writer, passage), passage.text


_NAME: Mapping[str, Name] = {
    "lines": _name_lines,
    "document": _name_document,
    "statement": _name_statement,
    "fact": _name_fact,
    "evidence": _name_evidence,
    "passage": _name_passage,
}
_WRITE: Mapping[str, Write] = {
    "lines": lambda writer, block: block,
    "document": write_document,
    "statement": write_statement,
    "fact": write_fact,
    "evidence": write_evidence,
    "passage": write_passage,
}


def name_piece(writer: Writer, piece: Piece) -> tuple[int, int]:
    """A hash of the subject's term, and one of all that decides the lines."""
    subject, rest = _NAME[piece.kind](writer, piece.record)
    return hash_word(subject.encode()), hash_word(f"{piece.kind} {rest}".encode())


def hash_word(word: bytes) -> int:
    """64 bits: of ten million subjects it is hardly likely that two have the same."""
    return int.from_bytes(blake2b(word, digest_size=8).digest(), "little")


def write_piece(writer: Writer, piece: Piece) -> str:
    """Its lines, sorted."""
    return _WRITE[piece.kind](writer, piece.record)
