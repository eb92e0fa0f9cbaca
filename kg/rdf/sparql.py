"""SPARQL over a graph: read-only, offline, with named queries whose parameters are terms, never pasted text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from kg.errors import QueryError
from kg.rdf.files import to_bytes
from kg.rdf.tables import name_graphs
from kg.rdf.terms import BASE, make_prefixes, to_curie

_PARAMETER = re.compile(r"^# parameter: (\w+) — (.+)$", re.MULTILINE)
_TOKEN = re.compile(
    r"""(?P<skip><[^<>"{}|^`\\\s]*>|\"\"\".*?\"\"\"|'''.*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\#[^\n]*)|"""
    r"""(?P<word>[?$@]?[\w:-]+)""",
    re.DOTALL,
)
_FORBIDDEN = {
    "SERVICE": "asks another server",
    "FROM": "names another dataset",
    **dict.fromkeys(
        ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"), "changes the graph"
    ),
}
_TABULAR = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON}
FORMATS = ("table", "csv", "tsv", "json", "turtle")
Answer = QuerySolutions | QueryBoolean | QueryTriples


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


def run_query(store: Store, text: str, *, base: str = BASE) -> Answer:
    """The answer to ``text``; plain patterns ask the facts and the ontology, GRAPH asks the other graphs.

    Our prefixes need no declaration. QueryError where it is no SPARQL, writes, or reaches out of the graph.
    """
    refuse_unsafe(text)
    try:
        return store.query(
            text,
            prefixes=dict(make_prefixes(base)),
            default_graph=name_graphs(("facts", "ontology"), base),
        )
    except SyntaxError as error:
        raise QueryError(f"query: {error}", hint="see https://www.w3.org/TR/sparql11-query/") from error
    except (ValueError, OSError) as error:
        raise QueryError(f"query: {error}") from error


def refuse_unsafe(text: str) -> None:
    """QueryError where a keyword outside of strings, comments and IRIs writes or reaches out."""
    for match in _TOKEN.finditer(text):
        word = (match["word"] or "").upper()
        if word in _FORBIDDEN:
            line = text.count("\n", 0, match.start()) + 1
            raise QueryError(f"query, line {line}: {word} {_FORBIDDEN[word]}", hint="kg only reads its own graph")


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


def format_answer(answer: Answer, kind: str = "table", *, base: str = BASE) -> str:
    """The answer as aligned text, CSV, TSV, JSON (W3C SPARQL 1.1 formats) or Turtle."""
    if isinstance(answer, QueryTriples):
        triples = sorted(answer, key=str)
        return to_bytes(triples, RdfFormat.TURTLE, make_prefixes(base)).decode()
    if kind == "turtle":
        raise QueryError("only CONSTRUCT and DESCRIBE give Turtle", hint="choose table, csv, tsv or json")
    if isinstance(answer, QueryBoolean) and kind != "json":
        return "yes\n" if answer else "no\n"
    if kind in _TABULAR:
        return (answer.serialize(format=_TABULAR[kind]) or b"").decode()
    return _format_table(answer, base) if isinstance(answer, QuerySolutions) else ""


def _format_table(answer: QuerySolutions, base: str) -> str:
    names = [variable.value for variable in answer.variables]
    rows = [[_show(solution[name], base) for name in names] for solution in answer]
    widths = [max(len(row[i]) for row in [names, *rows]) for i in range(len(names))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [names, ["-" * width for width in widths], *rows]
    ]
    return "\n".join([*lines, f"({len(rows)} rows)" if len(rows) != 1 else "(1 row)"]) + "\n"


def _show(term: object, base: str) -> str:
    """Short names for IRIs; a terminal gets no control characters and no change of writing direction."""
    if term is None:
        return ""
    text = to_curie(term.value, base) if isinstance(term, NamedNode) else str(getattr(term, "value", term))
    return "".join(letter if letter.isprintable() else "·" if letter not in "\n\t\r" else " " for letter in text)
