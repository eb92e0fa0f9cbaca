"""Durations, money, percentages and numbers with normalised values; what can't be normalised has none."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from spacy.tokens import Doc, Span

from kg.model import Curie, Form
from kg.nlp.calendar import COUNT, NUMERALS, TENS, VAGUE, read_count
from kg.nlp.expressions import DIGITS, REACH, SIGNS, Expression, find_matches
from kg.nlp.spans import make_span
from kg.nlp.tree import text_of

Parts = Mapping[str, str]
_SCALES = {
    "thousand": 3,
    "k": 3,
    "million": 6,
    "m": 6,
    "mn": 6,
    "billion": 9,
    "bn": 9,
    "b": 9,
    "trillion": 12,
    "tn": 12,
}
_SIGNS = {"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "r$": "BRL", "a$": "AUD", "c$": "CAD",
          "₩": "KRW", "₹": "INR", "₽": "RUB", "₺": "TRY", "₦": "NGN"}  # fmt: skip
_CURRENCIES = {"dollar": "USD", "us dollar": "USD", "u.s. dollar": "USD", "american dollar": "USD", "euro": "EUR",
               "pound sterling": "GBP", "british pound": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
               "zloty": "PLN", "cedi": "GHS", "naira": "NGN", "rand": "ZAR", "ruble": "RUB", "rouble": "RUB",
               "hryvnia": "UAH", "lira": "TRY", "forint": "HUF", "baht": "THB", "dong": "VND", "ringgit": "MYR",
               "rupiah": "IDR", "taka": "BDT", "shekel": "ILS", "reais": "BRL", "quetzal": "GTQ", "lempira": "HNL",
               "balboa": "PAB", "guarani": "PYG", "boliviano": "BOB", "birr": "ETB", "kwanza": "AOA",
               "metical": "MZN", "swiss franc": "CHF", "kenyan shilling": "KES", "ugandan shilling": "UGX",
               "tanzanian shilling": "TZS", "indian rupee": "INR", "pakistani rupee": "PKR", "mexican peso": "MXN",
               "argentine peso": "ARS", "chilean peso": "CLP", "colombian peso": "COP", "south korean won": "KRW",
               "canadian dollar": "CAD", "australian dollar": "AUD", "swedish krona": "SEK", "danish krone": "DKK",
               "norwegian krone": "NOK", "czech koruna": "CZK"}  # fmt: skip
_AMBIGUOUS = "shilling|peso|franc|rupee|won|dinar|dirham|crown|krona|krone|sol|soles"
_UNITS = {"day": "P{}D", "week": "P{}W", "fortnight": "P{}W", "month": "P{}M", "year": "P{}Y", "hour": "PT{}H",
          "minute": "PT{}M", "second": "PT{}S"}  # fmt: skip
_WORDS = rf"(?:{'|'.join(TENS)})(?:-(?:{'|'.join(NUMERALS[1:10])}))?|{'|'.join(NUMERALS[2:])}"
_FIGURES = r"(?<![\w.,/:-])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w/:]|,\d)|(?<![\w.,/:-])\d+(?:\.\d+)?(?![\w/:]|[.,]\d)"
_SIGNED = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = rf"(?:[ -](?P<scale>{'|'.join(name for name in _SCALES if len(name) > 2)})|)"
_ABBREVIATED = r"(?: ?(?P<scale>thousand|million|billion|trillion|mn|bn|tn|m|b|k)\b|)"
_CURRENCY = "|".join(sorted(map(re.escape, _CURRENCIES), key=len, reverse=True))
_SPAN = r"(?:(?:last|past|next|previous|coming|first|final) )?"

_COUNTS = frozenset({DIGITS, *NUMERALS, *TENS})
"""With these a number begins."""
_CURRENCY_WORDS = frozenset(
    f"{name.split()[-1]}{ending}" for name in (*_CURRENCIES, *_AMBIGUOUS.split("|")) for ending in ("", "s")
)
_UNIT_WORDS = frozenset(f"{unit}{ending}" for unit in (*_UNITS, "decade", "centurie") for ending in ("", "s"))

QUANTITIES = tuple(
    Expression(kind, re.compile(pattern, re.IGNORECASE), anchors, 0 if anchors is _COUNTS else REACH)
    for kind, anchors, pattern in (
        (
            "kg:Money",
            SIGNS,
            rf"(?<![\w])(?P<sign>(?:us|r|a|c)?\$|[€£¥₩₹₽₺₦]) ?(?P<number>{_SIGNED}){_ABBREVIATED}(?![\w])",
        ),
        (
            "kg:Money",
            _CURRENCY_WORDS,
            rf"(?P<number>{_FIGURES}|\b(?:{_WORDS}|an?)\b){_SCALE} (?P<currency>{_CURRENCY}|{_AMBIGUOUS})s?\b",
        ),
        (
            "kg:Percentage",
            frozenset({"%", "percent", "cent"}),
            rf"(?P<number>{_FIGURES}|\b(?:{_WORDS})\b) ?(?:%|percent\b|per cent\b)",
        ),
        (
            "kg:Duration",
            _UNIT_WORDS,
            rf"\b{_SPAN}(?P<vague>{VAGUE}) (?P<unit>{'|'.join(_UNITS)}|decade|centurie)s\b(?! old| of age)",
        ),
        (
            "kg:Duration",
            _UNIT_WORDS,
            rf"(?<![\w.,-]){_SPAN}(?P<count>{COUNT}) (?P<unit>{'|'.join(_UNITS)})s?\b(?![’'-]|s?[’'] | old| of age)",
        ),
        ("kg:Number", _COUNTS, rf"(?P<number>{_FIGURES}|\b(?:{_WORDS})\b){_SCALE}(?![\w-])"),
    )
)


def find_quantities(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Every quantity outside the tokens ``taken``, the more telling kinds first."""
    used = set(taken)
    for kind, match in find_matches(text_of(doc), QUANTITIES):
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is not None and used.isdisjoint(range(span.start, span.end)):
            used.update(range(span.start, span.end))
            value = _READERS[kind](match.groupdict(default=""))
            yield make_span(doc, span.start, span.end, kind, Form.VALUE, value)


def _read_number(parts: Parts) -> str:
    """'2.2 billion' → '2200000000'."""
    text = parts["number"].replace(",", "")
    number = Decimal(text) if text[0].isdigit() else Decimal(read_count(text))
    return f"{(number.scaleb(_SCALES.get(parts.get('scale', '').lower(), 0))).normalize():f}"


def _read_money(parts: Parts) -> str:
    """'$4m' → '4000000 USD'; a shilling of nobody's has no value."""
    sign, currency = parts.get("sign", "").lower(), parts.get("currency", "").lower()
    code = _SIGNS.get(sign) or _CURRENCIES.get(currency, "")
    return f"{_read_number(parts)} {code}" if code else ""


def _read_duration(parts: Parts) -> str:
    """'the last nine years' → 'P9Y'; 'some years' has no value."""
    if parts.get("vague"):
        return ""
    unit = parts["unit"].lower()
    return _UNITS[unit].format(read_count(parts["count"]) * (2 if unit == "fortnight" else 1))


_READERS: dict[Curie, Callable[[Parts], str]] = {
    "kg:Money": _read_money,
    "kg:Percentage": _read_number,
    "kg:Duration": _read_duration,
    "kg:Number": _read_number,
}
