"""Texts without what their typesetting left in them: the text that is stored, and that all offsets count."""

import re
import unicodedata

_SPACES = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\x1b"), " "
)
_BREAKS = dict.fromkeys(map(ord, "\x0b\x0c\x1c\x1d\x1e\x85\u2028"), "\n") | {0x2029: "\n\n"}
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_MARKS = _SPACES | _BREAKS | _UNSEEN | _LIGATURES
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010]\n[ \t]*(?=[^\W\d_])")
_HALVES = re.compile(r"[^\W\d_]+[-\u2010]\n[ \t]*[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIRST_PARTS = frozenset(
    {"anti", "co", "counter", "ex", "half", "mid", "neo", "non", "post", "pre", "pro", "self", "semi", "sub", "vice"}
)


def clean(text: str) -> str:
    """Composed characters, one kind of line end and of space, no soft hyphens, ligatures or byte order marks."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_MARKS)
    return join_words(unicodedata.normalize("NFC", text))


def find_fault(text: str) -> str:
    """What makes ``text`` no text; empty where nothing does."""
    if not text.strip():
        return "is empty"
    if "\0" in text:
        return "holds NUL bytes"
    if any("\ud800" <= mark <= "\udfff" for mark in text):
        return "holds half of a character (a lone surrogate)"
    if _CONTROLS.search(text):
        return f"holds a control character ({ascii(_CONTROLS.search(text)[0])[1:-1]})"  # type: ignore[index]
    return ""


def join_words(text: str) -> str:
    """Words that a line end breaks made whole; the hyphen stays where the word has one.

    It has one before a capital, where it is written so elsewhere, and in 'ex-president' if 'president' is a word there.
    """
    if not _BROKEN.search(text):
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
    return f"{one}-{other}" in known or (one in _FIRST_PARTS and other in known)


def unwrap(text: str) -> str:
    """Each paragraph on one line, its broken words whole."""
    return re.sub(r"(?<=\S)[ \t]*\n(?=\S)", " ", join_words(text))
