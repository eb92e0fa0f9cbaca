"""The server: a socket, the process that holds the graph, and a loop until somebody says stop."""

import asyncio
import errno
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn
from starlette.types import ASGIApp

from kg.errors import GraphError, ServerError
from kg.rdf.limits import Limits
from kg.rdf.queries import load_queries
from kg.serve.connections import PatientConnection
from kg.serve.endpoints import Site
from kg.serve.frames import receive_job
from kg.serve.holder import start_holder
from kg.serve.pool import Pool
from kg.serve.routes import make_app

_CONNECTIONS = 900  # at once; more are told to come again
_HEAD = 1 << 16  # bytes of a request's head: a query may stand in its address
_IDLE, _GRACE = 10, 3  # seconds a connection may be idle, and have to end when we stop


class Address(NamedTuple):
    """Where to listen."""

    host: str
    port: int


def serve(
    graph: Path, address: Address, *, limits: Limits, workers: int, ontology_folder: Path, report: Callable[[str], None]
) -> None:
    """Serves the graph until SIGINT or SIGTERM; ``report`` is told where, once it can be asked.

    GraphError as of ``read_store``; ServerError where the address is taken or the system can't fork.
    """
    if not hasattr(os, "fork"):
        raise ServerError("kg serve needs a system with fork", hint="use Linux, macOS or the Linux subsystem")
    queries = load_queries(ontology_folder)
    page = (graph if graph.is_dir() else graph.parent) / "graph.html"
    with _listen(address) as listener, _hold(graph, ontology_folder, limits) as (orders, about):
        app = make_app(Site(Pool(orders, limits, workers), about, queries, page), frozenset({address.host.lower()}))
        report(_name(address.host, listener.getsockname()[1]))
        if not asyncio.run(_run(app, listener, orders)):
            raise ServerError("the process that holds the graph has ended", hint="is there memory enough for it?")


def _name(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _listen(address: Address) -> socket.socket:
    """A socket that listens; ServerError where there can be none."""
    try:
        family, _, _, _, where = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(where[:2], family=family, backlog=1024)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        said = "is in use" if taken else error.strerror or str(error)
        raise ServerError(f"{address.host}:{address.port} {said}", hint="give another --host or --port") from error
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else each answer waits 40 ms for its second half
    return listener


@contextmanager
def _hold(graph: Path, ontology_folder: Path, limits: Limits) -> Iterator[tuple[socket.socket, dict[str, Any]]]:
    """Where the holder takes orders, and what it says of the graph; it ends with the block, and all workers with it."""
    orders, process = start_holder(graph, ontology_folder, limits)
    try:
        about = receive_job(orders)
        if "error" in about:
            raise GraphError(about["error"], hint=about["hint"])
        yield orders, about
    except EOFError as error:
        raise ServerError(f"{graph}: could not be held in memory") from error
    finally:
        orders.close()
        os.waitpid(process, 0)


async def _run(app: ASGIApp, listener: socket.socket, orders: socket.socket) -> bool:
    """True if it was stopped by a signal, False if the holder ended by itself."""
    server = _Server(_configure(app))
    lost = asyncio.Event()

    def stop() -> None:
        lost.set()
        server.should_exit = True
        asyncio.get_running_loop().remove_reader(orders)

    asyncio.get_running_loop().add_reader(orders, stop)  # it says nothing more, so what comes is its end
    await server.serve([listener])
    asyncio.get_running_loop().remove_reader(orders)
    return not lost.is_set()


def _configure(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=PatientConnection,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_GRACE,
        h11_max_incomplete_event_size=_HEAD,
    )


class _Server(uvicorn.Server):
    """Uvicorn, except that a signal to stop is a wish fulfilled and not raised again when all is done."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Both signals mean the same."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield
