"""Web pages: the article without menus, with its title, author and date."""

import re

import trafilatura
from trafilatura.settings import Document, use_config

from kg.errors import DocumentError
from kg.readers.decoding import decode
from kg.readers.drafts import Draft, Reading, Wishes, parse_day

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.I)
_DATES = {"original_date": True, "extensive_search": False, "max_date": "9999-12-31", "min_date": "1000-01-01"}
"""A date that the page declares, never one guessed from its text or held against today's."""


def read_page(content: bytes, where: str, wishes: Wishes) -> Reading:
    """The article of an HTML page; DocumentError where none is found."""
    charset = _CHARSET.search(content[:4096])
    yield draft_page(decode(content, where, declared=charset[1].decode("ascii") if charset else ""), where)


def draft_page(page: str, where: str) -> Draft:
    """The draft of a page that is a text already."""
    found = trafilatura.bare_extraction(
        page,
        favor_recall=True,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_DATES,
        config=use_config(),
    )
    if not isinstance(found, Document) or not found.text:
        raise DocumentError(f"{where}: no text is found in this page", hint="save its article as text")
    return Draft(
        found.text.replace("\n", "\n\n"),
        title=found.title or "",
        author=found.author or "",
        source=found.sitename or "",
        url=found.url or "",
        published=parse_day(found.date, where) if _is_declared(found.date, page) else None,
    )


def _is_declared(day: str | None, page: str) -> bool:
    """True of the day of a meta element or of JSON-LD, not of one that stands somewhere on the page."""
    place = rf"""<meta\b[^>]{{0,500}}\bcontent\s*=\s*["']?{day}|"date(?:Published|Created|Modified)"\s*:\s*"{day}"""
    return bool(day) and re.search(place, page, re.I) is not None
