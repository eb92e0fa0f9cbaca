"""The workers as the server sees them: one question each, a limit of time that holds, and a way for short questions.

A question that takes longer than ``_SHORT`` gives its place to others and goes on, at low priority, among the long
ones; where those are many already and others wait, it is ended. So whoever asks for little is answered while others ask
for too much.
"""

import asyncio
import json
import logging
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple

from kg.rdf.limits import Limits
from kg.serve.frames import HEAD, pack
from kg.serve.holder import CALM, END, FORK, ORDER
from kg.serve.replies import Unanswered

_LOG = logging.getLogger(__name__)
_SHORT = 0.5  # seconds
_LONG = 2  # long questions for each short one that may run
_QUEUE = 512  # questions that may wait
_PATIENCE = 20.0  # seconds they may wait
_IN_MEMORY = 1 << 20  # bytes of an answer; a longer one waits in a file for its client
_CHUNK = 1 << 16


Job = Mapping[str, object]


class Answer(NamedTuple):
    """A reply as it came from a worker, its body to be read from the start."""

    status: int
    media: str
    size: int
    body: IO[bytes]


@dataclass(frozen=True, slots=True)
class _Worker:
    """A process by its number with the holder, and the way to it."""

    number: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, job: Job) -> tuple[Answer, bool]:
        """Its answer, and whether it was its last; IncompleteReadError where it died of it."""
        self.writer.write(pack(job))
        await self.writer.drain()
        length, size = HEAD.unpack(await self.reader.readexactly(HEAD.size))
        head = json.loads(await self.reader.readexactly(length))
        if head["trace"]:  # logged here, as a worker says nothing on its own
            _LOG.error("%s", head["trace"].rstrip())
        return Answer(head["status"], head["media"], size, await self._read_body(size)), head["last"]

    async def _read_body(self, size: int) -> IO[bytes]:
        body = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # closed by whoever sends it on
        while size:
            part = await self.reader.read(min(size, _CHUNK))
            if not part:
                raise asyncio.IncompleteReadError(b"", size)
            body.write(part)
            size -= len(part)
        body.seek(0)
        return body


@dataclass(slots=True)
class _Place:
    """The lane in which a question is."""

    lane: asyncio.Semaphore


class Pool:
    """At most ``workers`` short questions at once and ``_LONG`` times as many long ones; others wait their turn."""

    def __init__(self, orders: socket.socket, limits: Limits, workers: int) -> None:
        """Takes where the holder takes its orders."""
        self._orders = orders
        self._limits = limits
        self._short = asyncio.Semaphore(workers)
        self._long = asyncio.Semaphore(_LONG * workers)
        self._numbers = count(1)
        self._idle: list[_Worker] = []
        self._waiting = 0
        self._running = 0

    @property
    def load(self) -> dict[str, int]:
        """How many questions wait for a place, and how many long ones run."""
        return {"waiting": self._waiting, "long": self._running}

    async def answer(self, job: Job) -> Answer:
        """What a worker answers; Unanswered where none is free, or a limit is met. Cancelled, it ends the worker."""
        await self._enter()
        place = _Place(self._short)
        try:
            worker = self._idle.pop() if self._idle else await self._fork()
            try:
                answer, last = await self._ask(worker, job, place)
            except BaseException:
                self._end(worker)
                raise
            if last or place.lane is self._long:
                self._end(worker)
            else:
                self._idle.append(worker)
            return answer
        finally:
            self._running -= place.lane is self._long
            place.lane.release()

    async def _enter(self) -> None:
        if self._waiting >= _QUEUE:
            raise Unanswered(503, "busy: too many questions wait", hint="ask again in a moment")
        self._waiting += 1
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._short.acquire()
        except TimeoutError as error:
            said = f"busy: no place within {_PATIENCE:g} seconds"
            raise Unanswered(503, said, hint="ask again in a moment") from error
        finally:
            self._waiting -= 1

    async def _ask(self, worker: _Worker, job: Job, place: _Place) -> tuple[Answer, bool]:
        limits = self._limits
        asked = asyncio.create_task(worker.ask(job))
        try:
            async with asyncio.timeout(limits.seconds):
                while not (await asyncio.wait({asked}, timeout=_SHORT))[0]:
                    await self._make_room(worker, place)
                return asked.result()
        except TimeoutError as error:
            said = f"query: no answer within {limits.seconds:g} seconds"
            raise Unanswered(504, said, hint="ask for less, or serve with a longer --timeout") from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            said = f"query: stopped, it needs more than {limits.megabytes} MB"
            raise Unanswered(507, said, hint="ask for less, or serve with more --memory") from error
        finally:
            asked.cancel()

    async def _make_room(self, worker: _Worker, place: _Place) -> None:
        """For short questions: this one goes among the long, if there is a place; Unanswered if there is none."""
        if place.lane is self._long or (self._long.locked() and not self._waiting):
            return
        if self._long.locked():
            said = f"busy: long queries run, others wait, and this one took more than {_SHORT:g} seconds"
            raise Unanswered(503, said, hint="ask for less, or again in a moment")
        await self._long.acquire()
        self._short.release()
        place.lane = self._long
        self._running += 1
        self._orders.send(ORDER.pack(CALM, worker.number))

    async def _fork(self) -> _Worker:
        number = next(self._numbers)
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._orders, [ORDER.pack(FORK, number)], [theirs.fileno()])
        reader, writer = await asyncio.open_unix_connection(sock=ours)
        return _Worker(number, reader, writer)

    def _end(self, worker: _Worker) -> None:
        worker.writer.close()
        self._orders.send(ORDER.pack(END, worker.number))
