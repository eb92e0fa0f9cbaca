"""The verb that serves a graph."""

import os
from ipaddress import ip_address
from pathlib import Path

import click

from kg.options import ONTOLOGY

_CPUS = os.cpu_count() or 2


@click.command("serve")
@click.argument("graph", type=click.Path(path_type=Path), default=Path("output"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 is any free one.")
@click.option("--timeout", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="Seconds of a query.")
@click.option("--memory", type=click.IntRange(min=256), default=1024, show_default=True, help="Megabytes of a query.")
@click.option("--rows", type=click.IntRange(min=1), default=100_000, show_default=True, help="Rows of an answer.")
@click.option(
    "--workers", type=click.IntRange(min=1), default=_CPUS, help="Short queries at once; one a core if not said."
)
@ONTOLOGY
def serve_verb(
    graph: Path, host: str, port: int, timeout: float, memory: int, rows: int, workers: int, folder: Path
) -> None:
    """Serve GRAPH over HTTP: its page, a SPARQL endpoint, a query editor and a page for each thing."""
    from kg.rdf.limits import Limits
    from kg.serve.server import Address, serve

    def say(where: str) -> None:
        click.echo(f"serving {graph} at {where} (queries: {where}query), Ctrl-C stops")
        if not _is_loopback(host):
            click.echo("kg: other machines can reach it, and nobody is asked for a password", err=True)

    limits = Limits(timeout, memory, rows)
    serve(graph, Address(host, port), limits=limits, workers=workers, ontology_folder=folder, report=say)


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


VERBS = (serve_verb,)
