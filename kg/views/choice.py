"""The part of a large graph that a page can hold: the most important things, and what is said of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.model import Curie, Statement
from kg.rdf.dataset import is_fact
from kg.sources import count_sources
from kg.views.importance import rank_nodes, weigh_edge
from kg.views.vocabulary import NAMING

_MOST_PIECES = 100_000
"""Pieces of evidence that a page aims to hold no more of: some 10 MB."""
_LIMITS = (1000, 100, 50, 20, 10, 5, 3)


class Choice(NamedTuple):
    """Statements for a page, how many things there are in all, and the most pieces of evidence of a statement."""

    statements: tuple[Statement, ...]
    total: int
    evidence: int


def choose_statements(statements: Iterable[Statement], most: int) -> Choice:
    """All of them where there are no more than ``most`` things, else those of the most important ones."""
    names = sorted({statement.subject for statement in statements if statement.predicate == "rdfs:label"})
    if len(names) <= most:
        return Choice(tuple(statements), len(names), _limit_evidence(statements))
    ranks = rank_nodes(names, list(_list_edges(statements, set(names))))
    chosen = set(sorted(names, key=lambda name: (-ranks[name], name))[:most])
    kept = [one for one in statements if one.subject in chosen and (not _leads_on(one) or one.object in chosen)]
    return Choice(tuple(kept), len(names), _limit_evidence(kept))


def _limit_evidence(statements: Iterable[Statement]) -> int:
    """As much of each as the page can hold of all: what a thousand texts say of a country would fill it alone."""
    counts = Counter(len(statement.evidence) for statement in statements)
    held = (most for most in _LIMITS if sum(min(most, size) * count for size, count in counts.items()) <= _MOST_PIECES)
    return next(held, _LIMITS[-1])


def _list_edges(statements: Iterable[Statement], names: set[Curie]) -> Iterator[tuple[Curie, Curie, float]]:
    for statement in statements:
        if _leads_on(statement) and {statement.subject, statement.object} <= names:
            weight = weigh_edge(count_sources(statement), fact=is_fact(statement))
            yield statement.subject, str(statement.object), weight


def _leads_on(statement: Statement) -> bool:
    """True of what joins two things."""
    target = statement.object
    return isinstance(target, str) and target.startswith("kgr:") and statement.predicate not in NAMING
