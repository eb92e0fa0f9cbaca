"""All that is held of each subject: what is gathered, its classes and what it is called."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

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
    """In the same order, with all classes and names of each entity."""
    things = {entity.id: entity for entity in entities}
    for subject, group in groupby(gathered, key=lambda item: item[0][0]):
        held = dict(group)
        if subject in things:
            _complete(things[subject], held, namings, ontology)
        for triple in sorted(held, key=order):
            yield Statement(*triple, sort_evidence(held[triple]))


def _complete(
    entity: Entity,
    held: dict[Triple, Sequence[Evidence]],
    namings: Mapping[tuple[Curie, str], Evidence],
    ontology: Ontology,
) -> None:
    own = sort_evidence(held.pop((entity.id, *OWN), ()))
    for kind in list_classes(entity.type, ontology) if own else ():
        triple = (entity.id, "rdf:type", kind)
        held[triple] = [*held[triple], *own] if triple in held else own
    evidence = held.get((entity.id, "rdf:type", entity.type))
    if evidence:
        held.update(list_names(entity, evidence, namings))


@lru_cache(maxsize=4096)
def list_classes(kind: Curie, ontology: Ontology) -> tuple[Curie, ...]:
    """A class and all above it, but that of everything."""
    return tuple(sorted(term for term in ontology.ancestors.get(kind, (kind,)) if term != "kg:Entity"))
