"""News as long and as dense as it is: the stories of ``newstexts.py`` with what reports have besides.

``python benchmarks/newsreports.py COUNT FOLDER``. A brief tells a fact in each sentence; of the words of a report most
are context: what people saw and feared, how things came to be, what may come of them. The share of sentences that tell
facts is such that a thousand characters have as many mentions, relations and things with a name as news that was not
made (``density.py`` counts them; RESULTS.md has the figures). Sentences come again more often than in such news, one in
five, and words are fewer, so that builds of texts of Wikipedia (``wikitexts.py``) are measured beside them.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, cycle
from math import log
from pathlib import Path
from random import Random

from newstexts import Land, choose_facts, fill, make_head, make_lands, part_story, read_stories, write_as_asked

CONTEXT = Path(__file__).with_suffix(".txt")
_WORDS, _SPREAD, _LEAST, _MOST = 260, 0.55, 60, 1500
"""Words before the last sentence: half of the texts have no more; how far their logarithms are spread; bounds."""
_FACTS = 0.48
"""The share of sentences that tell facts: most of the story, then of others, as a report mentions these."""
_OWN = 0.6
"""The share of the others that are of stories of this kind; the rest fits all."""
_AROUND = "around"
_QUOTES = "quotes"
_APART = (("country", "country2"), ("city", "city2"), ("party", "party2"), ("person", "person2", "person3"))
Stories = dict[str, list[str]]
Told = dict[str, str]
"""What each field stands for."""


def make_reports(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Name and text of each; the same numbers give the same texts, and the first of many are those of few."""
    lands = make_lands()
    stories, context = read_stories(), read_stories(CONTEXT)
    for number in range(count):
        random = Random(f"report {seed} {number}")  # noqa: S311  # chance, no secret
        yield f"{number // 1000:04}/{number:07}.txt", _write(random, lands, stories, context)


def _write(random: Random, lands: Sequence[Land], stories: Stories, context: Stories) -> str:
    kinds = random.sample([kind for kind in stories if kind != _QUOTES], len(stories) - 1)
    told = choose_story(random, lands)
    title, openings, _ = part_story(stories[kinds[0]])
    opening = random.choice(openings)
    others = ((kind, choose_story(random, lands)) for kind in kinds[1:])
    facts = chain.from_iterable(_list_facts(random, stories, *story) for story in ((kinds[0], told), *others))
    around = (_shuffle(random, context[f"{_AROUND} {kinds[0]}"], told), _shuffle(random, context[_AROUND], told))
    size = min(_MOST, max(_LEAST, random.lognormvariate(log(_WORDS), _SPREAD)))
    body, rest = [fill(opening, told, random)], _mix(random, facts, *around)
    while sum(len(line.split()) for line in body) < size:
        body.append(next(rest))
    return make_head(fill(title, told, random), told["iso"]) + "\n\n".join(_part(random, body)) + "\n"


def choose_story(random: Random, lands: Sequence[Land]) -> Told:
    """As of a brief, but for what has one name twice; with somebody who passes by, and one who knows."""
    while True:
        told, aside = choose_facts(random, lands), choose_facts(random, lands)
        if all(len({told[name] for name in names}) == len(names) for names in _APART) and told["igo"] != "NATO":
            return told | {"passer": aside["person"], "expert": aside["person2"]}


def _list_facts(random: Random, stories: Stories, kind: str, told: Told) -> Iterator[str]:
    _, _, lines = part_story(stories[kind])
    for line in random.sample(lines, len(lines)):
        yield fill(line.replace("{quote}", random.choice(stories[_QUOTES])), told, random)


def _shuffle(random: Random, lines: Sequence[str], told: Told) -> Iterator[str]:
    """None comes again before all are told."""
    return (fill(line, told, random) for line in cycle(random.sample(lines, len(lines))))


def _mix(random: Random, facts: Iterator[str], own: Iterator[str], general: Iterator[str]) -> Iterator[str]:
    """In their shares; what fits all stories alone where there are no facts left."""
    while True:
        told = random.choices((facts, own, general), (_FACTS, (1 - _FACTS) * _OWN, (1 - _FACTS) * (1 - _OWN)))[0]
        yield next(told, "") or next(general)


def _part(random: Random, lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs of one to three sentences."""
    start = 0
    while start < len(lines):
        end = start + random.randint(1, 3)
        yield " ".join(lines[start:end])
        start = end


if __name__ == "__main__":
    write_as_asked(make_reports, __doc__)
