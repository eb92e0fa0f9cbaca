"""The path walker: from a trigger word to its arguments, along named positions."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from spacy.tokens import Token

from kg.nlp.tree import children_of, labels_below

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


def walk(token: Token, path: str) -> Sequence[Token]:
    """Tokens at the end of ``path``, in text order; nothing where the path does not exist."""
    ends: Sequence[Token] = (token,)
    for step in parse_path(path):
        ends = [reached for end in ends for reached in _take(end, step)]
        if not ends:
            return ()
    return sorted(ends, key=lambda end: end.i) if len(ends) > 1 else ends


def walk_all(token: Token, paths: tuple[str, ...]) -> Iterator[Token]:
    """What stands at the end of each path in turn."""
    for path in open_paths(token, paths):
        yield from walk(token, path)


def open_paths(token: Token, paths: tuple[str, ...]) -> Iterator[str]:
    """Those of ``paths`` whose first step ``token`` can take, in their order."""
    above, below = token.dep_, labels_below(token)
    for path, upward, label in _first_steps(paths):
        if label == above if upward else not label or label in below:
            yield path


@lru_cache(maxsize=1024)
def _first_steps(paths: tuple[str, ...]) -> tuple[tuple[str, bool, str], ...]:
    """Path, direction and label of its first step, which the path to the word itself has not."""
    return tuple((path, *(parse_path(path)[0][:2] if path else (False, ""))) for path in paths)


def _take(token: Token, step: Step) -> Sequence[Token]:
    """One step: '^dep:lemma' wants the *reached* word's lemma, and so does 'dep:lemma'."""
    upward, label, lemmas = step
    if label not in ((token.dep_,) if upward else labels_below(token)):
        return ()
    reached = _climb(token) if upward else [child for child in children_of(token) if child.dep_ == label]
    return [end for end in reached if end.lemma_.lower() in lemmas] if lemmas else reached


def _climb(token: Token) -> Sequence[Token]:
    return () if token.head.i == token.i else (token.head,)


def with_conjuncts(token: Token) -> tuple[Token, ...]:
    """The token and what is coordinated to its right: 'met *Ann*, *Bo* and *Cy*'."""
    found = [token]
    for child in children_of(token):
        if child.dep_ == "conj":
            found.extend(with_conjuncts(child))
    return tuple(found)
