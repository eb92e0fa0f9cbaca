"""The paths, and one line of text for whatever goes wrong at them."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from kg.serve.endpoints import (
    Site,
    answer_sparql,
    bind_query,
    find_things,
    lead_to_page,
    show_editor,
    show_neighbourhood,
    show_network,
    show_resource,
    tell_health,
    tell_vocabulary,
)
from kg.serve.guards import KnownHosts, StrictHeaders
from kg.serve.replies import PLAIN, Unanswered, tell_error
from kg.views.page import THEME

Endpoint = Callable[[Request], Awaitable[Response]]
_ASSETS = Path(__file__).parent / "assets"
_NAMED = ("entity", "statement", "document", "graph")
_GONE = 499  # nobody reads it


def make_app(site: Site, hosts: frozenset[str]) -> ASGIApp:
    """The application; it answers below the path of the base too, so that our IRIs lead to it through a proxy."""
    base = urlsplit(site.about["base"])
    routes = _list_routes()
    below = [Mount(base.path.rstrip("/"), routes=routes)] if base.path.strip("/") else []
    handlers = {HTTPException: _tell_http, Unanswered: _tell_unanswered, ClientDisconnect: _tell_nobody}
    app = Starlette(routes=[*below, *routes], exception_handlers={**handlers, Exception: _tell_fault})
    app.state.site = site
    return StrictHeaders(KnownHosts(app, hosts | {base.hostname} if base.hostname else hosts))


def _list_routes() -> list[BaseRoute]:
    return [
        _route("/", show_network),
        _route("/sparql", answer_sparql, "GET", "HEAD", "POST"),
        _route("/query", show_editor),
        _route("/queries/{name}", bind_query),
        _route("/vocabulary.json", tell_vocabulary),
        _route("/neighbourhood/{name:path}", show_neighbourhood),
        _route("/things", find_things),
        _route("/id/{name:path}", lead_to_page),
        *(_route(f"/{kind}/{{name:path}}", partial(show_resource, kind=kind)) for kind in _NAMED),
        _route("/ontology", partial(show_resource, kind="ontology")),
        _route("/healthz", tell_health),
        _route("/assets/theme.css", _show_theme),
        Mount("/assets", StaticFiles(directory=_ASSETS)),
    ]


def _route(path: str, endpoint: Endpoint, *methods: str) -> Route:
    """A route that says of itself what may be done there."""
    allowed = (*(methods or ("GET", "HEAD")), "OPTIONS")

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(allowed)})
        return await endpoint(request)

    return Route(path, answer, methods=list(allowed))


async def _show_theme(_: Request) -> Response:
    return FileResponse(THEME)


def _tell(status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    return Response(tell_error(message), status, headers, media_type=PLAIN)


async def _tell_http(_: Request, error: Exception) -> Response:
    status, said = getattr(error, "status_code", 500), getattr(error, "detail", "")
    return _tell(status, said, dict(getattr(error, "headers", None) or {}))


async def _tell_unanswered(_: Request, error: Exception) -> Response:
    status = getattr(error, "status", 503)
    return _tell(status, str(error), {"Retry-After": "2"} if status == 503 else None)


async def _tell_nobody(_: Request, __: Exception) -> Response:
    return Response(status_code=_GONE)


async def _tell_fault(_: Request, error: Exception) -> Response:
    return _tell(500, f"{type(error).__name__}: a fault of kg; its trace is where kg serve runs")
