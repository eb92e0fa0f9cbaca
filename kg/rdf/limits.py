"""Queries in a process of their own: Oxigraph can't be interrupted, a process can be stopped and held to its memory."""

import faulthandler
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple, TypeVar

from pyoxigraph import QueryBoolean

from kg.errors import GraphError, QueryError
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
    with _start(limits, action, fields) as connection:
        if not connection.poll(limits.seconds):
            raise QueryError(
                f"query: no answer within {limits.seconds:g} seconds", hint="ask for less, or give --timeout"
            )
        try:
            failed, reply = connection.recv()
        except EOFError as error:
            said = f"query: stopped, it needs more than {limits.megabytes} MB"
            raise QueryError(said, hint="ask for less, or give --memory") from error
    if failed:
        refusal, message, hint = reply
        raise refusal(message, hint=hint)
    made: Made = reply
    return made


def _ask(graph: Path, text: str, kind: str, rows: int) -> Reply:
    store = read_store(graph)
    base = find_base(store)
    answer = run_query(store, text, base=base)
    no = isinstance(answer, QueryBoolean) and not answer
    return Reply(format_answer(answer, kind, base=base, rows=rows), no)


@contextmanager
def _start(limits: Limits, action: Callable[..., object], fields: Sequence[object]) -> Iterator[Connection]:
    """Where the process answers; it ends with the block."""
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(  # type: ignore[attr-defined]
        target=_answer, args=(theirs, limits.megabytes, action, fields), daemon=True
    )
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        process.kill()
        process.join()
        ours.close()


def _answer(connection: Connection, megabytes: int, action: Callable[..., object], fields: Sequence[object]) -> None:
    """Sends what was made, or class, message and hint of the error; what the engine says as it dies, nobody needs."""
    hold_to(megabytes)
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        connection.send((False, action(*fields)))
    except (GraphError, QueryError) as error:
        connection.send((True, (type(error), error.args[0], error.hint)))
    except MemoryError:
        pass  # told by the one who waits


def hold_to(megabytes: int) -> None:
    """No more than so much beyond what the process has already, as far as the system can hold it; only Linux can."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
