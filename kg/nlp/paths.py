"""The path walker: from a trigger word to its arguments, along named positions."""

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Token

Step = tuple[bool, str, frozenset[str]]
"""Upwards?, dependency label, the lemmas the word reached may have (any where there are none)."""


@lru_cache(maxsize=4096)
def parse_path(path: str) -> tuple[Step, ...]:
    """Steps of a path such as ``"^relcl nsubj"``, ``"prep:of pobj"`` or ``"^dobj:hold|stage nsubj"``."""
    steps = []
    for part in path.split():
        label, _, lemmas = part.removeprefix("^").partition(":")
        steps.append((part.startswith("^"), label, frozenset(lemmas.split("|")) if lemmas else frozenset()))
    return tuple(steps)


def walk(token: Token, path: str) -> Iterator[Token]:
    """Tokens at the end of ``path``, in text order; nothing where the path does not exist."""
    ends = [token]
    for step in parse_path(path):
        ends = [reached for end in ends for reached in _take(end, step)]
    yield from sorted(ends, key=lambda end: end.i)


def _take(token: Token, step: Step) -> Iterator[Token]:
    """One step: '^dep:lemma' wants the *reached* word's lemma, and so does 'dep:lemma'."""
    upward, label, lemmas = step
    if upward:
        reached = [token.head] if token.dep_ == label and token.head is not token else []
    else:
        reached = [child for child in token.children if child.dep_ == label]
    yield from (end for end in reached if not lemmas or end.lemma_.lower() in lemmas)


def with_conjuncts(token: Token) -> tuple[Token, ...]:
    """The token and what is coordinated to its right: 'met *Ann*, *Bo* and *Cy*'."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found.extend(with_conjuncts(child))
    return tuple(found)
