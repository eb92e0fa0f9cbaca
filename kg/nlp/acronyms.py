"""Short forms in brackets: 'the Social Democratic Party (SDP)' (after Schwartz & Hearst 2003, PSB 8)."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.model import Form
from kg.nlp.heads import type_by_head
from kg.nlp.spans import is_name, make_span
from kg.nlp.tree import index_texts
from kg.ontology import Ontology
from kg.wordlists import fold

_CLOSING = frozenset({")", ",", ";"})
_SPARE = 3  # small words a long form may have beyond its letters


def add_acronyms(doc: Doc, names: list[Span], ontology: Ontology) -> list[Span]:
    """The names with short forms typed as their long forms, and long forms that only their short form shows."""
    pairs = [pair for i in _find_brackets(doc) if (pair := _pair(doc, i, names, ontology))]
    taken = {i for pair in pairs for span in pair for i in range(span.start, span.end)}
    others = [span for span in names if taken.isdisjoint(range(span.start, span.end))]
    found = [*others, *(span for pair in pairs for span in pair)]
    return sorted([*found, *_find_again(doc, found, pairs)], key=lambda span: span.start)


def _find_again(doc: Doc, names: list[Span], pairs: list[tuple[Span, Span]]) -> Iterator[Span]:
    """A short form once explained, wherever the text has it."""
    kinds = {short.text: short.label_ for _, short in pairs}
    taken = {i for span in names for i in range(span.start, span.end)}
    for text, kind in kinds.items():
        for token in index_texts(doc)[text]:
            if token.i not in taken:
                yield make_span(doc, token.i, token.i + 1, kind, Form.NAME)


def _find_brackets(doc: Doc) -> Iterator[int]:
    return (bracket.i for bracket in index_texts(doc).get("(", ()) if 0 < bracket.i < len(doc) - 2)


def _pair(doc: Doc, i: int, names: list[Span], ontology: Ontology) -> tuple[Span, Span] | None:
    """The long form before the bracket at ``i`` and the short one in it."""
    if doc[i + 2].text not in _CLOSING or not _is_acronym(doc[i + 1].text):
        return None
    long = next((span for span in names if span.end == i and is_name(span) and len(span) > 1), None)
    start = _find_start(doc, i, doc[i + 1].text)
    if start is not None and (long is None or start < long.start):
        long = _make_long(doc, start, i, long, ontology)
    return (long, make_span(doc, i + 1, i + 2, long.label_, Form.NAME, long.kb_id_)) if long is not None else None


def _make_long(doc: Doc, start: int, end: int, part: Span | None, ontology: Ontology) -> Span:
    """Typed by its head, else as the part of it that was known."""
    kind = type_by_head(doc[start:end], ontology) or (part.label_ if part is not None else "kg:Organization")
    return make_span(doc, start, end, kind, Form.NAME)


def _is_acronym(text: str) -> bool:
    return 1 < len(text) < 9 and text[0].isupper() and sum(letter.isupper() for letter in text) > 1


def _find_start(doc: Doc, end: int, short: str) -> int | None:
    """Where capitals begin whose initials are the letters of ``short``; None where none do."""
    letters = [letter for letter in fold(short) if letter.isalpha()]
    for start in range(end - 2, max(-1, end - len(letters) - _SPARE - 1), -1):
        words = [fold(token.text) for token in doc[start:end] if token.text[0].isupper()]
        if doc[start].text[0].isupper() and [word[0] for word in words if word] == letters:
            return start
    return None
