"""What matters in a network: what many sources tie to what matters itself (PageRank, Page et al. 1999, both ways)."""

import numpy as np
from numpy.typing import NDArray

from kg.views.network import Network

_DAMPING, _ROUNDS = 0.85, 60
_CLAIM = 0.25
"""What is only said counts so much of what is so."""


def weigh_nodes(network: Network) -> dict[str, float]:
    """The weight of every node, four digits: 1 for the most important, near 0 for what nothing ties to others."""
    names = sorted(network)
    if not names:
        return {}
    number = {name: place for place, name in enumerate(names)}
    edges = [(number[s], number[t], _weigh(edge)) for s, t, edge in sorted(network.edges(data=True), key=_by_ends)]
    ends = np.array([edge[:2] for edge in edges if edge[0] != edge[1]], dtype=np.int64).reshape(-1, 2)
    weights = np.array([edge[2] for edge in edges if edge[0] != edge[1]], dtype=np.float64)
    ranks = _rank(len(names), ends, weights)
    highest = float(ranks.max())
    return {name: round(float(rank) / highest, 4) for name, rank in zip(names, ranks, strict=True)}


def _by_ends(edge: tuple[str, str, dict[str, object]]) -> tuple[str, str, str]:
    return edge[0], edge[1], str(edge[2]["predicate"])


def _weigh(edge: dict[str, object]) -> float:
    """A second source tells less than the first, the fifth hardly anything."""
    sources = int(str(edge["sources"]))
    return (1.0 if edge["fact"] else _CLAIM) * (2 - 1 / max(1, sources))


def _rank(count: int, ends: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    source, target = np.concatenate([ends, ends[:, ::-1]]).T
    share = np.concatenate([weights, weights])
    given = share / np.maximum(np.bincount(source, share, count), 1e-12)[source]
    ranks = np.full(count, 1 / count)
    for _ in range(_ROUNDS):
        ranks = (1 - _DAMPING) / count + _DAMPING * np.bincount(target, ranks[source] * given, count)
    return ranks
