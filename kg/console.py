"""What people and programs see of a build: how far it is, and what came of it."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from kg.build import Build
from kg.mapping import Progress


@contextmanager
def reporting(*, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """What tells of each document: a bar on a terminal, a line elsewhere, nothing where it shall be quiet."""
    if quiet:
        yield lambda progress: None
    elif sys.stderr.isatty():
        with _draw_bar() as draw:
            yield draw
    else:
        yield lambda progress: click.echo(f"read {progress.document}", err=True)


@contextmanager
def _draw_bar() -> Iterator[Callable[[Progress], None]]:
    from tqdm import tqdm

    tqdm.monitor_interval = 0  # else a thread looks after it, and beside a thread no process is copied
    with tqdm(unit=" documents", file=sys.stderr, dynamic_ncols=True, leave=False) as bar:

        def draw(progress: Progress) -> None:
            bar.total = progress.all
            bar.set_postfix_str(f"{progress.errors} errors, {progress.document}", refresh=False)
            bar.update()

        yield draw


def tell_build(made: Build, *, quiet: bool, as_json: bool) -> None:
    """What was made and what was not."""
    for line in (*made.errors, *made.left_out):
        click.echo(f"kg: {line}", err=True)
    if as_json:
        click.echo(json.dumps(_to_record(made)))
    elif not quiet:
        for decision in made.idle:
            click.echo(f"kg: {decision}, which these texts do not name", err=True)
        click.echo(f"{_count(made)}\nopen {made.page}")
        click.echo(", ".join(f"{step} {seconds:.1f} s" for step, seconds in made.seconds), err=True)


def leave(made: Build) -> None:
    """Ends with 2 where a document could not be read."""
    if made.errors:
        sys.exit(2)


def _count(made: Build) -> str:
    return f"{made.documents} documents, {made.entities} entities, {made.statements} statements, {made.facts} facts"


def _to_record(made: Build) -> dict[str, object]:
    return {
        "page": str(made.page),
        "documents": made.documents,
        "entities": made.entities,
        "statements": made.statements,
        "facts": made.facts,
        "errors": [str(error) for error in made.errors],
        "left_out": list(made.left_out),
        "idle": list(made.idle),
        "seconds": {step: round(seconds, 3) for step, seconds in made.seconds},
    }
