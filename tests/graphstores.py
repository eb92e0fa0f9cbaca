"""A graph store for the tests: keeps named graphs as the protocol says, or fails as it is told to."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import RdfFormat, Triple, parse

Answer = tuple[int, Mapping[str, str]]
FINE: Answer = (204, {})
SLOW: Answer = (0, {})
"""An answer that does not come before the test ends."""


@dataclass
class GraphStore:
    """What arrived: graph by graph, and each request; ``answers`` go before, then all is fine."""

    answers: Sequence[Answer] = ()
    url: str = ""
    graphs: dict[str, set[Triple]] = field(default_factory=dict)
    requests: list[tuple[str, str, int, str]] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    def take(self, method: str, path: str, kind: str, login: str, body: bytes) -> Answer:
        (graph,) = parse_qs(urlsplit(path).query)["graph"]
        answer = self.answers[len(self.requests)] if len(self.requests) < len(self.answers) else FINE
        self.requests.append((method, graph, len(body), login))
        if answer == FINE:
            assert kind == "application/n-triples"
            sent = {quad.triple for quad in parse(body, format=RdfFormat.N_TRIPLES)}
            self.graphs[graph] = sent if method == "PUT" else self.graphs[graph] | sent
        return answer


@contextmanager
def serve_store(*answers: Answer) -> Iterator[GraphStore]:
    """A store on this machine that answers the first requests as told."""
    store = GraphStore(answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            login = self.headers.get("Authorization", "")
            code, headers = store.take(self.command, self.path, self.headers["Content-Type"], login, body)
            if (code, headers) == SLOW:
                store.over.wait(60)
                return
            self.send_response(code)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        do_POST = do_PUT

        def log_message(self, *words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        store.url = f"http://127.0.0.1:{server.server_port}/store"
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield store
        finally:
            store.over.set()
            server.shutdown()
