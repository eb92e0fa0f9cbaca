"""The texts of the benchmarks: the same for the same seed, all filled in, and as long and as dense as they say."""

import json
import re
import sys
from itertools import chain
from pathlib import Path
from random import Random
from statistics import median

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import density
import newsreports
import newstexts
import wikitexts

from kg.build import extract_documents
from kg.documents import make_document
from kg.records import FILE, write_extractions

STORIES, CONTEXT = newstexts.read_stories(), newstexts.read_stories(newsreports.CONTEXT)
TRIES = 40


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    """What fields stand for."""
    return newsreports.choose_story(Random(3), newstexts.make_lands())  # noqa: S311


@pytest.mark.parametrize("make", [newstexts.make_texts, newsreports.make_reports])
def test_the_same_seed_gives_the_same_texts_and_no_text_comes_twice(make):
    texts = [text for _, text in make(60)]
    assert texts == [text for _, text in make(60)] != [text for _, text in make(60, 2)]
    assert texts[:10] == [text for _, text in make(10)]
    assert len(set(texts)) == 60


def test_every_line_can_be_filled_whatever_is_chosen(told: dict[str, str]):
    random = Random(3)  # noqa: S311
    given = told | {"quote": "No"}
    for line in chain.from_iterable((*STORIES.values(), *CONTEXT.values())):
        for _ in range(TRIES):
            assert not re.search(r"[\[\]{}|]", newstexts.fill(line, given, random)), line


def test_context_reads_well_whatever_is_chosen(told: dict[str, str]):
    random = Random(4)  # noqa: S311
    for line in chain.from_iterable(CONTEXT.values()):
        for _ in range(TRIES):
            filled = newstexts.fill(line, told, random)
            assert not re.search(r"  | [,;:]| \.(?!\.)|\b(\w+) \1 |\ba (?!one|once|uni|euro|use)[aeiou]", filled), (
                filled
            )


def test_years_of_context_run_forward():
    for line in chain.from_iterable(CONTEXT.values()):
        assert re.findall(r"{year2?}", line) != ["{year2}", "{year}"], line


def test_each_kind_of_story_has_a_context_of_its_own():
    assert CONTEXT.keys() == {"around", *(f"around {kind}" for kind in STORIES.keys() - {"quotes"})}
    assert min(map(len, CONTEXT.values())) > 20


def test_what_stands_apart_in_a_story_has_names_of_its_own():
    lands = newstexts.make_lands()
    for seed in range(50):
        story = newsreports.choose_story(Random(seed), lands)  # noqa: S311
        assert story["country"] != story["country2"]
        assert story["city"] != story["city2"]
        assert story["party"] != story["party2"]
        assert len({story["person"], story["person2"], story["person3"]}) == 3


def test_reports_are_as_long_as_news():
    words = [len(text.split("---\n", 2)[2].split()) for _, text in newsreports.make_reports(200)]
    assert 240 < median(words) < 310
    assert min(words) < 120
    assert max(words) > 600


@pytest.mark.slow
def test_density_is_that_of_a_text_whose_mentions_can_be_counted(tmp_path: Path):
    document = make_document("a.txt", "Ann Bo founded Acme in 1990. She left it. Nobody knows why.")
    (tmp_path / FILE).write_bytes(write_extractions(list(extract_documents([document]))))  # type: ignore[arg-type]
    told = density.describe(tmp_path)
    each = 1000 / len(document.text)
    assert told.startswith("1 texts of 59 characters (median 59); ")
    assert f" {2 * each:.1f} things with a name" in told
    (tmp_path / FILE).write_text("")
    with pytest.raises(SystemExit, match="has no texts"):
        density.describe(tmp_path)


def test_absent_wikipedia_is_told(tmp_path: Path):
    with pytest.raises(SystemExit, match=r"none\.json is not here: get Re-DocRED"):
        newstexts.write_texts(wikitexts.read_texts(5, data=tmp_path / "none.json"), tmp_path / "texts")
    assert not (tmp_path / "texts").exists()


def test_another_seed_gives_texts_that_were_not_there(tmp_path: Path):
    data = tmp_path / "dev.json"
    data.write_text(json.dumps([{"sents": [[f"N{number}", "."], ["So", "."]]} for number in range(101)]))
    assert list(wikitexts.read_texts(2, data=data)) == [("0000.txt", "N0. So.\n"), ("0001.txt", "N1. So.\n")]
    assert len(list(wikitexts.read_texts(500, data=data))) == 99
    assert list(wikitexts.read_texts(1, 2, data)) == [("0000.txt", "N99. So.\n")]
