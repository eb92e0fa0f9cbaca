"""Turtle that is the same for the same triples: prefixes, sorted subjects, the classes of each first."""

import re
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from kg.rdf.files import to_bytes, writing
from kg.rdf.sorting import sorting
from kg.rdf.terms import BASE, make_turtle_prefixes, to_iri

_CLASS = b"> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
_FIRST = b'> """ '
"""Stands for it while lines are sorted: it comes before all predicates, and no N-Triples hold three quotes in a row."""
_SUBJECTS = 20_000
"""So many are told at a time."""
_PREFIXES = re.compile(rb"(?:@prefix .*\n)+")


def write_facts(store: Store, path: Path, base: str = BASE) -> None:
    """What ``serialize`` gives of the facts graph, into a file and never as a whole in memory.

    GraphError where it can't be written.
    """
    graph = NamedNode(to_iri("kgg:facts", base))
    with writing(path) as file, TemporaryFile(dir=path.parent) as lines, TemporaryFile(dir=path.parent) as body:
        store.dump(lines, format=RdfFormat.N_TRIPLES, from_graph=graph)
        lines.seek(0)
        with sorting((line.replace(_CLASS, _FIRST, 1).decode() for line in lines), path.parent) as ordered:
            used = _write_body(ordered, body, base)
        file.write(b"\n".join(sorted(used)) + b"\n\n")
        body.seek(0)
        copyfileobj(body, file)


def _write_body(ordered: Iterable[bytes], body: IO[bytes], base: str) -> set[bytes]:
    """Writes the lines of each subject, so many subjects at a time; the prefixes that are used."""
    used, rest, between = set[bytes](), iter(ordered), b""
    while part := b"".join(islice(rest, _SUBJECTS)):
        head, told = _split(_serialize_sorted(part, base))
        body.write(between + told)
        used.update(head)
        between = b"\n"
    if not between:
        body.write(b"\n")
    return used


def _split(turtle: bytes) -> tuple[list[bytes], bytes]:
    """The lines with the prefixes, and what stands below the blank line behind them."""
    head, _, body = turtle.partition(b"\n\n")
    return head.splitlines(), body


def serialize(store: Store, graphs: Iterable[NamedNode], base: str = BASE) -> bytes:
    """Turtle of ``graphs`` as one, with prefixes, sorted, grouped by subject, its classes first.

    Lines of N-Triples are sorted, as that takes a third of the time of sorting triples; before those that stand in two
    graphs become one, since a store read from a sorted file gives them almost in order.
    """
    return serialize_lines(
        b"".join(store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b"" for graph in graphs), base
    )


def serialize_lines(triples: bytes, base: str = BASE) -> bytes:
    """The same of N-Triples, some of which may stand there twice."""
    lines = sorted(triples.replace(_CLASS, _FIRST).splitlines(keepends=True))
    return _serialize_sorted(b"".join(dict.fromkeys(lines)), base)


def _serialize_sorted(lines: bytes, base: str) -> bytes:
    """The same of sorted lines, in which ``_FIRST`` stands for what a class is told by."""
    triples = parse(lines.replace(_FIRST, _CLASS), format=RdfFormat.N_TRIPLES)
    return _tidy(to_bytes(triples, RdfFormat.TURTLE, make_turtle_prefixes(base)))


def _tidy(turtle: bytes) -> bytes:
    """Sorted prefixes, those that are used, and a blank line after each subject; literals hold no raw line breaks."""
    head, body = _split_head(turtle)
    used = (line for line in head if line.split()[1] in body)
    return b"\n".join(sorted(used)) + b"\n\n" + body.replace(b" .\n", b" .\n\n").rstrip(b"\n") + b"\n"


def _split_head(turtle: bytes) -> tuple[list[bytes], bytes]:
    head = _PREFIXES.match(turtle)
    end = head.end() if head else 0
    return turtle[:end].splitlines(), turtle[end:]
