"""Web pages: the article without menus, with its title, author and date."""

import re

import trafilatura
from trafilatura.settings import Document, use_config

from kg.errors import DocumentError
from kg.readers.decoding import decode
from kg.readers.drafts import Draft, Reading, Wishes, parse_day
from kg.readers.mail import draft_voices
from kg.readers.mail_pages import is_reply, write_lines
from kg.readers.unseen import drop_unseen

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.I)
_DATES = {"original_date": True, "extensive_search": False, "max_date": "9999-12-31", "min_date": "1000-01-01"}
"""A date that the page declares, never one guessed from its text or held against today's."""


def read_page(content: bytes, where: str, wishes: Wishes) -> Reading:
    """The article of an HTML page, or what a message says that is one; DocumentError where no text is found."""
    charset = _CHARSET.search(content[:4096])
    page = decode(content, where, declared=charset[1].decode("ascii") if charset else "")
    tree = trafilatura.load_html(page)
    if tree is not None and is_reply(tree):
        drop_unseen(tree)
        yield from draft_voices(write_lines(tree), Draft(""))
    else:
        yield draft_page(page, where)


def draft_page(page: str, where: str) -> Draft:
    """The draft of a page that is a text already."""
    known = trafilatura.extract_metadata(page, date_config=_DATES)
    text = _find_article(page)
    if not text:
        raise DocumentError(f"{where}: no text is found in this page", hint="save its article as text")
    return Draft(
        text.replace("\n", "\n\n"),
        title=known.title or "",
        author=known.author or "",
        source=known.sitename or "",
        url=known.url or "",
        published=parse_day(known.date, where) if _is_declared(known.date, page) else None,
    )


def _find_article(page: str) -> str:
    """What is seen of the article: no text that is hidden, nor the one in data for search engines."""
    tree = trafilatura.load_html(page)
    if tree is None:
        return ""
    drop_unseen(tree)
    found = trafilatura.bare_extraction(
        tree, favor_recall=True, include_comments=False, with_metadata=False, config=use_config()
    )
    return found.text or "" if isinstance(found, Document) else ""


def _is_declared(day: str | None, page: str) -> bool:
    """True of the day of a meta element or of JSON-LD, not of one that stands somewhere on the page."""
    place = rf"""<meta\b[^>]{{0,500}}\bcontent\s*=\s*["']?{day}|"date(?:Published|Created|Modified)"\s*:\s*"{day}"""
    return bool(day) and re.search(place, page, re.I) is not None
