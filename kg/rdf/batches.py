"""A graph in pieces of bounded size, as they are sent: one named graph after another, never the whole in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.errors import GraphError
from kg.rdf.base import BUILD_HINT, find_base_of
from kg.rdf.derivation import GRAPHS
from kg.rdf.disk import SOURCE
from kg.rdf.files import telling_unread
from kg.rdf.terms import to_iri

SIZE = 1_000_000
"""Bytes of a batch: less than web servers take where nobody raised their limit (nginx: 1 MiB)."""
_NAMES = ("ontology", "documents", "facts", "statements", *GRAPHS)


@dataclass(frozen=True, slots=True)
class Batch:
    """Triples of a named graph as N-Triples; the first batch of a graph takes the place of what was there."""

    graph: str
    body: bytes
    triples: int
    first: bool


def read_batches(path: Path, size: int = SIZE) -> Iterator[Batch]:
    """All of a graph (graph.nq, or the folder it lies in); a batch is larger than ``size`` only by its one triple.

    Each of our named graphs has a batch, an empty one too, so that nothing stays of a graph sent before. GraphError
    where there is no graph, or one that is not ours. The file is opened once: a build meanwhile changes nothing here.
    It is read once a graph, as it is sorted by subject: that takes time, but no memory.
    """
    source = path / SOURCE if path.is_dir() else path
    with telling_unread(source), source.open("rb") as file:
        for graph in _list_graphs(file, source):
            yield from _cut(graph.value, _read_triples(file, graph), size)


def _list_graphs(file: BinaryIO, source: Path) -> list[NamedNode]:
    """Those that are there and those that could be, in a fixed order."""
    found = {quad.graph_name for quad in parse(file, format=RdfFormat.N_QUADS)}
    named = {graph for graph in found if isinstance(graph, NamedNode)}
    base = find_base_of((graph.value for graph in named), source)
    if len(named) < len(found):
        raise GraphError(f"{source}: has triples in no named graph", hint=BUILD_HINT)
    ours = [NamedNode(to_iri(f"kgg:{name}", base)) for name in _NAMES]
    return [*ours, *sorted(named.difference(ours), key=lambda graph: graph.value)]


def _read_triples(file: BinaryIO, graph: NamedNode) -> Iterator[bytes]:
    """The lines of one graph, as the file is sorted by what they say and not by graph."""
    file.seek(0)
    quads = parse(file, format=RdfFormat.N_QUADS)
    return (f"{quad.triple} .\n".encode() for quad in quads if quad.graph_name == graph)


def _cut(graph: str, lines: Iterable[bytes], size: int) -> Iterator[Batch]:
    held: list[bytes] = []
    length, first = 0, True
    for line in lines:
        if held and length + len(line) > size:
            yield Batch(graph, b"".join(held), len(held), first)
            held, length, first = [], 0, False
        held.append(line)
        length += len(line)
    if held or first:
        yield Batch(graph, b"".join(held), len(held), first)
