"""What matters in a network: what many sources tie to what matters itself (PageRank, Page et al. 1999, both ways)."""

from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from kg.views.network import Network

_DAMPING, _ROUNDS = 0.85, 60
_CLAIM = 0.25
"""What is only said counts so much of what is so."""


def weigh_nodes(network: Network) -> dict[str, float]:
    """The weight of every node, four digits: 1 for the most important, near 0 for what nothing ties to others."""
    number = {name: place for place, name in enumerate(sorted(network))}
    told = [
        (number[one], number[other], edge["predicate"], weigh_edge(edge["sources"], fact=edge["fact"]))
        for one, other, edge in network.edges(data=True)
    ]
    told.sort(key=itemgetter(0, 1, 2))  # their order decides the last digits
    ends = np.array([(one, other) for one, other, _, _ in told], dtype=np.int64).reshape(-1, 2)
    weights = np.array([weight for *_, weight in told], dtype=np.float64)
    return dict(zip(number, rank_numbers(len(number), ends, weights), strict=True))


def rank_numbers(count: int, ends: NDArray[np.integer], weights: NDArray[np.float64]) -> list[float]:
    """The same of so many numbered nodes and weighed edges; ``ends`` has two nodes a row."""
    apart = ends[:, 0] != ends[:, 1]
    ranks = _rank(count, ends[apart], weights[apart])
    highest = float(ranks.max(initial=0.0))
    return [round(rank / highest, 4) for rank in ranks.tolist()]


def weigh_edge(sources: int, *, fact: bool) -> float:
    """A second source tells less than the first, the fifth hardly anything."""
    return (1.0 if fact else _CLAIM) * (2 - 1 / max(1, sources))


def _rank(count: int, ends: NDArray[np.integer], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    source, target = (np.concatenate([ends[:, one], ends[:, 1 - one]]).astype(np.int64) for one in (0, 1))
    share = np.concatenate([weights, weights])
    given = share / np.maximum(np.bincount(source, share, count), 1e-12)[source]
    ranks = np.full(count, 1 / max(1, count))
    for _ in range(_ROUNDS):
        ranks = (1 - _DAMPING) / max(1, count) + _DAMPING * np.bincount(target, ranks[source] * given, count)
    return ranks
