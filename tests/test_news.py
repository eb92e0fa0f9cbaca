"""The texts of the benchmarks: the same for the same seed, all filled in, and as long as news is."""

import re
import subprocess
import sys
from itertools import chain, islice
from pathlib import Path
from random import Random
from statistics import median

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import newsreports
import newstexts
import wikitexts

LANDS = newstexts.make_lands()
STORIES, CONTEXT = newstexts.read_stories(), newstexts.read_stories(newsreports.CONTEXT)
KINDS = STORIES.keys() - {"quotes"}


@pytest.mark.parametrize("make", [newstexts.make_texts, newsreports.make_reports])
def test_the_same_seed_gives_the_same_texts_and_no_text_comes_twice(make):
    texts = [text for _, text in make(60)]
    assert texts == [text for _, text in make(60)] != [text for _, text in make(60, 2)]
    assert texts[:10] == [text for _, text in make(10)]
    assert len(set(texts)) == 60


def test_every_line_can_be_filled_whatever_is_chosen():
    random = Random(3)  # noqa: S311
    told = newstexts.choose_facts(random, LANDS) | {"quote": "No"}
    for line in chain.from_iterable((*STORIES.values(), *CONTEXT.values())):
        for _ in range(5):
            assert not re.search(r"[\[\]{}|]", newstexts.fill(line, told, random)), line


def test_no_space_is_left_where_nothing_was_chosen():
    random = Random(4)  # noqa: S311
    told = newstexts.choose_facts(random, LANDS)
    for line in chain.from_iterable(CONTEXT.values()):
        for _ in range(5):
            assert not re.search(r"  | [,;:]| \.(?!\.)", newstexts.fill(line, told, random)), line


def test_each_kind_of_story_has_a_context_of_its_own():
    assert CONTEXT.keys() == {"around", *(f"around {kind}" for kind in KINDS)}
    assert min(map(len, CONTEXT.values())) > 20


def test_reports_are_as_long_as_news_and_mostly_context():
    texts = [text.partition("---\n\n")[2] or text for _, text in newsreports.make_reports(200)]
    words = [len(text.split()) for text in texts]
    assert 220 < median(words) < 320
    assert min(words) < 120
    assert max(words) > 600


def test_absent_wikipedia_is_told(tmp_path: Path):
    script = Path(wikitexts.__file__)
    done = subprocess.run(
        [sys.executable, script, "5", tmp_path / "texts", "--data", tmp_path / "none.json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "is not here: get Re-DocRED" in done.stderr
    assert not (tmp_path / "texts").exists()


def test_another_seed_gives_the_names_to_other_texts(tmp_path: Path):
    data = tmp_path / "dev.json"
    data.write_text('[{"sents": [["One", "."]]}, {"sents": [["Two", "."], ["Three", "."]]}]', encoding="utf-8")
    assert list(wikitexts.read_texts(9, data=data)) == [("0000.txt", "One.\n"), ("0001.txt", "Two. Three.\n")]
    assert list(islice(wikitexts.read_texts(1, 2, data), 1)) == [("0000.txt", "Two. Three.\n")]
