"""Bytes to text: by the byte order mark, as UTF-8, in the encoding that is declared, or in the one they look like."""

import re

import chardet

from kg.errors import DocumentError

_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(content: bytes, where: str, *, declared: str = "") -> str:
    """The text of ``content``; DocumentError where it is none."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", declared):
        text = _try(content, encoding)
        if text is not None:
            return text
    if b"\xed" in content and not marked and (halved := _try(content, "utf-8", errors="surrogatepass")):
        return halved  # whoever takes the text tells of the halves of characters
    if not marked and not declared:
        _check_utf8(content, where)
    if b"\0" in content and not marked:
        text = _try(content, _detect(content)) if _looks_wide(content) else None
    else:
        text = None if marked else _try(content, _detect(content))
    if text is None:
        raise DocumentError(f"{where}: is no text in any encoding known", hint="convert it to UTF-8, or remove it")
    return text


def _check_utf8(content: bytes, where: str) -> None:
    """DocumentError where it is UTF-8 but for a few bytes: in another encoding all of it would be wrong."""
    text = content.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if bad <= len(re.findall(r"[^\x00-\x7f\ufffd]", text)):
        first = len(text.partition("\ufffd")[0].encode())
        said = f"{where}: is UTF-8 but for {bad} bytes, the first at {first:,}"
        raise DocumentError(said, hint="is it cut short, or of two files? save it anew")


def _try(content: bytes, encoding: str, *, errors: str = "strict") -> str | None:
    try:
        return content.decode(encoding, errors) if encoding else None
    except (ValueError, LookupError):
        return None


def _detect(content: bytes) -> str:
    return chardet.detect(content)["encoding"] or ""


def _looks_wide(content: bytes) -> bool:
    """True where nearly every other byte is NUL, as in UTF-16 without a mark."""
    return any(content[start::2].count(0) > 0.8 * len(content) / 2 for start in (0, 1))
