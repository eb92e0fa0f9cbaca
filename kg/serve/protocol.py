"""An HTTP request read as an operation of the SPARQL 1.1 Protocol (section 2.1), or refused with a status."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
BODY = 1 << 22
"""Bytes of a request: an encoded query is up to three times as long."""
_DRAINED = 1 << 25  # bytes that are read away before a body is refused, so that its sender hears why
_SECONDS = 20.0  # for a body to arrive
_PARAMETERS = 64
_OURS = ("query", "default-graph-uri", "named-graph-uri")
_CLOSE = {"Connection": "close"}


class Operation(NamedTuple):
    """A query and the graphs it is to ask; none of them means ours."""

    query: str
    default: list[str]
    named: list[str]


async def read_operation(request: Request) -> Operation | None:
    """The query of a GET, of a form, or of a body that is the query itself; None for a GET without parameters.

    HTTPException 400 where it is malformed, 408 and 413 where the body comes too slowly or is too long, 415 where it
    is something else.
    """
    parameters = _read_parameters(request.scope["query_string"])
    if request.method == "POST":
        return await _read_post(request, parameters)
    _refuse_update(parameters)
    return _pick(parameters) if any(name in _OURS for name, _ in parameters) else None


async def _read_post(request: Request, parameters: Sequence[tuple[str, str]]) -> Operation:
    media, charset = _read_type(request)
    if media not in (FORM, DIRECT) or request.headers.get("content-encoding", "identity") != "identity":
        accepted = {"Accept-Post": f"{FORM}, {DIRECT}"}
        raise HTTPException(415, f"a query comes as {FORM} or {DIRECT}, not encoded further", accepted)
    if charset not in ("utf-8", "utf8"):
        raise HTTPException(415, f"a query comes in UTF-8, not in {charset}")
    body = await _read_body(request)
    if media == DIRECT:
        return _pick([*parameters, ("query", _decode(body))])
    _refuse_ours(parameters)
    return _pick(_read_parameters(body))


def _pick(parameters: Sequence[tuple[str, str]]) -> Operation:
    _refuse_update(parameters)
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise HTTPException(400, f"one query is asked at a time, here are {len(queries)}")
    default = [value for name, value in parameters if name == "default-graph-uri"]
    named = [value for name, value in parameters if name == "named-graph-uri"]
    return Operation(queries[0], default, named)


def _refuse_update(parameters: Sequence[tuple[str, str]]) -> None:
    if any(name == "update" for name, _ in parameters):
        raise HTTPException(400, "update: the graph is only read here")


def _refuse_ours(parameters: Sequence[tuple[str, str]]) -> None:
    """Section 2.1.2: of a form, all parameters stand in the body."""
    ours = [name for name, _ in parameters if name in _OURS]
    if ours:
        raise HTTPException(400, f"{ours[0]}: belongs in the form, not in the address")


def _read_parameters(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_PARAMETERS)
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"parameters: not percent-encoded UTF-8 ({error.reason})") from error
    except ValueError as error:
        raise HTTPException(400, f"parameters: more than {_PARAMETERS}") from error


def _read_type(request: Request) -> tuple[str, str]:
    """Media type and charset of the body, in lower case."""
    media, *parameters = request.headers.get("content-type", "").lower().split(";")
    named = dict(part.strip().partition("=")[::2] for part in parameters)
    return media.strip(), named.get("charset", "utf-8").strip('"')


async def _read_body(request: Request) -> bytes:
    """The body; what is too long is read away, as far as it is worth it, and refused."""
    told = int(request.headers.get("content-length", "0"))
    parts, size = [], 0
    try:
        async with asyncio.timeout(_SECONDS):
            if told <= _DRAINED:
                async for part in request.stream():
                    size += len(part)
                    parts.append(part if size <= BODY else b"")
                    if size > _DRAINED:
                        break
    except TimeoutError as error:
        raise HTTPException(408, f"the body did not come within {_SECONDS:g} seconds", _CLOSE) from error
    if max(size, told) > BODY:
        raise HTTPException(413, f"a request is no longer than {BODY >> 20} MB", _CLOSE)
    return b"".join(parts)


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"query: no UTF-8 at byte {error.start}") from error
