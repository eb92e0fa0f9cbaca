"""The verbs by which the user has the last word; the next build applies what they write."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import NamedTuple, TypeVar

import click
from pyoxigraph import Store

from kg.errors import DecisionError
from kg.model import Decision, Entity, Thing, Value, Verdict
from kg.ontology import load_ontology
from kg.options import GRAPH, ONTOLOGY

Verb = TypeVar("Verb", bound=Callable[..., None])


class _Graph(NamedTuple):
    """A built graph, and where its decisions stand."""

    store: Store
    base: str
    decisions: Path


def _with_reason(verb: Verb) -> Verb:
    """The options of every decision."""
    for option in (
        click.option("--why", default="", help="The reason."),
        click.option("--who", default="", help="Who decides; your login name if not said."),
        GRAPH,
    ):
        verb = option(verb)
    return verb


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@_with_reason
def same(first: str, second: str, graph: Path, who: str, why: str) -> None:
    """Decide that A and B are one thing, called A."""
    from kg.facts.things import describe

    opened = _open(graph)
    one, other = _find(opened, first), _find(opened, second)
    if one.id == other.id:
        raise DecisionError(f"{first} and {second} are one thing already: {one.id}", hint="there is nothing to decide")
    _refuse_mixture(one, other)
    _add(opened, Decision(Verdict.SAME, describe(one), describe(other), who=who, why=why))


@click.command()
@click.argument("first", metavar="A")
@click.argument("second", metavar="[B]", required=False)
@click.option("--document", "-d", "documents", multiple=True, help="A document in which A is another thing.")
@_with_reason
def different(first: str, second: str | None, documents: tuple[str, ...], graph: Path, who: str, why: str) -> None:
    """Decide that A and B are two things, or that A is another thing in a document."""
    from kg.facts.things import describe_whole

    if (second is None) is not bool(documents):
        raise click.UsageError("give A and B, or A and --document")
    opened = _open(graph)
    one = _find(opened, first)
    other = _find(opened, second) if second else one
    if one.id == other.id:
        things = _part_documents(one, documents) if documents else _part_names(one, first, second or "")
    else:
        things = describe_whole(one), describe_whole(other)
    _add(opened, Decision(Verdict.DIFFERENT, *things, who=who, why=why))


@click.command()
@click.argument("thing", metavar="A")
@click.argument("name")
@_with_reason
def rename(thing: str, name: str, graph: Path, who: str, why: str) -> None:
    """Decide that A is called NAME."""
    from kg.facts.things import describe

    called = " ".join(name.split())
    if not called:
        raise click.UsageError("give a NAME that is not empty")
    opened = _open(graph)
    entity = describe(_find(opened, thing))
    _add(opened, Decision(Verdict.RENAME, entity, Value(called, "xsd:string"), who=who, why=why))


@click.command()
@click.argument("thing", metavar="A")
@click.argument("kind", metavar="CLASS")
@_with_reason
def retype(thing: str, kind: str, graph: Path, who: str, why: str) -> None:
    """Decide that A is a CLASS of the ontology."""
    from kg.facts.things import describe
    from kg.rdf.things import find_class

    opened = _open(graph)
    entity = describe(_find(opened, thing))
    found = find_class(opened.store, kind, opened.base)
    _add(opened, Decision(Verdict.RETYPE, entity, found, who=who, why=why))


@click.command()
@click.argument("subject")
@click.argument("predicate")
@click.argument("target", metavar="OBJECT")
@_with_reason
def reject(subject: str, predicate: str, target: str, graph: Path, who: str, why: str) -> None:
    """Decide that a statement is wrong, whatever the texts say."""
    from kg.facts.things import describe
    from kg.rdf.things import find_statement

    opened = _open(graph)
    curie, relation, end = find_statement(opened.store, (subject, predicate, target), opened.base)
    thing = describe(_find(opened, end)) if isinstance(end, str) and end.startswith("kgr:") else end
    _add(opened, Decision(Verdict.REJECT, describe(_find(opened, curie)), thing, relation, who=who, why=why))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
@GRAPH
@ONTOLOGY
def duplicates(as_json: bool, graph: Path, folder: Path) -> None:
    """List pairs of things that may be one, for you to decide."""
    from kg.facts.duplicates import find_duplicates
    from kg.facts.pairs import format_pairs, to_json
    from kg.rdf.decisions import read_decisions
    from kg.rdf.things import read_entities, read_sentences, read_ties

    store, base, decided = _open(graph)
    entities = read_entities(store, base)
    pairs = find_duplicates(entities, read_ties(store, base), read_decisions(decided), load_ontology(folder))
    only = {entity.id for pair in pairs for entity in (pair.first, pair.second)}
    sentences = read_sentences(store, base, only=only) if only else {}
    click.echo(to_json(pairs, sentences) if as_json else format_pairs(pairs, sentences), nl=False)


VERBS = (same, different, rename, retype, reject, duplicates)


def _open(graph: Path) -> _Graph:
    from kg.rdf.base import find_base
    from kg.rdf.decisions import FILE
    from kg.rdf.files import read_store

    store = read_store(graph)
    return _Graph(store, find_base(store), (graph if graph.is_dir() else graph.parent) / FILE)


def _find(graph: _Graph, name: str) -> Entity:
    from kg.rdf.things import find_thing, read_entities

    curie = find_thing(graph.store, name, graph.base)
    return read_entities(graph.store, graph.base, only=[curie])[0]


def _refuse_mixture(one: Entity, other: Entity) -> None:
    events = [entity.id for entity in (one, other) if entity.id.startswith("kgr:event/")]
    if len(events) == 1:
        raise DecisionError(f"{events[0]} is an event, the other thing is none", hint="join things of one sort")


def _part_documents(entity: Entity, documents: tuple[str, ...]) -> tuple[Thing, Thing]:
    from kg.facts.things import part_by_documents

    everywhere = {mention.passage.document for mention in entity.mentions}
    unknown = sorted(set(documents) - everywhere)
    if unknown:
        raise DecisionError(f"{unknown[0]} does not name {entity.id}", hint=f"see `kg explain {entity.id}`")
    if everywhere == set(documents):
        raise DecisionError(f"no other document names {entity.id}", hint="leave out those where it is itself")
    return part_by_documents(entity, documents)


def _part_names(entity: Entity, first: str, second: str) -> tuple[Thing, Thing]:
    from kg.facts.things import part_by_names

    one, other = part_by_names(entity, first, second)
    if not one.documents or not other.documents or one.name == other.name:
        hint = "say with two of its names, or with --document, what is another thing"
        raise DecisionError(f"{first} and {second} are both {entity.id}", hint=hint)
    return one, other


def _add(graph: _Graph, decision: Decision) -> None:
    """Writes the decision, if none contradicts it, with the user's name and the time."""
    from kg.facts.decisions import check_decisions, tell
    from kg.rdf.decisions import add_decision, read_decisions

    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    signed = replace(decision, who=decision.who or _login(), when=now)
    check_decisions((*read_decisions(graph.decisions), replace(signed, where="this")))
    added = add_decision(graph.decisions, signed, graph.base)
    click.echo(
        f"{tell(signed)}: {f'written to {graph.decisions}' if added else f'stands in {graph.decisions} already'}"
    )
    click.echo("the next `kg build` applies it; delete its lines to undo it")


def _login() -> str:
    try:
        return getuser()
    except (OSError, KeyError, ImportError) as error:
        raise DecisionError("your login has no name", hint="say --who NAME") from error
