"""Two dates that are the ends of one stretch of time: 'from 12 to 15 May', '(2004–2008)'."""

from collections.abc import Mapping

from spacy.tokens import Span, Token

from kg.nlp.tree import text_between, tokens_of

_DASHES = frozenset({"-", "–", "—"})
_JOINTS = frozenset({"to", "until", "till", "through", "and", *_DASHES})
_LEADS = frozenset({"(", ",", "in", "the", "years", "during"})
_CLOSERS = frozenset({")", ",", ".", ";"})
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
    """'president of Somalia *(2004–2008)*', 'mayor, *1990–94*': the stretch behind a noun and what hangs on it."""
    doc, words, start = noun.doc, tokens_of(noun.doc), noun.i + 1
    while (
        start < len(words)
        and words[start].text != "("
        and not _date_at(start, mentions)
        and noun.is_ancestor(words[start])
    ):
        start += 1
    while text_between(doc, start, start + 1) in _LEADS:
        start += 1
    first = _date_at(start, mentions)
    one, other = find_range(first, mentions) if first is not None else (None, None)
    if one is None or other is None or one == other:
        return None
    behind = text_between(doc, other.end, other.end + 1)
    bracketed = words[start - 1].text == "(" and behind == ")"
    dashed = words[one.end].text in _DASHES and behind in _CLOSERS
    return (one, other) if bracketed or dashed else None


def _date_at(i: int, mentions: Mapping[int, Span]) -> Span | None:
    span = mentions.get(i)
    return span if span is not None and span.label_ == "kg:Date" and span.kb_id_ else None


def _joins(joint: Token, first: Span) -> bool:
    """'12–15 May', 'from 12 to 15 May'; 'on 12 and 15 May' are two days."""
    opened = first.start > 0 and first[0].nbor(-1).lower_ in _OPENERS
    return joint.lower_ in _JOINTS and (opened or joint.text in _DASHES)
