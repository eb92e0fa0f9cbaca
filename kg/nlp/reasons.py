"""Why a learned relation was read, in words: the features that weighed most."""

import re
from functools import lru_cache

from kg.model import LEARNED, Curie
from kg.nlp.weights import Weights

_SHOWN = 3
_GENERAL = re.compile(
    r"types |order |forms |\w+ class |leaves |distance |mentions |path |another |date of |\w+ at edge|join has "
)
_WORDED = (
    (re.compile(r"(?:words? )?between [<>] (“.*”)"), r"\1 between"),
    (re.compile(r"word for kg:(\w+) (between|on path) [<>]"), r"a word for \1 \2"),
    (re.compile(r"frame kg:(\w+)( turned)?.*"), r"a frame for \1\2"),
    (re.compile(r"(subject|object) (?:\d )?(before|after) (“.*”)"), r"\3 \2 the \1"),
    (re.compile(r"join (\S+) has \w+ (\S+)"), r"“\1” with “\2”"),
    (re.compile(r"join (\S+)"), r"joined by “\1”"),
    (re.compile(r"on path (\S+)"), r"“\1” in the tree between"),
    (re.compile(r"(subject|object) under (.*?)(?: as \w+)?"), r"the \1 under “\2”"),
)


def describe(features: frozenset[str], relation: Curie, weights: Weights) -> str:
    """'learned: “was born in” between, joined by “bear”': what spoke most for it, words before shapes."""
    table = weights.tables[relation]
    speaking = sorted(
        (name for name in features & table.keys() if table[name] > 0),
        key=lambda name: (_is_general(name), -table[name], name),
    )
    told: dict[str, None] = {}
    for name in speaking:
        told[tell_feature(name)] = None
        if len(told) == _SHOWN:
            break
    return f"{LEARNED}{', '.join(told) or 'its examples'}"


@lru_cache(maxsize=1 << 15)
def _is_general(feature: str) -> bool:
    """True of shapes, which tell less than words."""
    return bool(_GENERAL.match(feature))


@lru_cache(maxsize=4096)
def tell_feature(feature: str) -> str:
    """A feature as people would say it."""
    for pattern, words in _WORDED:
        found = pattern.fullmatch(feature)
        if found:
            return found.expand(words)
    return feature
