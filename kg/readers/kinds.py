"""The kinds of files: by which ending and first bytes they are known, what reads them, and what that needs."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind; ``reader`` is ``module:function``, and ``extra`` what must be installed for it.

    What is read ``apart`` has a process of its own, since a library that others wrote reads it.
    """

    name: str
    endings: tuple[str, ...]
    reader: str
    signature: bytes = b"(?!)"
    extra: str = ""
    apart: bool = False


KINDS = (
    Kind("PDF", (".pdf",), "kg.readers.pdf:read_pdf", rb"[\s\0]{0,1000}%PDF-", "pdf", apart=True),
    Kind(
        "OpenDocument text",
        (".odt",),
        "kg.readers.opendocument:read_odt",
        rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.text",
        "odt",
        apart=True,
    ),
    Kind(
        "Word document",
        (".docx",),
        "kg.readers.word:read_docx",
        rb"PK\x03\x04.{26}(?:\[Content|_rels|word/)",
        "docx",
        apart=True,
    ),
    Kind("ZIP archive", (".zip",), "kg.readers.archives:read_zip", rb"PK(?:\x03\x04|\x05\x06)"),
    Kind(
        "web page",
        (".html", ".htm", ".xhtml"),
        "kg.readers.web:read_page",
        rb"\s{0,1000}<(?i:!doctype html|html)",
        "web",
        apart=True,
    ),
    Kind("message", (".eml",), "kg.readers.mail:read_message"),
    Kind("web archive", (".mhtml", ".mht"), "kg.readers.mail:read_web_archive", rb"From: <Saved by"),
    Kind("JSON lines", (".jsonl", ".ndjson"), "kg.readers.json_lines:read_json_lines"),
    Kind("JSON", (".json",), "kg.readers.json_lines:read_json"),
    Kind("CSV table", (".csv",), "kg.readers.tables:read_csv"),
    Kind("TSV table", (".tsv",), "kg.readers.tables:read_csv"),
    Kind("Markdown", (".md", ".markdown"), "kg.readers.plain:read_plain"),
    Kind("text", (".txt",), "kg.readers.plain:read_plain"),
)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)
_SIGNED = tuple((re.compile(kind.signature, re.DOTALL), kind) for kind in KINDS)
_STRANGE = (
    (
        rb"\xd0\xcf\x11\xe0",
        "an Office file of before 2007, or one with a password",
        "save it as .docx without a password",
    ),
    (rb"\{\\rtf", "an RTF file", "save it as .docx"),
    (rb"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ|7z\xbc\xaf|Rar!\x1a", "an archive other than ZIP", "unpack it first"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF.{4}(?:WAVE|WEBP|AVI )", "a picture or sound", "remove it"),
    (rb"\x7fELF|MZ.{58}\0", "a program", "remove it"),
)
_STRANGERS = tuple((re.compile(start, re.DOTALL), (what, hint)) for start, what, hint in _STRANGE)


def find_kind(name: str, content: bytes) -> Kind | None:
    """By the first bytes where these are those of a binary kind, else by the ending; a nameless text is a text.

    An archive's ending tells which archive it is, since Word and OpenDocument files are archives too.
    """
    ending = PurePosixPath(name).suffix.lower()
    named = next((kind for kind in KINDS if ending in kind.endings), None)
    if named is None:
        return _recognise(content) or KINDS[-1] if not ending else None
    archived = content.startswith(b"PK") and b"PK" not in named.signature
    return (_recognise(content) if archived or content.startswith(b"%PDF") else None) or named


def _recognise(content: bytes) -> Kind | None:
    return next((kind for signature, kind in _SIGNED if signature.match(content)), None)


def tell_stranger(content: bytes) -> tuple[str, str]:
    """What a file of another kind is, and what to do with it; empty where nobody knows."""
    return next((told for start, told in _STRANGERS if start.match(content)), ("", ""))
