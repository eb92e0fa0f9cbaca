"""All measures for which the gold says something, as one list and as lines to read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.evaluation.alignment import Pairs, align, is_event
from kg.evaluation.dates import score_dates
from kg.evaluation.gold import Gold, GoldSpan
from kg.evaluation.identity import (
    align_mentions,
    b_cubed,
    cluster,
    find_chains,
    show_clusters,
    tell_span,
)
from kg.evaluation.scores import Score, find_kinds, score_factuality, score_statements, score_things, split_by_subject
from kg.facts.resolution import index_mentions
from kg.model import Entity, Extraction, Statement
from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Identity:
    """B-cubed precision, recall and F1, the share of gold mentions seen, and what is torn or mixed."""

    name: str
    precision: float
    recall: float
    f1: float
    seen: float
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Every measure, in the order of the flow."""

    identities: tuple[Identity, ...]
    scores: tuple[Score, ...]


def evaluate(
    gold: Gold,
    extractions: Sequence[Extraction],
    entities: Sequence[Entity],
    statements: Sequence[Statement],
    ontology: Ontology,
) -> Report:
    """Scores a build; a measure of which the gold says nothing is left out.

    The gold is taken for all there is of each kind it has: entities, events, each of its predicates.
    """
    pairs = align(gold, entities, statements, ontology)
    scores = [
        *_score_things(gold, entities, statements, pairs, ontology),
        *_score_statements(gold, statements, pairs, ontology),
    ]
    if gold.dates:
        scores.append(score_dates(gold.dates, extractions))
    identities = _score_identity(gold.mentions, extractions, entities) if gold.mentions else ()
    return Report(tuple(identities), tuple(scores))


def _score_things(
    gold: Gold, entities: Sequence[Entity], statements: Sequence[Statement], pairs: Pairs, ontology: Ontology
) -> Iterator[Score]:
    kinds = find_kinds(statements)
    held = [entity for entity in entities if entity.id in kinds]
    for name, wanted in (("entities", False), ("events", True)):
        things = [
            thing
            for thing in gold.things
            if is_event(thing.type, ontology) is wanted and thing.factuality.value == "CT+"
        ]
        if things:
            known = [entity for entity in held if is_event(entity.type, ontology) is wanted]
            yield score_things(name, things, known, pairs, kinds)


def _score_statements(gold: Gold, statements: Sequence[Statement], pairs: Pairs, ontology: Ontology) -> Iterator[Score]:
    relations, roles = split_by_subject(gold.statements, gold.things, ontology)
    for name, wanted in (("relations", relations), ("roles", roles)):
        if wanted:
            yield score_statements(name, wanted, statements, pairs, ontology)
    if gold.statements:
        yield score_factuality(gold.statements, statements, pairs)


def _score_identity(
    golds: Sequence[GoldSpan], extractions: Sequence[Extraction], entities: Sequence[Entity]
) -> Iterator[Identity]:
    aligned = align_mentions(golds, extractions)
    chains = find_chains(extractions)
    seen = len(aligned) / len(golds)
    missed = (f"missed {tell_span(gold)}" for gold in golds if gold not in aligned)
    within = cluster(golds, aligned, chains)
    in_documents = {gold: (gold.document, gold.mark) for gold in golds}
    torn = show_clusters({gold: in_documents[gold] for gold in aligned}, within)
    yield Identity("within documents", *b_cubed(in_documents, within), seen, (*missed, *torn))
    across = cluster(golds, aligned, chains | index_mentions(entities))
    things = {gold: gold.mark for gold in golds}
    torn = show_clusters({gold: things[gold] for gold in aligned}, across)
    yield Identity("across documents", *b_cubed(things, across), seen, tuple(torn))


def format_report(report: Report) -> str:
    """Figures first, then what is missed and what is false."""
    return "".join(f"{line}\n" for line in (*format_figures(report), *_format_faults(report)))


def format_figures(report: Report) -> Iterator[str]:
    """One line a measure."""
    for score in report.scores:
        yield (
            f"{score.name:18} P {score.precision:.3f} ({score.right}/{score.said})  "
            f"R {score.recall:.3f} ({score.found}/{score.wanted})  F1 {score.f1:.3f}"
        )
    for found in report.identities:
        yield (
            f"{found.name:18} B-cubed P {found.precision:.3f}  R {found.recall:.3f}  F1 {found.f1:.3f}  "
            f"mentions seen {found.seen:.3f}"
        )


def _format_faults(report: Report) -> Iterator[str]:
    lists: Iterable[tuple[str, Sequence[str]]] = (
        *((f"{score.name}: missed", score.missed) for score in report.scores),
        *((f"{score.name}: false", score.false) for score in report.scores),
        *((f"{found.name}: torn and mixed", found.faults) for found in report.identities),
    )
    for title, lines in lists:
        if lines:
            yield f"\n{title}"
            yield from (f"    {line}" for line in lines)
