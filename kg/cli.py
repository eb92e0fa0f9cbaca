"""The verbs of the command line; each imports its stage when called, so that a query waits for no language model."""

import sys
from pathlib import Path

import click

from kg.building import VERBS as BUILDING
from kg.checks import VERBS as PROVING
from kg.errors import GraphError
from kg.exports import VERBS as EXPORTING
from kg.ontology import load_ontology
from kg.options import GRAPH, MEMORY, NAMES, NO_MODEL, ONTOLOGY, SPACY, TIMEOUT, WEIGHTS, choose_weights
from kg.serving import VERBS as SERVING
from kg.teaching import VERBS as TEACHING
from kg.verdicts import VERBS as DECIDING


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kg", message="kg %(version)s")
def cli() -> None:
    """Turn texts into a knowledge graph in which nothing stands without its evidence."""


for _verb in (*BUILDING, *PROVING, *DECIDING, *TEACHING, *EXPORTING, *SERVING):
    cli.add_command(_verb)


@cli.command()
@click.argument("query", required=False)
@click.argument("values", nargs=-1)
@click.option(
    "--format",
    "-f",
    "kind",
    type=click.Choice(["table", "markdown", "csv", "tsv", "json", "xml", "turtle"]),
    default="table",
    show_default=True,
)
@click.option("--list", "listing", is_flag=True, help="List the named queries.")
@TIMEOUT
@MEMORY
@click.option("--rows", type=click.IntRange(min=1), default=100_000, show_default=True, help="Rows it may have.")
@GRAPH
@ONTOLOGY
def query(
    query: str | None,
    values: tuple[str, ...],
    kind: str,
    listing: bool,
    timeout: float,
    memory: int,
    rows: int,
    graph: Path,
    folder: Path,
) -> None:
    """Ask the graph: a named QUERY with its VALUES, a file, or SPARQL itself."""
    from kg.rdf.limits import Limits, ask_apart
    from kg.rdf.queries import find_query, load_queries

    if listing or query is None:
        for item in load_queries(folder).values():
            click.echo(
                f"{' '.join([item.name, *(each.name.upper() for each in item.parameters)]):28}{item.description}"
            )
        return
    reply = ask_apart(graph, find_query(query, values, folder), kind, Limits(timeout, memory, rows))
    click.echo(reply.text, nl=False)
    if reply.no:
        sys.exit(1)


@cli.command()
@click.option("--no-open", is_flag=True, help="Only say where the page is.")
@GRAPH
def view(no_open: bool, graph: Path) -> None:
    """Open the page of the graph in a browser."""
    import webbrowser

    page = (graph if graph.is_dir() else graph.parent) / "graph.html"
    if not page.is_file():
        raise GraphError(f"{page}: no such page", hint="make one with `kg build TEXTS`")
    click.echo(page)
    if not no_open:
        webbrowser.open(page.resolve().as_uri())


@cli.command()
@click.argument("path", type=click.Path(path_type=Path, allow_dash=True), default=Path("-"))
@NAMES
@SPACY
@WEIGHTS
@NO_MODEL
@ONTOLOGY
def annotate(path: Path, names: tuple[Path, ...], model: str, weights: Path | None, plain: bool, folder: Path) -> None:
    """Show what is read in one text: mentions, chains, relations, and why."""
    from kg.annotation import describe
    from kg.build import extract_documents
    from kg.documents import read_documents

    readings = read_documents([path], stdin=sys.stdin)
    for error in readings.errors:
        raise error
    chosen = choose_weights(weights, plain=plain)
    for extraction in extract_documents(
        readings.documents, model=model, weights=chosen, ontology_folder=folder, names=names
    ):
        click.echo(describe(extraction), nl=False)


@cli.command()
@click.option("--check", is_flag=True, help="Look for faults instead of listing.")
@ONTOLOGY
def ontology(check: bool, folder: Path) -> None:
    """List the classes and properties, or check the ontology folder for faults."""
    from kg.lint import find_faults, list_terms

    known = load_ontology(folder)
    if not check:
        click.echo(list_terms(known), nl=False)
        return
    faults = find_faults(known)
    for fault in faults:
        click.echo(fault)
    click.echo("no faults" if not faults else f"{len(faults)} faults")
    sys.exit(1 if faults else 0)
