"""Chains in the making: for each mention the number of the mention that leads its chain."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(slots=True)
class Chains:
    """A partition of mentions; ``chains[i]`` leads the chain of mention ``i``, ``members`` are in text order."""

    leaders: list[int]
    members: dict[int, list[int]]

    def __getitem__(self, i: int) -> int:
        """The leader of a mention's chain."""
        return self.leaders[i]


def make_chains(leaders: Iterable[int]) -> Chains:
    """The chains whose leaders are given mention by mention."""
    known = list(leaders)
    members: dict[int, list[int]] = {}
    for i, leader in enumerate(known):
        members.setdefault(leader, []).append(i)
    return Chains(known, members)


def join(chains: Chains, one: int, other: int) -> None:
    """Makes the chains of both mentions one, led by the earlier leader."""
    low, high = sorted((chains[one], chains[other]))
    if low == high:
        return
    moved = chains.members.pop(high)
    for i in moved:
        chains.leaders[i] = low
    chains.members[low] = sorted((*chains.members[low], *moved))
