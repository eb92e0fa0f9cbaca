"""The verbs by which a graph is proved: why something is in it or not, whether it is valid, how right it is."""

import json
import logging
import sys
from dataclasses import asdict
from pathlib import Path

import click

from kg.options import DECISIONS, GRAPH, NAMES, ONTOLOGY


@click.command()
@click.argument("terms", nargs=-1, required=True)
@click.option("--rejected", is_flag=True, help="Say why something is no fact.")
@DECISIONS
@NAMES
@ONTOLOGY
@GRAPH
def explain(
    terms: tuple[str, ...], rejected: bool, decisions: Path | None, names: tuple[Path, ...], folder: Path, graph: Path
) -> None:
    """Show every sentence behind a thing (its name), or behind a fact (SUBJECT PREDICATE OBJECT), and what follows.

    With --rejected: why something is no fact, of a thing, between two things, or of a relation between them.
    """
    if rejected:
        _explain_rejected(terms, decisions, names, folder, graph)
        return
    from kg.rdf.base import find_base
    from kg.rdf.conclusions import find_conclusions, format_conclusions
    from kg.rdf.explanation import explain as find_proofs
    from kg.rdf.explanation import format_proofs
    from kg.rdf.files import read_store

    if len(terms) not in (1, 3):
        raise click.UsageError('give a "NAME", or "SUBJECT" PREDICATE "OBJECT"; names of several words in quotes')
    store = read_store(graph)
    base = find_base(store)
    proofs, conclusions = find_proofs(store, terms, base), find_conclusions(store, terms, base)
    if not proofs and not conclusions:
        click.echo(f"kg: nothing in the graph about {' '.join(terms)}", err=True)
        sys.exit(1)
    click.echo(format_proofs(proofs) + format_conclusions(conclusions), nl=False)


def _explain_rejected(
    terms: tuple[str, ...], decisions: Path | None, names: tuple[Path, ...], folder: Path, graph: Path
) -> None:
    from kg.held import read_held
    from kg.rejections import find_refusals, format_refusals

    if len(terms) > 3:
        raise click.UsageError('give a "NAME", two names, or "SUBJECT" PREDICATE "OBJECT"')
    refusals = find_refusals(read_held(graph, folder, names, decisions), terms)
    if not refusals:
        click.echo(f"kg: no text says anything else about {' and '.join(terms)}", err=True)
        sys.exit(1)
    click.echo(format_refusals(refusals), nl=False)


@click.command()
@click.argument("one")
@click.argument("other")
@GRAPH
def path(one: str, other: str, graph: Path) -> None:
    """Show how the things ONE and OTHER hang together, with a sentence for each step."""
    from kg.rdf.base import find_base
    from kg.rdf.files import read_store
    from kg.rdf.ways import find_ways, format_ways

    store = read_store(graph)
    ways = find_ways(store, one, other, find_base(store))
    if not ways:
        click.echo(f"kg: no facts lead from {one} to {other}", err=True)
        sys.exit(1)
    click.echo(format_ways(ways), nl=False)


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Show what changed from the graph OLD to the graph NEW: statements added, gone, or held otherwise."""
    from kg.rdf.base import find_base
    from kg.rdf.difference import find_changes, format_changes
    from kg.rdf.files import read_store

    stores = read_store(old), read_store(new)
    changes = find_changes(*stores, *map(find_base, stores))
    told = json.dumps([change._asdict() for change in changes], ensure_ascii=False) + "\n"
    click.echo(told if as_json else format_changes(changes), nl=False)
    sys.exit(1 if changes else 0)


@click.command()
@click.option("--shapes", multiple=True, type=click.Path(path_type=Path), help="SHACL of your own; may be said again.")
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
@GRAPH
@ONTOLOGY
def validate(shapes: tuple[Path, ...], as_json: bool, graph: Path, folder: Path) -> None:
    """Check the graph against the shapes of the ontology, and yours, and tell what breaks them; warnings break none."""
    from kg.rdf.base import find_base
    from kg.rdf.files import read_store
    from kg.rdf.findings import format_findings, tell
    from kg.rdf.shacl import validate as find_problems

    logging.getLogger("rdflib.term").setLevel("ERROR")  # of a value that is none of its type we tell ourselves
    store = read_store(graph)
    base = find_base(store)
    problems = find_problems(store, ontology_folder=folder, shapes=shapes, base=base)
    findings = tell(store, problems, base)
    told = json.dumps([found._asdict() for found in findings], ensure_ascii=False) + "\n"
    click.echo(told if as_json else format_findings(findings), nl=False)
    sys.exit(0 if all(problem.warning for problem in problems) else 1)


@click.command("eval")
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Everything as JSON.")
@DECISIONS
@NAMES
@ONTOLOGY
@GRAPH
def evaluate(
    gold: Path, as_json: bool, decisions: Path | None, names: tuple[Path, ...], folder: Path, graph: Path
) -> None:
    """Score the graph against GOLD, a file of what a person found in the texts: Turtle or JSON lines."""
    from kg.evaluation.gold import read_gold
    from kg.evaluation.report import evaluate as score
    from kg.evaluation.report import format_report
    from kg.held import read_held

    held = read_held(graph, folder, names, decisions)
    report = score(
        read_gold(gold, held.ontology), held.extractions, held.entities, tuple(held.fusion.statements), held.ontology
    )
    click.echo(json.dumps(asdict(report), ensure_ascii=False) if as_json else format_report(report).rstrip("\n"))


VERBS = (explain, path, diff, validate, evaluate)
