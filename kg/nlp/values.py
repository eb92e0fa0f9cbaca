"""Dates as ISO 8601, anchored only on what the document says: never a guessed year."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from spacy.tokens import Doc, Span

from kg.model import Form
from kg.nlp.spans import make_span

VALUES = "values"
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December" \
         r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"  # fmt: skip
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed|Wednes|Thurs?|Fri|Sat|Satur|Sun)(?:day|\.)?,? (?:the )?)?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"\b{_WEEKDAY}{_DAY}(?: of)? {_MONTH},? {_YEAR}\b",
        rf"\b{_WEEKDAY}{_MONTH} {_DAY},? {_YEAR}\b",
        rf"\b{_WEEKDAY}{_DAY}(?: of)? {_MONTH}(?![\w-])",
        rf"\b{_WEEKDAY}{_MONTH} {_DAY}(?!\d| ?%)(?![\w-])",
        rf"\b{_MONTH},? (?:of )?{_YEAR}\b",
        r"\b(?P<relative>[Yy]esterday|[Tt]oday|[Tt]onight)\b",
        r"\b(?:on|since|last|until|by|late|early) (?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
        r"\b(?P<span>last|this) year\b",
        rf"(?:\b(?:in|since|of|from|to|until|during|by|after|before|between|early|late|and|the|mid) |[-–(])"
        rf"(?P<bare>{_YEAR})\b(?![%\d])(?! (?:people|dollars|men|votes|troops|seats|percent|million))",
        rf"\b(?P<bare>{_YEAR})(?= (?:\w+ )?(?:elections?|coup|uprising|referendum|revolution|war|revolt|constitution))",
    )
)
_ANCHOR = re.compile(rf"(?P<relative>[Yy]esterday|[Tt]oday)(?: \(|, ){_WEEKDAY}{_DAY}(?: of)? {_MONTH},? {_YEAR}")
_DELTAS = {"yesterday": timedelta(days=1), "today": timedelta(), "tonight": timedelta()}


def annotate_values(doc: Doc, *, published: date | None = None) -> Doc:
    """Puts every date of the text into ``doc.spans["values"]``; what can't be anchored has no lexical form."""
    anchor = published or _find_anchor(doc.text)
    taken: set[int] = set()
    found = []
    for match in (match for pattern in _PATTERNS for match in pattern.finditer(doc.text)):
        span = _span_of(doc, match)
        if span is not None and taken.isdisjoint(range(span.start, span.end)):
            taken.update(range(span.start, span.end))
            found.append(make_span(doc, span.start, span.end, "kg:Date", Form.VALUE, _normalise(match, anchor)))
    doc.spans[VALUES] = sorted(found, key=lambda span: span.start)
    return doc


def _span_of(doc: Doc, match: re.Match[str]) -> Span | None:
    group = next((name for name in ("bare", "weekday") if match.groupdict().get(name)), 0)
    return doc.char_span(*match.span(group), alignment_mode="expand")


def _find_anchor(text: str) -> date | None:
    """A full date beside 'yesterday' or 'today' tells the day of writing: 'yesterday (Thurs. 30 Sep. 2010)'."""
    for match in _ANCHOR.finditer(text):
        if day := _parse_day(match.groupdict()):
            return day + _DELTAS[match["relative"].lower()]
    return None


def _normalise(match: re.Match[str], anchor: date | None) -> str:
    parts = match.groupdict()
    for group, read in _READERS.items():
        if parts.get(group):
            return read(parts, anchor)
    return ""


def _read_relative(parts: dict[str, str], anchor: date | None) -> str:
    return (anchor - _DELTAS[parts["relative"].lower()]).isoformat() if anchor else ""


def _read_weekday(parts: dict[str, str], anchor: date | None) -> str:
    """The last such day up to the day of writing: news looks back."""
    if not anchor:
        return ""
    back = (anchor.weekday() - _DAYS.index(parts["weekday"].lower())) % 7
    return (anchor - timedelta(days=back)).isoformat()


def _read_year_span(parts: dict[str, str], anchor: date | None) -> str:
    return str(anchor.year - (parts["span"].lower() == "last")) if anchor else ""


def _read_month(parts: dict[str, str], anchor: date | None) -> str:
    """'1 October' takes the latest year that does not lie ahead of the day of writing."""
    if not parts.get("day"):
        return f"{parts['year']}-{_month(parts):02}"
    if parts.get("year"):
        day = _parse_day(parts)
        return day.isoformat() if day else ""
    years = (str(anchor.year), str(anchor.year - 1)) if anchor else ()
    days = (_parse_day({**parts, "year": year}) for year in years)
    return next((day.isoformat() for day in days if day and anchor and day <= anchor), "")


def _read_year(parts: dict[str, str], _: date | None) -> str:
    return parts["year"]


_READERS = {
    "relative": _read_relative,
    "weekday": _read_weekday,
    "span": _read_year_span,
    "bare": _read_year,
    "month": _read_month,
}


def _parse_day(parts: dict[str, str]) -> date | None:
    try:
        return date(int(parts["year"]), _month(parts), int(parts["day"]))
    except ValueError:
        return None


def _month(parts: dict[str, str]) -> int:
    name = parts["month"].lower()
    if name.isdigit():
        return int(name)
    return next(n for n, month in enumerate(_MONTHS, 1) if month.startswith(name[:3]))


def find_values(doc: Doc) -> Iterator[Span]:
    """The values of the text, in order."""
    yield from doc.spans.get(VALUES, ())
