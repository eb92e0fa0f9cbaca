"""The word lists of ``ontology/names/``: CSV tables with a header, ``;`` between several values of one cell."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, TextIO

from kg.errors import OntologyError
from kg.model import Curie

_WORD = re.compile(r"\w+|.", re.DOTALL)
_SPECIAL = {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"}
_FOREIGN = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Name:
    """One entry of a list: how a thing is called, what it is, what it stands for."""

    text: str
    type: Curie
    known_as: Curie
    adjective: bool = False
    country: str = ""
    identifier: str = ""


class Place(NamedTuple):
    """One entry of the gazetteer: identifiers of GeoNames and ISO 3166 are '' where there is none."""

    name: str
    type: Curie
    country: str
    code: str
    geonames: str
    population: int


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Accents, case, dots and spacing never tell two names apart."""
    if text.isascii():
        return " ".join(text.lower().replace(".", "").split())
    bare = unicodedata.normalize("NFKD", text.casefold())
    for letter in set(_FOREIGN.findall(bare)):  # there are few, and to look at each letter takes three times as long
        if letter in _SPECIAL or unicodedata.combining(letter):
            bare = bare.replace(letter, _SPECIAL.get(letter, ""))
    return " ".join(bare.replace(".", "").split())


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a table; OntologyError where there is none."""
    with _opening(path) as stream:
        return list(csv.DictReader(stream))


def read_columns(path: Path, *columns: str) -> Iterator[tuple[str, ...]]:
    """Of each row what stands in two or more ``columns``; OntologyError where there is no such table."""
    with _opening(path) as stream:
        rows = csv.reader(stream)
        head = next(rows, list(columns))
        try:
            yield from map(itemgetter(*map(head.index, columns)), filter(None, rows))
        except (IndexError, ValueError) as error:
            said = f"{path}:{rows.line_num}: is not of a table with the columns {', '.join(columns)}"
            raise OntologyError(said, hint="mend the line, or take it out") from error


@contextmanager
def _opening(path: Path) -> Iterator[TextIO]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            yield stream
    except FileNotFoundError as error:
        raise OntologyError(f"{path}: no such file", hint="the word lists stand in names/") from error


def read_column(path: Path, key: str, value: str) -> dict[str, str]:
    """One column by another."""
    return {one: other for one, other in read_columns(path, key, value)}  # mypy sees two in each


def read_genders(folder: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Gender by given name, folded: of the large register and, before it, of ours."""
    return read_column(folder / "genders.csv", "name", "gender") | {fold(name): one for name, one in given.items()}


def read_weights(path: Path) -> dict[str, float]:
    """Feature → weight."""
    return {name: float(weight) for name, weight in read_column(path, "feature", "weight").items()}


def read_names(folder: Path) -> dict[str, Name]:
    """Listed places, organisations and countries by every name they have, and demonyms."""
    names: dict[str, Name] = {}
    for row in read_rows(folder / "places.csv"):
        _add_names(names, _all_names(row), row["class"], row["name"], country=row["country"])
    for row in read_rows(folder / "organizations.csv"):
        _add_names(names, _all_names(row), row["class"], row["name"])
    for row in read_rows(folder / "countries.csv"):
        _add_names(names, _all_names(row), "kg:Country", row["name"])
        _add_names(names, row["demonyms"].split(";"), "kg:Country", row["name"], adjective=True)
    return names


def find_openings(*lists: Iterable[str]) -> dict[str, int]:
    """First word of the names → characters of the longest that begins with it: what need not be looked up further."""
    openings: dict[str, int] = {}
    for name in chain(*lists):
        word = opening_of(name, 0)
        openings[word] = max(openings.get(word, 0), len(name))
    return openings


def opening_of(text: str, start: int) -> str:
    """The word that begins at ``start``, or the one character where none does."""
    match = _WORD.match(text, start)
    return match[0] if match else ""


def read_event_names(folder: Path) -> dict[str, Name]:
    """Listed events by every name they have."""
    names: dict[str, Name] = {}
    for row in read_rows(folder / "events.csv"):
        _add_names(names, _all_names(row), row["class"], row["name"])
    return names


def read_event_heads(folder: Path) -> dict[str, tuple[tuple[str, Curie], ...]]:
    """Head word → how the name before or after it is read, and the class it gives."""
    heads: dict[str, tuple[tuple[str, Curie], ...]] = {}
    for row in read_rows(folder / "event_heads.csv"):
        heads[row["word"]] = (*heads.get(row["word"], ()), (row["style"], row["class"]))
    return heads


def read_gazetteer(folder: Path) -> dict[str, tuple[Place, ...]]:
    """Folded name → the places of that name, the largest first."""
    places: dict[str, list[Place]] = {}
    columns = ("name", "class", "country", "code", "geonames", "population")
    for name, kind, country, code, geonames, population in read_columns(folder / "gazetteer.csv", *columns):
        place = Place(name, kind, country, code, geonames, int(population))
        places.setdefault(fold(name), []).append(place)
    # most names are of one place
    return {name: tuple(_sort(found) if found[1:] else found) for name, found in places.items()}


def _sort(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: -place.population)


def _all_names(row: dict[str, str]) -> Iterable[str]:
    return (row["name"], *row["aliases"].split(";"))


def _add_names(
    names: dict[str, Name],
    texts: Iterable[str],
    kind: Curie,
    known_as: str,
    *,
    adjective: bool = False,
    country: str = "",
) -> None:
    for text in texts:
        if text:
            names[text] = Name(text, kind, known_as, adjective, country)
