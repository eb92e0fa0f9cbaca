"""A graph sent to a store, and what people see of that."""

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import click

from kg.rdf.batches import Batch, read_batches
from kg.rdf.endpoint import Endpoint, send_batches


def send_graph(graph: Path, endpoint: Endpoint, *, quiet: bool) -> None:
    """Sends all of it, and says so; a bar on a terminal tells how far it is, elsewhere a line for each named graph."""
    batches = send_batches(read_batches(graph), endpoint)
    seen = batches if quiet or not sys.stderr.isatty() else _draw(batches)
    graphs = triples = 0
    for name, sent in groupby(seen, lambda batch: batch.graph):
        count = sum(batch.triples for batch in sent)
        graphs, triples = graphs + 1, triples + count
        if not quiet and seen is batches:
            click.echo(f"sent {name}, {count} triples", err=True)
    if not quiet:
        click.echo(f"{triples} triples in {graphs} graphs sent to {endpoint.url}")


def _draw(batches: Iterable[Batch]) -> Iterator[Batch]:
    from tqdm import tqdm

    with tqdm(unit=" triples", file=sys.stderr, dynamic_ncols=True, leave=False) as bar:
        for batch in batches:
            bar.set_postfix_str(batch.graph, refresh=False)
            bar.update(batch.triples)
            yield batch
