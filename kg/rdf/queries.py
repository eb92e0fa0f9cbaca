"""Named queries: SPARQL files of the ontology folder whose parameters are terms, never pasted text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from pyoxigraph import Literal

from kg.errors import QueryError

_PARAMETER = re.compile(r"^# parameter: (\w+) — (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the ontology folder: what it answers, and its parameters with their meaning."""

    name: str
    description: str
    parameters: tuple[tuple[str, str], ...]
    text: str


def load_queries(folder: Path) -> Mapping[str, NamedQuery]:
    """All ``queries/*.rq`` of the ontology folder, by name."""
    return {path.stem: _read_query(path) for path in sorted((folder / "queries").glob("*.rq"))}


def _read_query(path: Path) -> NamedQuery:
    text = path.read_text(encoding="utf-8")
    return NamedQuery(path.stem, text.partition("\n")[0].removeprefix("# "), tuple(_PARAMETER.findall(text)), text)


def bind_parameters(query: NamedQuery, values: Sequence[str]) -> str:
    """The query with each ``VALUES ?name { UNDEF }`` holding the value as a literal, written by the RDF library.

    QueryError where there are too many or too few values.
    """
    names = [name for name, _ in query.parameters]
    if len(values) != len(names):
        wanted = " ".join(name.upper() for name in names) or "no value"
        raise QueryError(f"{query.name} takes {wanted}, not {len(values)} values", hint="see `kg query --list`")
    text = query.text
    for name, value in zip(names, values, strict=True):
        text = text.replace(f"VALUES ?{name} {{ UNDEF }}", f"VALUES ?{name} {{ {Literal(value)} }}")
    return text


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
