"""How nodes push each other apart: near ones pair by pair, far ones as the middle of the cell they lie in.

A pyramid of square grids, each cell meeting those that its parent's neighbours hold and its own neighbours don't
(the interaction lists of Greengard & Rokhlin 1987, with cells as points). Only sums, products, divisions and roots
of doubles are used, all exact by IEEE 754: every machine gives the same bits.
"""

from collections.abc import Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_MARGIN = 3  # cells around each grid that hold nothing, so that no offset leaves it
_FEW = 64  # nodes whose pairs are sooner reckoned than laid into grids
_BLOCK = 256  # nodes whose forces are reckoned at once: what a processor has at hand
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
    ends = np.concatenate([[0], np.cumsum(np.bincount(key, minlength=(size + 2) ** 2))])
    found = [_pair_row(key + row * (size + 2), order, ends) for row in (-1, 0, 1)]
    one, other = zip(*found, strict=True)
    return np.concatenate(one), np.concatenate(other)


def add_up(number: Ints, ways: Iterable[Floats], count: int) -> Floats:
    """The sum of the vectors of each number, in their order; ``ways`` are how far they go right and down."""
    return np.stack([np.bincount(number, way, count) for way in ways], axis=1).astype(np.float64)


def _pair_row(key: Ints, order: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Of each node those of three cells in a row, which are one after another in ``order``; none meets itself."""
    first = ends.take(key - 1)
    held = ends.take(key + 2) - first
    one = np.repeat(np.arange(len(key)), held)
    other = order.take(np.arange(len(one)) + np.repeat(first - (np.cumsum(held) - held), held))
    apart = one != other
    return (one, other) if apart.all() else (one[apart], other[apart])


def _repel_near(at: Floats, mass: Floats, cell: Ints, size: int) -> Floats:
    one, other = pair_near(cell, size)
    x, y = at.T.copy()
    right, down = x.take(one) - x.take(other), y.take(one) - y.take(other)
    same = np.flatnonzero((right == 0) & (down == 0))
    right[same] = np.where(one[same] < other[same], 0.01, -0.01)
    push = mass.take(other) / np.maximum(right * right + down * down, _NEAREST)
    return add_up(one, (right * push, down * push), len(at))


def _fill_grid(at: Floats, mass: Floats, cell: Ints, size: int) -> Floats:
    """Three planes: mass of each cell, and mass times place."""
    key = cell[:, 0] * size + cell[:, 1]
    planes = [np.bincount(key, weight, size * size) for weight in (mass, mass * at[:, 0], mass * at[:, 1])]
    return np.stack(planes).reshape(3, size, size).astype(np.float64)


def _repel_far(at: Floats, cell: Ints, grid: Floats) -> Floats:
    width = grid.shape[1] + 2 * _MARGIN
    padded = np.zeros((3, width, width))
    padded[:, _MARGIN:-_MARGIN, _MARGIN:-_MARGIN] = grid
    mass, x, y = padded.reshape(3, -1)
    some = np.maximum(mass, 1e-12)
    middles, steps = (mass, x / some, y / some), _OFFSETS[:, :, 0] * width + _OFFSETS[:, :, 1]
    own, place = (cell[:, 0] + _MARGIN) * width + cell[:, 1] + _MARGIN, (cell[:, 0] & 1) * 2 + (cell[:, 1] & 1)
    blocks = [slice(first, first + _BLOCK) for first in range(0, len(at), _BLOCK)]
    met = (own[block, None] + steps.take(place[block], axis=0) for block in blocks)
    return np.concatenate([_repel_block(at[block], cells, *middles) for block, cells in zip(blocks, met, strict=True)])


def _repel_block(at: Floats, met: Ints, mass: Floats, x: Floats, y: Floats) -> Floats:
    """A row of ``met`` holds all that one node meets: in what order numbers are added up decides the last digits."""
    right, down = at[:, :1] - x.take(met), at[:, 1:] - y.take(met)
    square = right * right
    square += down * down
    push = mass.take(met)
    push /= np.maximum(square, _NEAREST, out=square)
    right *= push
    down *= push
    return np.stack([right.sum(axis=1), down.sum(axis=1)], axis=1)


def _list_offsets() -> Ints:
    """4 places of a cell in its parent × 27 cells to meet × row and column."""
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
    )


_OFFSETS = _list_offsets()
