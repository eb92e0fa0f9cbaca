"""What a client will take: the Accept header against what there is (RFC 9110, section 12.5.1)."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_WEIGHT = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)
_LONGEST = 4096  # characters of a header that are looked at


class _Range(NamedTuple):
    """``text/*;q=0.5``: a pattern of media types and how welcome they are."""

    kind: str
    subtype: str
    weight: float

    def covers(self, media: str) -> int:
        """How closely it names ``media``: 3 the type itself, 2 its kind, 1 anything; 0 not at all."""
        kind, _, subtype = media.partition("/")
        if self.kind == "*":
            return 1
        if self.kind != kind:
            return 0
        return 3 if self.subtype == subtype else 2 * (self.subtype == "*")


def choose_media(accept: str, offered: Iterable[str]) -> str | None:
    """The most welcome of the media types ``offered``, the earlier one of equals; None where none is welcome."""
    ranges = [_read_range(part) for part in (accept.strip() or "*/*")[:_LONGEST].lower().split(",")]
    best, most = None, 0.0
    for media in offered:
        closest = max(ranges, key=lambda item: item.covers(media))
        if closest.covers(media) and closest.weight > most:
            best, most = media, closest.weight
    return best


def _read_range(text: str) -> _Range:
    """Parameters but the weight are not told apart; a weight that is none counts as 1."""
    media, *parameters = (part.strip() for part in text.split(";"))
    kind, _, subtype = media.partition("/")
    weights = (match[1] for item in parameters if (match := _WEIGHT.fullmatch(item)))
    return _Range(kind, subtype, float(next(weights, 1.0)))
