"""Messages between our own processes: a length and so many bytes, over a socket pair."""

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any

from kg.serve.replies import Reply

HEAD = struct.Struct("!II")
"""Bytes of the head (JSON) and of the body."""


def pack(head: Mapping[str, object], body: bytes = b"") -> bytes:
    """A message."""
    told = json.dumps(head).encode()
    return HEAD.pack(len(told), len(body)) + told + body


def send_reply(channel: socket.socket, reply: Reply, *, last: bool) -> None:
    """Sends the reply, with word whether the worker ends after it."""
    head = {"status": reply.status, "media": reply.media, "trace": reply.trace, "last": last}
    channel.sendall(pack(head, reply.body))


def receive_job(channel: socket.socket) -> dict[str, Any]:
    """The next job; EOFError where the server is gone."""
    head, _ = HEAD.unpack(_receive(channel, HEAD.size))
    job: dict[str, Any] = json.loads(_receive(channel, head))
    return job


def _receive(channel: socket.socket, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        part = channel.recv(size - len(parts))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
