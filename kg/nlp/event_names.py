"""Events that have a name of their own: '2006 presidential election', 'Battle of X', 'World War II'.

They are no mentions beside others: the words of a country in them still stand for the country. No build asks for them:
they are for those who type names, as the benchmark of CrossNER does.
"""

import calendar
import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.model import Curie, Form
from kg.nlp.names import match_list
from kg.nlp.spans import EVENT_NAMES, is_name, keep_longest, lemma, list_mentions, make_span, write_spans
from kg.nlp.tree import tokens_of
from kg.ontology import Ontology

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?:[-–/]\d\d(?:\d\d)?)?")
_ORDINAL = re.compile(
    r"[IVX]+|\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth", re.I
)
_MONTHS = frozenset(calendar.month_name[1:])
_JOINTS = frozenset({"'s", "’s", "-", "–"})
_NUMERAL = re.compile(r"[IVX]+|One|Two|Three")


def annotate_event_names(doc: Doc, *, ontology: Ontology) -> Doc:
    """Fills ``doc.spans["event_names"]``; the label is the class of the event."""
    names = [span for span in list_mentions(doc) if is_name(span)]
    found = [
        span
        for span in (*match_list(doc, ontology.event_names, ontology.openings), *_by_head(doc, ontology))
        if not any(name.start <= span.start and span.end <= name.end and len(name) > len(span) for name in names)
    ]
    write_spans(doc, EVENT_NAMES, keep_longest(sorted(found, key=lambda span: (span.start - span.end, span.start))))
    return doc


def _by_head(doc: Doc, ontology: Ontology) -> Iterator[Span]:
    for token in tokens_of(doc):
        for style, kind in ontology.event_heads.get(token.lower_) or ontology.event_heads.get(lemma(token), ()):
            span = _READERS[style](token, kind, ontology)
            if span is not None:
                yield span


def _read_modified(head: Token, kind: Curie, ontology: Ontology) -> Span | None:
    """'2001 Italian general election', 'the 2016 Republican Party presidential primaries'."""
    start = _extend(head, ontology.words["lex:EventModifier"])
    words = head.doc[start : head.i]
    if not any(_YEAR.fullmatch(word.text) for word in words) and not _is_edition(words):
        return None
    if len(words) == 1 and head.text.islower() and head.text.endswith("s"):
        return None  # 'the 2006 elections' is when, not which
    return make_span(head.doc, start, _add_place(head, ontology), kind, Form.EVENT)


def _is_edition(words: Span) -> bool:
    return len(words) > 1 and any(_ORDINAL.fullmatch(word.text) for word in words[:1])


def _read_named(head: Token, kind: Curie, ontology: Ontology) -> Span | None:
    """'Bosnian War', 'Suez crisis': a capital in front of the head, which may be small."""
    start = _extend(head, frozenset())
    first = head.doc[start]
    if start == head.i or (first.is_sent_start and start == head.i - 1 and first.pos_ != "PROPN"):
        return None
    return make_span(head.doc, start, _add_numeral(head), kind, Form.EVENT)


def _read_capital(head: Token, kind: Curie, ontology: Ontology) -> Span | None:
    """'Yalta Conference': the head is part of the name."""
    return _read_named(head, kind, ontology) if head.text[0].isupper() else None


def _read_year(head: Token, kind: Curie, ontology: Ontology) -> Span | None:
    """'2012 Party Congress': a body that meets; only with a year a meeting."""
    span = _read_capital(head, kind, ontology)
    return span if span is not None and _YEAR.fullmatch(span[0].text) else None


def _read_first(head: Token, kind: Curie, ontology: Ontology) -> Span | None:
    """'Battle of Pichincha', 'War of the Sixth Coalition'."""
    doc, end = head.doc, head.i + 2
    if not head.text[0].isupper() or doc[head.i + 1 : end].text != "of":
        return None
    end += doc[end : end + 1].text == "the"
    first = end
    while end < len(doc) and _is_capital(doc[end]):
        end += 1
    return make_span(doc, head.i, end, kind, Form.EVENT) if end > first else None


def _read_prefix(head: Token, kind: Curie, ontology: Ontology) -> Span | None:
    """'Operation Desert Storm'."""
    end = head.i + 1
    while head.text[0].isupper() and end < len(head.doc) and _is_capital(head.doc[end]):
        end += 1
    return make_span(head.doc, head.i, end, kind, Form.EVENT) if end > head.i + 1 else None


def _extend(head: Token, small: frozenset[str]) -> int:
    """The first token of the run of capitals and ``small`` words in front of ``head``, up to a year and its month."""
    doc, start = head.doc, head.i
    while start and _continues(doc[start - 1], small):
        start -= 1
        if _YEAR.fullmatch(doc[start].text):
            return start - (start > 0 and doc[start - 1].text in _MONTHS)
    while start < head.i and (doc[start].text in _JOINTS or doc[start].lower_ in {"the", "a", "an", "and"}):
        start += 1
    return start


def _continues(token: Token, small: frozenset[str]) -> bool:
    if token.is_punct and token.text not in _JOINTS:
        return False
    fits = _is_capital(token) or token.lower_ in small or token.text in _JOINTS
    return fits or bool(_YEAR.fullmatch(token.text) or _ORDINAL.fullmatch(token.text))


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper() and token.pos_ in {"PROPN", "ADJ", "NOUN", "NUM", "X"} and not token.is_stop


def _add_place(head: Token, ontology: Ontology) -> int:
    """'… election *in the United Kingdom*': a listed place behind a small head."""
    doc, first = head.doc, head.i + 2
    if doc[head.i + 1 : first].text != "in" or not head.text.islower():
        return head.i + 1
    first += doc[first : first + 1].text == "the"
    end = first
    while end < len(doc) and _is_capital(doc[end]):
        end += 1
    name = ontology.names.get(doc[first:end].text)
    return end if name and not name.adjective else head.i + 1


def _add_numeral(head: Token) -> int:
    following = head.doc[head.i + 1 : head.i + 2].text
    return head.i + 1 + bool(head.text[0].isupper() and _NUMERAL.fullmatch(following))


_READERS = {
    "modified": _read_modified,
    "named": _read_named,
    "capital": _read_capital,
    "year": _read_year,
    "first": _read_first,
    "prefix": _read_prefix,
}
