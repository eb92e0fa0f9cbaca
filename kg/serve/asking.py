"""A job handed to the workers for a client, who may leave before it is done."""

import asyncio
from collections.abc import AsyncIterator, Mapping

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive

from kg.serve.pool import Answer, Job, Pool

_CHUNK = 1 << 16


async def ask_for(request: Request, pool: Pool, job: Job) -> Response:
    """The answer as a response; ClientDisconnect where nobody waits for it any more, and nothing goes on then."""
    asked = asyncio.create_task(pool.answer(job))
    gone = asyncio.create_task(_wait_until_gone(request.receive))
    try:
        await asyncio.wait({asked, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not asked.done():
            raise ClientDisconnect
        return _respond(asked.result())
    finally:
        gone.cancel()
        asked.cancel()


async def _wait_until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _respond(answer: Answer) -> Response:
    headers: Mapping[str, str] = {"Content-Length": str(answer.size), "Vary": "Accept"}
    return StreamingResponse(_read(answer), answer.status, headers, media_type=answer.media)


async def _read(answer: Answer) -> AsyncIterator[bytes]:
    with answer.body as body:
        while part := body.read(_CHUNK):
            yield part
