"""Texts like news, as many as wanted, by chance with a seed: stories about people who are met again and again.

``python benchmarks/newstexts.py COUNT FOLDER``. Countries, cities, persons, parties and companies are
drawn by Zipf's law (the n-th is named 1/n as often as the first), each country has its own; sentences are chosen and
filled anew for each text.
"""

import argparse
import re
from bisect import bisect
from calendar import day_name, month_name
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

from kg.ontology import ONTOLOGY_FOLDER
from kg.wordlists import read_rows

STORIES = Path(__file__).with_suffix(".txt")
_FIELD = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_PARTIES = "{} National Party|{} Labour Party|Party of {} Workers|{} Green Party|Union for {}|Democratic Front of {}"
_COMPANIES = "{} Steel|{} Airlines|{} Oil|{} Bank|{} Telecom|{} Foods|{} Motors"
_MINISTRIES = ("finance", "defence", "justice", "health", "education", "energy", "transport", "labour")
_BODIES = ("United Nations", "European Union", "African Union", "World Bank", "International Monetary Fund", "NATO")
_OPENING = "first: "
T = TypeVar("T")
Make = Callable[[int, int], Iterable[tuple[str, str]]]
"""So many texts by a seed, with their names."""


class Land(NamedTuple):
    """A country with what its news is about, the most talked of first."""

    name: str
    demonym: str
    cities: tuple[str, ...]
    people: tuple[str, ...]
    parties: tuple[str, ...]
    companies: tuple[str, ...]


def make_texts(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Name and text of each; the same numbers give the same texts, and the first of many are those of few."""
    lands = make_lands()
    stories = read_stories()
    for number in range(count):
        random = Random(f"{seed} {number}")  # noqa: S311  # chance, no secret
        yield f"{number // 1000:04}/{number:07}.txt", _write(random, lands, stories)


def make_lands() -> tuple[Land, ...]:
    """From our own lists of names, shuffled once: what is talked of most is not what comes first in the alphabet."""
    random = Random(0)  # noqa: S311
    given = [row["name"] for row in read_rows(ONTOLOGY_FOLDER / "names" / "given_names.csv")]
    family = [row["name"] for row in read_rows(ONTOLOGY_FOLDER / "names" / "census_surnames.csv")]
    cities: dict[str, list[str]] = {}
    for row in read_rows(ONTOLOGY_FOLDER / "names" / "gazetteer.csv"):
        if row["class"] == "kg:City":
            cities.setdefault(row["country"], []).append(row["name"])
    rows = [row for row in read_rows(ONTOLOGY_FOLDER / "names" / "countries.csv") if row["iso"] in cities]
    random.shuffle(rows)
    return tuple(_make_land(row, cities[row["iso"]], given, family, random) for row in rows)


def _make_land(
    row: dict[str, str], cities: Sequence[str], given: Sequence[str], family: Sequence[str], random: Random
) -> Land:
    demonym = row["demonyms"].split(";")[0] or row["name"]
    places = tuple(random.sample(cities, min(len(cities), 40)))
    people = tuple(f"{random.choice(given)} {random.choice(family)}" for _ in range(2000))
    parties = tuple(shape.format(demonym if shape.startswith("{") else row["name"]) for shape in _PARTIES.split("|"))
    companies = tuple(shape.format(random.choice(family)) for shape in _COMPANIES.split("|"))
    return Land(row["name"], demonym, places, people, parties, companies)


def read_stories(path: Path = STORIES) -> dict[str, list[str]]:
    """Kind → its lines."""
    stories: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            kind = line.removeprefix("== ")
        elif line and not line.startswith("#"):
            stories.setdefault(kind, []).append(line)
    return stories


def part_story(lines: Sequence[str]) -> tuple[str, list[str], list[str]]:
    """The title, sentences of which one opens a text, and those that may follow."""
    title, *rest = lines
    openings = [line.removeprefix(_OPENING) for line in rest if line.startswith(_OPENING)]
    return title, openings, [line for line in rest if not line.startswith(_OPENING)]


def _draw(random: Random, items: Sequence[T]) -> T:
    """The n-th with a weight of 1/n."""
    weights = _WEIGHTS[: len(items)]
    return items[bisect(weights, random.random() * weights[-1])]


_WEIGHTS = list(accumulate(1 / rank for rank in range(1, 2001)))


def _write(random: Random, lands: Sequence[Land], stories: dict[str, list[str]]) -> str:
    title, openings, others = part_story(stories[random.choice([kind for kind in stories if kind != "quotes"])])
    quotes = stories["quotes"]
    told = choose_facts(random, lands)
    body = [random.choice(openings), *random.sample(others, random.randint(5, len(others)))]
    filled = [fill(line.replace("{quote}", random.choice(quotes)), told, random) for line in body]
    paragraphs = [" ".join(filled[at : at + 3]) for at in range(0, len(filled), 3)]
    return make_head(fill(title, told, random), told["iso"]) + "\n\n".join(paragraphs) + "\n"


def make_head(headline: str, day: str) -> str:
    """Title and day, as ``kg`` reads them."""
    quoted = headline.replace("'", "''")
    return f"---\ntitle: '{quoted}'\ndate: {day}\n---\n"


def fill(line: str, told: dict[str, str], random: Random) -> str:
    """With one of each choice, and what its fields stand for."""
    while "[" in line:
        line = _CHOICE.sub(lambda match: random.choice(match[1].split("|")), line)
    filled = _FIELD.sub(lambda match: told[match[1]], line)
    return filled[0].upper() + filled[1:]


def choose_facts(random: Random, lands: Sequence[Land]) -> dict[str, str]:
    """What the fields of one story stand for."""
    land, other = _draw(random, lands), _draw(random, lands)
    day = date(2015, 1, 1) + timedelta(random.randrange(3650))
    people = [_draw(random, land.people[20:]) for _ in range(3)]
    president = land.people[(day.year - 2015) // 4]
    years = sorted(random.sample(range(1990, day.year), 2))
    return {
        "iso": day.isoformat(),
        "day": f"{random.choice(land.cities[:3]).upper()}, {month_name[day.month]} {day.day}",
        "date": f"{day.day} {month_name[day.month]} {day.year}",
        "weekday": day_name[(day.weekday() - random.randrange(3)) % 7],
        "weekday2": day_name[(day.weekday() - random.randrange(3)) % 7],
        "month": month_name[random.randint(1, 12)],
        "year": str(years[0]),
        "year2": str(years[1]),
        "country": land.name,
        "country2": other.name,
        "Demonym": land.demonym,
        "city": _draw(random, land.cities),
        "city2": _draw(random, (other if random.random() < 0.2 else land).cities),
        "person": people[0],
        "person2": people[1],
        "person3": people[2],
        "surname": people[0].split()[-1],
        "person_surname": people[0].split()[-1],
        "President": "President",
        "president": president,
        "president_surname": president.split()[-1],
        "party": _draw(random, land.parties),
        "party2": _draw(random, land.parties),
        "union": f"{land.demonym} {random.choice(('Teachers', 'Miners', 'Transport Workers'))} Union",
        "company": _draw(random, land.companies),
        "igo": _draw(random, _BODIES),
        "ministry": random.choice(_MINISTRIES),
        "hospital": f"{_draw(random, land.cities)} General Hospital",
        "money": f"${random.randint(2, 900)} million",
        "percent": f"{random.randint(200, 700) / 10}",
        "number": f"{random.randint(2, 90) * 100:,}",
        "small": str(random.randint(2, 40)),
        "age": str(random.randint(25, 80)),
    }


def write_texts(texts: Iterable[tuple[str, str]], folder: Path) -> int:
    """Each as a file below ``folder``, by its name; how many."""
    count = 0
    for name, text in texts:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        count += 1
    return count


def write_as_asked(make: Make, told: str | None) -> None:
    """The command line of all that makes texts: how many, where, and by which seed."""
    parser = argparse.ArgumentParser(description=told)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_texts(make(options.count, options.seed), options.folder)


if __name__ == "__main__":
    write_as_asked(make_texts, __doc__)
