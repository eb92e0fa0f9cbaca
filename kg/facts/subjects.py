"""All that is held of each subject: what is gathered, its classes and what it is called."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from kg.facts.gathering import Gathered, order, sort_evidence
from kg.facts.naming import Namings, list_names
from kg.facts.rows import Triple
from kg.model import Curie, Entity, Evidence, Statement
from kg.ontology import Ontology

OWN = ("", "")
"""Stands for the class of the subject's entity: its evidence is gathered once and holds for all classes above it."""


def make_statements(
    gathered: Iterable[Gathered], entities: Iterable[Entity], namings: Namings, ontology: Ontology
) -> Iterator[Statement]:
    """In the order of statements, with all classes and names of each entity."""
    things = {entity.id: entity for entity in entities}
    for subject, said in gathered:
        held = _complete(things[subject], said, namings, ontology) if subject in things else said
        for triple in sorted(held, key=order):
            yield Statement(*triple, sort_evidence(held[triple]))


def _complete(
    entity: Entity,
    said: Mapping[Triple, Sequence[Evidence]],
    namings: Mapping[tuple[Curie, str], Evidence],
    ontology: Ontology,
) -> Mapping[Triple, Sequence[Evidence]]:
    """What is said of it, its classes and its names."""
    held = dict(said)
    own = sort_evidence(held.pop((entity.id, *OWN), ()))
    for kind in list_classes(entity.type, ontology) if own else ():
        triple = (entity.id, "rdf:type", kind)
        held[triple] = [*held[triple], *own] if triple in held else own
    evidence = held.get((entity.id, "rdf:type", entity.type))
    if evidence:
        held.update(list_names(entity, evidence, namings))
    return held


@lru_cache(maxsize=4096)
def list_classes(kind: Curie, ontology: Ontology) -> tuple[Curie, ...]:
    """A class and all above it, but that of everything."""
    return tuple(sorted(term for term in ontology.ancestors.get(kind, (kind,)) if term != "kg:Entity"))
