"""Texts without what their typesetting left in them: the text that is stored, and that all offsets count."""

import re
import sys
import unicodedata
from functools import cache

_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\x1b"), " "
)
_BREAKS = dict.fromkeys(map(ord, "\x0b\x0c\x1c\x1d\x1e\x85\u2028"), "\n") | {0x2029: "\n\n"}
_UNSEEN = dict.fromkeys(
    map(ord, "\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_MARKS = _SPACES | _BREAKS | _UNSEEN | _LIGATURES
_MARKED = re.compile(f"[{''.join(map(chr, _MARKS))}]")
_FOREIGN = re.compile("[\u0300-\U0010ffff]" * 2 + "{30}")
"""As many characters as a pile of marks has at least, each from the first mark on; one before the others, so that it is
looked for without trying each place."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_HALF = re.compile("[\ud800-\udfff]")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010]\n[ \t]*(?=[^\W\d_])")
_HALVES = re.compile(r"[^\W\d_]+[-\u2010]\n[ \t]*[^\W\d_]+")
_SECOND_PARTS = frozenset(
    {"based", "backed", "born", "controlled", "day", "elect", "general", "held", "led", "old", "owned", "run", "style"}
    | {"term", "time", "week", "wide", "wing", "year"}
)
"""Of words that have a hyphen whatever stands before it: 'London-based', 'long-term'."""
_NUMBERS = frozenset({"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"})
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIRST_PARTS = frozenset(
    {"anti", "co", "counter", "ex", "half", "mid", "neo", "non", "post", "pre", "pro", "self", "semi", "sub", "vice"}
)


def clean(text: str) -> str:
    """Composed characters, one kind of line end and of space, no soft hyphens, ligatures or byte order marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _MARKED.search(text):
        text = text.translate(_MARKS)
    if not text.isascii():
        cut = _find_piles().sub(r"\1", text) if _FOREIGN.search(text) else text
        text = unicodedata.normalize("NFC", cut)
    return join_words(text)


@cache
def _find_piles() -> re.Pattern[str]:
    """More marks over one letter than any language piles up (UAX 15): composing takes time of the square of them."""
    marks = "".join(
        re.escape(chr(code)) for code in range(0x300, sys.maxunicode >> 3) if unicodedata.combining(chr(code))
    )
    return re.compile(f"([{marks}]{{30}})[{marks}]+")


def find_fault(text: str) -> str:
    """What makes ``text`` no text; empty where nothing does."""
    if not text.strip():
        return "is empty"
    if "\0" in text:
        return "holds NUL bytes"
    if _HALF.search(text):
        return "holds half of a character (a lone surrogate)"
    if _CONTROLS.search(text):
        return f"holds a control character ({ascii(_CONTROLS.search(text)[0])[1:-1]})"  # type: ignore[index]
    return ""


def join_words(text: str) -> str:
    """Words that a line end breaks made whole; the hyphen stays where the word has one.

    It has one before a capital, where it is written so elsewhere, in words as 'London-based', and in 'ex-president' if
    'president' is a word there.
    """
    if not ("-\n" in text or "\u2010\n" in text) or not _BROKEN.search(text):
        return text
    known = set(map(str.lower, _WORD.findall(_HALVES.sub(" ", text))))
    return _BROKEN.sub(lambda broken: "-" if _has_hyphen(broken, known) else "", text)


def _has_hyphen(broken: re.Match[str], known: set[str]) -> bool:
    text = broken.string
    first = re.search(r"[^\W\d_]*(?:-[^\W\d_]+)*\Z", text[max(0, broken.start() - 40) : broken.start()])
    second = _WORD.match(text, broken.end())
    if first is None or second is None or second[0][0].isupper():
        return True
    one, other = first[0].lower(), second[0].lower()
    if one + other in known:
        return False
    if f"{one}-{other}" in known or other in _SECOND_PARTS or one in _NUMBERS:
        return True
    return other in known and (one in _FIRST_PARTS or first[0][0].isupper())


def unwrap(text: str) -> str:
    """Each paragraph on one line, its broken words whole."""
    return re.sub(r"(?<=\S)[ \t]*\n(?=\S)", " ", join_words(text))
