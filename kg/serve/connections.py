"""Connections that wait for no client for long: to send its request, to read its answer, or to go."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.serve.replies import tell_error

SECONDS = 15.0
_SAID = tell_error("no HTTP that can be read, or its head is too long")
_BAD_REQUEST = (
    b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\nx-content-type-options: nosniff\r\n"
    b"connection: close\r\ncontent-length: %d\r\n\r\n%b" % (len(_SAID), _SAID)
)


class PatientConnection(H11Protocol):
    """A connection that is cut ``SECONDS`` after the client owes something: a whole head, or room for the answer."""

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The client owes a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Until its head is whole, the client owes the rest."""
        if self.conn.their_state is h11.ERROR:
            return
        self._wait()
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE and not self.transport.is_closing():
            self._stop_waiting()

    def pause_writing(self) -> None:
        """The client owes room."""
        super().pause_writing()
        self._wait()

    def resume_writing(self) -> None:
        """It has made room."""
        super().resume_writing()
        self._stop_waiting()

    def on_response_complete(self) -> None:
        """Of a connection that is closing, the client owes to read the rest."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._wait()

    def timeout_keep_alive_handler(self) -> None:
        """An idle connection is closed, and cut if it does not close."""
        super().timeout_keep_alive_handler()
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is owed any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Says what is wrong and stops listening; cut at once where an answer is under way."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            if self.cycle.response_started:
                self.transport.abort()
                return
        self.transport.write(_BAD_REQUEST)
        self.transport.write_eof()  # not closed: what still comes would reset the connection, and the line be lost
        self._wait()

    def _wait(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(SECONDS, self._cut)

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _cut(self) -> None:
        self.transport.abort()
