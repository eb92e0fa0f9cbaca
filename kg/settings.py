"""How a graph is made, but for its texts: what decides its bytes, kept beside it for what is added later."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import file_digest, sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import GraphError
from kg.nlp.weights import SHIPPED
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.files import write_atomically
from kg.rdf.terms import BASE

FILE = ".build.json"
_CODE = ("nlp", "model.py", "ontology.py", "wordlists.py", "own_names.py", "records.py")
"""The files of ``kg`` on which it depends what is read in a text."""
_SHIPPED = "shipped"
"""Stands for the ontology and weights that come with ``kg``, wherever they lie."""
_KEYS = {"reading", "extractions", "base", "ontology", "names", "model", "weights", "decisions", "stamp", "texts"}


@dataclass(frozen=True, slots=True)
class Settings:
    """``weights`` are what examples taught; None reads by frames alone.

    Without ``texts`` the graph only refers to them. ``stamp`` writes begin and end into it, which is else the same for
    the same input.
    """

    base: str = BASE
    ontology_folder: Path = ONTOLOGY_FOLDER
    names: tuple[Path, ...] = ()
    model: str = ""
    weights: Path | None = SHIPPED
    decisions: Path | None = None
    stamp: bool = False
    texts: bool = True


def name_reading(model: str, ontology: str) -> str:
    """A hash of all that decides what is read in a text, but the text."""
    digest = sha256(f"{model}\0{ontology}".encode())
    for name in _CODE:
        place = files("kg") / name
        for file in sorted(place.iterdir(), key=lambda file: file.name) if place.is_dir() else (place,):
            if file.name.endswith(".py"):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def write_settings(settings: Settings, reading: str, extractions: Path, path: Path) -> None:
    """Writes them as JSON, with the reading that ``extractions`` are of, and the hash of that file."""
    told = {
        "reading": reading,
        "extractions": _hash(extractions),
        "base": settings.base,
        "ontology": _write_path(settings.ontology_folder, ONTOLOGY_FOLDER),
        "names": [str(name.resolve()) for name in settings.names],
        "model": _write_model(settings.model),
        "weights": _write_path(settings.weights, SHIPPED) if settings.weights else None,
        "decisions": str(settings.decisions.resolve()) if settings.decisions else None,
        "stamp": settings.stamp,
        "texts": settings.texts,
    }
    write_atomically(path, json.dumps(told, indent=1).encode() + b"\n")


def _write_path(path: Path, shipped: Path) -> str:
    return _SHIPPED if path == shipped else str(path.resolve())


def _write_model(model: str) -> str:
    """A name as it is; a folder by its whole path, since what is added later may come from elsewhere."""
    return str(Path(model).resolve()) if Path(model).is_dir() and model else model


def read_settings(folder: Path) -> Settings:
    """Those that the graph in ``folder`` was built with; GraphError where it does not tell them."""
    told = _read(folder)
    if not told:
        raise GraphError(f"{folder}: does not tell how it was built", hint="build it once with `kg build TEXTS`")
    return Settings(
        told["base"],
        _read_path(told["ontology"], ONTOLOGY_FOLDER),
        tuple(map(Path, told["names"])),
        told["model"],
        _read_path(told["weights"], SHIPPED) if told["weights"] else None,
        Path(told["decisions"]) if told["decisions"] else None,
        told["stamp"],
        told["texts"],
    )


def _read_path(told: str, shipped: Path) -> Path:
    return shipped if told == _SHIPPED else Path(told)


def is_reading(folder: Path, reading: str, extractions: Path) -> bool:
    """True where the ``extractions`` of the graph in ``folder`` are what was written, of this very reading."""
    told = _read(folder)
    return told.get("reading") == reading and told["extractions"] == _hash(extractions)


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _read(folder: Path) -> Mapping[str, Any]:
    """Nothing where there is no such file, or one that is not ours."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) and told.keys() == _KEYS else {}
