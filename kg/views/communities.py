"""Communities of a network: groups of nodes that hang together more than with the rest, and how they nest.

Louvain (Blondel et al. 2008) on numbered nodes and with a seed: the same network, the same groups. They are those that
``networkx.community.louvain_partitions`` finds, in less than half of its time: of numbers lists are enough.
"""

from collections.abc import Iterator, Sequence
from random import Random

from kg.views.network import Network

Level = tuple[tuple[int, ...], ...]
"""Groups of the numbers of nodes, each group and the groups among themselves sorted."""
Ties = dict[tuple[int, int], float]
"""What ties two numbered nodes, the lower number first, and how strongly."""
Near = list[dict[int, float]]
"""Of each node its neighbours and how strongly it is tied to each; a group may be its own."""
_FACT, _CLAIM = 1.0, 0.25
"""What is only said ties less than what is so."""
_LEAST_GAIN = 1e-7
"""Of modularity, by a level; less is no better."""


def tie_nodes(network: Network, names: Sequence[str]) -> Ties:
    """The ties among ``names``, numbered in their order; several relations of two things tie more than one."""
    number = {name: place for place, name in enumerate(names)}
    ties: Ties = {}
    for subject, target, edge in network.out_edges(names, data=True):
        if subject != target and target in number:
            one, other = sorted((number[subject], number[target]))
            ties[one, other] = min(3.0, ties.get((one, other), 0.0) + (_FACT if edge["fact"] else _CLAIM))
    return dict(sorted(ties.items()))


def nest_communities(count: int, ties: Ties) -> list[Level]:
    """Partitions of the numbers 0 … count - 1, from many small groups to few large ones; none where nothing ties."""
    return list(_nest(_list_neighbours(count, ties))) if ties else []


def _nest(near: Near) -> Iterator[Level]:
    """The groups of each level are the nodes of the next; it ends where none moves or modularity hardly rises."""
    random = Random(1)  # noqa: S311
    members: list[tuple[int, ...]] = [(number,) for number in range(len(near))]
    quality, (home, moved) = _measure(near, range(len(near))), _settle(near, random)
    while moved:
        groups = _list_groups(home)
        members = [tuple(sorted([one for number in group for one in members[number]])) for group in groups]
        yield tuple(sorted(members))
        before, quality = quality, _measure(near, home)
        if quality - before <= _LEAST_GAIN:
            return
        near = _merge(near, groups)
        home, moved = _settle(near, random)


def _list_neighbours(count: int, ties: Ties) -> Near:
    near: Near = [{} for _ in range(count)]
    for (one, other), weight in sorted(ties.items()):
        near[one][other] = near[other][one] = weight
    return near


def _list_groups(home: Sequence[int]) -> list[list[int]]:
    groups: dict[int, list[int]] = {}
    for number, place in enumerate(home):
        groups.setdefault(place, []).append(number)
    return [groups[place] for place in sorted(groups)]


def _merge(near: Near, groups: list[list[int]]) -> Near:
    """The groups as nodes."""
    home = {number: place for place, group in enumerate(groups) for number in group}
    merged: Near = [{} for _ in groups]
    for number, ties in enumerate(near):
        for other, weight in ties.items():
            if other >= number:
                one, two = home[number], home[other]
                merged[one][two] = merged[two][one] = merged[one].get(two, 0.0) + weight
    return merged


def _weigh(near: Near) -> list[float]:
    """How strongly each is tied in all: what ties it to itself has two ends there."""
    return [sum(ties.values()) + ties.get(number, 0.0) for number, ties in enumerate(near)]


def _measure(near: Near, home: Sequence[int]) -> float:
    """The modularity of groups: what ties their members, beyond what chance would."""
    degrees = _weigh(near)
    inner, held = dict.fromkeys(sorted(home), 0.0), dict.fromkeys(home, 0.0)
    for number, place in enumerate(home):
        held[place] += degrees[number]
        for other, weight in near[number].items():
            if other >= number and home[other] == place:
                inner[place] += weight
    ends = sum(degrees)
    chance = 1 / ends**2
    return sum([tied / (ends / 2) - held[place] * held[place] * chance for place, tied in inner.items()])


def _settle(near: Near, random: Random) -> tuple[list[int], bool]:
    """The group of each node, after each has gone where most ties it until none moves; and if any has."""
    degrees, others = _weigh(near), [_leave_out(ties, number) for number, ties in enumerate(near)]
    home, held, total = list(range(len(near))), degrees.copy(), sum(degrees) / 2
    order, rounds, moving = home.copy(), 0, True
    random.shuffle(order)
    while moving:
        moving, rounds = False, rounds + 1
        for number in order:
            own, degree = home[number], degrees[number]
            held[own] -= degree
            best = _find_best(others[number], home, own, degree, held, total)
            held[best] += degree
            if best != own:
                home[number], moving = best, True
    return home, rounds > 1


def _leave_out(ties: dict[int, float], number: int) -> list[tuple[int, float]]:
    return [(other, weight) for other, weight in ties.items() if other != number]


def _find_best(
    ties: list[tuple[int, float]], home: list[int], own: int, degree: float, held: list[float], total: float
) -> int:
    """The group among its neighbours' that gains most by a node, or its own."""
    weights: dict[int, float] = {}
    for other, weight in ties:
        place = home[other]
        weights[place] = weights.get(place, 0.0) + weight
    square = 2 * total**2
    cost = -weights.get(own, 0.0) / total + held[own] * degree / square
    best, most = own, 0.0
    for place, weight in weights.items():
        gain = cost + weight / total - held[place] * degree / square
        if gain > most:
            best, most = place, gain
    return best
