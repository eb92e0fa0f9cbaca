"""Where the nodes of a network lie: a force layout that gives the same picture each time.

Fruchterman & Reingold (1991), from a fixed sunflower spiral instead of random places; each part that hangs
together is laid out alone and the parts are packed in rows, the largest first.
"""

import math

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.views.network import Network

Places = dict[str, tuple[int, int]]
_ROUNDS = 250
_SPACE = 130.0  # distance of neighbours in page units
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def place_nodes(network: Network) -> Places:
    """Integer page coordinates of every node, centred on (0, 0)."""
    parts = sorted(nx.weakly_connected_components(network), key=lambda part: (-len(part), min(part)))
    boxes = [_place_part(network, sorted(part)) for part in parts]
    return _centre(_pack(boxes))


def _place_part(network: Network, names: list[str]) -> dict[str, tuple[float, float]]:
    order = sorted(names, key=lambda name: (-network.degree(name), name))
    number = {name: i for i, name in enumerate(order)}
    edges = sorted({(number[a], number[b]) for a, b in network.subgraph(names).edges() if a != b})
    at = _relax(_spiral(len(order)), np.array(edges, dtype=np.int64).reshape(-1, 2))
    return {name: (float(at[i, 0]), float(at[i, 1])) for name, i in number.items()}


def _spiral(count: int) -> NDArray[np.float64]:
    steps = np.arange(count, dtype=np.float64)
    radius, angle = _SPACE * np.sqrt(steps) * 0.8, steps * _GOLDEN_ANGLE
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _relax(at: NDArray[np.float64], edges: NDArray[np.int64]) -> NDArray[np.float64]:
    rounds = _ROUNDS if len(at) < 1000 else 60
    heat = _SPACE * max(1.0, math.sqrt(len(at)) / 3)
    for step in range(rounds):
        force = _repel(at)
        gap = at[edges[:, 0]] - at[edges[:, 1]]
        pull = gap * (np.hypot(gap[:, 0], gap[:, 1]) / _SPACE)[:, None]
        np.add.at(force, edges[:, 0], -pull)
        np.add.at(force, edges[:, 1], pull)
        force -= 0.05 * at
        length = np.maximum(np.hypot(force[:, 0], force[:, 1]), 1e-9)
        at = at + force / length[:, None] * np.minimum(length, heat * (1 - step / rounds))[:, None]
    return at


def _repel(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Every node pushes every other away; a row of the distance matrix at a time keeps memory small."""
    force = np.empty_like(at)
    for i in range(len(at)):
        gap = at[i] - at
        square = np.maximum(gap[:, 0] ** 2 + gap[:, 1] ** 2, 1.0)
        force[i] = (gap * (_SPACE**2 / square)[:, None]).sum(axis=0)
    return force


def _pack(boxes: list[dict[str, tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    """Parts side by side in rows as wide as the largest part."""
    placed: dict[str, tuple[float, float]] = {}
    left = top = row_height = 0.0
    limit = 0.0
    for box in boxes:
        xs, ys = [x for x, _ in box.values()], [y for _, y in box.values()]
        width, height = max(xs) - min(xs) + 1.5 * _SPACE, max(ys) - min(ys) + _SPACE
        limit = limit or max(width, 12 * _SPACE)
        if left + width > limit and left > 0:
            left, top, row_height = 0.0, top + row_height, 0.0
        for name, (x, y) in box.items():
            placed[name] = (x - min(xs) + left, y - min(ys) + top)
        left, row_height = left + width, max(row_height, height)
    return placed


def _centre(placed: dict[str, tuple[float, float]]) -> Places:
    if not placed:
        return {}
    xs, ys = [x for x, _ in placed.values()], [y for _, y in placed.values()]
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    return {name: (round(x - middle[0]), round(y - middle[1])) for name, (x, y) in sorted(placed.items())}
