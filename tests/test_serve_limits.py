"""Hostile queries, clients and names end by a limit or a refusal, in one line, while others are served."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode

import httpx
import pytest
import uvicorn
from samples import sample_store
from servers import serve_graph

from kg.rdf.dataset import write_quads
from kg.serve import connections

PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
COUNTED = f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}"
SORTED = f"SELECT * {{ {PRODUCT} }} ORDER BY ?a ?d ?g ?j"
ANYWHERE = "(!rdf:x|^!rdf:x)*"
PATHS = f"SELECT (COUNT(*) AS ?n) {{ ?a {ANYWHERE} ?b . ?c {ANYWHERE} ?d . ?e {ANYWHERE} ?f }}"
SHORT = {"query": "ASK { ?p kg:presidentOf ?c }"}
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("limits")
    write_quads(sample_store(), folder / "graph.nq")
    return folder


@pytest.fixture(scope="module")
def strict(graph: Path) -> Iterator[httpx.Client]:
    with serve_graph(graph, "--timeout", "2", "--memory", "512", "--rows", "50") as client:
        yield client


def ask(client: httpx.Client, query: str, **headers: str) -> tuple[int, str]:
    answer = client.post("/sparql", content=query, headers=DIRECT | headers)
    return answer.status_code, answer.text


def wait_until(true: Callable[[], bool]) -> None:
    end = monotonic() + 60
    while not true():
        assert monotonic() < end
        sleep(0.05)


@pytest.mark.parametrize("query", [COUNTED, PATHS], ids=["cartesian product", "deep path"])
def test_a_query_without_an_end_is_stopped(query: str, strict: httpx.Client):
    said = "kg: query: no answer within 2 seconds (ask for less, or serve with a longer --timeout)\n"
    assert ask(strict, query) == (504, said)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no process to its memory")
def test_a_query_that_takes_all_memory_is_stopped(graph: Path):
    with serve_graph(graph, "--timeout", "120", "--memory", "256") as client:
        said = "kg: query: stopped, it needs more than 256 MB (ask for less, or serve with more --memory)\n"
        assert ask(client, SORTED) == (507, said)
        assert client.get("/sparql", params=SHORT).json()["boolean"] is True


@pytest.mark.parametrize("media", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv",
                                   "text/tab-separated-values"])  # fmt: skip
def test_an_answer_of_too_many_rows_is_refused(media: str, strict: httpx.Client):
    said = "kg: query: the answer has more than 50 rows (ask for less, or add LIMIT)\n"
    assert ask(strict, "SELECT * { ?s ?p ?o } LIMIT 51", Accept=media) == (400, said)
    assert ask(strict, "SELECT * { ?s ?p ?o } LIMIT 50", Accept=media)[0] == 200
    assert ask(strict, "CONSTRUCT WHERE { ?s ?p ?o }")[1] == said.replace("rows", "triples")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "line 1, column 12: SERVICE asks another server"),
        ("LOAD <http://127.0.0.1:1/>", "line 1, column 1: LOAD changes the graph"),
        ("SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }", "line 1, column 10: FROM names another dataset"),
        ("ASK { " + "# much\n" * 200_000 + "}", "longer than 1,048,576 characters"),
        ("ASK " + "{ " * 100_000 + "} " * 100_000, "more than 200 brackets deep"),
    ],
    ids=["SERVICE", "LOAD", "FROM", "long", "deep"],
)
def test_what_reaches_out_or_is_too_much_is_refused(query: str, said: str, strict: httpx.Client):
    status, line = ask(strict, query)
    assert (status, line.count("\n")) == (400, 1)
    assert said in line


@pytest.mark.parametrize("content", ["application/sparql-query", "application/x-www-form-urlencoded"])
def test_ten_megabytes_are_refused_before_they_are_read_as_a_query(content: str, strict: httpx.Client):
    answer = strict.post("/sparql", content="query=" + "A" * 10_000_000, headers={"Content-Type": content})
    assert (answer.status_code, answer.text) == (413, "kg: a request is no longer than 4 MB\n")


def test_an_address_that_is_too_long_is_refused(strict: httpx.Client):
    connection = HTTPConnection(strict.base_url.host, strict.base_url.port or 0, timeout=60)
    with closing(connection):
        assert get_status(connection, "/sparql?query=" + "A" * 200_000) == 400


def test_others_are_served_while_long_queries_run_and_end_with_their_clients(graph: Path):
    with serve_graph(graph, "--timeout", "300", "--workers", "2") as client, ThreadPoolExecutor(6) as threads:
        hostile = [httpx.Client(base_url=client.base_url, timeout=300) for _ in range(6)]
        running = [threads.submit(other.post, "/sparql", content=COUNTED, headers=DIRECT) for other in hostile]
        wait_until(lambda: client.get("/healthz").json()["long"] == 4)
        for _ in range(20):
            assert client.get("/sparql", params=SHORT).json()["boolean"] is True
        ended = [query.result() for query in running if query.done()]
        assert 1 <= len(ended) <= 2  # those among the short ones made room
        assert {(answer.status_code, answer.headers["retry-after"]) for answer in ended} == {(503, "2")}
        assert {answer.text for answer in ended} == {BUSY}
        for other in hostile:
            cut(other)
        wait_until(lambda: client.get("/healthz").json()["long"] == 0)
        assert len([query for query in running if query.exception()]) == 6 - len(ended)
        for other in hostile:
            other.close()


BUSY = (
    "kg: busy: long queries run, others wait, and this one took more than 0.5 seconds "
    "(ask for less, or again in a moment)\n"
)


def cut(client: httpx.Client) -> None:
    """Ends the connection under a request that another thread waits for."""
    for connection in client._transport._pool.connections:  # type: ignore[attr-defined]
        connection._connection._network_stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


def test_two_hundred_clients_at_once_are_all_answered(strict: httpx.Client):
    def work(_: int) -> list[int]:
        connection = HTTPConnection(strict.base_url.host, strict.base_url.port or 0, timeout=60)
        with closing(connection):
            return [get_status(connection, f"/sparql?{urlencode(SHORT)}") for _ in range(2)]

    with ThreadPoolExecutor(200) as threads:
        assert list(threads.map(work, range(200))) == [[200, 200]] * 200


def get_status(connection: HTTPConnection, path: str) -> int:
    connection.request("GET", path)
    with connection.getresponse() as answer:
        answer.read()
    return answer.status


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: " + b"y" * 100_000,
        b"\r\n" * 10_000,
        b"GET / HTTP/x\r\n\r\n",
    ],
)
def test_garbage_is_refused_and_the_server_goes_on(sent: bytes, strict: httpx.Client):
    address = (strict.base_url.host, strict.base_url.port)
    with socket.create_connection(address, timeout=30) as channel:
        channel.sendall(sent)
        channel.shutdown(socket.SHUT_WR)
        said = b"".join(iter(lambda: channel.recv(65536), b""))
    assert said == b"" or said.startswith(b"HTTP/1.1 400")
    assert strict.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT"],
    ids=["nothing", "half a line", "half a head", "half a second head"],
)
def test_who_owes_a_head_is_cut_off(sent: bytes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connections, "SECONDS", 0.1)

    async def talk() -> bytes:
        config = uvicorn.Config(
            say_ok, http=connections.PatientConnection, lifespan="off", log_config=None, timeout_keep_alive=1
        )
        server = uvicorn.Server(config)
        server.capture_signals = lambda: memoryview(b"")  # type: ignore[method-assign,assignment]
        listener = socket.create_server(("127.0.0.1", 0))
        running = asyncio.create_task(server.serve([listener]))
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        writer.write(sent)
        try:
            return await asyncio.wait_for(reader.read(), 60)
        except ConnectionError:
            return b""
        finally:
            writer.close()
            server.should_exit = True
            await running

    assert asyncio.run(talk()).count(b"HTTP/1.1") == sent.count(b"\r\n\r\n")


async def say_ok(scope: object, receive: object, send: Callable[..., object]) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})  # type: ignore[misc]
    await send({"type": "http.response.body", "body": b""})  # type: ignore[misc]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost", 200),
        ("[::1]:8000", 200),
        ("example.org", 200),  # of the base
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example:80", 421),
        ("", 421),
        ("[", 421),
        ('127.0.0.1:80"><', 421),
        ("evil@127.0.0.1", 421),
        ("LOCALHOST:80", 200),
    ],
)
def test_only_our_own_names_are_answered(host: str, status: int, strict: httpx.Client):
    answer = strict.get("/healthz", headers={"Host": host})
    assert answer.status_code == status, answer.text


def run_serve(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kg", "serve", *words], capture_output=True, text=True, timeout=60)


def test_a_port_in_use_is_told_in_one_line(graph: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_serve(str(graph), "--port", str(port))
    said = f"kg: 127.0.0.1:{port} is in use (give another --host or --port)\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_a_graph_that_is_none_is_told_in_one_line(tmp_path: Path):
    done = run_serve(str(tmp_path), "--port", "0")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "no such graph" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly_with_queries_running_and_leaves_no_process(number: signal.Signals, graph: Path):
    command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", "--timeout", "300"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().split(" at ")[1].split()[0]
        with httpx.Client(base_url=address, timeout=300) as client, ThreadPoolExecutor(1) as thread:
            running = thread.submit(ask, client, COUNTED)
            wait_until(lambda: httpx.get(f"{address}healthz").json()["long"] == 1)
            family = find_children(process.pid)
            process.send_signal(number)
            _, said = process.communicate(timeout=60)
            assert running.exception() or running.result()[0] >= 500
    assert process.returncode == 0, said
    assert len(family) >= 2
    wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in family))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_ends_with_a_line_where_the_holder_of_the_graph_is_lost(graph: Path):
    command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline()
        os.kill(find_children(process.pid)[0], signal.SIGKILL)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said == "kg: the process that holds the graph has ended (is there memory enough for it?)\n"


def find_children(process: int) -> list[int]:
    children = [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    return children + [deeper for child in children for deeper in find_children(child)]
