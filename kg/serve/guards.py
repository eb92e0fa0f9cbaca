"""What holds for every response: headers that keep a browser strict, and names of this server only."""

import re
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.replies import PLAIN, tell_error

_HOST = re.compile(r"(?P<name>\[[\da-f:.]+\]|[\w.-]+)(?::\d{1,5})?")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
PAGE_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Of the network's page, which names by hash the scripts it has in itself: both policies hold."""
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class StrictHeaders:
    """Adds the headers a response has not set itself. No CORS: no other site may read what is served here."""

    def __init__(self, app: ASGIApp) -> None:
        """Takes the application inside."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes all else on."""

        async def send_strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_strictly)


class KnownHosts:
    """Refuses a request to another name than ours: a site that has its own name lead here (DNS rebinding)."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        """Takes the names, in lower case, beside ``localhost`` and addresses in numbers, which nobody can rebind."""
        self.app = app
        self.names = names | {"localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what is for us."""
        host = Headers(scope=scope).get("host", "") if scope["type"] == "http" else "localhost"
        if self._is_ours(host):
            await self.app(scope, receive, send)
        else:
            said = tell_error(f"{host[:200] or 'no Host'}: is no name of this server")
            await Response(said, 421, media_type=PLAIN)(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        named = _HOST.fullmatch(host.lower())
        name = named["name"].strip("[]") if named else ""
        return name in self.names or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False
