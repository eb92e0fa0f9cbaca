"""The verbs that make a graph: build, add, remove."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import click

from kg import options
from kg.garbage import uncollected
from kg.importing import import_without
from kg.remote import Place

_UNUSED = (("spacy", "spacy.cli.info", "info"), ("pyvis", "IPython.display", "IFrame"))
"""spaCy imports its command line, which takes a third of the time; pyvis what draws in a notebook."""


@contextmanager
def _beginning() -> Iterator[None]:
    """Around what a verb imports that reads texts: what it needs besides is under way; what is imported stays."""
    from kg.languages import foresee_languages

    with uncollected():
        foresee_languages()
        for unused in _UNUSED:
            import_without(*unused)
        yield
        if not gc.get_freeze_count():
            gc.freeze()


def _prepare_sending(url: str, *, quiet: bool) -> Callable[[Path], None]:
    """What sends a graph there; whether that can be is known before it is built."""
    from kg.rdf.endpoint import find_endpoint
    from kg.sending import send_graph

    return partial(send_graph, endpoint=find_endpoint(url), quiet=quiet)


@click.command("build")
@options.PATHS
@options.OUTPUT
@click.option("--base", default="https://example.org/kg/", show_default=True, help="Where your IRIs begin.")
@click.option("--stamp", is_flag=True, help="Write the time into the graph; else the same texts give the same bytes.")
@click.option("--no-text", is_flag=True, help="Leave the texts out of the graph; it says where they are.")
@click.option("--to-endpoint", "url", default="", help="Then send the graph to a store, as `kg send` does.")
@options.JOBS
@options.ENGINE
@options.ADDRESS
@options.QUIET
@options.JSON
@options.FIELDS
@options.DATE
@options.DECISIONS
@options.NAMES
@options.SPACY
@options.WEIGHTS
@options.NO_MODEL
@options.ONTOLOGY
def build_verb(
    paths: tuple[Place, ...],
    output: Place,
    base: str,
    stamp: bool,
    no_text: bool,
    url: str,
    jobs: int,
    engine: str,
    address: str,
    quiet: bool,
    as_json: bool,
    fields: tuple[tuple[str, str], ...],
    day: date | None,
    decisions: Path | None,
    names: tuple[Path, ...],
    model: str,
    weights: Path | None,
    plain: bool,
    folder: Path,
) -> None:
    """Build the graph of PATHS: texts or folders, here or in a store (s3://bucket/texts); - is standard input.

    What the output folder holds already of the same texts is not read again.
    """
    with _beginning():
        from kg.build import build_graph
        from kg.console import leave, reporting, tell_build
        from kg.engines.choice import choose_engine
        from kg.mirror import borrowed, give_back
        from kg.readers.drafts import Wishes

    send = _prepare_sending(url, quiet=quiet or as_json) if url else None
    with borrowed(output) as place:
        with reporting(quiet=quiet or as_json) as report:
            made = build_graph(
                paths,
                place,
                model=model,
                weights=options.choose_weights(weights, plain=plain),
                base=base,
                ontology_folder=folder,
                names=names,
                decisions=decisions,
                stamp=stamp,
                texts=not no_text,
                stdin=sys.stdin,
                wishes=Wishes(dict(fields), day),
                jobs=jobs,
                engine=choose_engine(engine, address, jobs),
                report=report,
            )
        made = give_back(made, place, output)
        tell_build(made, quiet=quiet, as_json=as_json)
        if send:
            send(place)
    leave(made)


@click.command("add")
@options.PATHS
@options.OUTPUT
@options.JOBS
@options.QUIET
@options.JSON
@options.FIELDS
@options.DATE
def add_verb(
    paths: tuple[Place, ...],
    output: Place,
    jobs: int,
    quiet: bool,
    as_json: bool,
    fields: tuple[tuple[str, str], ...],
    day: date | None,
) -> None:
    """Add the texts under PATHS to a graph, or take them instead of those of the same names."""
    with _beginning():
        from kg.console import leave, reporting, tell_build
        from kg.mirror import borrowed, give_back
        from kg.readers.drafts import Wishes
        from kg.updates import add_documents

    wishes = Wishes(dict(fields), day)
    with borrowed(output) as place:
        with reporting(quiet=quiet or as_json) as report:
            made = add_documents(paths, place, stdin=sys.stdin, wishes=wishes, jobs=jobs, report=report)
        made = give_back(made, place, output)
    tell_build(made, quiet=quiet, as_json=as_json)
    leave(made)


@click.command("remove")
@click.argument("documents", nargs=-1, required=True)
@options.OUTPUT
@options.QUIET
@options.JSON
def remove_verb(documents: tuple[str, ...], output: Place, quiet: bool, as_json: bool) -> None:
    """Take DOCUMENTS, by their names in the graph, out of it."""
    from kg.console import leave, reporting, tell_build
    from kg.mirror import borrowed, give_back
    from kg.updates import remove_documents

    with borrowed(output) as place:
        with reporting(quiet=quiet or as_json) as report:
            made = remove_documents(documents, place, report=report)
        made = give_back(made, place, output)
    tell_build(made, quiet=quiet, as_json=as_json)
    leave(made)


VERBS = (build_verb, add_verb, remove_verb)
