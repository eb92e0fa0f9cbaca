"""What looks like a date and may be none: '2006 votes', 'Theresa May', 'Bloody Sunday', 'in 1348 homes'."""

import re
from collections.abc import Callable, Mapping

from spacy.tokens import Span

from kg.nlp.calendar import DAYS, LIVED
from kg.nlp.tree import children_of, index_texts

_COUNTED = re.compile(r" (?:people|persons|dollars|euros|pounds|men|women|votes|troops|soldiers|seats|percent|per cent|"
                      r"million|metres|meters|miles|km|kilometres|kilometers|hours|homes|dead|jobs)\b")  # fmt: skip
_YEAR_LEAD = re.compile(
    r"(?:\b(?:in|since|of|from|to|until|till|during|by|after|before|between|early|late|and|or|mid|around|circa|year|"
    r"for|through|throughout|than|about|founded|born|died|married|b\.|d\.)[ -]|[-–—(]|\b[12]\d{3}, )\Z",
    re.IGNORECASE,
)
_RANGE_END = re.compile(r"[-–—](?:\d\d|\d{4})\b(?![-–—\d])")
_OWNED = re.compile(r"(?:\b(?:the|a|an|this|that|his|her|its|their|our)|['’]s) \Z", re.IGNORECASE)
_MODERN = 1500
_COUNTABLE = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_ALL = frozenset({"every", "each", "any"})


def _is_year(match: re.Match[str], span: Span) -> bool:
    """'in 2006', 'the 2006 election'; not '2006 votes'."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if _COUNTED.match(after):
        return False
    if _RANGE_END.match(after):
        return True
    if _YEAR_LEAD.search(before[-12:] if len(before) > 12 else before):
        return True
    following = span.doc[span.end : span.end + 3]
    noun = next((token for token in following if token.pos_ in ("NOUN", "PROPN")), None)
    plain = all(token.is_alpha or token.text == "-" for token in following[: 1 if noun is None else noun.i - span.end])
    counted = noun is not None and noun.tag_ in ("NNS", "NNPS") and not _OWNED.search(before)
    return noun is not None and plain and not counted


def _is_full(match: re.Match[str], span: Span) -> bool:
    """'on 3 May 1348'; not 'on 3 May 1348 people'."""
    return int(match["year"]) >= _MODERN or _ends_phrase(span)


def _is_old(_: re.Match[str], span: Span) -> bool:
    """'was born in 1348'; what else is done in so many, nobody counts from the bare figure."""
    prep = span.root.head
    return prep.lower_ == "in" and prep.head.lemma_ in LIVED and _ends_phrase(span)


def _ends_phrase(span: Span) -> bool:
    following = span.doc[span.end : span.end + 1]
    return all(token.pos_ not in _COUNTABLE for token in following)


def _is_month(match: re.Match[str], span: Span) -> bool:
    """Not where the text has a person of that name: 'Theresa *May*'."""
    same = index_texts(span.doc).get(match["month"], ())
    before = [child for token in same for child in children_of(token) if child.dep_ == "compound"]
    named = any(child.pos_ == "PROPN" and child.is_alpha and child.lower_ not in DAYS for child in before)
    return not named and not any(token.ent_type_ == "PERSON" for token in same)


def _is_weekday(match: re.Match[str], span: Span) -> bool:
    """Not in a name: 'Bloody *Sunday*', 'the *Sunday* Times'; nor one of many: 'every *Monday*'."""
    before = span.doc[span.start - 1] if span.start else None
    titled = not match["which"] and any(
        child.dep_ in ("compound", "amod") and child.text[0].isupper() for child in children_of(span.root)
    )
    lumped = any(token.ent_type_ in ("ORG", "WORK_OF_ART") for token in span)
    return not titled and not lumped and not _is_part(span) and not (before and before.lower_ in _ALL)


def _is_part(span: Span) -> bool:
    """'the *Sunday* Trading Act'."""
    day, article = span.root, span.doc[max(span.start - 1, 0)]
    named = day.dep_ == "compound" and day.head.pos_ == "PROPN" and day.head.is_title and day.head.i > day.i
    return named and len(span) == 1 and article.lower_ == "the" and article.head == day.head


CHECKS: Mapping[str, Callable[[re.Match[str], Span], bool]] = {
    "full": _is_full,
    "old": _is_old,
    "year": _is_year,
    "month": _is_month,
    "weekday": _is_weekday,
}
