"""Extractions as JSON lines, one a document: the cache and the interchange format; and the hash of what goes in."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.model import Decision, Document, Evidence, Extraction, Factuality, Form, Mention, Passage, Relation

FILE = "extractions.jsonl"
"""Its name in the folder of a graph."""


def write_extractions(extractions: Iterable[Extraction]) -> bytes:
    """UTF-8 JSON lines, sorted by document id; keys are the records' field names."""
    ordered = sorted(extractions, key=lambda extraction: extraction.document.id)
    lines = (json.dumps(_plain(extraction), ensure_ascii=False, sort_keys=True) for extraction in ordered)
    return "".join(f"{line}\n" for line in lines).encode()


def _plain(value: object) -> object:
    """Records as objects, enumerations as their values, dates as ISO 8601."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def read_extractions(path: Path) -> tuple[Extraction, ...]:
    """What ``write_extractions`` wrote; GraphError where there is no such file or a line is no extraction."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise GraphError(f"{path}: {error.strerror}", hint="make it with `kg build TEXTS`") from error
    return tuple(read_line(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line)


def read_line(line: str, where: str) -> Extraction:
    """What one line holds; GraphError where it is no extraction."""
    try:
        return _read_extraction(json.loads(line))
    except (ValueError, KeyError, TypeError) as error:
        raise GraphError(f"{where}: is no extraction: {error}", hint="make it anew with `kg build TEXTS`") from error


def _read_extraction(item: Mapping[str, Any]) -> Extraction:
    published = item["document"]["published"]
    day = date.fromisoformat(published) if published else None
    return Extraction(
        Document(**{**item["document"], "published": day}),
        tuple(tuple(map(_read_mention, chain)) for chain in item["chains"]),
        tuple(map(_read_relation, item["relations"])),
    )


def _read_mention(item: Mapping[str, Any]) -> Mention:
    return Mention(**{**item, "passage": Passage(**item["passage"]), "form": Form(item["form"])})


def _read_relation(item: Mapping[str, Any]) -> Relation:
    target = item["object"]
    return Relation(
        _read_mention(item["subject"]),
        item["predicate"],
        target if isinstance(target, str) else _read_mention(target),
        _read_evidence(item["evidence"]),
    )


def _read_evidence(item: Mapping[str, Any]) -> Evidence:
    source = _read_mention(item["source"]) if item["source"] else None
    passage, factuality = Passage(**item["passage"]), Factuality(item["factuality"])
    return Evidence(**{**item, "passage": passage, "factuality": factuality, "source": source})


def hash_inputs(documents: Sequence[Document], decisions: Sequence[Decision] = ()) -> str:
    """Sixteen hex digits over the records of all documents and the user's decisions, whatever their order."""
    digest = sha256()
    for document in sorted(documents, key=lambda document: document.id):
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
