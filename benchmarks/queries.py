"""Our graph beside plain rdflib, in one run: reading, writing Turtle, and twelve queries of news-shaped graphs.

``python benchmarks/queries.py --triples 100000`` (or 1000000; ``--seed``). rdflib holds the same triples as one graph
in memory, its best case: named graphs cost it up to a thousand times more. Figures are seconds of CPU, ours the best
of three. A query of rdflib is stopped after ``--cap`` seconds; its ratio is then more than what is told. The answers
have to be the same.
"""

import argparse
import multiprocessing
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import TypeVar

from newsgraph import make_graph
from pyoxigraph import RdfFormat, Store
from rdflib import Dataset, Graph

from kg.rdf.dataset import write_quads
from kg.rdf.export import export_graph
from kg.rdf.files import read_store, to_bytes
from kg.rdf.sparql import run_query
from kg.rdf.tables import name_graphs
from kg.rdf.terms import BASE, make_prefixes

QUERIES = Path(__file__).with_suffix(".rq")
_GRAPH = re.compile(r"^  (?:GRAPH kgg:\w+ \{|\})\n", re.MULTILINE)
_GRAPHS = ("facts", "statements", "documents", "ontology")
_EXAMPLES = Path(__file__).parent.parent / "examples" / "ecuador"
Made = TypeVar("Made")
Rows = list[tuple[str, ...]]


def main() -> None:
    """Prints seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cap", type=int, default=60)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        _compare(make_graph(options.triples, options.seed), Path(folder), options.cap)
    print(f"cold start of `kg query presidents` on the examples: {_start_cold():.2f} s of CPU")


def _compare(made: Store, folder: Path, cap: int) -> None:
    write_quads(made, folder / "graph.nq")
    print(f"{len(made)} quads")
    ours, load = _time(lambda: read_store(folder))
    their_load = _time(lambda: Dataset().parse(folder / "graph.nq", format="nquads"))[1]
    theirs = copy_for_rdflib(made, folder)
    _tell("read", load, their_load)
    writers: tuple[Callable[[], object], ...] = (lambda: export_graph(ours, "turtle", whole=True), theirs.serialize)
    _tell("write Turtle", *(min(_time(write)[1] for _ in range(2)) for write in writers))  # the first warms up
    theirs.query("ASK { ?s ?p ?o }")  # it reads its grammar once
    ratios = []
    for name, query in read_queries():
        rows, seconds = min(
            (_time(lambda text=query: ask_ours(ours, text)) for _ in range(3)), key=lambda made: made[1]
        )
        answer = _ask_apart(theirs, query, cap)
        if answer is not None and answer[0] != rows:
            sys.exit(f"{name}: {len(rows)} rows, and {len(answer[0])} of rdflib")
        ratios.append((answer[1] if answer else cap) / seconds)
        _tell(f"{name} ({len(rows)} rows)", seconds, answer[1] if answer else cap, capped=answer is None)
    print(f"median ratio of {len(ratios)} queries: {median(ratios):.0f}")


def copy_for_rdflib(store: Store, folder: Path) -> Graph:
    """What plain patterns and named graphs are asked for, as one graph."""
    graphs = name_graphs(_GRAPHS, BASE)
    triples = {quad.triple for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)}
    (folder / "graph.nt").write_bytes(to_bytes(triples, RdfFormat.N_TRIPLES))
    return Graph().parse(folder / "graph.nt", format="nt")


def read_queries() -> Iterator[tuple[str, str]]:
    """Name and text of each."""
    for block in QUERIES.read_text(encoding="utf-8").split("\n\n"):
        yield block.partition("\n")[0].removeprefix("# "), f"{block}\n"


def _time(action: Callable[[], Made]) -> tuple[Made, float]:
    started = process_time()
    made = action()
    return made, process_time() - started


def _tell(name: str, ours: float, theirs: float, *, capped: bool = False) -> None:
    more = "more than " if capped else ""
    print(f"{name}: ours {ours:.4f} s, rdflib {more}{theirs:.3f} s, ratio {more}{theirs / ours:.0f}", flush=True)


def ask_ours(store: Store, query: str) -> Rows:
    """The rows as strings, sorted."""
    return sorted(tuple(term.value if term else "" for term in solution) for solution in run_query(store, query))


def ask_theirs(graph: Graph, query: str) -> Rows:
    """The same of rdflib, which has all triples in one graph."""
    rows = graph.query(_GRAPH.sub("", query), initNs=make_prefixes())
    return sorted(tuple(str(term or "") for term in row) for row in rows)


def _ask_apart(graph: Graph, query: str, cap: int) -> tuple[Rows, float] | None:
    """The rows and seconds, by a fork that may take ``cap`` seconds of CPU; None where it took more."""
    context = multiprocessing.get_context("fork")
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(its, graph, query, cap))
    process.start()
    its.close()
    try:
        return mine.recv()
    except EOFError:
        return None
    finally:
        process.join()


def _answer(connection: Connection, graph: Graph, query: str, cap: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (cap, cap))
    connection.send(_time(lambda: ask_theirs(graph, query)))


def _start_cold() -> float:
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "kg"]
        subprocess.run([*command, "build", "-q", str(_EXAMPLES), "-o", folder], check=True)  # noqa: S603
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*command, "query", "presidents", "-g", folder], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
