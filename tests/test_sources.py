"""How many sources speak for a statement: a sentence copied is one."""

from dataclasses import fields, replace

import pytest

from kg.model import Evidence, Factuality, Passage, Statement
from kg.sources import count_independent, count_sources

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
    ],
)
def test_copies_count_once(sentences: tuple[str, ...], sources: int):
    assert count_independent(passages(*sentences)) == sources
    assert count_independent(passages(*sentences)[::-1]) == sources


def test_two_sentences_of_one_document_are_one_source():
    assert count_independent([Passage("a.txt", 0, 80, SENTENCE), Passage("a.txt", 90, 160, OTHER)]) == 1


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
