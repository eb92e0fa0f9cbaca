"""Messages that are pages: their lines, what they quote marked with ">" as in plain text."""

import re

from lxml.etree import iterwalk
from lxml.html import HtmlElement

_SIGNS = (
    "//blockquote[@type='cite']",
    "//*[contains(concat(' ', @class, ' '), ' gmail_quote ')]",
    "//*[@class='moz-cite-prefix' or @class='yahoo_quoted' or @class='protonmail_quote']",
    "//*[@id='divRplyFwdMsg' or @id='appendonsend' or @id='mail-editor-reference-message-container']",
    "//div[contains(@style, 'border-top:solid #E1E1E1') or contains(@style, 'border-top:solid #B5C4DF')]",
)
"""How Apple Mail, Thunderbird, Gmail, Yahoo, Proton and Outlook set off what they quote."""
_PARAGRAPHS = frozenset({"blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "table", "ul"})
_BLOCKS = _PARAGRAPHS | {"address", "article", "br", "dd", "div", "dl", "dt", "li", "section", "td", "th", "tr"}
_UNREAD = frozenset({"head", "style", "title"})


def is_reply(page: HtmlElement) -> bool:
    """True of a message whose program set off what it quotes."""
    return any(page.xpath(sign) for sign in _SIGNS)


def write_lines(page: HtmlElement) -> str:
    """The text of ``page`` as lines, with a ">" for each quotation it stands in."""
    lines: list[tuple[int, str]] = [(0, "")]
    depth = unread = 0
    for event, element in iterwalk(page, events=("start", "end")):
        begins = event == "start"
        quotes = element.tag == "blockquote"
        unread += (element.tag in _UNREAD) * (1 if begins else -1)
        depth += quotes and begins
        depth -= quotes and not begins
        if element.tag in _BLOCKS and (begins or element.tag != "br"):
            lines.extend([(depth, "")] * (2 if element.tag in _PARAGRAPHS else 1))
        said = element.text if begins else element.tail
        if said and not unread:
            lines[-1] = (lines[-1][0], lines[-1][1] + re.sub(r"\s+", " ", said))
    return re.sub(r"\n(?:[> ]*\n){2,}", "\n\n", "\n".join(_mark(*line) for line in lines))


def _mark(depth: int, said: str) -> str:
    return ">" * depth + (" " if depth else "") + said.strip()
