"""Triples and their evidence as plain values: ``marshal`` reads and writes them much faster than records."""

import marshal
from collections.abc import Iterable, Iterator
from operator import itemgetter
from sys import intern
from typing import Any, BinaryIO

from kg.batches import cut
from kg.model import Curie, Evidence, Factuality, Form, Mention, Passage, Value, know_id

Triple = tuple[Curie, Curie, Curie | Value]
Plain = tuple[Any, ...]
Row = tuple[Any, ...]
"""Subject, predicate, object, a list of evidence, and what else is known of it."""
_FACTUALITIES = {kind.value: kind for kind in Factuality}
_FORMS = {form.value: form for form in Form}
_TOGETHER = 2000
"""Pieces of evidence whose rows are written as one: what they share is written once, and one object when it is read."""
_EVIDENCE = 3
"""Where it stands in a row."""
_LENGTH = 8
"""Bytes that tell how long such a block is."""


def write_rows(rows: Iterable[Row], file: BinaryIO) -> int:
    """For this very process to read again, as what ``marshal`` writes is of one version of Python; how many."""
    count = 0
    for block in cut(rows, itemgetter(_EVIDENCE), _TOGETHER):
        told = marshal.dumps(block)
        file.write(len(told).to_bytes(_LENGTH, "little"))
        file.write(told)
        count += len(block)
    return count


def read_rows(file: BinaryIO) -> Iterator[Row]:
    """From where the file stands to its end."""
    while head := file.read(_LENGTH):
        yield from marshal.loads(file.read(int.from_bytes(head, "little")))  # noqa: S302  # our own


def pack_target(target: Curie | Value) -> str | Plain:
    """A CURIE as it is, a value as its two parts."""
    return (target.lexical, target.datatype) if isinstance(target, Value) else target


def unpack_target(row: str | Plain) -> Curie | Value:
    """What ``pack_target`` packed."""
    return row if isinstance(row, str) else Value(*row)


def pack_evidence(evidence: Evidence) -> Plain:
    """All that it has."""
    source = evidence.source
    told = None if source is None else (*source.passage, source.type, source.form.value, source.value, source.known_as)
    return (*evidence.passage, evidence.factuality.value, evidence.rule, evidence.score, told, evidence.id)


def unpack_evidence(row: Plain) -> Evidence:
    """What ``pack_evidence`` packed."""
    document, start, end, text, factuality, rule, score, told, digest = row
    passage, source = Passage(document, start, end, text), _unpack_source(told)
    return know_id(Evidence(passage, _FACTUALITIES[factuality], intern(rule), score, source), digest)


def _unpack_source(row: Plain | None) -> Mention | None:
    if row is None:
        return None
    document, start, end, text, kind, form, value, known_as = row
    return Mention(Passage(document, start, end, text), intern(kind), _FORMS[form], value, known_as)
