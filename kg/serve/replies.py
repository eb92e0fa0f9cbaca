"""What a worker says: status, media type and body; an error is one line of plain text."""

from typing import NamedTuple

from kg.errors import KGError

PLAIN = "text/plain; charset=utf-8"


class Reply(NamedTuple):
    """An answer as HTTP has it, and what the server is to log of it: how it came to an error of ours."""

    status: int
    media: str
    body: bytes
    trace: str = ""


def refuse(status: int, message: str, trace: str = "") -> Reply:
    """An error as a reply."""
    return Reply(status, PLAIN, tell_error(message), trace)


def tell_error(message: str) -> bytes:
    """The line of an error, wherever it is shown."""
    return f"kg: {' '.join(message.split())}\n".encode("utf-8", "backslashreplace")


class Unanswered(KGError):
    """The server has no answer to give: busy, out of time, or out of memory."""

    def __init__(self, status: int, message: str, *, hint: str = "") -> None:
        """Takes the HTTP status that says so."""
        super().__init__(message, hint=hint)
        self.status = status
