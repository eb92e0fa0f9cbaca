"""What answers at each path."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from kg.errors import QueryError
from kg.rdf.queries import NamedQuery, bind_parameters
from kg.rdf.terms import to_curie, to_iri
from kg.serve.answers import GRAPHS, name_charset
from kg.serve.asking import ask_for
from kg.serve.description import describe_service
from kg.serve.guards import PAGE_POLICY
from kg.serve.links import link
from kg.serve.negotiation import choose_media
from kg.serve.pool import Pool
from kg.serve.protocol import DIRECT, read_operation
from kg.serve.resources import HTML, SHORT
from kg.serve.templates import render

_ROOT_TAG = b'<html lang="en"'
_CLOSED, _OPEN = b"connect-src &#39;none&#39;", b"connect-src &#39;self&#39;"


@dataclass(frozen=True, slots=True)
class Site:
    """What is served: by the workers, and beside them."""

    pool: Pool
    about: Mapping[str, Any]
    queries: Mapping[str, NamedQuery]
    page: Path


async def show_network(request: Request) -> Response:
    """The page that ``kg build`` made, told that it is served and may ask us; the editor where there is none."""
    page = _site(request).page
    if not page.is_file():
        return RedirectResponse(f"{_root(request)}/query", 303)
    content = await asyncio.to_thread(page.read_bytes)
    told = content.replace(_ROOT_TAG, _ROOT_TAG + b" data-served", 1).replace(_CLOSED, _OPEN, 1)
    return Response(told, media_type=HTML, headers={"Content-Security-Policy": PAGE_POLICY})


async def answer_sparql(request: Request) -> Response:
    """The SPARQL endpoint: an answer; without a query its description, or the editor for who wants HTML."""
    operation = await read_operation(request)
    accept = _accept(request)
    if operation is not None:
        return await ask_for(request, _site(request).pool, {**operation._asdict(), "accept": accept})
    media = choose_media(accept, [*GRAPHS, HTML])
    if media == HTML:
        return await show_editor(request)
    if media is None:
        raise HTTPException(406, f"no form is acceptable; there is {', '.join([*GRAPHS, HTML])}")
    about = _site(request).about
    endpoint = f"{request.url.scheme}://{request.url.netloc}{_root(request)}/sparql"
    described = describe_service(endpoint, about["base"], about["graphs"], media)
    return Response(described, headers={"Content-Type": name_charset(media), "Vary": "Accept"})


async def show_editor(request: Request) -> Response:
    """The query editor."""
    return Response(
        render("query.html", root=_root(request), title="Query"), media_type=HTML, headers={"Vary": "Accept"}
    )


async def tell_vocabulary(request: Request) -> Response:
    """What the editor completes: prefixes, terms, named queries."""
    return JSONResponse(_site(request).about["vocabulary"])


async def bind_query(request: Request) -> Response:
    """A named query with its parameters bound, as SPARQL; 404 and 400 where there is none such."""
    query = _site(request).queries.get(request.path_params["name"])
    if query is None:
        raise HTTPException(404, f"{request.path_params['name']}: no such query")
    try:
        values = [request.query_params[each.name] for each in query.parameters]
        return Response(bind_parameters(query, values), media_type=f"{DIRECT}; charset=utf-8")
    except KeyError as error:
        raise HTTPException(400, f"{query.name}: needs {error.args[0]}") from error
    except QueryError as error:
        raise HTTPException(400, str(error)) from error


async def show_resource(request: Request, kind: str) -> Response:
    """A thing, statement, document, named graph or the ontology, as a page or as RDF."""
    short = request.query_params.get("format", "")
    if short and short not in SHORT:
        raise HTTPException(400, f"no format {short}; there is {', '.join(SHORT)}")
    name = str(request.path_params.get("name", ""))
    job = {"kind": kind, "name": name, "accept": SHORT.get(short) or _accept(request), "root": _root(request)}
    return await ask_for(request, _site(request).pool, job)


async def lead_to_page(request: Request) -> Response:
    """From a thing in the world to the page about it: 303 (W3C TAG, httpRange-14)."""
    base = _site(request).about["base"]
    curie = to_curie(to_iri(f"kgr:{request.path_params['name']}", base), base)
    return RedirectResponse(link(curie, root=_root(request), base=base), 303, {"Vary": "Accept"})


async def show_neighbourhood(request: Request) -> Response:
    """A thing with its neighbours, for the network's page."""
    return await ask_for(request, _site(request).pool, {"around": str(request.path_params["name"])})


async def find_things(request: Request) -> Response:
    """Things by name, for the network's page."""
    return await ask_for(request, _site(request).pool, {"named": request.query_params.get("named", "")[:200]})


async def tell_health(request: Request) -> Response:
    """That the server is up, and how much it has to do."""
    return JSONResponse({"status": "ok", **_site(request).pool.load})


def _site(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def _root(request: Request) -> str:
    root: str = request.scope.get("root_path", "")
    return root


def _accept(request: Request) -> str:
    return ",".join(request.headers.getlist("accept"))
