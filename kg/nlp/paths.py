"""The path walker: from a trigger word to its arguments, along named positions.

The paths of a position are walked together, as one fork of steps: those that begin alike part only where they differ.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from spacy.tokens import Token

from kg.nlp.subjects import find_understood
from kg.nlp.tree import CHILDLESS, children_by_label, children_of, index_children

UNDERSTOOD = "subject"
"""The step from a verb without a subject to what is understood as such."""
_JOINED = frozenset({"prep", "agent"})
_BY_PLACE = attrgetter("i")
Step = tuple[bool, str, frozenset[str]]
"""Upwards?, dependency label, the lemmas the word reached may have (any where there are none)."""


class Fork(NamedTuple):
    """Numbers of the paths that end here, and the ways on, up and down, by label."""

    ends: tuple[int, ...]
    up: Mapping[str, Sequence["Way"]]
    down: Mapping[str, Sequence["Way"]]


class Way(NamedTuple):
    """A step: the lemmas the word reached may have, any where there are none, and the fork there."""

    lemmas: frozenset[str]
    fork: Fork


@lru_cache(maxsize=4096)
def parse_path(path: str) -> tuple[Step, ...]:
    """Steps of a path such as ``"^relcl nsubj"``, ``"prep:of pobj"`` or ``"^dobj:hold|stage nsubj"``.

    '^dep:lemma' wants the *reached* word's lemma, and so does 'dep:lemma'.
    """
    steps = []
    for part in path.split():
        label, _, lemmas = part.removeprefix("^").partition(":")
        steps.append((part.startswith("^"), label, frozenset(lemmas.split("|")) if lemmas else frozenset()))
    return tuple(steps)


@lru_cache(maxsize=1024)
def _parse_paths(paths: tuple[str, ...]) -> Fork:
    return _part([(number, parse_path(path)) for number, path in enumerate(paths)])


def _part(routes: Sequence[tuple[int, Sequence[Step]]]) -> Fork:
    """The fork of what is left of some paths."""
    following: dict[Step, list[tuple[int, Sequence[Step]]]] = {}
    for number, steps in routes:
        if steps:
            following.setdefault(steps[0], []).append((number, steps[1:]))
    up: dict[str, list[Way]] = {}
    down: dict[str, list[Way]] = {}
    for (upward, label, lemmas), rest in following.items():
        (up if upward else down).setdefault(label, []).append(Way(lemmas, _part(rest)))
    return Fork(tuple(number for number, steps in routes if not steps), up, down)


def walk(token: Token, path: str) -> Sequence[Token]:
    """Tokens at the end of ``path``, in text order; nothing where the path does not exist."""
    return walk_all(token, (path,))


def walk_all(token: Token, paths: tuple[str, ...]) -> Sequence[Token]:
    """What stands at the end of each path in turn."""
    return [end for _, ends in walk_paths(token, paths) for end in ends]


def walk_paths(token: Token, paths: tuple[str, ...]) -> list[tuple[str, Sequence[Token]]]:
    """Those of ``paths`` that exist, in their order, each with the tokens at its end, in text order."""
    first, sorted_children = _parse_paths(paths), index_children(token.doc)
    if (
        not first.ends
        and token.dep_ not in first.up
        and UNDERSTOOD not in first.down
        and first.down.keys().isdisjoint(sorted_children.get(token.i, CHILDLESS))
    ):
        return []
    found: dict[int, list[Token]] = {}
    places = [(token, first)]
    for place, (ends, up, down) in places:  # which grows by what is reached
        for number in ends:
            found.setdefault(number, []).append(place)
        if up and place.dep_ in up and place.head.i != place.i:
            places += _reach((place.head,), up[place.dep_])
        if not down:
            continue
        if UNDERSTOOD in down and (subject := find_understood(place)) is not None:
            places += _reach((subject,), down[UNDERSTOOD])
        for label, children in sorted_children.get(place.i, CHILDLESS).items():
            if label in down:
                places += _reach(_with_joined(children) if label in _JOINED else children, down[label])
    return [(paths[number], sorted(found[number], key=_BY_PLACE)) for number in sorted(found)]


def _reach(ends: Sequence[Token], ways: Sequence[Way]) -> list[tuple[Token, Fork]]:
    """The words to which a step leads, and the forks there."""
    return [(end, fork) for lemmas, fork in ways for end in ends if not lemmas or end.lemma_.lower() in lemmas]


def _with_joined(prepositions: Sequence[Token]) -> Sequence[Token]:
    """'studied *at* A and *at* B', 'shot *by* Ann and *by* Bo': a preposition said again leads where the first does."""
    joined = [each for first in prepositions for each in children_by_label(first).get("conj", ())]
    lemmas = {first.lemma_ for first in prepositions}
    again = [each for each in joined if each.lemma_ in lemmas and _is_closed(each)]
    return [*prepositions, *again] if again else prepositions


def _is_closed(preposition: Token) -> bool:
    """Not 'and *by* chance Bo was there': what stands behind it belongs to it, and is no subject of a clause."""
    for noun in children_by_label(preposition).get("pobj", ()):
        behind = noun.nbor().pos_ if noun.i + 1 < len(noun.doc) else ""
        return noun.left_edge.i == preposition.i + 1 and behind not in ("VERB", "AUX", "PROPN")
    return False


def with_conjuncts(token: Token) -> tuple[Token, ...]:
    """The token and what is coordinated to its right: 'met *Ann*, *Bo* and *Cy*'."""
    found = [token]
    for child in children_of(token):
        if child.dep_ == "conj":
            found.extend(with_conjuncts(child))
    return tuple(found)
