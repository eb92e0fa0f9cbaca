"""What can be seen of two mentions in the tree of their sentence."""

from collections.abc import Iterator
from typing import NamedTuple

from kg.nlp.candidates import End
from kg.nlp.parse import Parse

_LENGTHS = ((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"), (16, "9-16"))
_STEPS = 7  # longest path that is a feature as a whole


class Path(NamedTuple):
    """Token indices: up from the subject to below the join, the join, and down to the object."""

    up: tuple[int, ...]
    join: int
    down: tuple[int, ...]


def find_path(one: int, other: int, parse: Parse) -> Path:
    """The way through the tree from one token to another of its sentence."""
    above = _climb(one, parse)
    ranks = {token: rank for rank, token in enumerate(above)}
    down = []
    token = other
    while token not in ranks and parse.heads[token] != token:
        down.append(token)
        token = parse.heads[token]
    rank = ranks.get(token, len(above) - 1)
    return Path(tuple(above[:rank]), above[rank], tuple(reversed(down)))


def _climb(token: int, parse: Parse) -> list[int]:
    line = [token]
    while parse.heads[token] != token:
        token = parse.heads[token]
        line.append(token)
    return line


def find_path_features(subject: End, target: End, order: str, parse: Parse) -> Iterator[str]:
    """The path with and without its words, and what hangs on its join."""
    path = find_path(subject.root, target.root, parse)
    inside = {*range(subject.start, subject.end), *range(target.start, target.end)}
    name = "self" if path.join in inside else parse.lemmas[path.join]
    nodes = [i for i in (*path.up[1:], path.join, *path.down[:-1]) if i not in inside]
    yield from _find_steps(path, name, parse)
    yield from (f"on path {parse.lemmas[i]}" for i in nodes)
    yield from (f"word for {relation} on path {order}" for i in nodes for relation in parse.evoked[i])
    yield from _find_children(path.join, name, inside, parse)


def _find_steps(path: Path, name: str, parse: Parse) -> Iterator[str]:
    rising, falling = [parse.steps[i] for i in path.up], [parse.steps[i] for i in path.down]
    length = len(rising) + len(falling)
    if length <= _STEPS:
        yield f"path {' '.join(rising)} ^ {' '.join(falling)}"
        yield f"path {' '.join(rising)} ^{name} {' '.join(falling)}"
    yield f"path length {name_length(length)}"
    yield f"join {name}"
    for role, steps in (("subject", rising), ("object", falling[::-1])):
        if steps:
            yield f"leaves {role} by {steps[0]}"
            yield f"leaves {role} by {' '.join(steps[:2])} from {name}"


def _find_children(join: int, name: str, inside: set[int], parse: Parse) -> Iterator[str]:
    """'*not* born', '*was* born': what else hangs on the join."""
    for i in parse.children[join]:
        if i not in inside and i not in parse.masks:
            yield f"join {name} has {parse.labels[i]} {parse.lemmas[i]}"
            yield f"join has {parse.labels[i]} {parse.lemmas[i]}"


def find_governor(end: End, role: str, parse: Parse) -> Iterator[str]:
    """What an end hangs on: '*born in* Quito'."""
    head = parse.heads[end.root]
    if head == end.root:
        yield f"{role} is root"
        return
    yield f"{role} under {parse.lemmas[head]} as {parse.labels[end.root]}"
    if parse.heads[head] != head:
        yield f"{role} under {parse.lemmas[parse.heads[head]]} {parse.lemmas[head]}"


def name_length(number: int) -> str:
    """A length, roughly: '3-4'."""
    return next((name for most, name in _LENGTHS if number <= most), "17+")
