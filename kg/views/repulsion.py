"""How nodes push each other apart: near ones pair by pair, far ones as the middle of the cell they lie in.

A pyramid of square grids, each cell meeting those that its parent's neighbours hold and its own neighbours don't
(the interaction lists of Greengard & Rokhlin 1987, with cells as points). Only sums, products, divisions and roots
of doubles are used, all exact by IEEE 754: every machine gives the same bits.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_MARGIN = 3  # cells around each grid that hold nothing, so that no offset leaves it
_FEW = 64  # nodes whose pairs are sooner reckoned than laid into grids
_NEAREST = 1e-4  # a smaller square distance is of two nodes that lie in one place


def repel(at: Floats, mass: Floats) -> Floats:
    """The force on each node: away from every other, its mass over the distance; of few nodes pair by pair."""
    if len(at) <= _FEW:
        return _repel_all(at, mass)
    depth = max(2, len(at).bit_length() // 2 + 1)
    corner, side = at.min(axis=0), float((at.max(axis=0) - at.min(axis=0)).max()) * 1.000001 + 1e-9
    cell = ((at - corner) * (2**depth / side)).astype(np.int64)
    force = _repel_near(at, mass, cell, 2**depth)
    grid = _fill_grid(at, mass, cell, 2**depth)
    for level in range(depth, 1, -1):
        force += _repel_far(at, cell >> (depth - level), grid)
        grid = grid[:, 0::2, 0::2] + grid[:, 1::2, 0::2] + grid[:, 0::2, 1::2] + grid[:, 1::2, 1::2]
    return force


def _repel_all(at: Floats, mass: Floats) -> Floats:
    apart = at[None, :, :] - at[:, None, :]
    same = (apart == 0).all(axis=2)
    apart[:, :, 0] += np.where(same, _list_nudges(len(at)), 0.0)
    push = mass[:, None] / np.maximum(apart[:, :, 0] ** 2 + apart[:, :, 1] ** 2, _NEAREST)
    force: Floats = (apart * push[:, :, None]).sum(axis=0)
    return force


@cache
def _list_nudges(count: int) -> Floats:
    """How two in one place leave each other, by their order."""
    order = np.arange(count)
    nudges: Floats = 0.01 * np.sign(order[:, None] - order[None, :])
    return nudges


def pair_near(cell: Ints, size: int) -> tuple[Ints, Ints]:
    """The pairs of nodes in the same or in touching cells of a grid of ``size`` cells a side, both ways."""
    key = (cell[:, 0] + 1) * (size + 2) + cell[:, 1] + 1
    order = np.argsort(key, kind="stable")
    ends = np.searchsorted(key[order], np.arange((size + 2) ** 2 + 1))
    found = [_pair_shifted(key + step, order, ends) for step in _list_steps(size + 2)]
    one, other = (np.concatenate(side) for side in zip(*found, strict=True))
    apart = one != other
    return one[apart], other[apart]


def add_up(number: Ints, vectors: Floats, count: int) -> Floats:
    """The sum of the vectors of each number, in their order."""
    return np.stack([np.bincount(number, vectors[:, axis], count) for axis in (0, 1)], axis=1).astype(np.float64)


def _list_steps(width: int) -> Iterator[int]:
    return (row * width + column for row in (-1, 0, 1) for column in (-1, 0, 1))


def _pair_shifted(key: Ints, order: Ints, ends: Ints) -> tuple[Ints, Ints]:
    first, held = ends[key], ends[key + 1] - ends[key]
    one = np.repeat(np.arange(len(key)), held)
    within = np.arange(len(one)) - np.repeat(np.cumsum(held) - held, held)
    return one, order[np.repeat(first, held) + within]


def _repel_near(at: Floats, mass: Floats, cell: Ints, size: int) -> Floats:
    one, other = pair_near(cell, size)
    gap = at[one] - at[other]
    same = (gap == 0).all(axis=1)
    gap[same, 0] = np.where(one < other, 0.01, -0.01)[same]
    square = np.maximum(gap[:, 0] ** 2 + gap[:, 1] ** 2, _NEAREST)
    return add_up(one, gap * (mass[other] / square)[:, None], len(at))


def _fill_grid(at: Floats, mass: Floats, cell: Ints, size: int) -> Floats:
    """Three planes: mass of each cell, and mass times place."""
    key = cell[:, 0] * size + cell[:, 1]
    planes = [np.bincount(key, weight, size * size) for weight in (mass, mass * at[:, 0], mass * at[:, 1])]
    return np.stack(planes).reshape(3, size, size).astype(np.float64)


def _repel_far(at: Floats, cell: Ints, grid: Floats) -> Floats:
    padded = np.pad(grid, ((0, 0), (_MARGIN, _MARGIN), (_MARGIN, _MARGIN)))
    mass, x, y = padded.reshape(3, -1)
    some = np.maximum(mass, 1e-12)
    x, y = x / some, y / some
    met = (cell[:, 0] + _MARGIN) * padded.shape[1] + cell[:, 1] + _MARGIN
    met = met + _OFFSETS[:, :, 0][:, (cell[:, 0] & 1) * 2 + (cell[:, 1] & 1)] * padded.shape[1]
    met = met + _OFFSETS[:, :, 1][:, (cell[:, 0] & 1) * 2 + (cell[:, 1] & 1)]
    right, down = at[:, 0] - x[met], at[:, 1] - y[met]
    push = mass[met] / np.maximum(right * right + down * down, _NEAREST)
    return np.stack([(right * push).sum(axis=0), (down * push).sum(axis=0)], axis=1)


def _list_offsets() -> Ints:
    """27 cells to meet × 4 places of a cell in its parent × row and column."""
    span = range(-_MARGIN, _MARGIN + 1)
    return np.array(
        [
            [
                (row, column)
                for row in span
                for column in span
                if max(abs(row), abs(column)) > 1 and abs((row + down) // 2) <= 1 and abs((column + right) // 2) <= 1
            ]
            for down in (0, 1)
            for right in (0, 1)
        ]
    ).transpose(1, 0, 2)


_OFFSETS = _list_offsets()
