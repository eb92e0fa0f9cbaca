"""Graphs sent to a store by the Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

It speaks to a network only where the user names an address.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from requests import PreparedRequest, Request, RequestException, Response, Session
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth
from urllib3.util import Retry

from kg.errors import GraphError, escape_marks
from kg.rdf.batches import Batch

USER, PASSWORD, TOKEN = "KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN"
_TRIES = 5
_BUSY = frozenset({429, *range(500, 600)} - {501, 505})
"""What may be otherwise in a moment; 501 and 505 say that the store can't do it."""
_LONGEST_WAIT = 120  # seconds, also where a store asks for more
_ADDRESS_HINT = "give the address of a store's Graph Store Protocol, such as http://localhost:7878/store"
_LOGIN_HINT = f"set {USER} and {PASSWORD}, or {TOKEN}"
_SAID = {
    401: ("asks who you are", _LOGIN_HINT),
    403: ("does not let you write", _LOGIN_HINT),
    404: ("is no graph store", _ADDRESS_HINT),
    405: ("is no graph store that can be written", _ADDRESS_HINT),
    413: ("does not take a body of this size", "raise its limit, or build with --no-text"),
    415: ("does not take N-Triples", _ADDRESS_HINT),
}
_TRY_AGAIN = "try again later with `kg send`"


class Bearer(AuthBase):
    """A token in the header of each request; as an object, since ``requests`` overwrites a plain header."""

    def __init__(self, token: str) -> None:
        """Takes the token."""
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """The request with the token."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


@dataclass(frozen=True, slots=True)
class Endpoint:
    """The address of a graph store, fit to be shown; what proves who we are is never."""

    url: str
    auth: AuthBase | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds to wait for a connection and for an answer; ``pause`` doubles with each try after the second."""

    connect: float = 10
    answer: float = 120
    pause: float = 0.5


PATIENCE = Patience()


def find_endpoint(url: str, environment: Mapping[str, str] = os.environ) -> Endpoint:
    """The endpoint at ``url``, with the login in it or in the environment; GraphError where it is no web address."""
    try:
        parts = urlsplit(url)
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        shown = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()
        if parts.scheme not in ("http", "https"):
            raise ValueError("no web address")
        Request("PUT", shown).prepare()
    except ValueError as error:  # also what requests raises
        raise GraphError(f"{_hide(url)}: is no web address", hint=_ADDRESS_HINT) from error
    return Endpoint(shown, _choose_auth(user, password, environment))


def _hide(url: str) -> str:
    """An address that can't be taken apart, without what may be a password."""
    return escape_marks(re.sub(r"\A((?:\w+:)?//)?.*@", r"\1", url, flags=re.DOTALL))


def _choose_auth(user: str, password: str, environment: Mapping[str, str]) -> AuthBase | None:
    """The address before the environment; as bytes, since ``requests`` takes strings for Latin-1."""
    token = environment.get(TOKEN, "").strip()
    if token and not user:
        if not re.fullmatch("[!-~]+", token):
            raise GraphError(f"{TOKEN}: is no token", hint="it is one word of ASCII letters, digits and signs")
        return Bearer(token)
    if not user:
        user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    return HTTPBasicAuth(user.encode(), password.encode()) if user else None


def send_batches(batches: Iterable[Batch], endpoint: Endpoint, patience: Patience = PATIENCE) -> Iterator[Batch]:
    """Each batch when it has arrived. A try that fails in passing is made anew; GraphError where none helps.

    To try again is safe: a triple that arrived twice is there once.
    """
    with closing(_open(endpoint, patience)) as session:
        for batch in batches:
            _send(session, batch, endpoint, patience)
            yield batch


def _open(endpoint: Endpoint, patience: Patience) -> Session:
    retries = Retry(
        total=_TRIES - 1,
        allowed_methods=None,
        status_forcelist=_BUSY,
        raise_on_status=False,
        backoff_factor=patience.pause,
        retry_after_max=_LONGEST_WAIT,
    )
    session = Session()
    session.auth = endpoint.auth
    session.mount("http://", HTTPAdapter(max_retries=retries))
    session.mount("https://", HTTPAdapter(max_retries=retries))
    return session


def _send(session: Session, batch: Batch, endpoint: Endpoint, patience: Patience) -> None:
    try:
        answer = session.request(
            "PUT" if batch.first else "POST",
            endpoint.url,
            params={"graph": batch.graph},
            data=batch.body,
            headers={"Content-Type": "application/n-triples"},
            timeout=(patience.connect, patience.answer),
            allow_redirects=False,  # else a POST goes on as a GET, and nothing is written
        )
    except RequestException as error:
        raise _tell_failure(error, batch, endpoint) from error
    if not 200 <= answer.status_code < 300:
        raise _tell_refusal(answer, batch, endpoint)


def _tell_failure(error: BaseException, batch: Batch, endpoint: Endpoint) -> GraphError:
    """What the system said, at the bottom of what libraries made of it."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__  # type: ignore[assignment]  # one of them is there
    if isinstance(error, TimeoutError):
        return GraphError(f"{endpoint.url}: does not answer in time ({batch.graph})", hint=_TRY_AGAIN)
    said = escape_marks(getattr(error, "strerror", "") or str(error) or type(error).__name__)
    return GraphError(f"{endpoint.url}: can't be reached: {said}", hint="is the address right, and does the store run?")


def _tell_refusal(answer: Response, batch: Batch, endpoint: Endpoint) -> GraphError:
    code = answer.status_code
    if 300 <= code < 400:
        said, hint = f"leads to {_hide(answer.headers.get('Location', 'nowhere'))}", "give that address"
    else:
        words = escape_marks(" ".join(answer.text[:200].split()))
        tried = f" {_TRIES} times" if code in _BUSY else ""
        said, hint = _SAID.get(code, (f"answers{tried}: {words or answer.reason}", _TRY_AGAIN))
    return GraphError(f"{endpoint.url}: {said} (HTTP {code} to {len(batch.body):,} bytes of {batch.graph})", hint=hint)
