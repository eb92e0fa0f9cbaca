"""Communities of a network: groups of nodes that hang together more than with the rest, and how they nest.

Louvain (Blondel et al. 2008) as networkx has it, on numbered nodes and with a seed: the same network, the same groups.
"""

from collections.abc import Sequence

import networkx as nx

from kg.views.network import Network

Level = tuple[tuple[int, ...], ...]
"""Groups of the numbers of nodes, each group and the groups among themselves sorted."""
Ties = dict[tuple[int, int], float]
"""What ties two numbered nodes, the lower number first, and how strongly."""
_FACT, _CLAIM = 1.0, 0.25
"""What is only said ties less than what is so."""


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
    if not ties:
        return []
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from((one, other, weight) for (one, other), weight in ties.items())
    found = nx.community.louvain_partitions(graph, seed=1)
    return [tuple(sorted(tuple(sorted(group)) for group in partition)) for partition in found]
