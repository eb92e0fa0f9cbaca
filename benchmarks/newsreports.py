"""News as long and as dense as it is: the stories of ``newstexts.py`` with what reports have besides.

``python benchmarks/newsreports.py COUNT FOLDER``. A brief tells a fact in each sentence; a report is mostly context:
what people saw and feared, how things came to be, what may come of them. Lengths are spread as in newspapers, and the
share of sentences that tell a story's facts is such that as many mentions and relations are found in a thousand
characters as in texts that were not made (``density.py`` counts them; RESULTS.md has the figures).
"""

import argparse
from collections.abc import Iterator, Sequence
from math import log
from pathlib import Path
from random import Random

from newstexts import Land, choose_facts, fill, make_head, make_lands, read_stories, write_texts

CONTEXT = Path(__file__).with_suffix(".txt")
_WORDS, _SPREAD, _LEAST, _MOST = 260, 0.55, 60, 1500
"""Half of the texts have no more words; the deviation of the logarithm; none has fewer or more."""
_FACTS = 0.55
"""The share of sentences that tell the facts of the story."""
_OWN = 0.6
"""The share of the others that are of stories of this kind; the rest fits all."""
_EVERYWHERE = "around"


def make_reports(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Name and text of each; the same numbers give the same texts, and the first of many are those of few."""
    lands = make_lands()
    stories, context = read_stories(), read_stories(CONTEXT)
    for number in range(count):
        random = Random(f"report {seed} {number}")  # noqa: S311  # chance, no secret
        yield f"{number // 1000:04}/{number:07}.txt", _write(random, lands, stories, context)


def _write(random: Random, lands: Sequence[Land], stories: dict[str, list[str]], context: dict[str, list[str]]) -> str:
    kind, other = random.sample([kind for kind in stories if kind != "quotes"], 2)
    told, (title, *lines) = choose_facts(random, lands), stories[kind]
    opening = random.choice([line for line in lines if line.startswith("first: ")]).removeprefix("first: ")
    told_last, told_first = (
        [line for line in random.sample(given, len(given)) if not line.startswith("first: ")]
        for given in (stories[other][1:], lines)
    )
    around = (context[f"{_EVERYWHERE} {kind}"], context[_EVERYWHERE])
    size = min(_MOST, max(_LEAST, random.lognormvariate(log(_WORDS), _SPREAD)))
    body, rest = [fill(opening, told, random)], _mix(random, (*told_last, *told_first), *around)
    while sum(len(line.split()) for line in body) < size:
        line = next(rest).replace("{quote}", random.choice(stories["quotes"]))
        body.append(fill(line, told, random))
    return make_head(fill(title, told, random), told["iso"]) + "\n\n".join(_part(random, body)) + "\n"


def _mix(random: Random, facts: Sequence[str], own: Sequence[str], general: Sequence[str]) -> Iterator[str]:
    """Lines in their shares, each once; the last facts come first, and are told until there are none left."""
    rests = [list(facts), *(random.sample(lines, len(lines)) for lines in (own, general))]
    while any(rests):
        chance = random.random()
        wanted = 0 if chance < _FACTS else 1 if chance < _FACTS + (1 - _FACTS) * _OWN else 2
        if rests[wanted]:
            yield rests[wanted].pop()


def _part(random: Random, lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs of one to three sentences."""
    start = 0
    while start < len(lines):
        end = start + random.randint(1, 3)
        yield " ".join(lines[start:end])
        start = end


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_texts(make_reports(options.count, options.seed), options.folder)
