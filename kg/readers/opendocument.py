"""OpenDocument texts (.odt): headings, paragraphs, lists, cells of tables and notes in their order."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import cast

from odfdo import Document, Element

from kg.readers.archives import check_office_file
from kg.readers.drafts import Draft, Reading, Wishes

_APART = "descendant::text:note | descendant::office:annotation | descendant::text:tracked-changes"
_HIDDEN = "//style:style[style:text-properties/@text:display='none']"
_STYLED = "descendant::*[self::text:span or self::text:p or self::text:h or self::text:section]"
_BLOCKS = "descendant::text:h | descendant::text:p"
_NOTES = "descendant::text:note/text:note-body/text:p"


def read_odt(content: bytes, where: str, wishes: Wishes) -> Reading:
    """One draft; heads and feet of pages, comments, deleted and hidden text are left out, notes stand at its end."""
    check_office_file(content, where)
    document = Document(io.BytesIO(content))
    _drop_hidden(document)
    notes = list(_write(document.body, _NOTES))
    for element in document.body.xpath(_APART):
        cast(Element, element).delete()  # what follows it in its sentence stays
    known = document.meta
    yield Draft(
        "\n\n".join((*_write(document.body, _BLOCKS), *notes)),
        title=known.title or "",
        author=known.initial_creator or known.creator or "",
        stamped=_day(known.creation_date),
    )


def _drop_hidden(document: Document) -> None:
    styles = [*document.content.get_elements(_HIDDEN), *document.styles.get_elements(_HIDDEN)]
    hidden = {style.get_attribute("style:name") for style in styles}
    for element in document.body.xpath(_STYLED):
        found = cast(Element, element)
        if found.get_attribute("text:style-name") in hidden or found.get_attribute("text:display") == "none":
            found.delete()


def _write(body: Element, path: str) -> Iterator[str]:
    texts = (str(element).strip() for element in body.xpath(path))
    return (text for text in texts if text)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
