"""Word documents (.docx): paragraphs, lists, cells of tables, text boxes and notes in their order."""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.coreprops import CoreProperties
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from kg.readers.archives import check_office_file
from kg.readers.drafts import Draft, Reading, Wishes

_NOTES = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)
_CORE = "/docProps/core.xml"
_PARAGRAPH = qn("w:p")
_WRITTEN = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_UNREAD = {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
"""What was deleted, and what is said twice for old programs."""


def read_docx(content: bytes, where: str, wishes: Wishes) -> Reading:
    """One draft; heads and feet of pages, comments, deleted and hidden text are left out, notes stand at its end."""
    check_office_file(content, where)
    document = docx.Document(io.BytesIO(content))
    texts = (*_read_paragraphs(document.element.body), *_read_notes(document))
    known = _read_properties(document)
    yield Draft(
        "\n\n".join(filter(None, map(str.strip, texts))),
        title=known.title if known else "",
        author=known.author if known else "",
        stamped=known.created.date() if known and known.created else None,
    )


def _read_paragraphs(element: Any) -> Iterator[str]:  # noqa: ANN401  # lxml's elements have no public type
    """Each paragraph in ``element``; those of text boxes, which stand inside of others, after these."""
    for child in element:
        if child.tag == _PARAGRAPH:
            yield "".join(_read_words(child))
        if child.tag not in _UNREAD:
            yield from _read_paragraphs(child)


def _read_words(element: Any) -> Iterator[str]:  # noqa: ANN401
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag]
        elif child.tag != _PARAGRAPH and child.tag not in _UNREAD and not _is_hidden(child):
            yield from _read_words(child)


def _is_hidden(run: Any) -> bool:  # noqa: ANN401
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val"), "1") not in {"0", "false", "off"}


def _read_notes(document: Document) -> Iterator[str]:
    for relation in document.part.rels.values():
        if relation.reltype in _NOTES and not relation.is_external:
            yield from _read_paragraphs(parse_xml(relation.target_part.blob))


def _read_properties(document: Document) -> CoreProperties | None:
    """By the part's name: LibreOffice relates it in a way that the library does not know."""
    parts = document.part.package.iter_parts()
    blob = next((part.blob for part in parts if part.partname == _CORE), None)
    return CoreProperties(parse_xml(blob)) if blob else None
