"""PDF: the words of all pages in whole sentences, without running heads, page numbers and hyphens at line ends."""

import io
import re
from datetime import date

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from kg.errors import DocumentError
from kg.readers.drafts import Draft, Reading, Wishes
from kg.readers.lines import Line, Lines, make_text

_STAMP = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_PAGES = 5000


def read_pdf(content: bytes, where: str, wishes: Wishes) -> Reading:
    """One draft; DocumentError where the file is locked or holds no text."""
    reader = PdfReader(io.BytesIO(content))
    _unlock(reader, where)
    if len(reader.pages) > _PAGES:
        raise DocumentError(f"{where}: has more than {_PAGES} pages", hint="split it")
    text = make_text([_read_page(reader, number) for number in range(len(reader.pages))])
    if not text.strip():
        raise DocumentError(f"{where}: holds pictures but no text", hint="run text recognition (OCR) on it first")
    known = reader.metadata
    yield Draft(
        text,
        title=str(known.get("/Title") or "") if known else "",
        author=str(known.get("/Author") or "") if known else "",
        stamped=_read_stamp(str(known.get("/CreationDate") or "")) if known else None,
    )


def _unlock(reader: PdfReader, where: str) -> None:
    """Opens what is locked against changes alone; a password to read is the user's."""
    if not reader.is_encrypted:
        return
    try:
        if reader.decrypt(""):
            return
    except (DependencyError, FileNotDecryptedError, NotImplementedError) as error:
        raise DocumentError(f"{where}: is encrypted: {error}", hint="save it without a password") from error
    raise DocumentError(f"{where}: is encrypted", hint="save it without a password")


def _read_page(reader: PdfReader, number: int) -> Lines:
    """The page's lines from top to bottom, as the file orders them."""
    pieces: list[Line] = []

    def visit(text: str, outer: list[float], inner: list[float], font: object, size: float) -> None:
        height = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        scale = abs(inner[3] * outer[3]) or abs(inner[1] * outer[2]) or 1.0
        pieces.append(Line(text, height, size * scale))

    reader.pages[number].extract_text(visitor_text=visit)
    return tuple(pieces)


def _read_stamp(text: str) -> date | None:
    found = _STAMP.match(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
