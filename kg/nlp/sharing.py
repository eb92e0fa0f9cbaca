"""Odds of a pair among those around it.

A chain shares: 'Ann, *who* was born in Quito' says it of Ann too. Rivals compete: of two places beside 'born', the one
that is likelier makes the other less so, and so it is of two relations of a pair.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf
from typing import NamedTuple

from kg.model import Curie
from kg.nlp.candidates import Pair

NO_RIVAL = -6.0
"""Log-odds of a rival where there is none: as unlikely as anything gets."""

Odds = dict[Curie, float]
"""Relation → log-odds, of one pair."""


class Key(NamedTuple):
    """Sentence and chains; a pair inside one chain shares with none and has its places in ``alone``."""

    sentence: str
    subject: str
    object: str
    alone: str = ""


class Standing(NamedTuple):
    """Log-odds of a pair, the best between the same two things in the sentence, the best of the subject with another
    object there, of the object with another subject, and of the pair in another relation."""

    own: float
    best: float
    other_object: float = NO_RIVAL
    other_subject: float = NO_RIVAL
    other_relation: float = NO_RIVAL


Shared = dict[Curie, Standing]
Place = tuple[str, str]
"""A sentence and a chain in it."""
Ranked = Sequence[tuple[float, str]]
"""Log-odds of chains or relations, best first."""
MayTell = Callable[[Curie, float, float], bool]
"""Whether a relation may be likely enough by the log-odds of a pair and the best between the same two things."""


def share_odds(keys: Sequence[Key], odds: Sequence[Odds], may_tell: MayTell = lambda *_: True) -> list[Shared]:
    """For each pair and relation that ``may_tell`` something how it stands among the pairs of its sentence."""
    best = _find_best(keys, odds)
    telling = [
        [relation for relation, value in own.items() if may_tell(relation, value, shared[relation])]
        for own, shared in zip(odds, map(best.__getitem__, keys), strict=True)
    ]
    asked = [(key, relations) for key, relations in zip(keys, telling, strict=True) if relations]
    of_subjects = _collect((_subject_of(key), relations) for key, relations in asked)
    of_objects = _collect((_object_of(key), relations) for key, relations in asked)
    objects = _rank(((_subject_of(key), key.object, found) for key, found in best.items()), of_subjects)
    subjects = _rank(((_object_of(key), key.subject, found) for key, found in best.items()), of_objects)
    return [
        _find_standings(key, own, relations, best[key], objects[_subject_of(key)], subjects[_object_of(key)])
        if relations
        else {}
        for key, own, relations in zip(keys, odds, telling, strict=True)
    ]


def _find_standings(
    key: Key,
    odds: Odds,
    relations: Iterable[Curie],
    best: Odds,
    objects: Mapping[Curie, Ranked],
    subjects: Mapping[Curie, Ranked],
) -> Shared:
    likeliest = _lead(odds)
    return {
        relation: Standing(
            odds[relation],
            best[relation],
            _find_rival(objects[relation], key.object),
            _find_rival(subjects[relation], key.subject),
            _find_rival(likeliest, relation),
        )
        for relation in relations
    }


def _find_best(keys: Sequence[Key], odds: Sequence[Odds]) -> dict[Key, Odds]:
    best: dict[Key, Odds] = {}
    for key, own in zip(keys, odds, strict=True):
        shared = best.setdefault(key, {})
        for relation, value in own.items():
            if value > shared.get(relation, -inf):
                shared[relation] = value
    return best


def _subject_of(key: Key) -> Place:
    return key.sentence, key.subject


def _object_of(key: Key) -> Place:
    return key.sentence, key.object


def _collect(rows: Iterable[tuple[Place, Iterable[Curie]]]) -> dict[Place, set[Curie]]:
    """Of which things in their sentences which relations are asked."""
    asked: dict[Place, set[Curie]] = {}
    for place, relations in rows:
        asked.setdefault(place, set()).update(relations)
    return asked


def _rank(
    rows: Iterable[tuple[Place, str, Odds]], asked: Mapping[Place, Iterable[Curie]]
) -> dict[Place, dict[Curie, Ranked]]:
    """Of each thing that is asked of in its sentence, by relation, the two chains that go best with it."""
    ranked: dict[Place, dict[Curie, dict[str, float]]] = {}
    for place, chain, odds in rows:
        for relation in asked.get(place, ()):
            if relation in odds:
                values = ranked.setdefault(place, {}).setdefault(relation, {})
                values[chain] = max(odds[relation], values.get(chain, odds[relation]))
    return {place: {relation: _lead(values) for relation, values in found.items()} for place, found in ranked.items()}


def _lead(values: Mapping[str, float]) -> Ranked:
    """The best two: one of them is a rival of any."""
    return sorted(zip(values.values(), values, strict=True), reverse=True)[:2]


def _find_rival(ranked: Ranked, name: str) -> float:
    for value, other in ranked:
        if other != name:
            return value
    return NO_RIVAL


def find_key(pair: Pair) -> Key:
    """Its sentence, and the chains of its ends."""
    subject, target = pair.subject, pair.object
    alone = f"{subject.start} {target.start}" if subject.chain == target.chain else ""
    return Key(str(subject.sentence[0]), subject.chain, target.chain, alone)
