"""How English writes a date: patterns by kind, most telling first; what they leave open the calendar can't say."""

import re

from kg.nlp.expressions import DIGITS, Expression

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMERALS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
FEASTS = {
    "new year's day": (1, 1),
    "may day": (5, 1),
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
}
"""Days with a name that fall on the same day everywhere: month and day."""

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
COUNT = rf"\d{{1,3}}|(?:{'|'.join(TENS)})(?:-(?:{'|'.join(NUMERALS[1:10])}))?|{'|'.join(NUMERALS[1:])}|an?"
VAGUE = r"(?:a )?(?:few|several|some|many|couple of|number of|dozen)"
UNIT = r"day|week|fortnight|month|year|decade|century"
_UNITS = r"days?|weeks?|fortnights?|months?|years?|decades?|century|centuries"

month, year = rf"(?P<month>{_MONTH}|{_SHORT})", rf"(?P<year>{_YEAR})"
any_year = r"(?P<year>1\d\d\d|20\d\d)"
LIVED = frozenset({"bear", "die", "found", "marry", "crown", "execute", "behead", "burn", "bury", "build", "establish",
                   "wed", "baptise", "baptize", "christen", "ordain", "knight", "canonise", "canonize"})  # fmt: skip
"""What is done in the years before 1500, which are figures like others."""
day = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)"
weekday = rf"(?:(?P<weekday>{_WEEKDAY}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?),? (?:the )?)?"
_to = r"(?: ?[-–—] ?| to | and | until | till )"
_dated = (
    rf"(?:(?={_to}(?:[0-3]?\d(?:st|nd|rd|th)? )?(?P<month_after>{_MONTH})(?: [0-3]?\d)?,? (?P<year_after>{_YEAR}))|)"
)
_prepositions = (
    r"(?:in|since|by|until|till|from|to|between|of|early|late|mid|during|for|before|after|through|and|or|"
    r"around|throughout)[ -]"
)

_FIGURES = frozenset({DIGITS})
_MONTHS = frozenset({*MONTHS, *(name[:3] for name in MONTHS), "sept"})
_FEASTS = frozenset({"day", "eve", "christmas"})
_DEICTIC = frozenset({"yesterday", "today", "tonight", "tomorrow"})
_DAYS = frozenset(DAYS)
_UNIT_WORDS = frozenset({"day", "month", "year", "morning", "night"})
_AWAY = frozenset({"ago", "earlier", "later", "before", "afterward", "afterwards"})
_FIRST = (_FIGURES, _DEICTIC)  # with these a date begins
_NEAR = 60  # characters: 'Wednesday, the 30th of September, 2009, until 30 September, 2010'
_OPEN = frozenset({"week", "weekend", "spring", "summer", "autumn", "winter", "fall", "decade", "century", "quarter",
                   "recently"})  # fmt: skip

DATES = tuple(
    Expression(kind, re.compile(pattern, flags), anchors, 0 if anchors in _FIRST else _NEAR)
    for kind, anchors, pattern, flags in (
        ("full", _FIGURES, r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b", 0),
        ("full", _FIGURES, rf"\b(?P<day>[0-3]?\d)(?P<dot>[./])(?P<month>[01]?\d)(?P=dot){year}\b", 0),
        ("full", _MONTHS, rf"\b{weekday}{day}(?: of)? {month},? {any_year}\b", 0),
        ("full", _MONTHS, rf"\b{weekday}{month} {day},? {any_year}\b", 0),
        (
            "full",
            _MONTHS,
            rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?={_to}[0-3]?\d(?:st|nd|rd|th)?(?: of)? {month},? {year})",
            0,
        ),
        ("full", _MONTHS, rf"\b{month} (?P<day>[0-3]?\d)(?=[-–][0-3]?\d,? {year})", 0),
        ("day", _MONTHS, rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?={_to}[0-3]?\d(?:st|nd|rd|th)?(?: of)? {month}\b)", 0),
        ("day", _MONTHS, rf"\b{weekday}{day}(?: of)? {month}(?![\w-])(?! \d{{4}}){_dated}", 0),
        ("day", _MONTHS, rf"\b{weekday}{month} {day}(?! ?%|[\w,.]\d)(?![\w]){_dated}", 0),
        ("month", _MONTHS, rf"\b{month},? (?:of )?{year}\b", 0),
        (
            "month",
            _MONTHS,
            rf"\b(?P<month>{_MONTH}),? (?:of )?(?P<beside>that|that same|the same|the following|the next|"
            r"the previous|the preceding) year\b",
            0,
        ),
        ("feast", _FEASTS, rf"\b(?P<feast>{'|'.join(FEASTS)})(?: (?:in |of )?{year})?\b", re.IGNORECASE),
        (
            "month",
            _MONTHS,
            rf"(?:(?i:\b{_prepositions})|\b(?=(?:[Ll]ast|[Nn]ext|[Tt]his) ))"
            rf"(?P<it>(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his) )?(?P<month>{_MONTH}))\b(?![-’'] ?[A-Z])(?! \d){_dated}",
            0,
        ),
        ("deictic", _DEICTIC, r"\b(?P<deictic>yesterday|today|tonight|tomorrow)\b", re.IGNORECASE),
        ("weekday", _DAYS, rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Cc]oming) )?(?P<weekday>{_WEEKDAY})\b(?!s)", 0),
        (
            "beside",
            _UNIT_WORDS,
            r"(?:\bthe |\b(?!next (?:month|year)))"
            r"(?P<it>(?P<which>following|previous|next|preceding|same|that(?! day)) "
            r"(?P<unit>day|month|year|morning|night))\b",
            re.IGNORECASE,
        ),
        (
            "beside",
            _UNIT_WORDS,
            r"\bthe (?P<it>(?P<unit>day|month|year|night) (?P<which>before|after))(?= ?[.,;:)]| and\b|$)",
            re.I,
        ),
        ("since", _AWAY, rf"\b(?P<vague>{VAGUE}) (?:{_UNITS}) (?:ago|earlier|later|before|afterwards?)\b", re.I),
        (
            "since",
            _AWAY,
            rf"\b(?P<about>(?:about|around|some|nearly|almost|roughly|over|more than|less than|barely) )?"
            rf"(?P<count>{COUNT}) (?P<unit>{UNIT})s? (?P<which>ago|earlier|later|before(?= ?[.,;])|afterwards?)\b",
            re.I,
        ),
        ("period", _UNIT_WORDS, r"\b(?P<which>last|this|next|past|coming) (?P<unit>year|month)\b", re.I),
        (
            "open",
            _OPEN,
            r"\b(?:last|this|next|past|coming|following|previous|same) (?:week(?:end)?|spring|summer|autumn|winter|"
            r"fall|decade|century|quarter)\b|\brecently\b",
            re.I,
        ),
        ("open", frozenset({"s"}), r"\b(?:the )?(?:early |late |mid-?)?1?[5-9]\d0s\b|\b20\d0s\b", re.I),
        ("short", _FIGURES, r"(?<=\b(?P<century>1[5-9]|20)(?P<from>\d\d)[-–—])(?P<short>\d\d)\b(?![-–—\d])", 0),
        ("old", _FIGURES, r"\b(?<![\w.,$€£%/])(?P<year>1[0-4]\d\d)\b(?![%\d]|[.,/]\d)", 0),
        ("year", _FIGURES, rf"\b(?<![\w.,$€£%/]){year}\b(?![%\d]|[.,/]\d)", 0),
    )
)


def month_number(text: str) -> int:
    """'Sept.' → 9, '09' → 9."""
    name = text.lower()
    return int(name) if name.isdigit() else next(n for n, full in enumerate(MONTHS, 1) if full.startswith(name[:3]))


def weekday_number(text: str) -> int:
    """'Thurs.' → 3, Monday being 0."""
    return next(n for n, full in enumerate(DAYS) if full.startswith(text.lower()[:3]))


def read_count(text: str) -> int:
    """'a' → 1, 'twelve' → 12, 'twenty-one' → 21, '180' → 180."""
    word = text.lower()
    if word.isdigit():
        return int(word)
    if word in ("a", "an"):
        return 1
    tens, _, ones = word.partition("-")
    if tens in TENS:
        return 10 * (TENS.index(tens) + 2) + (NUMERALS.index(ones) if ones else 0)
    return NUMERALS.index(word)
