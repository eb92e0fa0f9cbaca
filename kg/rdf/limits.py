"""Queries in a process of their own: Oxigraph can't be interrupted, a process can be stopped and held to its memory."""

import faulthandler
import multiprocessing
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import QueryBoolean

from kg.errors import GraphError, QueryError
from kg.rdf.answers import ROWS, format_answer
from kg.rdf.base import find_base
from kg.rdf.files import read_store
from kg.rdf.sparql import run_query


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
    with _start(graph, text, kind, limits) as connection:
        if not connection.poll(limits.seconds):
            raise QueryError(
                f"query: no answer within {limits.seconds:g} seconds", hint="ask for less, or give --timeout"
            )
        try:
            reply = connection.recv()
        except EOFError as error:
            said = f"query: stopped, it needs more than {limits.megabytes} MB"
            raise QueryError(said, hint="ask for less, or give --memory") from error
    if isinstance(reply, Reply):
        return reply
    refusal, message, hint = reply
    raise refusal(message, hint=hint)


@contextmanager
def _start(graph: Path, text: str, kind: str, limits: Limits) -> Iterator[Connection]:
    """Where the process answers; it ends with the block."""
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(  # type: ignore[attr-defined]
        target=_answer, args=(theirs, graph, text, kind, limits), daemon=True
    )
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        process.kill()
        process.join()
        ours.close()


def _answer(connection: Connection, graph: Path, text: str, kind: str, limits: Limits) -> None:
    """Sends the Reply, or class, message and hint of the error; what the engine says as it dies, nobody needs."""
    hold_to(limits.megabytes)
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        store = read_store(graph)
        base = find_base(store)
        answer = run_query(store, text, base=base)
        no = isinstance(answer, QueryBoolean) and not answer
        connection.send(Reply(format_answer(answer, kind, base=base, rows=limits.rows), no))
    except (GraphError, QueryError) as error:
        connection.send((type(error), error.args[0], error.hint))
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
