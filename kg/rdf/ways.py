"""How two things hang together: the shortest ways over facts, a sentence for each step."""

from itertools import islice, pairwise
from typing import NamedTuple

from pyoxigraph import Store

from kg.errors import DecisionError, GraphError
from kg.model import Curie
from kg.rdf.explanation import Proof, explain
from kg.rdf.tables import ask
from kg.rdf.terms import BASE
from kg.rdf.things import find_thing

MOST = 10
"""Ways that are told, of those equally short."""
_STEPS = """
SELECT ?s ?p ?o (COUNT(?above) AS ?depth) WHERE {
  GRAPH kgg:facts { ?s ?p ?o . ?o a ?kind . FILTER NOT EXISTS { ?o a kg:Position } }
  ?p rdfs:subPropertyOf* ?above
} GROUP BY ?s ?p ?o
"""


class Step(NamedTuple):
    """A fact between two things, as it is said most narrowly."""

    subject: Curie
    predicate: Curie
    object: Curie


def find_ways(store: Store, one: str, other: str, base: str = BASE) -> tuple[tuple[Proof, ...], ...]:
    """The shortest ways from one named thing to another, each a proof a step; empty where there is none.

    An office is no way: all presidents hold one. DecisionError where a name is of nothing or of several things, or both
    are of one; GraphError where a fact has no statement.
    """
    from networkx import Graph, NetworkXNoPath, NodeNotFound, all_shortest_paths

    ends = find_thing(store, one, base), find_thing(store, other, base)
    if ends[0] == ends[1]:
        raise DecisionError(f"{one} and {other} are one thing, {ends[0]}", hint="name two things")
    steps = _read_steps(store, base)
    graph = Graph(sorted(steps))
    try:
        ways = sorted(islice(all_shortest_paths(graph, *ends), MOST))
    except (NetworkXNoPath, NodeNotFound):
        return ()
    return tuple(tuple(_prove(store, steps[pair], base) for pair in pairwise(way)) for way in ways)


def _read_steps(store: Store, base: str) -> dict[tuple[Curie, Curie], Step]:
    """Each pair of things, both ways round, with the narrowest relation between them."""
    found: dict[tuple[Curie, Curie], tuple[int, Step]] = {}
    for row in ask(store, _STEPS, base):
        step = Step(row["s"], row["p"], row["o"])
        for pair in ((step.subject, step.object), (step.object, step.subject)):
            found[pair] = min(found.get(pair, (0, step)), (-int(row["depth"]), step))
    return {pair: step for pair, (_, step) in found.items()}


def _prove(store: Store, step: Step, base: str) -> Proof:
    """Its leading sentence; GraphError where the fact has no statement."""
    proofs = explain(store, step, base)
    if not proofs:
        raise GraphError(f"{' '.join(step)}: is damaged, no statement says so", hint="see `kg validate`")
    return proofs[0]


def format_ways(ways: tuple[tuple[Proof, ...], ...]) -> str:
    """Each way with its steps and their sentences below it."""
    lines = []
    for number, way in enumerate(ways, 1):
        lines.append(f"{number}.")
        for proof in way:
            lines.append(f"  {proof.subject} — {proof.predicate} — {proof.object}")
            lines.append(f"      “{' '.join(proof.text.split())}”")
            lines.append(f"      {proof.document}:{proof.start}-{proof.end}")
    return "".join(f"{line}\n" for line in lines)
