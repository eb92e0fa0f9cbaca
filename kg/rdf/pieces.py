"""A graph in pieces: records, and lines that are written already; what a piece tells falls into parts.

A statement's first part is itself and its fact, then comes one for each of its evidence; all else is one part. What is
told of a part depends on nothing but what its sum sums up: so of a graph that was written before only those parts are
written anew that touch a subject of which a part is another.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import blake2b
from itertools import compress

from kg.model import Document, Evidence, Statement, Value
from kg.rdf.quads import Writer, write_document, write_evidence, write_fact, write_passage, write_statement

Piece = str | Document | Statement
"""Lines are all that is told at one place of one subject."""
SUM = 8
"""Bytes of the sum of a part: of ten million parts it is hardly likely that two have the same."""


def sum_up(writer: Writer, piece: Piece) -> bytes:
    """The sums of its parts, one behind the other: each a hash of all that decides its lines."""
    if isinstance(piece, Statement):
        return _sum_statement(writer, piece)
    return _hash(f"lines {piece}" if isinstance(piece, str) else _tell_document(piece))


def _hash(told: str) -> bytes:
    return blake2b(told.encode(), digest_size=SUM).digest()


def _tell_document(document: Document) -> str:
    told = (document.id, document.title, document.source, str(document.published), document.language, document.url)
    return "\0".join(("document", *told, document.author, document.text))


def _sum_statement(writer: Writer, statement: Statement) -> bytes:
    """What it tells follows from its triple and its evidence."""
    evidence, target = statement.evidence, statement.object
    alone = len(evidence) == 1  # as most are
    sums = _sum_one(writer, evidence[0]) if alone else writer.summed.make(evidence, lambda: _sum_all(writer, evidence))
    end = f"{target.datatype} {target.lexical}" if isinstance(target, Value) else target
    told = f"{statement.subject}\0{statement.predicate}\0{end}\0".encode()
    return blake2b(told + sums, digest_size=SUM).digest() + sums


def _sum_all(writer: Writer, evidence: Iterable[Evidence]) -> bytes:
    return b"".join([_sum_one(writer, one) for one in evidence])


def _sum_one(writer: Writer, evidence: Evidence) -> bytes:
    """Its id; of one with a source, which thing that is too."""
    if evidence.source is None:
        return bytes.fromhex(evidence.id)
    return _hash(f"evidence {evidence.id} {writer.sources.get(evidence.source, '')}")


def write_part(writer: Writer, piece: Piece, number: int, wanted: Iterable[int] = (True, True)) -> tuple[str, ...]:
    """Its lines, those of each subject by themselves and sorted: one block, or two, as far as they are wanted."""
    return tuple([make() for make in compress(_list_blocks(writer, piece, number), wanted)])


def _list_blocks(writer: Writer, piece: Piece, number: int) -> tuple[Callable[[], str], ...]:
    """What writes each of them."""
    if isinstance(piece, str):
        return (partial(str, piece),)
    if isinstance(piece, Document):
        return (partial(write_document, writer, piece),)
    if number:
        passage = piece.evidence[number - 1].passage
        return partial(write_evidence, writer, piece, number - 1), partial(write_passage, writer, passage)
    told, fact = partial(write_statement, writer, piece), partial(write_fact, writer, piece)
    return (told, fact) if piece.asserted else (told,)


def write_piece(writer: Writer, piece: Piece) -> Iterator[str]:
    """The lines of all its parts."""
    for number in range(count_parts(piece)):
        yield from write_part(writer, piece, number)


def count_parts(piece: Piece) -> int:
    """How many there are."""
    return 1 + len(piece.evidence) if isinstance(piece, Statement) else 1


def hash_word(word: bytes) -> bytes:
    """64 bits: of ten million subjects it is hardly likely that two have the same."""
    return blake2b(word, digest_size=SUM).digest()
