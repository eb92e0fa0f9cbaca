"""How alike two names are, and what makes them so; a rule is one function from words to a number."""

from collections.abc import Callable
from difflib import SequenceMatcher

_ALIKE = 0.8
"""The least likeness of two spellings of one word: 'defence', 'defense'."""
SMALL = frozenset({"of", "the", "and", "for", "in", "de", "del", "la", "los", "las", "y", "da", "do", "al", "el"})
"""Words that stand for nothing in an acronym."""


def compare(one: str, other: str) -> tuple[float, str]:
    """Likeness of two folded names, 0 to 1, and what makes it."""
    found = ((test(one.split(), other.split()), reason) for test, reason in _TESTS)
    return max(found, key=lambda item: item[0])


def _are_equal(one: list[str], other: list[str]) -> float:
    return float(one == other)


def _holds(one: list[str], other: list[str]) -> float:
    """'lucio gutierrez' in 'lucio edwin gutierrez borbua'; one word alone is weak."""
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    if len(shorter) == len(longer) or not all(word in rest for word in shorter):
        return 0.0
    return 0.85 if len(shorter) > 1 else 0.6


def _have_initials(one: list[str], other: list[str]) -> float:
    """'r correa', 'rafael correa'; at least one word in full, and the same."""
    pairs = list(zip(one, other, strict=False))
    agree = all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)
    return 0.9 if len(one) == len(other) and agree and any(a == b and len(a) > 1 for a, b in pairs) else 0.0


def _abbreviates(one: list[str], other: list[str]) -> float:
    """'conaie' is no word of its long form, its letters begin them."""
    short, long = sorted((one, other), key=len)
    letters = "".join(word[0] for word in long if word not in SMALL)
    return 0.9 if len(short) == 1 and len(long) > 1 and len(letters) > 1 and short[0] == letters else 0.0


def _are_spelled_alike(one: list[str], other: list[str]) -> float:
    """'ministry of defence', 'ministry of defense': as many words, each alike."""
    if len(one) != len(other):
        return 0.0
    likeness = [SequenceMatcher(None, a, b).ratio() for a, b in zip(one, other, strict=True)]
    return 0.9 * sum(likeness) / len(likeness) if min(likeness) >= _ALIKE else 0.0


_TESTS: tuple[tuple[Callable[[list[str], list[str]], float], str], ...] = (
    (_are_equal, "same name"),
    (_have_initials, "initials"),
    (_abbreviates, "acronym"),
    (_are_spelled_alike, "spelled alike"),
    (_holds, "one name holds the other"),
)
