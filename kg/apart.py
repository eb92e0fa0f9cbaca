"""Work in a process of its own, which can be stopped and held to its memory where the work itself can't."""

import faulthandler
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")


def run_apart(work: Callable[..., T], *given: object, seconds: float, megabytes: int) -> T:
    """What ``work`` gives for ``given``, or raises.

    TimeoutError where it takes longer, MemoryError where it takes more, ChildProcessError where it is killed.
    """
    with start_apart(_answer, work, given, megabytes) as connection:
        if not connection.poll(seconds):
            raise TimeoutError
        try:
            kind, value = connection.recv()
        except EOFError as error:
            raise ChildProcessError from error
    if kind == "raised":
        raise value
    result: T = value
    return result


@contextmanager
def start_apart(target: Callable[..., None], *given: Any) -> Iterator[Connection]:  # noqa: ANN401
    """Where the process answers that runs ``target`` with its own end of the pipe; it ends with the block."""
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(theirs, *given), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        process.kill()
        process.join()
        ours.close()


def _answer(connection: Connection, work: Callable[..., object], given: tuple[object, ...], megabytes: int) -> None:
    """Sends what was made, or what was raised; what a library or an engine says as it dies, nobody needs."""
    Thread(target=end_with_parent, daemon=True).start()
    hold_to(megabytes)
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        connection.send(("done", work(*given)))
    except MemoryError:
        connection.send(("raised", MemoryError()))
    except Exception as error:  # whatever a library raises is told by the one who waits
        connection.send(("raised", error))


def end_with_parent() -> None:
    """Waits for the process that began this one, and ends with it."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def hold_to(megabytes: int) -> None:
    """No more than so much beyond what the process has already, as far as the system can hold it; only Linux can."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + (megabytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
