"""What things are called: label and other names, each on the first sentence that has it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from kg.facts.gathering import Gathered, order
from kg.model import Curie, Entity, Evidence, Form, Mention, Relation, Value

Namings = dict[tuple[Curie, str], Evidence]
"""Thing and one of its names → the first sentence, in the order of documents, that calls it so."""


def note_naming(relation: Relation, ids: Mapping[Mention, Curie], namings: Namings) -> None:
    """Adds the sentence of a relation that tells a name's class, if none of a document before has the name."""
    name, evidence = relation.subject, relation.evidence
    if relation.predicate == "rdf:type" and name.form is Form.NAME and name in ids:
        key = (ids[name], " ".join(name.passage.text.split()))
        known = namings.setdefault(key, evidence)
        same = known.passage.document == evidence.passage.document and known is not evidence
        if same and order_evidence(evidence) < order_evidence(known):
            namings[key] = evidence


def order_evidence(evidence: Evidence) -> tuple[object, ...]:
    """By place, then by all else that tells it from others."""
    source = evidence.source.passage.text if evidence.source else ""
    return (evidence.passage, evidence.factuality.value, evidence.rule, evidence.score, source)


def add_names(
    gathered: Iterable[Gathered], entities: Iterable[Entity], namings: Mapping[tuple[Curie, str], Evidence]
) -> Iterator[Gathered]:
    """All, in the same order, with the names of each entity; those that no text has on evidence of the class."""
    things = {entity.id: entity for entity in entities}
    for subject, group in groupby(gathered, key=_find_subject):
        told = list(group)
        if subject in things:
            entity = things[subject]
            evidence = next((held for triple, held in told if triple[1:] == ("rdf:type", entity.type)), ())
            told.extend(_name(entity, evidence, namings))
            told.sort(key=_order)
        yield from told


def _find_subject(gathered: Gathered) -> Curie:
    return gathered[0][0]


def _order(gathered: Gathered) -> tuple[str, ...]:
    return order(gathered[0])


def _name(
    entity: Entity, evidence: Sequence[Evidence], namings: Mapping[tuple[Curie, str], Evidence]
) -> Iterator[Gathered]:
    if evidence:
        shown = namings.get((entity.id, entity.label))
        yield (entity.id, "rdfs:label", Value(entity.label, "xsd:string")), (shown,) if shown else evidence
        for alias in entity.aliases:
            shown = namings.get((entity.id, alias)) or min(evidence, key=order_evidence)
            yield (entity.id, "skos:altLabel", Value(alias, "xsd:string")), (shown,)
