"""Where places lie on the earth, by the gazetteer they are linked to, and the outline of the world to draw them on."""

import csv
import json
from pathlib import Path
from typing import Any

from kg.model import Curie
from kg.views.network import Network

Position = tuple[float, float]
_FOLDER = Path(__file__).parent / "world"
_GEONAMES = "geonames:"


def find_positions(network: Network) -> dict[Curie, Position]:
    """Latitude and longitude of each thing that is linked to an entry of GeoNames whose position we know."""
    linked = {curie: number for curie, node in network.nodes(data=True) if (number := _find_entry(node["details"]))}
    known = _read_coordinates(frozenset(linked.values()))
    return {curie: known[number] for curie, number in linked.items() if number in known}


def read_outline() -> dict[str, Any]:
    """Countries of the world: ``rings`` of ``arcs``, as ``world/README.md`` tells."""
    outline: dict[str, Any] = json.loads((_FOLDER / "outline.json").read_text(encoding="utf-8"))
    return outline


def _find_entry(details: tuple[dict[str, Any], ...]) -> str:
    """The GeoNames id of what a thing is surely the same as; '' where there is none."""
    links = (str(detail["value"]) for detail in details if detail["predicate"] == "owl:sameAs" and detail["fact"])
    return next((link.removeprefix(_GEONAMES).strip("/") for link in links if link.startswith(_GEONAMES)), "")


def _read_coordinates(wanted: frozenset[str]) -> dict[str, Position]:
    with (_FOLDER / "coordinates.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        return {number: (float(up), float(right)) for number, up, right in rows if number in wanted}
