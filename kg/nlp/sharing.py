"""Odds inside a chain: 'Ann, *who* was born in Quito' says it of Ann too."""

from collections.abc import Sequence

from kg.model import Curie
from kg.nlp.candidates import Pair

Odds = dict[Curie, float]
"""Relation → log-odds, of one pair."""
Shared = dict[Curie, tuple[float, float]]
"""Relation → its own log-odds, and the best between the same two things in the sentence."""
Key = tuple[str, ...]


def share_odds(keys: Sequence[Key], odds: Sequence[Odds]) -> list[Shared]:
    """For each pair and relation its own log-odds and the best of the pairs with its key."""
    best: dict[Key, Odds] = {}
    for key, own in zip(keys, odds, strict=True):
        shared = best.setdefault(key, {})
        for relation, value in own.items():
            shared[relation] = max(value, shared.get(relation, value))
    return [
        {relation: (value, best[key][relation]) for relation, value in own.items()}
        for key, own in zip(keys, odds, strict=True)
    ]


def find_key(pair: Pair) -> Key:
    """Sentence and chains; a pair inside one chain shares with none."""
    subject, target = pair.subject, pair.object
    alone = (str(subject.start), str(target.start)) if subject.chain == target.chain else ()
    return (str(subject.sentence[0]), subject.chain, target.chain, *alone)
