"""What matters in a network: what many sources tie to what matters itself (PageRank, Page et al. 1999, both ways)."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.views.network import Network

_DAMPING, _ROUNDS = 0.85, 60
_CLAIM = 0.25
"""What is only said counts so much of what is so."""


def weigh_nodes(network: Network) -> dict[str, float]:
    """The weight of every node, four digits: 1 for the most important, near 0 for what nothing ties to others."""
    edges = sorted(network.edges(data=True), key=_by_ends)
    weighed = [(s, t, weigh_edge(int(str(edge["sources"])), fact=bool(edge["fact"]))) for s, t, edge in edges]
    return rank_nodes(sorted(network), weighed)


def rank_nodes(names: Sequence[str], edges: Iterable[tuple[str, str, float]]) -> dict[str, float]:
    """The same of nodes and weighed edges; their order decides the last digits."""
    number = {name: place for place, name in enumerate(names)}
    numbered = [(number[source], number[target], weight) for source, target, weight in edges if source != target]
    ends = np.array([edge[:2] for edge in numbered], dtype=np.int64).reshape(-1, 2)
    ranks = _rank(len(names), ends, np.array([edge[2] for edge in numbered], dtype=np.float64))
    highest = float(ranks.max(initial=0.0))
    return {name: round(float(rank) / highest, 4) for name, rank in zip(names, ranks, strict=True)}


def _by_ends(edge: tuple[str, str, dict[str, object]]) -> tuple[str, str, str]:
    return edge[0], edge[1], str(edge[2]["predicate"])


def weigh_edge(sources: int, *, fact: bool) -> float:
    """A second source tells less than the first, the fifth hardly anything."""
    return (1.0 if fact else _CLAIM) * (2 - 1 / max(1, sources))


def _rank(count: int, ends: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    source, target = np.concatenate([ends, ends[:, ::-1]]).T
    share = np.concatenate([weights, weights])
    given = share / np.maximum(np.bincount(source, share, count), 1e-12)[source]
    ranks = np.full(count, 1 / max(1, count))
    for _ in range(_ROUNDS):
        ranks = (1 - _DAMPING) / max(1, count) + _DAMPING * np.bincount(target, ranks[source] * given, count)
    return ranks
