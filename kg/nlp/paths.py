"""The path walker: from a trigger word to its arguments, along named positions.

The paths of a position are walked together, as one fork of steps: those that begin alike part only where they differ.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Token

from kg.nlp.tree import children_by_label, children_of, labels_below

Step = tuple[bool, str, frozenset[str]]
"""Upwards?, dependency label, the lemmas the word reached may have (any where there are none)."""


class Fork(NamedTuple):
    """Numbers of the paths that end here, and the ways on, up and down, by label."""

    ends: tuple[int, ...]
    up: Mapping[str, Sequence["Way"]]
    down: Mapping[str, Sequence["Way"]]


Way = tuple[frozenset[str], Fork]
"""A step taken: the lemmas the word reached may have, and the fork there."""


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
        (up if upward else down).setdefault(label, []).append((lemmas, _part(rest)))
    return Fork(tuple(number for number, steps in routes if not steps), up, down)


def walk(token: Token, path: str) -> Sequence[Token]:
    """Tokens at the end of ``path``, in text order; nothing where the path does not exist."""
    return next((ends for _, ends in walk_paths(token, (path,))), ())


def walk_all(token: Token, paths: tuple[str, ...]) -> Iterator[Token]:
    """What stands at the end of each path in turn."""
    for _, ends in walk_paths(token, paths):
        yield from ends


def walk_paths(token: Token, paths: tuple[str, ...]) -> Iterator[tuple[str, Sequence[Token]]]:
    """Those of ``paths`` that exist, in their order, each with the tokens at its end, in text order."""
    found = dict(_follow((token,), _parse_paths(paths)))
    for number in sorted(found):
        ends = found[number]
        yield paths[number], sorted(ends, key=lambda end: end.i) if len(ends) > 1 else ends


def _follow(tokens: Sequence[Token], fork: Fork) -> Iterator[tuple[int, Sequence[Token]]]:
    """Numbers of the paths on from ``fork`` that exist, and what stands at their ends."""
    yield from ((number, tokens) for number in fork.ends)
    for label in fork.up.keys() & {token.dep_ for token in tokens}:
        above = [token.head for token in tokens if token.dep_ == label and token.head.i != token.i]
        yield from _choose(above, fork.up[label])
    for label in fork.down.keys() & {label for token in tokens for label in labels_below(token)}:
        below = [child for token in tokens for child in children_by_label(token).get(label, ())]
        yield from _choose(below, fork.down[label])


def _choose(reached: Sequence[Token], ways: Sequence[Way]) -> Iterator[tuple[int, Sequence[Token]]]:
    for lemmas, fork in ways:
        ends = [end for end in reached if end.lemma_.lower() in lemmas] if lemmas else reached
        if ends:
            yield from _follow(ends, fork)


def with_conjuncts(token: Token) -> tuple[Token, ...]:
    """The token and what is coordinated to its right: 'met *Ann*, *Bo* and *Cy*'."""
    found = [token]
    for child in children_of(token):
        if child.dep_ == "conj":
            found.extend(with_conjuncts(child))
    return tuple(found)
