"""Servers for the tests, each in a process of its own and gone with the block: ours, and oxigraph as the reference."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

BASE = "https://example.org/kg/"
OXIGRAPH = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")


@contextmanager
def serve_graph(graph: Path, *options: str, logged: tuple[str, ...] = ()) -> Iterator[httpx.Client]:
    """A client of ``kg serve``, which has to stop cleanly and to have logged what is expected, or nothing."""
    command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        line = process.stdout.readline()
        try:
            assert " at http://" in line, process.stderr.read()
            with httpx.Client(base_url=line.split(" at ")[1].split()[0], timeout=60) as client:
                yield client
        finally:
            process.send_signal(signal.SIGTERM)
            said = process.communicate(timeout=30)
        assert (process.returncode, said[0]) == (0, "")
        assert all(part in said[1] for part in logged) and bool(said[1]) == bool(logged), said[1]


@contextmanager
def serve_reference(store: Store, folder: Path) -> Iterator[httpx.Client]:
    """A client of the oxigraph server over the same graphs; plain patterns ask the facts and the ontology as in kg."""
    assert OXIGRAPH
    write_reference(store, folder / "all.nq")
    place = ["--location", str(folder / "store")]
    subprocess.run([OXIGRAPH, "load", *place, "--file", str(folder / "all.nq")], check=True, capture_output=True)
    address = f"127.0.0.1:{find_port()}"
    command = [OXIGRAPH, "serve-read-only", *place, "--bind", address]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            with httpx.Client(base_url=f"http://{address}", timeout=60) as client:
                wait_for(client)
                yield client
        finally:
            process.kill()


def write_reference(store: Store, path: Path) -> None:
    graphs = [NamedNode(f"{BASE}graph/{name}") for name in ("facts", "ontology")]
    plain = [quad.triple for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)]
    quads = [*store, *(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()) for triple in plain)]
    copy = Store()
    copy.extend(quads)
    copy.dump(path, format=RdfFormat.N_QUADS)


def find_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def wait_for(client: httpx.Client) -> None:
    end = monotonic() + 30
    while True:
        try:
            client.get("/")
            return
        except httpx.ConnectError:
            assert monotonic() < end, "the reference server does not come up"
            sleep(0.05)
