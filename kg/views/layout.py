"""Where the nodes of a network lie: the same picture each time, on every machine.

Each part that hangs together is laid out alone, from its coarsest communities down to its nodes (Walshaw 2003): a
group's members begin where the group lay. Ties pull and everything pushes (``kg.views.repulsion``); what has many ties
pushes more, so that communities stand apart (Noack 2009). Then nodes are given room and parts are packed.
"""

import math
from functools import cache

import networkx as nx
import numpy as np

from kg.views.communities import Level, Ties, nest_communities, tie_nodes
from kg.views.network import Network
from kg.views.repulsion import Floats, Ints, add_up, repel
from kg.views.spacing import lay_flat, make_room, pack

Places = dict[str, tuple[int, int]]
_ROUNDS = ((16, 30), (1000, 60), (3000, 30))
"""Rounds of up to so many nodes: few are soon at rest, and each round of many takes long."""
_ROUNDS_OF_MANY = 15
_SWING = 0.7
"""So much of a step goes on in the next one: what moves one way moves faster (Polyak 1964)."""
_PULL = 0.35
_TO_MIDDLE = (0.018, 0.022)
"""A little more upwards than sideways: screens are wide, but there are columns beside the graph."""
_ABROAD = 0.4
"""A tie to another community pulls so much of one within: so that each is seen as one."""
_FEW = 6
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def place_nodes(network: Network) -> Places:
    """Integer page coordinates of every node, centred on (0, 0); most parts are small, and many of them are alike."""
    parts, lay = _list_parts(network), cache(_lay_part)
    packed = pack([lay(len(names), tuple(tie_nodes(network, names).items())) for names in parts])
    return {
        name: (round(float(x)), round(float(y)))
        for names, at in zip(parts, packed, strict=True)
        for name, (x, y) in zip(names, at, strict=True)
    }


def _list_parts(network: Network) -> list[list[str]]:
    """What hangs together, the largest first."""
    parts = sorted(nx.weakly_connected_components(network), key=lambda part: (-len(part), min(part)))
    return [sorted(part) for part in parts]


def _lay_part(count: int, tied: tuple[tuple[tuple[int, int], float], ...]) -> Floats:
    """A part alone; a few nodes stand one above the other, for labels are wide."""
    ties = dict(tied)
    levels = nest_communities(count, ties)
    at = lay_flat(make_room(_relax_levels(count, _loosen(ties, levels), levels)))
    return at if count > _FEW else at[:, ::-1]


def _loosen(ties: Ties, levels: list[Level]) -> Ties:
    home = {number: place for place, group in enumerate(levels[-1] if levels else ()) for number in group}
    return {
        (one, other): weight * (1 if home[one] == home[other] else _ABROAD) for (one, other), weight in ties.items()
    }


def _relax_levels(count: int, ties: Ties, levels: list[Level]) -> Floats:
    """Places of the nodes: those of the coarsest groups, then of the groups within them, and so on down."""
    parent, at = np.zeros(count, dtype=np.int64), np.zeros((1, 2))
    for level in [*reversed(levels), tuple((number,) for number in range(count))]:
        group = _number_groups(level, count)
        size = np.array([len(members) for members in level], dtype=np.float64)
        began = _spread(at, parent[[members[0] for members in level]], size)
        at, parent = _relax(began, *_join(ties, group), size), group
    return at


def _number_groups(level: Level, count: int) -> Ints:
    group = np.zeros(count, dtype=np.int64)
    for number, members in enumerate(level):
        group[list(members)] = number
    return group


def _join(ties: Ties, group: Ints) -> tuple[Ints, Floats]:
    """The ties among groups, added up."""
    joined: Ties = {}
    for (one, other), weight in ties.items():
        low, high = sorted((int(group[one]), int(group[other])))
        if low != high:
            joined[low, high] = joined.get((low, high), 0.0) + weight
    pairs = sorted(joined)
    return np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array([joined[pair] for pair in pairs], dtype=np.float64)


def _spread(at: Floats, parent: Ints, size: Floats) -> Floats:
    """Members around the place of their group, on a sunflower's spiral, as wide as what they hold needs."""
    spread, held = np.empty((len(parent), 2)), dict[int, float]()
    for number in np.lexsort((np.arange(len(parent)), -size)):
        turn = held.get(int(parent[number]), 0.0)
        radius, angle = 0.5 * math.sqrt(turn), turn * _GOLDEN_ANGLE
        spread[number] = at[parent[number]] + [round(radius * math.cos(angle), 6), round(radius * math.sin(angle), 6)]
        held[int(parent[number])] = turn + float(size[number])
    return spread


def _relax(at: Floats, ends: Ints, weights: Floats, size: Floats) -> Floats:
    """Moves all until pull and push are even; steps shrink, the first are as long as two fifths of the picture."""
    if not len(ends):
        return at
    rounds = next((rounds for most, rounds in _ROUNDS if len(at) <= most), _ROUNDS_OF_MANY)
    mass = (size + np.bincount(ends.ravel(), np.repeat(weights, 2), len(at)))[:, None]
    longest = 0.4 * math.sqrt(float(mass.sum()))
    one, other, pull = ends[:, 0].copy(), ends[:, 1].copy(), _PULL * weights
    way = np.zeros_like(at)
    for step in range(rounds):
        way = repel(at, mass[:, 0]) - at * _TO_MIDDLE + _pull(at, one, other, pull) / mass + _SWING * way
        length = np.sqrt(way[:, 0] ** 2 + way[:, 1] ** 2) + 1e-9
        way = way * (np.minimum(length, longest * (1 - step / rounds) ** 2 + 0.01) / length)[:, None]
        at = at + way
    return at


def _pull(at: Floats, one: Ints, other: Ints, pull: Floats) -> Floats:
    force = [(way.take(other) - way.take(one)) * pull for way in at.T.copy()]
    return add_up(one, force, len(at)) - add_up(other, force, len(at))
