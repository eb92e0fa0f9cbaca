"""A graph sent to a store arrives whole, graph by graph, or it is told why not; the graph stays where it was."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from graphstores import FINE, SLOW, Answer, GraphStore, serve_store
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple
from samples import HOSTILE, sample_store
from servers import OXIGRAPH, find_port, wait_for

from kg.cli import cli
from kg.errors import GraphError
from kg.rdf.batches import SIZE, read_batches
from kg.rdf.dataset import write_quads
from kg.rdf.endpoint import Patience, find_endpoint, send_batches

STORE = sample_store()
HASTY = Patience(connect=5, answer=5, pause=0)
BUSY: Answer = (500, {})


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sent")
    write_quads(STORE, folder / "graph.nq")
    return folder


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch):
    """No login and no proxy of the machine that tests."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("KG_ENDPOINT_USER", "KG_ENDPOINT_PASSWORD", "KG_ENDPOINT_TOKEN"):
        monkeypatch.delenv(name, raising=False)


def by_graph(store: Store) -> dict[str, set[Triple]]:
    return {
        graph.value: {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}
        for graph in store.named_graphs()
    }


def send(graph: Path, store: GraphStore, *, size: int = SIZE, patience: Patience = HASTY) -> int:
    return sum(batch.triples for batch in send_batches(read_batches(graph, size), find_endpoint(store.url), patience))


@pytest.mark.parametrize("size", [1, 500, 5000, SIZE])
def test_what_arrives_is_the_graph_in_batches_of_any_size(graph: Path, size: int):
    with serve_store() as store:
        assert send(graph, store, size=size) == len(STORE)
    assert {name: held for name, held in store.graphs.items() if held} == by_graph(STORE)
    longest = max(len(f"{quad.triple} .\n".encode()) for quad in STORE)
    assert max(length for _, _, length, _ in store.requests) <= max(size, longest)
    assert any(HOSTILE in str(triple.object.value) for held in store.graphs.values() for triple in held)


def test_one_graph_comes_after_another_and_the_first_batch_replaces(graph: Path):
    with serve_store() as store:
        send(graph, store, size=1000)
    names = [name for _, name, _, _ in store.requests]
    assert names == sorted(names, key=list(dict.fromkeys(names)).index)
    assert [method for method, name, _, _ in store.requests if name.endswith("statements")][:3] == [
        "PUT",
        "POST",
        "POST",
    ]


def test_what_an_earlier_graph_had_is_gone(graph: Path, tmp_path: Path):
    """Also where a named graph has no triple any more."""
    name = "https://example.org/kg/graph/derived"
    less, more = Store(), Store()
    less.extend(quad for quad in STORE if quad.graph_name != NamedNode(name))
    extra = Quad(NamedNode("urn:x"), NamedNode("urn:x"), NamedNode("urn:x"), NamedNode(name))
    more.extend([*less, extra])
    write_quads(more, tmp_path / "graph.nq")
    with serve_store() as store:
        send(tmp_path, store)
        assert store.graphs[name] == {extra.triple}
        write_quads(less, tmp_path / "graph.nq")
        send(tmp_path, store)
    assert store.graphs[name] == set()


def test_a_failure_in_passing_is_tried_again(graph: Path):
    with serve_store(BUSY, BUSY, FINE, (429, {}), (503, {})) as store:
        send(graph, store, size=2000)
    assert {name: held for name, held in store.graphs.items() if held} == by_graph(STORE)


def test_waits_double_and_the_store_may_ask_for_longer_ones(graph: Path, monkeypatch: pytest.MonkeyPatch):
    waits: list[float] = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", waits.append)
    with serve_store(BUSY, BUSY, BUSY, (503, {"Retry-After": "7"}), FINE, (429, {"Retry-After": "86400"})) as store:
        send(graph, store, patience=Patience(pause=0.5))
    assert waits == [1, 2, 7, 120]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((401, {}), "asks who you are (HTTP 401"),
        ((403, {}), "does not let you write (HTTP 403"),
        ((404, {}), "is no graph store (HTTP 404"),
        ((413, {}), "does not take a body of this size (HTTP 413 to "),
        ((415, {}), "does not take N-Triples (HTTP 415"),
        ((400, {}), "answers: Bad Request (HTTP 400"),
        ((301, {"Location": "http://u:secret@there/"}), "leads to http://there/ (HTTP 301"),
        ((501, {}), "answers: Not Implemented (HTTP 501"),
    ],
)
def test_a_refusal_is_one_line_and_not_tried_again(graph: Path, answer: Answer, said: str):
    with serve_store(answer) as store, pytest.raises(GraphError) as caught:
        send(graph, store)
    line = str(caught.value)
    assert line.startswith(f"{store.url}: {said}") and "\n" not in line
    assert "graph/ontology" in line and caught.value.hint
    assert len(store.requests) == 1


def test_a_store_that_stays_busy_is_left_after_some_tries(graph: Path):
    with serve_store(*[BUSY] * 9) as store, pytest.raises(GraphError, match="answers 5 times: Internal Server Error"):
        send(graph, store)
    assert len(store.requests) == 5


def test_a_store_that_does_not_answer_is_told(graph: Path):
    with serve_store(*[SLOW] * 9) as store, pytest.raises(GraphError, match="does not answer in time"):
        send(graph, store, patience=Patience(answer=0.05, pause=0))
    assert len(store.requests) == 5


def test_nobody_there_is_told(graph: Path):
    nowhere = GraphStore(url=f"http://127.0.0.1:{find_port()}/store")
    with pytest.raises(GraphError, match=r"can't be reached: Connection refused \(is the address right"):
        send(graph, nowhere)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "store",
        "ftp://h/",
        "file:///etc/passwd",
        "http://",
        "http://[",
        "http://h:port/",
        "http://u:se/cret@h/",
        "u:se/cret@h/",
        "http:u:se/cret@h/",
        "http:/u:se/cret@h/",
        "a b",
    ],
)
def test_no_web_address_is_told_before_anything_is_read(url: str):
    with pytest.raises(GraphError, match=r"is no web address \(give the address of a store's") as caught:
        find_endpoint(url)
    assert "cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("user", "environment", "login"),
    [
        ("", {}, ""),
        ("ann:s%C3%A9cret@", {}, "Basic YW5uOnPDqWNyZXQ="),
        ("ann:s%C3%A9cret@", {"KG_ENDPOINT_TOKEN": "t"}, "Basic YW5uOnPDqWNyZXQ="),
        ("", {"KG_ENDPOINT_USER": "ann", "KG_ENDPOINT_PASSWORD": "sécret"}, "Basic YW5uOnPDqWNyZXQ="),
        ("", {"KG_ENDPOINT_TOKEN": "sécret".encode().hex()}, "Bearer 73c3a963726574"),
    ],
)
def test_who_sends_is_said_to_the_store_and_to_nobody_else(graph: Path, user: str, environment: dict, login: str):
    with serve_store((401, {}), FINE) as store:
        endpoint = find_endpoint(store.url.replace("//", f"//{user}"), environment)
        with pytest.raises(GraphError) as caught:
            list(send_batches(read_batches(graph), endpoint, HASTY))
        list(send_batches(read_batches(graph), endpoint, HASTY))
    assert {sent for *_, sent in store.requests} == {login}
    for shown in (repr(endpoint), str(caught.value), endpoint.url):
        assert "cret" not in shown and "73c3" not in shown and "ann" not in shown


@pytest.mark.parametrize("token", ["two words", "two\nlines", "sécret"])
def test_what_is_no_token_is_told_without_it(token: str):
    with pytest.raises(GraphError, match="KG_ENDPOINT_TOKEN: is no token") as caught:
        find_endpoint("http://localhost/store", {"KG_ENDPOINT_TOKEN": token})
    assert token not in str(caught.value)


def test_the_verb_says_what_it_sent(graph: Path):
    with serve_store() as store:
        done = CliRunner().invoke(cli, ["send", store.url, "-g", str(graph)], catch_exceptions=False)
    assert done.stdout == f"{len(STORE)} triples in 6 graphs sent to {store.url}\n"
    assert done.stderr.count("sent https://example.org/kg/graph/") == 6


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "no such graph"),
        ("no quads", "is no N-Quads"),
        ("<urn:a> <urn:b> <urn:c> <urn:d> .\n", "is no graph of kg"),
        ("<urn:a> <urn:b> <urn:c> <urn:/graph/statements> .\n<urn:a> <urn:b> <urn:c> .\n", "triples in no named graph"),
    ],
)
def test_what_is_no_graph_is_not_sent(content: str | None, said: str, tmp_path: Path):
    if content is not None:
        (tmp_path / "graph.nq").write_text(content, encoding="utf-8")
    with pytest.raises(GraphError, match=said):
        list(read_batches(tmp_path))


@pytest.mark.slow
def test_a_build_sends_its_graph_and_keeps_it_where_that_fails(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Ann Bo is the president of Chile.")
    command = [sys.executable, "-W", "ignore", "-m", "kg", "build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "o")]
    with serve_store(FINE, (403, {})) as store:
        done = subprocess.run([*command, "--to-endpoint", store.url], capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert done.stderr.splitlines()[-1].startswith(f"kg: {store.url}: does not let you write")
        made = Store()
        made.bulk_load(path=str(tmp_path / "o" / "graph.nq"))
        again = subprocess.run(
            [*command, "--to-endpoint", store.url, "-q"], capture_output=True, text=True, check=False
        )
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert {name: held for name, held in store.graphs.items() if held} == by_graph(made)


@pytest.mark.skipif(not OXIGRAPH, reason="no oxigraph here")
def test_a_store_of_others_takes_it(graph: Path, tmp_path: Path):
    address = f"127.0.0.1:{find_port()}"
    command = [OXIGRAPH, "serve", "--location", str(tmp_path / "store"), "--bind", address]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            with httpx.Client(base_url=f"http://{address}", timeout=60) as client:
                wait_for(client)
                assert send(graph, GraphStore(url=f"http://{address}/store"), size=3000) == len(STORE)
                there = client.get("/store", headers={"Accept": "application/n-quads"}).content
        finally:
            process.kill()
    found = Store()
    found.bulk_load(there, format=RdfFormat.N_QUADS)
    assert set(found) == set(STORE)
