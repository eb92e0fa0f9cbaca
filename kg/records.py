"""Extractions as JSON lines, one a document: the cache and the interchange format; and the hash of what goes in.

A line has the ``document`` as its record says; ``mentions`` as [start, end, type, form, value, known_as], sorted, the
last two left out where they are empty; ``chains`` as numbers of mentions; ``relations`` as [subject, predicate, object,
start, end, factuality, rule, score, source, id of the evidence], subject, source and object numbers of mentions (a
source may be null, an object a CURIE; who makes such lines elsewhere may leave out the id). What a passage says is the
document's text from start to end.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from sys import intern
from typing import Any, Generic, TypeVar

from kg.errors import GraphError
from kg.model import Decision, Document, Evidence, Extraction, Factuality, Form, Mention, Passage, Relation, know_id

FILE = "extractions.jsonl"
"""Its name in the folder of a graph."""
_MUCH = 1 << 27
"""Bytes of a file whose records take some 600 MB."""
_FIELDS = tuple(field.name for field in fields(Document) if field.init)
_HEAD, _NEXT, _END = b'{"document":', b',"mentions":[', b"]}\n"
"""How a line begins and ends, and what stands behind its document: no string has this, as its quotes are escaped."""
T = TypeVar("T")
PassageAt = Callable[[int, int], Passage]
"""The passage from a character to another."""
_ID = 9
"""Where in a relation stands the id of its evidence."""
_FORMS = {form.value: form for form in Form}
_FACTUALITIES = {kind.value: kind for kind in Factuality}


def write_extractions(extractions: Iterable[Extraction]) -> bytes:
    """UTF-8 JSON lines, sorted by document id."""
    ordered = sorted(extractions, key=lambda extraction: extraction.document.id)
    return b"".join(map(write_line, ordered))


def write_line(extraction: Extraction) -> bytes:
    """One extraction, with its line break."""
    numbers = _number_mentions(extraction)
    record = {
        "document": _list_fields(extraction.document),
        "mentions": [_list_mention(mention) for mention in numbers],
        "chains": [[numbers[mention] for mention in chain] for chain in extraction.chains],
        "relations": [_list_relation(relation, numbers) for relation in extraction.relations],
    }
    return _write(record).encode() + b"\n"


def _list_fields(document: Document) -> dict[str, object]:
    told = {name: getattr(document, name) for name in _FIELDS}
    return told | {"published": document.published.isoformat() if document.published else None}


def _number_mentions(extraction: Extraction) -> dict[Mention, int]:
    """Every mention of the extraction, sorted, with its place among them."""
    found = set(chain.from_iterable(extraction.chains))
    for relation in extraction.relations:
        found.update(
            end for end in (relation.subject, relation.object, relation.evidence.source) if isinstance(end, Mention)
        )
    return {mention: number for number, mention in enumerate(sorted(found))}


def _list_mention(mention: Mention) -> list[object]:
    told: list[object] = [mention.passage.start, mention.passage.end, mention.type, mention.form]
    if mention.value or mention.known_as:
        told.append(mention.value)
    if mention.known_as:
        told.append(mention.known_as)
    return told


def _list_relation(relation: Relation, numbers: Mapping[Mention, int]) -> list[object]:
    target, evidence = relation.object, relation.evidence
    return [
        numbers[relation.subject],
        relation.predicate,
        target if isinstance(target, str) else numbers[target],
        evidence.passage.start,
        evidence.passage.end,
        evidence.factuality.value,
        evidence.rule,
        evidence.score,
        numbers[evidence.source] if evidence.source else None,
        evidence.id,
    ]


def read_extractions(path: Path) -> tuple[Extraction, ...]:
    """What ``write_extractions`` wrote; GraphError where there is no such file or a line is no extraction."""
    return tuple(stream_extractions(path))


def stream_extractions(path: Path) -> Iterator[Extraction]:
    """The extractions in a file, one at a time; GraphError as ``read_extractions``."""
    return _stream(path, read_line)


def stream_documents(path: Path) -> Iterator[tuple[str, Document]]:
    """Their documents alone, each with its ``hash_document``; GraphError as ``read_extractions``."""
    return _stream(path, _read_document_line)


def is_much(size: int) -> bool:
    """Whether records of lines of so many bytes are more than memory should hold."""
    return size > _MUCH


def hold_extractions(path: Path, made: Iterable[Extraction | None] = ()) -> Iterable[Extraction]:
    """Those in a file, for any number of readings: in memory, or where they are many read anew each time.

    Of each line the extraction may be ``made`` already. GraphError as ``read_extractions``.
    """
    if path.exists() and is_much(path.stat().st_size):
        return Lines(path, read_line)
    known = iter(made)
    return tuple(_stream(path, lambda line, where: next(known, None) or read_line(line, where)))


@dataclass(frozen=True, slots=True)
class Lines(Generic[T]):
    """What each line of a file holds, read anew each time: the records of one time are gone before the next."""

    path: Path
    read: Callable[[bytes, str], T]

    def __iter__(self) -> Iterator[T]:
        """In the order of the file; GraphError as ``read_extractions``."""
        return _stream(self.path, self.read)


def list_documents(extractions: Iterable[Extraction]) -> Iterable[Document]:
    """The documents of what ``hold_extractions`` gave, for any number of readings."""
    if isinstance(extractions, Lines):
        return Lines(extractions.path, read_document)
    return [extraction.document for extraction in extractions]


def _stream(path: Path, read: Callable[[bytes, str], T]) -> Iterator[T]:
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if not line.isspace():
                    yield read(line, f"{path}:{number}")
    except OSError as error:
        raise GraphError(f"{path}: {error.strerror}", hint="make it with `kg build TEXTS`") from error
    except UnicodeDecodeError as error:
        raise GraphError(f"{path}: is no UTF-8", hint="make it anew with `kg build TEXTS`") from error


def read_line(line: bytes, where: str) -> Extraction:
    """What one line holds; UnicodeDecodeError where it is no UTF-8, else GraphError where it is no extraction."""
    told = line.decode()
    with _telling(where):
        return _read_extraction(json.loads(told))


def read_document(line: bytes, where: str) -> Document:
    """The document of one line, whatever stands behind it; errors as of ``read_line``."""
    return _read_document_line(line, where)[1]


def _read_document_line(line: bytes, where: str) -> tuple[str, Document]:
    with _telling(where):
        told = _find_document(line)
    text = told.decode()
    with _telling(where):
        document = _make_document(json.loads(text))
    return _know_hash(document, _hash(told)), document


@contextmanager
def _telling(where: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise GraphError(f"{where}: is no extraction: {error}", hint="make it anew with `kg build TEXTS`") from error


def _read_extraction(item: Mapping[str, Any]) -> Extraction:
    document = _make_document(item["document"])
    place = cache(partial(_read_passage, document))  # a sentence is the passage of all that it says
    _check_ids([told[_ID] for told in item["relations"] if len(told) > _ID])
    mentions = [_read_mention(document.id, document.text, *told) for told in item["mentions"]]
    return Extraction(
        document,
        tuple([tuple([mentions[number] for number in numbers]) for numbers in item["chains"]]),
        tuple([_read_relation(place, mentions, told) for told in item["relations"]]),
    )


def _check_ids(ids: Sequence[str]) -> None:
    """ValueError where they are not sixteen hex digits each."""
    if len(bytes.fromhex("".join(ids))) != 8 * len(ids) or any(len(digest) != 16 for digest in ids):
        raise ValueError("an id of evidence is not sixteen hex digits")


def _read_passage(document: Document, start: int, end: int) -> Passage:
    return Passage(document.id, start, end, document.text[start:end])


def _read_mention(
    name: str, text: str, start: int, end: int, kind: str, form: str, value: str = "", known_as: str = ""
) -> Mention:
    return Mention(Passage(name, start, end, text[start:end]), intern(kind), _FORMS[form], value, intern(known_as))


def _read_relation(place: PassageAt, mentions: Sequence[Mention], told: Sequence[Any]) -> Relation:
    subject, predicate, target, start, end, factuality, rule, score, source, *known = told
    evidence = Evidence(
        place(start, end),
        _FACTUALITIES[factuality],
        intern(rule),
        score,
        None if source is None else mentions[source],
    )
    return Relation(
        mentions[subject],
        intern(predicate),
        target if isinstance(target, str) else mentions[target],
        know_id(evidence, *known) if known else evidence,
    )


def hash_document(document: Document) -> str:
    """Sixteen hex digits over all that a document's record has, as it is written. Made once."""
    return document._hash or _know_hash(document, _hash(_write(_list_fields(document)).encode()))


def _know_hash(document: Document, digest: str) -> str:
    object.__setattr__(document, "_hash", digest)
    return digest


def hash_line(line: bytes) -> str:
    """The ``hash_document`` of the document on a line; ValueError where that is not whole, or no UTF-8."""
    line.decode()
    return _hash(_find_document(line))


def _find_document(line: bytes) -> bytes:
    """The document, which stands at the head of a line: the rest of it, which is longer, is only looked at its end."""
    found = line.find(_NEXT)
    if found < 0 or not (line.startswith(_HEAD) and line.endswith(_END)):
        raise ValueError("no document at its head, or it is not whole")
    return line[len(_HEAD) : found]


def _make_document(told: Mapping[str, Any]) -> Document:
    published = told["published"]
    return Document(**{**told, "published": date.fromisoformat(published) if published else None})


def _write(told: Mapping[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _hash(told: bytes) -> str:
    return sha256(told).hexdigest()[:16]


def hash_inputs(documents: Iterable[Document], decisions: Sequence[Decision] = ()) -> str:
    """Sixteen hex digits over the records of all documents and the user's decisions, whatever their order.

    What is no sequence has to be in the order of ids.
    """
    digest = sha256()
    for document in sorted(documents, key=lambda one: one.id) if isinstance(documents, Sequence) else documents:
        known = (
            document.title,
            document.source,
            str(document.published),
            document.url,
            document.author,
            document.language,
        )
        digest.update("\0".join((document.id, document.text, *known)).encode() + b"\1")
    for name in sorted(decision.id for decision in decisions):
        digest.update(name.encode() + b"\1")
    return digest.hexdigest()[:16]
