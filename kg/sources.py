"""How many sources speak for a statement: documents, but those that copy one sentence of each other count as one."""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.batches import cut
from kg.model import Evidence, Passage, Statement
from kg.wordlists import fold

_RUN = 4  # words that are compared together (Broder 1997 calls them shingles)
_ALIKE = 0.6  # of a sentence's runs, those it must share with a group to be a copy of it
_SHORT = 8  # words below which two may say the same in the same words by chance
_WORD = re.compile(r"\w+")
_BYTES = 8  # of the hash of a word: of a million runs it is hardly likely that two have the same
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no two hashes become one, and of no pattern (Knuth, TAOCP 6.4)
_PASSAGES = 50_000
"""So many are held and compared at a time, which takes some 50 MB; those of one statement are never parted."""
Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int64]
Places = NDArray[np.int32]


def count_sources(statement: Statement) -> int:
    """Independent sources of the evidence that carries the statement's factuality; at least one. Counted once."""
    if not statement._sources:
        count_all((statement,))
    return statement._sources


def know_sources(statement: Statement, count: int) -> Statement:
    """The statement, whose sources were counted before."""
    object.__setattr__(statement, "_sources", count)
    return statement


def counting(statements: Iterable[Statement], leaving: frozenset[str] = frozenset()) -> Iterator[Statement]:
    """The same; their sources are counted before they come, except those whose predicate is among the ``leaving``."""
    for batch in cut(statements, attrgetter("evidence"), _PASSAGES):
        count_all([one for one in batch if one.predicate not in leaving])
        yield from batch
        batch.clear()  # while the next one is filled


def count_all(statements: Iterable[Statement]) -> None:
    """Counts the sources of each: of many at a time, as of most there is little to compare."""
    asked: list[Statement] = []
    for statement in [one for one in statements if not one._sources]:
        if _is_of_one(statement):
            know_sources(statement, 1)
        else:
            asked.append(statement)
    support = {_identify(one): [item.passage for item in find_support(one)] for one in asked}
    counts = dict(zip(support, count_independent(list(support.values())), strict=True))
    for one in asked:
        know_sources(one, counts[_identify(one)])


def _is_of_one(statement: Statement) -> bool:
    """Most statements have all their evidence from one document."""
    document = statement.evidence[0].passage.document
    return len(statement.evidence) == 1 or all([item.passage.document == document for item in statement.evidence])


def _identify(statement: Statement) -> tuple[int, ...]:
    """The classes of a thing have the very same evidence."""
    return tuple(map(id, statement.evidence))


def find_support(statement: Statement) -> Iterator[Evidence]:
    """The evidence of the statement's own factuality; of a fact, what is surely read."""
    factuality = statement.factuality
    held = [item for item in statement.weighty if item.factuality is factuality]
    yield from held or statement.evidence


def count_independent(groups: Sequence[Iterable[Passage]]) -> list[int]:
    """Of each group its documents, joined where one has a near copy of another's sentence; at least one."""
    listed = ([one for one, _ in groupby(sorted(group))] for group in groups)
    return [count for held in cut(listed, lambda group: group, _PASSAGES) for count in _count(held)]


class _Runs(NamedTuple):
    """Runs of words, each once in a passage: sorted, and the number of the passage, which has so many (``sizes``)."""

    hashes: Hashes
    passages: Places
    sizes: Numbers


def _count(groups: Sequence[Sequence[Passage]]) -> list[int]:
    """Of sorted passages. A document is a number of its own in each group."""
    numbers: dict[tuple[int, str], int] = {}
    places = [(place, passage) for place, group in enumerate(groups) for passage in group]
    documents = np.array([numbers.setdefault((place, one.document), len(numbers)) for place, one in places], np.int64)
    runs = _list_runs([one.text for _, one in places], np.array([place for place, _ in places], dtype=np.uint64))
    leaders = list(range(len(numbers)))
    for one, other in _find_copies(runs, documents):
        leaders[_lead(one, leaders)] = _lead(other, leaders)
    owners = np.array([place for place, _ in numbers], dtype=np.int64)
    alone = np.array(leaders) == np.arange(len(leaders))
    return [max(1, count) for count in np.bincount(owners[alone], minlength=len(groups)).tolist()]


def _list_runs(texts: Sequence[str], groups: Hashes) -> _Runs:
    """The runs of each text; those of one group are never those of another.

    Nothing is held longer than it is needed: what is said of a country may have ten million runs.
    """
    words, lengths = _list_words(texts)
    count = max(0, len(words) - _RUN + 1)
    passages = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    hashes = np.repeat(groups, lengths)[:count]
    for start in range(_RUN):
        hashes *= _FACTOR
        hashes += words[start : start + count]
    del words
    within = passages[:count] == passages[len(passages) - count :]
    hashes = hashes[within]
    passages = passages[:count][within]
    del within
    order = np.argsort(hashes, kind="stable")
    hashes = hashes[order]
    passages = passages[order]
    del order
    once = ~_find_repeated(hashes)
    once[1:] |= passages[1:] != passages[:-1]
    hashes = hashes[once]
    passages = passages[once]
    return _Runs(hashes, passages, np.bincount(passages, minlength=len(texts)))


def _list_words(texts: Iterable[str]) -> tuple[Hashes, Numbers]:
    """The hashes of the words of all texts, and how many each has."""
    told, lengths = bytearray(), array("q")
    for text in texts:
        words = _hash_words(text)
        told += words
        lengths.append(len(words) // _BYTES)
    return np.frombuffer(told, dtype="<u8").astype(np.uint64, copy=False), np.asarray(lengths, dtype=np.int64)


def _find_repeated(hashes: Hashes) -> NDArray[np.bool_]:
    """Where the same stands as before."""
    found = np.zeros(len(hashes), dtype=bool)
    found[1:] = hashes[1:] == hashes[:-1]
    return found


def _find_copies(runs: _Runs, documents: Numbers) -> list[tuple[int, int]]:
    """Documents, and those that had so many runs of a sentence of theirs before; a run is of whoever has it first."""
    known = _find_repeated(runs.hashes)
    firsts = np.arange(len(known), dtype=np.int32)
    firsts[known] = 0
    firsts = np.maximum.accumulate(firsts)[known]
    told = runs.passages[known].astype(np.int64) * len(documents)
    told += documents[runs.passages[firsts]]
    pairs, shared = np.unique(told, return_counts=True)
    passages, owners = np.divmod(pairs, max(1, len(documents)))
    alike = shared >= _ALIKE * runs.sizes[passages]
    return list(zip(documents[passages[alike]].tolist(), owners[alike].tolist(), strict=True))


def _lead(document: int, leaders: Sequence[int]) -> int:
    while leaders[document] != document:
        document = leaders[document]
    return document


@lru_cache(maxsize=1 << 15)
def _hash_words(text: str) -> bytes:
    """Of a sentence that is not short: a sentence says most often more than one thing."""
    words = _WORD.findall(fold(text))
    return b"".join(map(_hash_word, words)) if len(words) >= _SHORT else b""


@lru_cache(maxsize=1 << 16)
def _hash_word(word: str) -> bytes:
    return blake2b(word.encode("utf-8", "backslashreplace"), digest_size=_BYTES).digest()
