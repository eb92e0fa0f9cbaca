"""What things are called: label and other names, each on the first sentence that has it."""

from collections.abc import Iterator, Mapping, Sequence

from kg.facts.gathering import order_evidence
from kg.facts.rows import Triple
from kg.model import Curie, Entity, Evidence, Form, Relation, Value

Namings = dict[tuple[Curie, str], Evidence]
"""Thing and one of its names → the first sentence, in the order of documents, that calls it so."""


def note_naming(relation: Relation, thing: Curie, namings: Namings) -> None:
    """Adds the sentence of a relation that tells the class of a thing, if none of a document before has the name."""
    name, evidence = relation.subject, relation.evidence
    if name.form is Form.NAME:
        key = (thing, " ".join(name.passage.text.split()))
        known = namings.setdefault(key, evidence)
        same = known.passage.document == evidence.passage.document and known is not evidence
        if same and order_evidence(evidence) < order_evidence(known):
            namings[key] = evidence


def list_names(
    entity: Entity, evidence: Sequence[Evidence], namings: Mapping[tuple[Curie, str], Evidence]
) -> Iterator[tuple[Triple, Sequence[Evidence]]]:
    """Label and other names; those that no text has are on the evidence of the class."""
    shown = namings.get((entity.id, entity.label))
    yield (entity.id, "rdfs:label", Value(entity.label, "xsd:string")), (shown,) if shown else evidence
    for alias in entity.aliases:
        shown = namings.get((entity.id, alias)) or min(evidence, key=order_evidence)
        yield (entity.id, "skos:altLabel", Value(alias, "xsd:string")), (shown,)
