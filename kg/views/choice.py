"""The part of a large graph that a page can hold: the most important things, and what is said of them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.model import Curie, Statement
from kg.rdf.dataset import is_fact
from kg.sources import count_sources
from kg.views.attributes import NAMING
from kg.views.importance import rank_nodes, weigh_edge


class Choice(NamedTuple):
    """Statements for a page, and how many things there are in all."""

    statements: tuple[Statement, ...]
    total: int


def choose_statements(statements: Sequence[Statement], most: int) -> Choice:
    """All of them where there are no more than ``most`` things, else those of the most important ones."""
    names = sorted({statement.subject for statement in statements if statement.predicate == "rdfs:label"})
    if len(names) <= most:
        return Choice(tuple(statements), len(names))
    ranks = rank_nodes(names, list(_list_edges(statements, set(names))))
    chosen = set(sorted(names, key=lambda name: (-ranks[name], name))[:most])
    kept = (one for one in statements if one.subject in chosen and (not _leads_on(one) or one.object in chosen))
    return Choice(tuple(kept), len(names))


def _list_edges(statements: Sequence[Statement], names: set[Curie]) -> Iterator[tuple[Curie, Curie, float]]:
    for statement in statements:
        if _leads_on(statement) and {statement.subject, statement.object} <= names:
            weight = weigh_edge(count_sources(statement), fact=is_fact(statement))
            yield statement.subject, str(statement.object), weight


def _leads_on(statement: Statement) -> bool:
    """True of what joins two things."""
    target = statement.object
    return isinstance(target, str) and target.startswith("kgr:") and statement.predicate not in NAMING
