"""How many sources speak for a statement: a sentence copied is one."""

import re
import tracemalloc
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import sources as module
from kg.model import Evidence, Factuality, Passage, Statement
from kg.sources import count_all, count_independent, count_sources, counting

SENTENCE = "Ann Bo, the former finance minister of Chile, was arrested in Santiago on Monday."
NEARLY = "Ann Bo, former finance minister of Chile, was arrested in Santiago on Monday, officials said."
OTHER = "Police took the ex-minister Ann Bo into custody at her house in the capital."


def passages(*sentences: str) -> list[Passage]:
    return [Passage(f"{n}.txt", 0, len(text), text) for n, text in enumerate(sentences)]


@pytest.mark.parametrize(
    ("sentences", "sources"),
    [
        ((SENTENCE,), 1),
        ((SENTENCE, OTHER), 2),
        ((SENTENCE, SENTENCE, SENTENCE), 1),
        ((SENTENCE, NEARLY), 1),
        ((SENTENCE, OTHER, NEARLY), 2),
        (("She resigned.", "She resigned."), 2),  # too short to be a copy
        (("a b c d e f g h i j k l m n o p q r", "a b c d e f g h i j k l s t u v w x"), 1),  # nine of fifteen runs
        (("a b c d e f g h i j k l m n o p q r", "a b c d e f g h i j k s t u v w x y"), 2),
    ],
)
def test_copies_count_once(sentences: tuple[str, ...], sources: int):
    assert count_independent([passages(*sentences)]) == [sources]
    assert count_independent([passages(*sentences)[::-1]]) == [sources]


def test_two_sentences_of_one_document_are_one_source():
    assert count_independent([[Passage("a.txt", 0, 80, SENTENCE), Passage("a.txt", 90, 160, OTHER)]]) == [1]


def test_what_is_unsure_or_says_otherwise_does_not_count():
    kinds = ((Factuality.FACT, 0.9), (Factuality.FACT, 0.3), (Factuality.UNCOMMITTED, 0.9))
    evidence = tuple(
        Evidence(place, kind, "a rule", score)
        for place, (kind, score) in zip(passages(SENTENCE, OTHER, "Was she arrested?"), kinds, strict=True)
    )
    assert count_sources(Statement("kgr:person/a", "kg:memberOf", "kgr:organization/b", evidence)) == 1


def test_a_statement_tells_no_count_before_there_is_one():
    def tell_all(statement: Statement) -> dict[str, object]:
        return {one.name: getattr(statement, one.name) for one in fields(statement) if not one.name.startswith("_")}

    one, other = (Evidence(place, Factuality.FACT, "a rule", 0.9) for place in passages(SENTENCE, OTHER))
    statement = Statement("kgr:person/a", "kg:memberOf", "kgr:organization/b", (one,))
    told = tell_all(statement)
    assert count_sources(statement) == 1
    assert tell_all(statement) == told
    assert count_sources(replace(statement, evidence=(one, other))) == 2


TEXTS = st.text("abc ", min_size=14, max_size=40).map(" ".join)
"""Words of one letter: there are few, so that sentences share many runs."""
GROUPS = st.lists(st.lists(st.tuples(st.sampled_from("xyz"), st.integers(0, 9), TEXTS), min_size=1), max_size=5)


@given(GROUPS)
def test_copies_of_many_statements_are_found_as_in_one_after_the_other(found: list):
    groups = [[Passage(name, start, start + len(text), text) for name, start, text in group] for group in found]
    counts = list(map(count_one_by_one, groups))
    assert count_independent(groups) == counts
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PASSAGES", 3)
        assert count_independent(groups) == counts


def count_one_by_one(group: Sequence[Passage]) -> int:
    owners: dict[str, str] = {}
    heads = {passage.document: passage.document for passage in group}
    for document, _, _, text in sorted(set(group)):
        runs = list_runs(text)
        for other, shared in Counter(owners[run] for run in runs & owners.keys()).items():
            if shared >= 0.6 * len(runs):
                heads = {name: heads[other] if head == heads[document] else head for name, head in heads.items()}
        owners = dict.fromkeys(runs, document) | owners
    return len(set(heads.values()))


def list_runs(text: str) -> set[str]:
    words = re.findall(r"\w+", text)
    return {" ".join(words[place : place + 4]) for place in range(len(words) - 3)} if len(words) >= 8 else set()


def test_so_many_passages_are_compared_at_a_time(monkeypatch: pytest.MonkeyPatch):
    together: list[int] = []
    real = module._count
    monkeypatch.setattr(module, "_PASSAGES", 3)
    monkeypatch.setattr(module, "_count", lambda groups: together.append(len(groups)) or real(groups))
    assert count_independent([passages(SENTENCE, OTHER)] * 5) == [2] * 5
    assert together == [2, 2, 1]


def test_what_much_is_said_of_is_counted_in_little_memory():
    texts = [" ".join(f"word{number}" for number in range(place, place + 30)) for place in range(0, 60_000, 30)]
    held = passages(*texts, *texts)
    count_independent([held])  # what the words are is kept
    tracemalloc.start()
    assert count_independent([held]) == [len(texts)]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 45 * 30 * len(held)  # bytes of a word


def test_statements_that_begin_alike_are_counted_by_all_their_evidence():
    places = passages(SENTENCE, OTHER, NEARLY)
    one, other, near = (Evidence(place, Factuality.FACT, "a rule", 0.9) for place in places)
    again = replace(one, passage=places[0]._replace(start=100, end=100 + len(SENTENCE)))
    given = ((one, other), (one, near), (one, again), (one, again, other))
    made = [Statement("kgr:person/a", f"kg:{number}", "kgr:place/b", evidence) for number, evidence in enumerate(given)]
    count_all(made)
    assert list(map(count_sources, made)) == [2, 1, 1, 2]


def test_statements_are_counted_before_they_come(monkeypatch: pytest.MonkeyPatch):
    one, other = (Evidence(place, Factuality.FACT, "a rule", 0.9) for place in passages(SENTENCE, OTHER))
    made = [
        Statement("kgr:person/a", predicate, "kgr:organization/b", evidence)
        for predicate in ("kg:memberOf", "rdf:type")
        for evidence in ((one,), (one, other))
    ]
    monkeypatch.setattr(module, "_PASSAGES", 3)
    assert list(counting(iter(made), leaving=frozenset({"rdf:type"}))) == made
    assert [each._sources for each in made] == [1, 2, 0, 0]
    count_all(made)
    assert list(map(count_sources, made)) == [1, 2, 1, 2]
