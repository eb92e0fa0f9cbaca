"""Named queries: SPARQL files of the ontology folder whose parameters are terms, never pasted text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal

from kg.errors import QueryError

_PARAMETER = re.compile(r"^# parameter: (\w+)(?: \((\w+)\))? — (.+)$", re.MULTILINE)
_KINDS = {"date": re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")}
"""What a value of a kind looks like; of a parameter without a kind it may be anything."""


class Parameter(NamedTuple):
    """A value that a query takes, of what kind it is ("" of any), and what it means."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the ontology folder: what it answers, and its parameters with their meaning."""

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str


def load_queries(folder: Path) -> Mapping[str, NamedQuery]:
    """All ``queries/*.rq`` of the ontology folder, by name."""
    return {path.stem: _read_query(path) for path in sorted((folder / "queries").glob("*.rq"))}


def _read_query(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    parameters = tuple(Parameter(*found) for found in _PARAMETER.findall(text))
    return NamedQuery(path.stem, text.partition("\n")[0].removeprefix("# "), parameters, text)


def bind_parameters(query: NamedQuery, values: Sequence[str]) -> str:
    """The query with each ``VALUES ?name { UNDEF }`` holding the value as a literal, written by the RDF library.

    QueryError where there are too many or too few values, or one is not of its kind.
    """
    if len(values) != len(query.parameters):
        wanted = " ".join(parameter.name.upper() for parameter in query.parameters) or "no value"
        raise QueryError(f"{query.name} takes {wanted}, not {len(values)} values", hint="see `kg query --list`")
    literals = {}
    for parameter, value in zip(query.parameters, values, strict=True):
        _check(query.name, parameter, value)
        literals[parameter.name] = _to_literal(value)
    places = re.compile(rf"VALUES \?({'|'.join(literals) or '(?!)'}) {{ UNDEF }}")
    return places.sub(lambda place: f"VALUES ?{place[1]} {{ {literals[place[1]]} }}", query.text)


def _to_literal(value: str) -> str:
    try:
        return str(Literal(value))
    except ValueError as error:
        raise QueryError(f"{value!a} holds half of a character", hint="write it in whole ones") from error


def _check(query: str, parameter: Parameter, value: str) -> None:
    if parameter.kind and not _KINDS[parameter.kind].fullmatch(value):
        raise QueryError(f"{query}: {parameter.name.upper()} is {parameter.meaning}, not {value!r}", hint="say it so")


def name_query(query: str, values: Sequence[str], folder: Path) -> str:
    """SPARQL of a named query with its values, or itself; QueryError where it is the name of none."""
    named = load_queries(folder)
    if query in named:
        return bind_parameters(named[query], values)
    if re.fullmatch(r"[\w-]+", query):
        meant = get_close_matches(query.lower(), named, n=1)
        guess = f"; did you mean {meant[0]}?" if meant else ""
        raise QueryError(f"no query {query}{guess}", hint="see `kg query --list`")
    return query


def find_query(query: str, values: Sequence[str], folder: Path) -> str:
    """SPARQL as of ``name_query``, or of a ``.rq`` file; QueryError where it can't be read."""
    if not query.endswith(".rq"):
        return name_query(query, values, folder)
    try:
        return Path(query).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", "") or error
        raise QueryError(f"{query}: {said}", hint="see `kg query --list`") from error
