"""A load test of ``kg serve`` on loopback: requests per second, latencies and errors, alone and among bad clients.

``python benchmarks/serve.py`` builds the graph of the examples, or takes ``--graph FOLDER``; it starts the server
itself and talks to no other. Three rounds, each bounded in requests and time: one client; 200 clients at once; the same
200 while 90 clients drip their heads, 10 never read, 200 connections send garbage and 8 queries have no end.
"""

import argparse
import asyncio
import subprocess
import sys
from collections.abc import Coroutine, Iterator, Sequence
from itertools import count
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from urllib.parse import SplitResult, quote, urlsplit

EXAMPLES = Path(__file__).parent.parent / "examples" / "ecuador"
CLIENTS, EACH, DRIPPING, DEAF, GARBAGE, ENDLESS = 200, 25, 90, 10, 200, 8
SECONDS = 120.0  # of a round at most
PATHS = (
    "/sparql?query=" + quote("SELECT ?n { ?p kg:presidentOf ?c ; rdfs:label ?n }"),
    "/sparql?query=" + quote("ASK { ?p kg:presidentOf ?c }"),
    "/sparql?query=" + quote("SELECT ?k (COUNT(*) AS ?n) { ?s a ?k } GROUP BY ?k ORDER BY DESC(?n)"),
    "/entity/person/rafael-correa?format=turtle",
    "/entity/place/guayaquil",
)
LARGE = "/sparql?query=" + quote("SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 20000")
WITHOUT_END = "/sparql?query=" + quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
Address = tuple[str, int]
Round = list[tuple[int, float]]


def main() -> None:
    """Prints a line for each round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", type=Path)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        graph = options.graph or build(Path(folder))
        command = [sys.executable, "-m", "kg", "serve", str(graph), "--port", "0", "--timeout", "5"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603  # our own
            line = server.stdout.readline() if server.stdout else ""
            try:
                asyncio.run(measure(urlsplit(line.split(" at ")[1].split()[0])))
            finally:
                server.terminate()
        print(f"stopped with exit code {server.returncode}")


def build(folder: Path) -> Path:
    """The graph of the examples."""
    from kg.build import build_graph

    build_graph([EXAMPLES], folder)
    return folder


async def measure(server: SplitResult) -> None:
    """All rounds, one after the other."""
    address = (server.hostname or "", server.port or 0)
    report("1 client", *await load(address, 1, CLIENTS))
    report(f"{CLIENTS} clients", *await load(address, CLIENTS, EACH))
    bad = [asyncio.create_task(task) for task in bad_clients(address)]
    await asyncio.sleep(2)  # until the endless have their places
    report(f"{CLIENTS} clients among bad ones", *await load(address, CLIENTS, EACH))
    done = await asyncio.gather(*bad)
    told = {said: done.count(said) for said in sorted(set(done))}
    print("bad clients: " + ", ".join(f"{said} {many}" for said, many in told.items()))


def bad_clients(address: Address) -> list[Coroutine[None, None, str]]:
    """Those who drip, never read, send what is no HTTP, or ask for what has no end."""
    return [
        *(drip(address) for _ in range(DRIPPING)),
        *(never_read(address) for _ in range(DEAF)),
        *(send_garbage(address, number) for number in range(GARBAGE)),
        *(ask_without_end(address) for _ in range(ENDLESS)),
    ]


async def load(address: Address, clients: int, each: int) -> tuple[Round, float]:
    """Status and seconds of each request of all clients, and the seconds of all."""
    started = perf_counter()
    numbers = count()
    async with asyncio.timeout(SECONDS):
        rounds = await asyncio.gather(*(be_client(address, each, numbers) for _ in range(clients)))
    return [item for items in rounds for item in items], perf_counter() - started


async def be_client(address: Address, each: int, numbers: Iterator[int]) -> Round:
    """Requests one after the other on one connection; 0 stands for a lost one."""
    found: Round = []
    reader, writer = await asyncio.open_connection(*address)
    for _ in range(each):
        started = perf_counter()
        try:
            status = await get(reader, writer, PATHS[next(numbers) % len(PATHS)])
        except (OSError, asyncio.IncompleteReadError):
            found.append((0, perf_counter() - started))
            reader, writer = await asyncio.open_connection(*address)
            continue
        found.append((status, perf_counter() - started))
    writer.close()
    return found


async def get(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> int:
    """The status, when the whole answer is here."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    await reader.readexactly(int(head.partition(b"content-length:")[2].split()[0]))
    return int(head.split()[1])


async def drip(address: Address) -> str:
    """A head, a letter a second, until it is cut off."""
    reader, writer = await asyncio.open_connection(*address)
    try:
        for letter in b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"y" * 40:
            writer.write(bytes([letter]))
            await writer.drain()
            await asyncio.sleep(1)
    except OSError:
        return "dripped a head, cut off"
    finally:
        writer.close()
    return "dripped a head, not cut off" if not reader.at_eof() else "dripped a head, cut off"


async def never_read(address: Address) -> str:
    """Asks for megabytes and takes none of them for a minute."""
    reader, writer = await asyncio.open_connection(*address, limit=1)
    writer.write(f"GET {LARGE} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    await asyncio.sleep(60)
    try:
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        whole = len(body) == int(head.partition(b"content-length:")[2].split()[0])
    except OSError:
        whole = False
    writer.close()
    return "never read, not cut off" if whole else "never read, cut off"


async def send_garbage(address: Address, number: int) -> str:
    """Bytes that are no HTTP."""
    reader, writer = await asyncio.open_connection(*address)
    writer.write(bytes((number * index) % 256 for index in range(5000)) + b"\r\n\r\n")
    try:
        said = await asyncio.wait_for(reader.read(), SECONDS)
    except OSError:
        said = b""
    writer.close()
    return "garbage, refused" if said[9:12] in (b"", b"400") else f"garbage, {said[:20]!r}"


async def ask_without_end(address: Address) -> str:
    """A query that ends by a limit only."""
    reader, writer = await asyncio.open_connection(*address)
    status = await get(reader, writer, WITHOUT_END)
    writer.close()
    return f"endless query, {status}"


def report(name: str, found: Sequence[tuple[int, float]], seconds: float) -> None:
    """One line of figures."""
    times = quantiles([time for _, time in found], n=100)
    failed = sum(status != 200 for status, _ in found)
    print(
        f"{name}: {len(found)} requests, {len(found) / seconds:.0f}/s, p50 {times[49] * 1000:.0f} ms, "
        f"p99 {times[98] * 1000:.0f} ms, {failed} errors"
    )


if __name__ == "__main__":
    main()
