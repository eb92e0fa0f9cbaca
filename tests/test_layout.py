"""Where nodes lie, which hang together, and which matter."""

from itertools import combinations
from math import dist
from random import Random

import networkx as nx
import numpy as np
import pytest

from kg.views.communities import nest_communities, tie_nodes
from kg.views.importance import weigh_nodes
from kg.views.layout import place_nodes
from kg.views.network import Network
from kg.views.repulsion import repel

Edge = tuple[str, str]


def tie(edges: list[Edge], *, alone: tuple[str, ...] = (), claims: tuple[Edge, ...] = ()) -> Network:
    network: Network = nx.MultiDiGraph()
    network.add_nodes_from([*alone, *sorted({end for edge in (*edges, *claims) for end in edge})])
    for fact, told in ((True, edges), (False, claims)):
        for subject, target in told:
            network.add_edge(subject, target, key="kg:memberOf", predicate="kg:memberOf", fact=fact, sources=1)
    return network


def clique(letter: str, size: int) -> list[Edge]:
    return list(combinations([f"{letter}{number:02}" for number in range(size)], 2))


def star(middle: str, size: int) -> list[Edge]:
    return [(middle, f"{middle}{number:02}") for number in range(size)]


def group_nodes(network: Network) -> dict[str, int]:
    """The largest communities, by number."""
    names = sorted(network)
    levels = nest_communities(len(names), tie_nodes(network, names))
    return {names[number]: place for place, group in enumerate(levels[-1]) for number in group}


TWO_CAMPS = tie([*clique("a", 12), *clique("b", 9), ("a00", "b00")])
MANY = tie([*star("m", 40), *clique("a", 8), ("m00", "a00"), *star("x", 3), ("y", "z")], alone=("one", "two"))


def test_nothing_and_one_thing_have_their_place():
    assert place_nodes(tie([])) == {}
    assert place_nodes(tie([], alone=("one",))) == {"one": (0, 0)}


def test_the_same_network_lies_the_same_whatever_its_order():
    edges = [(s, t) for s, t, _ in MANY.edges]
    Random(7).shuffle(edges)  # noqa: S311
    assert place_nodes(tie(edges, alone=("two", "one"))) == place_nodes(MANY)


def test_no_two_nodes_touch():
    places = place_nodes(MANY)
    assert set(places) == set(MANY)
    assert min(dist(one, other) for one, other in combinations(places.values(), 2)) > 55


def test_a_tie_to_itself_moves_nothing():
    assert place_nodes(tie([("y", "z"), ("y", "y")])) == place_nodes(tie([("y", "z")]))


def test_parts_that_nothing_ties_lie_apart():
    places = place_nodes(MANY)
    boxes = [np.array([places[name] for name in part]) for part in nx.weakly_connected_components(MANY)]
    for one, other in combinations(boxes, 2):
        assert (one.max(axis=0) < other.min(axis=0)).any() or (other.max(axis=0) < one.min(axis=0)).any()


def test_the_largest_part_is_wider_than_high():
    edges = [
        (f"{row}-{column}", f"{row + down}-{column + 1 - down}")
        for row in range(9)
        for column in range(9)
        for down in (0, 1)
    ]
    width, height = np.ptp(np.array(list(place_nodes(tie(edges)).values())), axis=0)
    assert width > 1.1 * height


def test_communities_are_seen_as_such():
    places, home = place_nodes(TWO_CAMPS), group_nodes(TWO_CAMPS)
    pairs = list(combinations(sorted(TWO_CAMPS), 2))
    within = [dist(places[one], places[other]) for one, other in pairs if home[one] == home[other]]
    between = [dist(places[one], places[other]) for one, other in pairs if home[one] != home[other]]
    assert np.mean(between) > 1.6 * np.mean(within)


def test_what_hangs_together_is_one_community():
    assert {(name[0], number) for name, number in group_nodes(TWO_CAMPS).items()} == {("a", 0), ("b", 1)}
    assert nest_communities(2, {}) == []


def test_a_claim_ties_less_than_a_fact():
    pulled = tie(
        [*clique("a", 5), *clique("b", 5), ("a00", "x"), ("x", "a01")],
        claims=(("x", "b00"), ("x", "b01"), ("b02", "x")),
    )
    home = group_nodes(pulled)
    assert home["x"] == home["a00"] != home["b00"]


@pytest.mark.parametrize("count", [2, 60, 700])
def test_far_nodes_are_met_as_their_middle_and_the_force_is_nearly_that_of_each(count: int):
    random = np.random.default_rng(3)
    at, mass = random.normal(0, 100, (count, 2)), random.integers(1, 9, count).astype(np.float64)
    gap = at[:, None] - at[None]
    square = (gap**2).sum(axis=2) + np.eye(count)
    exact = (gap * (mass[None] / square)[:, :, None]).sum(axis=1)
    error = np.linalg.norm(repel(at, mass) - exact, axis=1) / np.linalg.norm(exact, axis=1).mean()
    assert error.max() < 0.02


def test_two_nodes_in_one_place_leave_each_other():
    force = repel(np.zeros((2, 2)), np.ones(2))
    assert force[0, 0] < 0 < force[1, 0] or force[1, 0] < 0 < force[0, 0]


def test_the_middle_of_a_star_matters_most_and_what_is_alone_least():
    weights = weigh_nodes(MANY)
    assert max(weights, key=lambda name: weights[name]) == "m"
    assert weights["m"] == 1
    assert min(weights.values()) == weights["one"] == weights["two"] > 0


def test_a_claim_makes_less_important_than_a_fact_and_a_second_source_more():
    network = tie([("a", "fact"), ("a", "twice")], claims=(("a", "claim"),))
    network.edges["a", "twice", "kg:memberOf"]["sources"] = 2
    weights = weigh_nodes(network)
    assert weights["claim"] < weights["fact"] < weights["twice"]


def test_nothing_weighs_nothing():
    assert weigh_nodes(tie([])) == {}
