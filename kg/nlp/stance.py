"""What a text holds of what it says: a certainty and a polarity, and whose words they are."""

from functools import lru_cache
from typing import NamedTuple

from kg.model import Factuality

_CERTAINTY = {"CT": 3, "PR": 2, "PS": 1, "Uu": 0}
_LETTERS = {rank: name for name, rank in _CERTAINTY.items()}


class Stance(NamedTuple):
    """Certainty (3 certain … 0 uncommitted), polarity (±1), and the token of who says so or -1."""

    certainty: int
    polarity: int
    source: int = -1


CERTAIN = Stance(3, 1)
UNCOMMITTED = Stance(0, 1)


@lru_cache
def to_factuality(stance: Stance) -> Factuality:
    """The FactBank value of a stance."""
    letters = _LETTERS[stance.certainty]
    return Factuality(letters if letters == "Uu" else letters + ("+" if stance.polarity > 0 else "-"))


@lru_cache(maxsize=4096)
def read_stance(value: str, source: int = -1) -> Stance:
    """The stance of a FactBank value: "CT-" is certainly not."""
    return Stance(_CERTAINTY[value[:2]], -1 if value.endswith("-") else 1, source)


def compose(outer: Stance, inner: Stance) -> Stance:
    """The less certain of both; two negations cancel; the nearest source speaks."""
    source = inner.source if inner.source >= 0 else outer.source
    return Stance(min(outer.certainty, inner.certainty), outer.polarity * inner.polarity, source)
