"""The process that holds the graph, and its forks.

To read a graph takes seconds, to fork a process that has read it milliseconds, and the fork shares its memory. The
holder has one thread and no event loop, so that a fork of it is whole.
"""

import faulthandler
import gc
import os
import signal
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from kg.apart import hold_to
from kg.errors import GraphError
from kg.rdf.limits import Limits
from kg.serve.frames import pack, receive_job, send_reply
from kg.serve.holding import Holding, read_holding
from kg.serve.jobs import do_job
from kg.serve.templates import load_templates

ORDER = struct.Struct("!cI")
FORK, CALM, END = b"f", b"c", b"e"
"""Orders, each with the number of a worker: fork it on the socket sent along; let it yield to others; end it."""
_LOW = 10  # niceness of a long query, beside 0 of a short one
_GROWTH = 256  # megabytes a worker may have grown by before a new one takes its place


def start_holder(graph: Path, queries: Path, limits: Limits) -> tuple[socket.socket, int]:
    """Where the holder takes orders, and its process; the socket says ``{}`` or ``{"error": …}`` once."""
    ours, theirs = socket.socketpair()
    process = os.fork()
    if process:
        theirs.close()
        return ours, process
    _close_all_but(theirs)
    _run(lambda: _hold(graph, queries, limits, theirs))


def _close_all_but(channel: socket.socket) -> None:
    """Else a port would stay taken, or a connection open, for as long as a child lives."""
    os.closerange(3, channel.fileno())
    os.closerange(channel.fileno() + 1, os.sysconf("SC_OPEN_MAX"))


def _run(work: Callable[[], None]) -> NoReturn:
    """Does the work in a process that ends with it, whatever happens: nothing of its parent's is run."""
    status = 1
    with suppress(KeyboardInterrupt):
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    os._exit(status)


def _hold(graph: Path, queries: Path, limits: Limits, orders: socket.socket) -> None:
    """Reads the graph and carries out orders until the server is gone; its workers go with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to all; the server says when to end
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        holding = read_holding(graph, queries)
    except GraphError as error:
        orders.sendall(pack({"error": error.args[0], "hint": error.hint}))
        return
    load_templates()
    gc.freeze()
    orders.sendall(pack(holding.about))
    workers: dict[int, int] = {}
    while _obey(orders, workers, holding, limits):
        pass
    for process in workers.values():
        _end(process)


def _obey(orders: socket.socket, workers: dict[int, int], holding: Holding, limits: Limits) -> bool:
    """Carries out the next order; False where there will be none. ``workers`` are processes by number."""
    message, sockets, _, _ = socket.recv_fds(orders, ORDER.size, 1)
    if not message:
        return False
    order, number = ORDER.unpack(message)
    if order == FORK:
        with socket.socket(fileno=sockets[0]) as channel, suppress(BlockingIOError):  # as many processes as may be
            workers[number] = _fork(channel, orders, holding, limits)
    elif number in workers and order == CALM:
        os.setpriority(os.PRIO_PROCESS, workers[number], _LOW)
    elif number in workers and order == END:
        _end(workers.pop(number))
    return True


def _fork(channel: socket.socket, orders: socket.socket, holding: Holding, limits: Limits) -> int:
    worker = os.fork()
    if worker == 0:
        orders.close()
        _run(lambda: _work(channel, holding, limits))
    return worker


def _end(process: int) -> None:
    """Its id is taken by no other process before it is waited for, so no stranger is killed."""
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _work(channel: socket.socket, holding: Holding, limits: Limits) -> None:
    """Does one job after the other; what the engine says as it dies of its limit, nobody needs.

    An error of our own goes with its reply, and is logged by the server.
    """
    hold_to(limits.megabytes)
    faulthandler.disable()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    most = _measure() + _GROWTH
    with suppress(EOFError, MemoryError, ConnectionError):
        while True:
            reply = do_job(holding, receive_job(channel), limits.rows)
            send_reply(channel, reply, last=_measure() > most)


def _measure() -> int:
    """Megabytes this process has in memory; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
    except OSError:
        return 0
