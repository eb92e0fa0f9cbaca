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
    object there, of the object with another subject, of any other two things there (who names one founder may name
    more), and of the pair in another relation."""

    own: float
    best: float
    other_object: float = NO_RIVAL
    other_subject: float = NO_RIVAL
    other_pair: float = NO_RIVAL
    other_relation: float = NO_RIVAL


Shared = dict[Curie, Standing]
Place = tuple[str, str]
"""A sentence and a chain in it, or '' for all of it."""
Seat = tuple[Place, str]
"""Where a pair competes, and as what."""
Ranked = Sequence[tuple[float, str]]
"""Log-odds of chains, pairs or relations, best first."""
Ranks = Mapping[Place, Mapping[Curie, Ranked]]
MayTell = Callable[[Curie, float, float, float, float], bool]
"""Whether a relation may be likely enough by the log-odds of a pair, the best between the same two things, and what
those of a rival, and of any relation in the sentence, are at most."""


def share_odds(keys: Sequence[Key], odds: Sequence[Odds], may_tell: MayTell = lambda *_: True) -> list[Shared]:
    """For each pair and relation that ``may_tell`` something how it stands among the pairs of its sentence."""
    best = _find_best(keys, odds)
    peaks = _find_peaks(best)
    open_to = {sentence: _find_telling(most, most, most, most, may_tell) for sentence, most in peaks.items()}
    telling = [
        _find_telling(names, own, best[key], peaks[key.sentence], may_tell)
        if (names := own.keys() & open_to[key.sentence])
        else []
        for key, own in zip(keys, odds, strict=True)
    ]
    asked = [(_seat(key), relations) for key, relations in zip(keys, telling, strict=True) if relations]
    seats = [(_seat(key), found) for key, found in best.items() if open_to[key.sentence]]
    ranks = [
        _rank(
            ((seat[kind], found) for seat, found in seats),
            _collect((seat[kind][0], relations) for seat, relations in asked),
        )
        for kind in range(3)
    ]
    return [
        _find_standings(key, own, relations, best[key], ranks) if relations else {}
        for key, own, relations in zip(keys, odds, telling, strict=True)
    ]


def _find_peaks(best: Mapping[Key, Odds]) -> dict[str, Odds]:
    """Of each sentence the highest log-odds by relation."""
    peaks: dict[str, Odds] = {}
    for key, found in best.items():
        highest = peaks.setdefault(key.sentence, {})
        for relation, value in found.items():
            highest[relation] = max(value, highest.get(relation, value))
    return peaks


def _find_telling(names: Iterable[Curie], own: Odds, best: Odds, peaks: Odds, may_tell: MayTell) -> list[Curie]:
    """Those of some relations that may tell something where no rival is above the peaks of its sentence."""
    top = max(peaks.values(), default=NO_RIVAL)
    return [name for name in names if may_tell(name, own[name], best[name], peaks[name], top)]


def _find_standings(key: Key, odds: Odds, relations: Iterable[Curie], best: Odds, ranks: Sequence[Ranks]) -> Shared:
    likeliest = _lead(odds)
    rivals = [(ranked[place], name) for ranked, (place, name) in zip(ranks, _seat(key), strict=True)]
    found = {relation: [_find_rival(ranked[relation], name) for ranked, name in rivals] for relation in relations}
    return {
        relation: Standing._make((odds[relation], best[relation], *others, _find_rival(likeliest, relation)))
        for relation, others in found.items()
    }


def _find_best(keys: Sequence[Key], odds: Sequence[Odds]) -> dict[Key, Odds]:
    best: dict[Key, Odds] = {}
    for key, own in zip(keys, odds, strict=True):
        shared = best.setdefault(key, {})
        for relation, value in own.items():
            if value > shared.get(relation, -inf):
                shared[relation] = value
    return best


def _seat(key: Key) -> tuple[Seat, Seat, Seat]:
    """Beside its subject, beside its object, and in its sentence."""
    sentence, subject, target, alone = key
    return ((sentence, subject), target), ((sentence, target), subject), ((sentence, ""), f"{subject} {target} {alone}")


def _collect(rows: Iterable[tuple[Place, Iterable[Curie]]]) -> dict[Place, set[Curie]]:
    """In which places which relations are asked."""
    asked: dict[Place, set[Curie]] = {}
    for place, relations in rows:
        asked.setdefault(place, set()).update(relations)
    return asked


def _rank(rows: Iterable[tuple[Seat, Odds]], asked: Mapping[Place, Iterable[Curie]]) -> Ranks:
    """Of each place that is asked of, by relation, the two that are likeliest there."""
    ranked: dict[Place, dict[Curie, dict[str, float]]] = {}
    for (place, name), odds in rows:
        for relation in asked.get(place, ()):
            if relation in odds:
                values = ranked.setdefault(place, {}).setdefault(relation, {})
                values[name] = max(odds[relation], values.get(name, odds[relation]))
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
