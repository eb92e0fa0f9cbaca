"""The verbs by which a graph is handed on: whole, its facts, or a part of them, as files or into a store."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click
from pyoxigraph import Store

from kg.errors import GraphError
from kg.options import GRAPH, MEMORY, ONTOLOGY, QUIET, SINCE, TIMEOUT
from kg.rdf.terms import BASE

_STDOUT = Path("-")


class _Cut(NamedTuple):
    """What is handed on: of documents since a day, and what a query gives."""

    since: date | None
    query: str | None


@click.command()
@click.argument("values", nargs=-1)
@click.option(
    "--to",
    "-f",
    "kind",
    default="turtle",
    show_default=True,
    help="turtle, turtle12, ntriples, jsonld, rdfxml, nquads, trig; webannotation, ftm; graphml, gexf, cypher, csv.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, allow_dash=True),
    default=_STDOUT,
    help="A file, or for csv a folder; - is standard output.",
)
@click.option("--facts/--all", "facts", default=None, help="The facts alone, or everything; by the format if not said.")
@SINCE
@click.option("--query", "query", help="Only what a CONSTRUCT gives: a named query with its VALUES, a file, or SPARQL.")
@TIMEOUT
@MEMORY
@GRAPH
@ONTOLOGY
def export(
    values: tuple[str, ...],
    kind: str,
    output: Path,
    facts: bool | None,
    since: date | None,
    query: str | None,
    timeout: float,
    memory: int,
    graph: Path,
    folder: Path,
) -> None:
    """Write the graph, or a part of it, in another format."""
    from kg.rdf.files import write_atomically, write_files
    from kg.rdf.limits import Limits, run_apart
    from kg.rdf.queries import find_query

    if values and query is None:
        raise click.UsageError("VALUES are of a named --query")
    text = None if query is None else find_query(query, values, folder)
    cut = _Cut(since, text)
    fields = graph, kind, None if facts is None else not facts, cut, folder
    empty, made = make_part(*fields) if text is None else run_apart(Limits(timeout, memory), make_part, *fields)
    if empty:
        click.echo("kg: nothing matches", err=True)
    if isinstance(made, Mapping) and output == _STDOUT:
        raise GraphError(f"{kind} is {' and '.join(made)}", hint="say --output FOLDER")
    if isinstance(made, Mapping):
        write_files(output, made)
    elif output == _STDOUT:
        sys.stdout.buffer.write(made)
    else:
        write_atomically(output, made)


def make_part(
    graph: Path, kind: str, whole: bool | None, cut: _Cut, folder: Path
) -> tuple[bool, bytes | Mapping[str, bytes]]:
    """Whether the part cut out of the graph is empty, and the export of it; a query asks what is left of the days."""
    from kg.rdf.base import find_base
    from kg.rdf.cut import cut_by_query, cut_since
    from kg.rdf.files import read_store

    store = read_store(graph)
    base = find_base(store)
    if cut.since is not None:
        store = cut_since(store, cut.since, base)
    if cut.query is not None:
        store = cut_by_query(store, cut.query, base)
        _refuse_unproved(store, kind, base)
    return any(cut) and _is_empty(store, base), make_export(store, kind, whole, folder, base)


def _refuse_unproved(part: Store, kind: str, base: str) -> None:
    """GraphError where a query made triples, and the format has only edges with a sentence."""
    from kg.rdf.cut import count_unproved
    from kg.views.exchange import FORMATS

    unproved = count_unproved(part, base) if kind in (*FORMATS, "csv") else 0
    if unproved:
        raise GraphError(
            f"{kind}: triples of the query with no sentence behind them: {unproved}",
            hint="construct what the graph states, or choose turtle or ntriples",
        )


def _is_empty(part: Store, base: str) -> bool:
    """No fact is left but what the graph says of itself, and no statement."""
    from kg.rdf.tables import ask

    said = "GRAPH kgg:facts { ?s ?p ?o } FILTER(!STRSTARTS(STR(?s), STR(kgr:run\\/)) && !STRSTARTS(STR(?s), STR(kgg:)))"
    found = ask(part, f"SELECT ?s {{ {{ {said} }} UNION {{ GRAPH kgg:statements {{ ?s ?p ?o }} }} }} LIMIT 1", base)
    return not list(found)


def make_export(
    store: Store, kind: str, whole: bool | None, folder: Path, base: str = BASE
) -> bytes | Mapping[str, bytes]:
    """The graph in the format ``kind``: one file, or several by name."""
    from kg.rdf.export import FORMATS, export_graph

    if kind in FORMATS:
        return export_graph(store, kind, base, whole=whole, ontology_folder=folder)
    from kg.views.exchange import FORMATS as OTHERS
    from kg.views.exchange import exchange, exchange_tables
    from kg.views.network import to_network

    if kind not in (*OTHERS, "csv"):
        raise GraphError(f"no format {kind}", hint=f"choose one of {', '.join((*FORMATS, *OTHERS, 'csv'))}")
    network = to_network(store, base)
    return exchange_tables(network, whole=bool(whole)) if kind == "csv" else exchange(network, kind, whole=bool(whole))


@click.command()
@GRAPH
def store(graph: Path) -> None:
    """Keep the graph in a store on disk beside it, so that a large one opens at once; a later build keeps it too."""
    from kg.rdf.disk import find_folder, write_disk_store

    click.echo(write_disk_store(find_folder(graph)))


@click.command()
@click.argument("url", metavar="ENDPOINT")
@GRAPH
@QUIET
def send(url: str, graph: Path, quiet: bool) -> None:
    """Send the graph to a store, by the Graph Store Protocol at ENDPOINT; each named graph takes the place of the old.

    The address may hold a name and password; else they are taken from the environment, KG_ENDPOINT_USER and
    KG_ENDPOINT_PASSWORD, or KG_ENDPOINT_TOKEN.
    """
    from kg.rdf.endpoint import find_endpoint
    from kg.sending import send_graph

    send_graph(graph, find_endpoint(url), quiet=quiet)


VERBS = (export, store, send)
