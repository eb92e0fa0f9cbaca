"""What a page's code holds and its reader never sees: it is no text of the page, and nobody may hide facts in it."""

import re

from lxml.html import HtmlElement

_UNSEEN = "//template | //noscript | //dialog[not(@open)] | //script | //*[@hidden] | //*[@style] | //*[@aria-hidden]"
_DROPPED = frozenset({"template", "noscript", "dialog", "script"})
_KEPT = frozenset({"html", "body"})
"""A page hidden as a whole is shown by its script as soon as it is loaded."""
_ARTICLE = "descendant-or-self::main | descendant-or-self::article | descendant::h1"
"""What is hidden from screen readers alone while a banner asks for consent, and seen by all others."""
_HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|font-size:0(?:px|em|rem|pt|%)?(?:;|!|$)"
    r"|(?:left|right|top|bottom|text-indent|margin-left|margin-top):-\d{3,})"
)


def drop_unseen(page: HtmlElement) -> None:
    """Takes out of ``page`` what is hidden by an attribute, its own style or its kind; what follows it stays.

    What opens at a click, or is found by a search in the page, is kept; of style sheets nothing is known here.
    """
    for element in page.xpath(_UNSEEN):
        if element.getparent() is not None and element.tag not in _KEPT and _is_unseen(element):
            element.drop_tree()


def _is_unseen(element: HtmlElement) -> bool:
    style = re.sub(r"/\*.*?\*/|\s+", "", element.get("style", "")).lower()
    return (
        element.tag in _DROPPED
        or element.get("hidden", "until-found").lower() != "until-found"
        or (element.get("aria-hidden", "").strip().lower() == "true" and not element.xpath(_ARTICLE))
        or _HIDING.search(style) is not None
    )
