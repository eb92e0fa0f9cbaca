"""Answers to SPARQL as text: tables for people, the W3C's forms for programs; none longer than allowed."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import islice
from typing import NamedTuple

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse_query_results,
)

from kg.errors import QueryError
from kg.rdf.files import to_bytes
from kg.rdf.terms import BASE, make_prefixes, to_curie

Answer = QuerySolutions | QueryBoolean | QueryTriples
ROWS, BYTES = 100_000, 1 << 28
"""What an answer may have."""
_SHORTEST_ROW = 2  # bytes: a row of CSV without a value
_WRITTEN = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
FORMATS = ("table", "markdown", *_WRITTEN, "turtle")
_ESCAPES = str.maketrans({"|": "\\|", "<": "&lt;", ">": "&gt;", "&": "&amp;", "`": "\\`", "*": "\\*", "_": "\\_"})


class Capped(BytesIO):
    """A buffer that takes no more than so many bytes; QueryError beyond."""

    def __init__(self, most: int = BYTES) -> None:
        """Takes the bytes it may hold."""
        super().__init__()
        self._most = most

    def write(self, data: object, /) -> int:
        """As of every buffer."""
        if self.tell() > self._most:
            raise QueryError(
                f"query: the answer is longer than {self._most >> 20} MB", hint="ask for less, or add LIMIT"
            )
        return super().write(data)  # type: ignore[arg-type]


class _Table(NamedTuple):
    """The rows as they are shown, and how many were left out: none, or not counted."""

    names: list[str]
    rows: list[list[str]]
    cut: bool


def format_answer(answer: Answer, kind: str = "table", *, base: str = BASE, rows: int = ROWS) -> str:
    """The answer as aligned text, Markdown, CSV, TSV, JSON, XML (W3C SPARQL 1.1 formats) or Turtle.

    ``rows`` are what an answer may have: a table for people is cut there and says so, other forms are whole or refused.
    QueryError where the form does not fit, or the answer is too long.
    """
    if isinstance(answer, QueryTriples):
        return _format_graph(answer, kind, base, rows)
    if kind == "turtle":
        raise QueryError(
            "only CONSTRUCT and DESCRIBE give Turtle", hint="choose table, markdown, csv, tsv, json or xml"
        )
    if isinstance(answer, QueryBoolean) and kind not in ("json", "xml"):
        return "yes\n" if answer else "no\n"
    if kind in _WRITTEN:
        return write_rows(answer, _WRITTEN[kind], rows=rows).decode()
    table = _make_table(answer, base, rows) if isinstance(answer, QuerySolutions) else _Table([], [], cut=False)
    return _format_markdown(table) if kind == "markdown" else _format_table(table)


def write_rows(
    answer: QuerySolutions | QueryBoolean, form: QueryResultsFormat, *, rows: int = ROWS, most: int = BYTES
) -> bytes:
    """The answer in a form of the W3C; QueryError where it has more than ``rows`` rows or ``most`` bytes."""
    buffer = Capped(most)
    answer.serialize(buffer, format=form)
    written = buffer.getvalue()
    if isinstance(answer, QuerySolutions) and len(written) > _SHORTEST_ROW * rows:
        refuse_more(_count_rows(written, form), rows, "rows")
    return written


def _count_rows(written: bytes, form: QueryResultsFormat) -> int:
    """Read back, as the engine writes all rows in one step."""
    if form == QueryResultsFormat.CSV:
        return sum(1 for _ in csv.reader(StringIO(written.decode(), newline=""))) - 1
    results = parse_query_results(BytesIO(written), format=form)
    return 0 if isinstance(results, QueryBoolean) else sum(1 for _ in results)


def refuse_more(count: int, most: int, what: str) -> None:
    """QueryError where there are more."""
    if count > most:
        raise QueryError(f"query: the answer has more than {most:,} {what}", hint="ask for less, or add LIMIT")


def _format_graph(answer: QueryTriples, kind: str, base: str, rows: int) -> str:
    if kind not in ("table", "turtle"):
        raise QueryError(f"CONSTRUCT and DESCRIBE give a graph, no {kind}", hint="choose turtle")
    triples = list(islice(answer, rows + 1))
    refuse_more(len(triples), rows, "triples")
    return to_bytes(sorted(triples, key=str), RdfFormat.TURTLE, make_prefixes(base)).decode()


def _make_table(answer: QuerySolutions, base: str, rows: int) -> _Table:
    names = [variable.value for variable in answer.variables]
    shown = [[_show(solution[name], base) for name in names] for solution in islice(answer, rows)]
    return _Table(names, shown, cut=next(answer, None) is not None)


def _format_table(table: _Table) -> str:
    lines = [table.names, *table.rows]
    widths = [max(len(line[i]) for line in lines) for i in range(len(table.names))]
    ruled = [table.names, ["-" * width for width in widths], *table.rows]
    return _join([*(_align(line, widths) for line in ruled), _count(table)])


def _align(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _format_markdown(table: _Table) -> str:
    lines = [
        table.names,
        ["---"] * len(table.names),
        *([cell.translate(_ESCAPES) for cell in row] for row in table.rows),
    ]
    return _join([*_pipe(lines), "", _count(table)] if table.cut else [*_pipe(lines)])


def _pipe(lines: Iterable[Sequence[str]]) -> Iterator[str]:
    return (f"| {' | '.join(cells)} |" for cells in lines)


def _count(table: _Table) -> str:
    many = "(1 row" if len(table.rows) == 1 else f"({len(table.rows)} rows"
    return f"{many}, and more: add LIMIT and OFFSET)" if table.cut else f"{many})"


def _join(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _show(term: object, base: str) -> str:
    """Short names for IRIs; a terminal gets no control characters and no change of writing direction."""
    if term is None:
        return ""
    text = to_curie(term.value, base) if isinstance(term, NamedNode) else str(getattr(term, "value", term))
    return "".join(letter if letter.isprintable() else "·" if letter not in "\n\t\r" else " " for letter in text)
