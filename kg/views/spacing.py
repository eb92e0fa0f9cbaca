"""Room for what is drawn: the scale of a picture, nodes that touch moved apart, parts side by side."""

import math

import numpy as np

from kg.views.repulsion import Floats, Ints, add_up, pair_near

_SPACE = 90.0
"""Page units between nodes that lie side by side."""
_LEAST = 0.7 * _SPACE
"""No two are nearer."""
_ROUNDS = 40
_SAMPLE = 500


def make_room(at: Floats) -> Floats:
    """The same picture, so large that half of the nodes have their space and hardly two touch."""
    if len(at) < 2:
        return at
    scaled: Floats = at * (_SPACE / max(_nearest(at), 1e-6))
    return _part_touching(scaled)


def lay_flat(at: Floats) -> Floats:
    """Turned so that its longest axis lies level, its middle at (0, 0)."""
    middle: Floats = at - at.mean(axis=0)
    xx, yy, xy = (float((middle[:, a] * middle[:, b]).sum()) for a, b in ((0, 0), (1, 1), (0, 1)))
    spread = math.sqrt((xx - yy) * (xx - yy) / 4 + xy * xy)
    along = ((xx - yy) / 2 + spread, xy) if xx >= yy else (xy, (yy - xx) / 2 + spread)
    length = math.sqrt(along[0] * along[0] + along[1] * along[1])
    if length == 0:
        return middle
    x, y = along[0] / length, along[1] / length
    return np.stack([middle[:, 0] * x + middle[:, 1] * y, middle[:, 1] * x - middle[:, 0] * y], axis=1)


def pack(parts: list[Floats]) -> list[Floats]:
    """The parts moved, in rows as wide as the first, so that none touches another and the whole lies about (0, 0)."""
    placed: list[Floats] = []
    left = top = height = width = 0.0
    for part in parts:
        low, size = part.min(axis=0), part.max(axis=0) - part.min(axis=0)
        width = width or max(float(size[0]), 12 * _SPACE)
        if left > 0 and left + size[0] > width:
            left, top, height = 0.0, top + height + _SPACE, 0.0
        placed.append(part - low + np.array([left, top]))
        left, height = left + float(size[0]) + 1.5 * _SPACE, max(height, float(size[1]))
    return _centre(placed)


def _centre(parts: list[Floats]) -> list[Floats]:
    low = np.min([part.min(axis=0) for part in parts], axis=0, initial=0)
    high = np.max([part.max(axis=0) for part in parts], axis=0, initial=0)
    return [part - (low + high) / 2 for part in parts]


def _nearest(at: Floats) -> float:
    """How far off its nearest neighbour half of the nodes have, by a sample."""
    sample = at[:: max(1, len(at) // _SAMPLE)]
    nearest = [_measure_nearest(one, at) for one in sample]
    return math.sqrt(sorted(nearest)[len(nearest) // 2])


def _measure_nearest(one: Floats, at: Floats) -> float:
    """The square of how far off the nearest is of those that lie in another place; infinite if there is none."""
    square = (one[0] - at[:, 0]) ** 2 + (one[1] - at[:, 1]) ** 2
    return float(square.min(where=square != 0, initial=np.inf))


def _part_touching(at: Floats) -> Floats:
    """Two that touch share the way they lack, again and again."""
    for _ in range(_ROUNDS):
        one, other = pair_near(*_make_cells(at))
        x, y = at.T.copy()
        right, down = x.take(one) - x.take(other), y.take(one) - y.take(other)
        length = np.sqrt(right * right + down * down)
        near = np.flatnonzero(length < _LEAST)
        if not len(near):
            break
        lack = (1.03 * _LEAST / np.maximum(length[near], 1e-3) - 1) / 3
        ways = [np.clip(way[near] * lack, -_SPACE, _SPACE) for way in (right, down)]
        at = at + add_up(one[near], ways, len(at))
    return at


def _make_cells(at: Floats) -> tuple[Ints, int]:
    """The cell of each node in a grid of cells at least as wide as nodes must be apart, and its cells a side."""
    side = float((at.max(axis=0) - at.min(axis=0)).max()) + 1e-9
    size = max(1, min(1024, int(side / _LEAST)))
    return np.minimum(((at - at.min(axis=0)) * (size / side)).astype(np.int64), size - 1), size
