"""Two dates that are the ends of one stretch of time: 'from 12 to 15 May', '(2004–2008)'."""

from collections.abc import Mapping

from spacy.tokens import Span, Token

_DASHES = frozenset({"-", "–", "—"})
_JOINTS = frozenset({"to", "until", "till", "through", "and", *_DASHES})
_OPENERS = frozenset({"from", "between"})


def find_range(span: Span, mentions: Mapping[int, Span]) -> tuple[Span, Span]:
    """First and last date of the stretch that ``span`` is an end of; itself twice where it is a date alone."""
    doc = span.doc
    before, after = _date_at(span.start - 2, mentions), _date_at(span.end + 1, mentions)
    if before is not None and _joins(doc[span.start - 1], before):
        return before, span
    if after is not None and _joins(doc[span.end], span):
        return span, after
    return span, span


def find_bracketed(noun: Token, mentions: Mapping[int, Span]) -> tuple[Span, Span] | None:
    """'president of Somalia *(2004–2008)*': the stretch in brackets behind a noun and what hangs on it."""
    opening = noun.i + 1
    while opening < len(noun.doc) and noun.is_ancestor(noun.doc[opening]) and noun.doc[opening].text != "(":
        opening += 1
    if noun.doc[opening : opening + 1].text != "(":
        return None
    first = _date_at(opening + 1, mentions)
    one, other = find_range(first, mentions) if first is not None else (None, None)
    if one is None or other is None or one == other or noun.doc[other.end : other.end + 1].text != ")":
        return None
    return one, other


def _date_at(i: int, mentions: Mapping[int, Span]) -> Span | None:
    span = mentions.get(i)
    return span if span is not None and span.label_ == "kg:Date" and span.kb_id_ else None


def _joins(joint: Token, first: Span) -> bool:
    """'12–15 May', 'from 12 to 15 May'; 'on 12 and 15 May' are two days."""
    opened = first.start > 0 and first[0].nbor(-1).lower_ in _OPENERS
    return joint.lower_ in _JOINTS and (opened or joint.text in _DASHES)
