"""What can be seen of two mentions in the tree of their sentence."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from kg.nlp.candidates import End
from kg.nlp.parse import Parse

_LENGTHS = ((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"), (16, "9-16"))
_STEPS = 7  # longest path that is a feature as a whole
_KEPT = 1024  # tokens of which is kept what is asked for with each pair


class Path(NamedTuple):
    """Token indices: up from the subject to below the join, the join, and down to the object."""

    up: tuple[int, ...]
    join: int
    down: tuple[int, ...]


def find_path(one: int, other: int, parse: Parse) -> Path:
    """The way through the tree from one token to another of its sentence."""
    ranks = _climb(one, parse)
    above = tuple(ranks)
    down = []
    token = other
    while token not in ranks and parse.heads[token] != token:
        down.append(token)
        token = parse.heads[token]
    rank = ranks.get(token, len(above) - 1)
    return Path(above[:rank], above[rank], tuple(reversed(down)))


@lru_cache(maxsize=_KEPT)
def _climb(token: int, parse: Parse) -> Mapping[int, int]:
    """The token and those above it, from below, each with its rank."""
    line = {token: 0}
    while parse.heads[token] != token:
        token = parse.heads[token]
        line[token] = len(line)
    return line


def find_path_features(subject: End, target: End, order: str, parse: Parse) -> list[str]:
    """The path with and without its words, and what hangs on its join."""
    path = find_path(subject.root, target.root, parse)
    inside = {*range(subject.start, subject.end), *range(target.start, target.end)}
    name = "self" if path.join in inside else parse.lemmas[path.join]
    nodes = [i for i in (*path.up[1:], path.join, *path.down[:-1]) if i not in inside]
    found = _find_steps(path, name, parse)
    found += [f"on path {parse.lemmas[i]}" for i in nodes]
    found += [f"word for {relation} on path {order}" for i in nodes for relation in parse.evoked[i]]
    for i, names in _name_children(path.join, name, parse):
        if i not in inside:
            found += names
    return found


def _find_steps(path: Path, name: str, parse: Parse) -> list[str]:
    rising, falling = [parse.steps[i] for i in path.up], [parse.steps[i] for i in path.down]
    length = len(rising) + len(falling)
    found = [f"path length {name_length(length)}", f"join {name}"]
    if length <= _STEPS:
        up, down = " ".join(rising), " ".join(falling)
        found += (f"path {up} ^ {down}", f"path {up} ^{name} {down}")
    for role, steps in (("subject", rising), ("object", falling[::-1])):
        if steps:
            found += (f"leaves {role} by {steps[0]}", f"leaves {role} by {' '.join(steps[:2])} from {name}")
    return found


@lru_cache(maxsize=_KEPT)
def _name_children(join: int, name: str, parse: Parse) -> list[tuple[int, tuple[str, str]]]:
    """'*not* born', '*was* born': what else hangs on the join."""
    shown = ((i, f"{parse.labels[i]} {parse.lemmas[i]}") for i in parse.children.get(join, ()) if i not in parse.masks)
    return [(i, (f"join {name} has {child}", f"join has {child}")) for i, child in shown]


def find_governor(end: End, role: str, parse: Parse) -> list[str]:
    """What an end hangs on: '*born in* Quito'."""
    head = parse.heads[end.root]
    if head == end.root:
        return [f"{role} is root"]
    above = parse.heads[head]
    under = f"{role} under {parse.lemmas[head]} as {parse.labels[end.root]}"
    return [under] if above == head else [under, f"{role} under {parse.lemmas[above]} {parse.lemmas[head]}"]


@cache
def name_length(number: int) -> str:
    """A length, roughly: '3-4'."""
    return next((name for most, name in _LENGTHS if number <= most), "17+")
