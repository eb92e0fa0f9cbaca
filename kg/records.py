"""Extractions as JSON lines, one a document: the cache and the interchange format."""

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from kg.model import Extraction


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
