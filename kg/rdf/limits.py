"""Queries in a process of their own: Oxigraph can't be interrupted, a process can be stopped and held to its memory."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from pyoxigraph import QueryBoolean

from kg import apart
from kg.errors import QueryError
from kg.rdf.answers import ROWS, format_answer
from kg.rdf.base import find_base
from kg.rdf.files import read_store
from kg.rdf.sparql import run_query

Made = TypeVar("Made")


class Limits(NamedTuple):
    """What a query may take: seconds with reading the graph, megabytes, and rows of a table."""

    seconds: float = 60.0
    megabytes: int = 4096
    rows: int = ROWS


class Reply(NamedTuple):
    """The answer as text, and whether it is a plain no."""

    text: str
    no: bool = False


def ask_apart(graph: Path, text: str, kind: str, limits: Limits) -> Reply:
    """The answer of the graph in ``graph`` to ``text``, in the form ``kind``.

    GraphError and QueryError as of ``read_store`` and ``run_query``; QueryError where a limit is met.
    """
    return run_apart(limits, _ask, graph, text, kind, limits.rows)


def run_apart(limits: Limits, action: Callable[..., Made], *fields: object) -> Made:
    """What ``action`` makes of ``fields``, all of which can be pickled; its GraphError and QueryError.

    QueryError where it takes more seconds or megabytes than the limits.
    """
    try:
        return apart.run_apart(action, *fields, seconds=limits.seconds, megabytes=limits.megabytes)
    except TimeoutError as error:
        said = f"query: no answer within {limits.seconds:g} seconds"
        raise QueryError(said, hint="ask for less, or give --timeout") from error
    except (MemoryError, ChildProcessError) as error:
        said = f"query: stopped, it needs more than {limits.megabytes} MB"
        raise QueryError(said, hint="ask for less, or give --memory") from error


def _ask(graph: Path, text: str, kind: str, rows: int) -> Reply:
    store = read_store(graph)
    base = find_base(store)
    answer = run_query(store, text, base=base)
    no = isinstance(answer, QueryBoolean) and not answer
    return Reply(format_answer(answer, kind, base=base, rows=rows), no)
