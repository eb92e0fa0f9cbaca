"""Dates as ISO 8601 (day, month or year), anchored only on what the document says: never a guessed year."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from spacy.tokens import Doc, Span

from kg.model import Form
from kg.nlp.calendar import DATES, FEASTS, month_number, read_count, weekday_number
from kg.nlp.expressions import find_matches
from kg.nlp.lookalikes import CHECKS
from kg.nlp.spans import make_span
from kg.nlp.tense import looks_ahead
from kg.nlp.tree import text_of

Parts = Mapping[str, str]
Matches = Sequence[tuple[str, re.Match[str]]]
_DEICTIC = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_BACK = frozenset({"ago", "earlier", "before", "previous", "preceding", "last", "past"})
_SAME = frozenset({"same", "that"})
_TODAY = re.compile(r"\b(?P<deictic>yesterday|today)(?: \(|, )\Z", re.IGNORECASE)
_DATELINE = re.compile(r"\A\s*[A-Z][\w .,'’/-]*, \Z")
_DATELINE_END = re.compile(r" ?(?:\([^)\n]*\) ?)?[-–—:]")
_PLACE = re.compile(r"\A\s*[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2}, \Z")


class Setting(NamedTuple):
    """What a date is anchored on: the day of writing, the dates said before (last one first), and its outlook."""

    written: date | None
    said: Sequence[str]
    ahead: bool


_NOWHERE = Setting(None, (), ahead=False)


def find_dates(doc: Doc, published: date | None) -> list[Span]:
    """Every date of the text, in order; what can't be anchored has no value."""
    text = text_of(doc)
    matches = list(find_matches(text, DATES))
    written = published or _find_day_of_writing(text, matches)
    said: list[str] = []
    found = []
    for kind, parts, span in _find_expressions(doc, matches):
        ahead = written is not None and looks_ahead(span)  # of what, only a day of writing tells
        value = _READERS[kind](parts, Setting(written, said, ahead))
        found.append(make_span(doc, span.start, span.end, "kg:Date", Form.VALUE, value))
        if value and (written is None or value <= written.isoformat()):
            said.insert(0, value)
    return found


def _find_day_of_writing(text: str, matches: Matches) -> date | None:
    """By a dateline with a year, or a full date beside 'today': 'yesterday (Thurs. 30 Sep. 2010)'."""
    fulls = (match for kind, match in matches if kind == "full")
    for match in sorted(fulls, key=lambda match: match.start()):
        value, before = _read_full(match.groupdict(default=""), _NOWHERE), text[: match.start()]
        if value and (today := _TODAY.search(before)):
            return date.fromisoformat(value) - timedelta(days=_DEICTIC[today["deictic"].lower()])
        opened = _DATELINE.match(before) and _DATELINE_END.match(text, match.end())
        if value and (opened or (_PLACE.match(before) and text.startswith((".", "\n"), match.end()))):
            return date.fromisoformat(value)
    return None


def _find_expressions(doc: Doc, matches: Matches) -> Iterator[tuple[str, Parts, Span]]:
    """Kind, parts and span of each, without overlap, in text order."""
    taken: set[int] = set()
    found = []
    for kind, match in matches:
        start, end = match.span("it" if "it" in match.re.groupindex else 0)
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None and taken.isdisjoint(range(span.start, span.end)) and _is_date(kind, match, span):
            taken.update(range(span.start, span.end))
            found.append((span.start, kind, match.groupdict(default=""), span))
    for _, kind, parts, span in sorted(found, key=lambda item: item[0]):
        yield kind, parts, span


def _is_date(kind: str, match: re.Match[str], span: Span) -> bool:
    check = CHECKS.get(kind)
    return check is None or check(match, span)


def _read_full(parts: Parts, _: Setting) -> str:
    """'30.9.2010' has its day first where only that makes a day; of '3/4/2010' nobody knows."""
    number, month = int(parts["day"]), month_number(parts["month"])
    if parts.get("dot") == "/":
        if number <= 12 and month <= 12 and number != month:
            return ""
        number, month = (month, number) if month > 12 else (number, month)
    found = _make_day(int(parts["year"]), month, number)
    return found.isoformat() if found else ""


def _read_day(parts: Parts, setting: Setting) -> str:
    """'1 October': the latest such day up to the day of writing, or the next; a weekday picks the year."""
    number, month = int(parts["day"]), month_number(parts["month"])
    if parts.get("year_after"):
        year = int(parts["year_after"]) - (month > month_number(parts["month_after"]))
        found = _make_day(year, month, number)
        return found.isoformat() if found else ""
    if setting.written is None:
        return _follow(setting.said, month, number)
    years = range(setting.written.year - 8, setting.written.year + 9)
    days = [found for year in years if (found := _make_day(year, month, number))]
    if parts.get("weekday"):
        days = [found for found in days if found.weekday() == weekday_number(parts["weekday"])]
    return _choose(days, setting.written, setting.ahead)


def _choose(days: Iterable[date], written: date, ahead: bool) -> str:
    """The nearest one on the side that the text looks to."""
    fitting = [found for found in days if (found >= written if ahead else found <= written)]
    return min(fitting, key=lambda found: abs(found - written)).isoformat() if fitting else ""


def _follow(said: Sequence[str], month: int, number: int) -> str:
    """Without a day of writing the year is that of the last full date, where the story goes on from there."""
    last = _last_day(said)
    found = _make_day(last.year, month, number) if last else None
    return found.isoformat() if found and last and found >= last else ""


def _read_month(parts: Parts, setting: Setting) -> str:
    """'last August', 'in August': the latest up to the month of writing, or the next."""
    month, written = month_number(parts["month"]), setting.written
    if parts.get("beside"):
        which = parts["beside"].rsplit(" ", maxsplit=1)[-1]
        year = _shift(setting.said, 0 if which in _SAME else -1 if which in _BACK else 1, "year")
        return f"{year}-{month:02}" if year else ""
    if parts.get("year"):
        return f"{parts['year']}-{month:02}"
    if parts.get("year_after"):
        return f"{int(parts['year_after']) - (month > month_number(parts['month_after'])):04}-{month:02}"
    if written is None:
        last = next((value for value in setting.said if len(value) > 4), "")
        return f"{last[:4]}-{month:02}" if last and int(last[5:7]) <= month else ""
    which = parts.get("which", "").lower()
    if which == "this":
        return f"{written.year}-{month:02}"
    if which == "next" or (not which and setting.ahead):
        return f"{written.year + (month < written.month + (which == 'next'))}-{month:02}"
    return f"{written.year - (month > written.month - (which == 'last'))}-{month:02}"


def _read_feast(parts: Parts, setting: Setting) -> str:
    month, number = FEASTS[parts["feast"].lower().replace("’", "'")]
    named = {**parts, "month": str(month), "day": str(number)}
    return _read_full(named, setting) if parts["year"] else _read_day(named, setting)


def _read_deictic(parts: Parts, setting: Setting) -> str:
    shift = timedelta(days=_DEICTIC[parts["deictic"].lower()])
    return (setting.written + shift).isoformat() if setting.written else ""


def _read_weekday(parts: Parts, setting: Setting) -> str:
    """The last such day up to the day of writing, or the next; 'last' and 'next' never mean the day itself."""
    if setting.written is None:
        return ""
    which, number = parts["which"].lower(), weekday_number(parts["weekday"])
    ahead = which in ("next", "coming") or (which != "last" and setting.ahead)
    away = (number - setting.written.weekday()) % 7 if ahead else -((setting.written.weekday() - number) % 7)
    if away == 0 and which in ("next", "coming", "last"):
        away = 7 if ahead else -7
    return (setting.written + timedelta(days=away)).isoformat()


def _read_beside(parts: Parts, setting: Setting) -> str:
    """'the following day' is told from the last full date, 'the previous year' from the last date."""
    which, unit = parts["which"].lower(), parts["unit"].lower()
    step = 0 if which in _SAME else -1 if which in _BACK else 1
    return _shift(setting.said, step, "day" if unit in ("morning", "night") else unit)


def _read_since(parts: Parts, setting: Setting) -> str:
    """'two days ago' is told from the day of writing, 'two days later' from the last full date."""
    if parts.get("vague") or parts.get("about"):
        return ""
    which = parts["which"].lower()
    said = setting.said if which != "ago" else [setting.written.isoformat()] if setting.written else []
    return _shift(said, read_count(parts["count"]) * (-1 if which in _BACK else 1), parts["unit"].lower())


def _read_period(parts: Parts, setting: Setting) -> str:
    which = parts["which"].lower()
    step = 0 if which == "this" else -1 if which in _BACK else 1
    return _shift([setting.written.isoformat()] if setting.written else [], step, parts["unit"].lower())


def _shift(said: Sequence[str], step: int, unit: str) -> str:
    """The last date moved by so many units, as finely as the unit is; '' where no date is fine enough."""
    if unit in _DAYS_OF:
        last = _last_day(said)
        return (last + timedelta(days=step * _DAYS_OF[unit])).isoformat() if last else ""
    if unit == "month" and said and len(said[0]) > 4:
        months = int(said[0][:4]) * 12 + int(said[0][5:7]) - 1 + step
        return f"{months // 12:04}-{months % 12 + 1:02}"
    return f"{int(said[0][:4]) + step:04}" if unit == "year" and said else ""


_DAYS_OF = {"day": 1, "week": 7, "fortnight": 14}


def _last_day(said: Sequence[str]) -> date | None:
    return next((date.fromisoformat(value) for value in said if len(value) == 10), None)


def _read_year(parts: Parts, _: Setting) -> str:
    return parts["year"]


def _read_short(parts: Parts, _: Setting) -> str:
    """'1941-*45*'; in '2010-06' nobody knows."""
    return parts["century"] + parts["short"] if parts["short"] > parts["from"] else ""


def _leave_open(_: Parts, __: Setting) -> str:
    """'last week', 'the 1990s', 'recently': no day, month or year."""
    return ""


_READERS: dict[str, Callable[[Parts, Setting], str]] = {
    "full": _read_full,
    "day": _read_day,
    "month": _read_month,
    "feast": _read_feast,
    "deictic": _read_deictic,
    "weekday": _read_weekday,
    "beside": _read_beside,
    "since": _read_since,
    "period": _read_period,
    "open": _leave_open,
    "short": _read_short,
    "year": _read_year,
    "old": _read_year,
}


def _make_day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
