"""How many sources speak for a statement: documents, but those that copy one sentence of each other count as one."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.model import Evidence, Passage, Statement
from kg.wordlists import fold

_RUN = 4  # words that are compared together (Broder 1997 calls them shingles)
_ALIKE = 0.6  # of a sentence's runs, those it must share with a group to be a copy of it
_SHORT = 8  # words below which two may say the same in the same words by chance


def count_sources(statement: Statement) -> int:
    """Independent sources of the evidence that carries the statement's factuality; at least one. Counted once."""
    if not statement._sources:
        know_sources(statement, _count(statement))
    return statement._sources


def know_sources(statement: Statement, count: int) -> Statement:
    """The statement, whose sources were counted before."""
    object.__setattr__(statement, "_sources", count)
    return statement


def _count(statement: Statement) -> int:
    """Most statements have all their evidence from one document."""
    document = statement.evidence[0].passage.document
    if all([item.passage.document == document for item in statement.evidence]):
        return 1
    return count_independent(item.passage for item in find_support(statement))


def find_support(statement: Statement) -> Iterator[Evidence]:
    """The evidence of the statement's own factuality; of a fact, what is surely read."""
    factuality = statement.factuality
    held = [item for item in statement.weighty if item.factuality is factuality]
    yield from held or statement.evidence


def count_independent(passages: Iterable[Passage]) -> int:
    """Documents, joined where one has a near copy of another's sentence."""
    passages = list(passages)
    if len({passage.document for passage in passages}) <= 1:
        return 1
    leaders: dict[str, str] = {}
    owners: dict[str, str] = {}
    for passage in sorted(set(passages)):
        leaders.setdefault(passage.document, passage.document)
        runs = _make_runs(passage.text)
        known = owners.keys() & runs
        if len(known) >= _ALIKE * len(runs):
            for document, shared in Counter(owners[run] for run in known).items():
                if shared >= _ALIKE * len(runs):
                    leaders[_lead(passage.document, leaders)] = _lead(document, leaders)
        owners.update(dict.fromkeys(runs - known, passage.document))
    return max(1, sum(leader == document for document, leader in leaders.items()))


def _lead(document: str, leaders: dict[str, str]) -> str:
    while leaders[document] != document:
        document = leaders[document]
    return document


@lru_cache(maxsize=4096)
def _make_runs(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", fold(text))
    stretches = zip(*(words[start:] for start in range(_RUN)), strict=False)
    return frozenset(map(" ".join, stretches)) if len(words) >= _SHORT else frozenset()
