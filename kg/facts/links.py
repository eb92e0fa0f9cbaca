"""Identifiers in other registers, where name, class and context agree; a doubtful one is none.

Places are linked to GeoNames (``owl:sameAs``) and ISO 3166 (``kg:isoCode``), your own names to what you gave.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.facts.places import KINDS, Match, find_place, make_register
from kg.facts.stored import sort_key
from kg.facts.whereabouts import LYING, documents_of, locate
from kg.model import Curie, Entity, Evidence, Factuality, Form, Statement, Value
from kg.ontology import Ontology
from kg.wordlists import fold

_GEONAMES = "https://sws.geonames.org/"


class _Told(NamedTuple):
    """What statements tell of things with a name: where each is called so, its classes as a place, what lies where."""

    shown: dict[Curie, Evidence]
    kinds: dict[Curie, set[Curie]]
    lying: list[Statement]


def link(entities: Iterable[Entity], statements: Iterable[Statement], ontology: Ontology) -> tuple[Statement, ...]:
    """Statements of identity, sorted, each on a sentence that names the thing."""
    things = {entity.id: entity for entity in entities if entity.mentions[0].form is not Form.EVENT}
    told = _read(statements, things.keys())
    named = [entity for curie, entity in things.items() if curie in told.shown]
    links = [found for entity in named for found in _link_own(entity, told.shown[entity.id], ontology)]
    for entity, match in _match_places(named, told, ontology):
        links.extend(_state(entity, match, told.shown[entity.id]))
    return tuple(sorted({sort_key(found): found for found in links}.values(), key=sort_key))


def _read(statements: Iterable[Statement], things: Collection[Curie]) -> _Told:
    """In one go, as there may be millions."""
    told = _Told({}, {}, [])
    for statement in statements:
        subject, predicate, target = statement.subject, statement.predicate, statement.object
        if predicate == "rdfs:label" and subject in things:
            told.shown[subject] = _show(statement)
        elif predicate in LYING:
            told.lying.append(statement)
        elif predicate == "rdf:type" and target in KINDS and statement.factuality is Factuality.FACT:
            told.kinds.setdefault(subject, set()).add(str(target))
    return told


def _show(label: Statement) -> Evidence:
    """The first sentence in which the label itself stands, else the first of all."""
    if len(label.evidence) == 1:
        return label.evidence[0]
    text = label.object.lexical if isinstance(label.object, Value) else ""
    return min(label.evidence, key=lambda item: (text not in item.passage.text, item.passage, item.rule))


def _match_places(entities: Sequence[Entity], told: _Told, ontology: Ontology) -> Iterator[tuple[Entity, Match]]:
    homes = locate(entities, told.lying, ontology)
    register, surnames = make_register(ontology), _find_surnames(entities, ontology)
    for entity in entities:
        if entity.id in homes and not _is_surname(entity, surnames):
            kind = _settle(entity.type, told.kinds.get(entity.id, set()))
            match = find_place(entity, kind, homes[entity.id], register, ontology)
            if match:
                yield entity, match


def _settle(kind: Curie, stated: Collection[Curie]) -> Curie:
    """The one class all agree on; kg:Place where nothing narrower is said, '' where the texts disagree."""
    narrow = {*stated, *({kind} & KINDS)}
    if narrow:
        return min(narrow) if len(narrow) == 1 else ""
    return kind if kind == "kg:Place" else ""


def _find_surnames(entities: Iterable[Entity], ontology: Ontology) -> frozenset[tuple[str, str]]:
    """Document and folded last word of the full names of persons in it."""
    persons = (each for each in entities if ontology.is_a(each.type, "kg:Person") and " " in each.label)
    named = ((fold(each.label).split()[-1], each) for each in persons)
    return frozenset((document, surname) for surname, each in named for document in documents_of(each))


def _is_surname(place: Entity, surnames: frozenset[tuple[str, str]]) -> bool:
    """True for 'Valencia' where all texts that name it tell of a José Valencia."""
    name = fold(place.label)
    return all((document, name) in surnames for document in documents_of(place))


def _state(entity: Entity, match: Match, shown: Evidence) -> Iterator[Statement]:
    place, evidence = match.place, replace(shown, rule=match.rule, score=match.score)
    code = place.country if place.type == "kg:Country" else place.code
    if code:
        yield Statement(entity.id, "kg:isoCode", Value(code, "xsd:string"), (evidence,))
    if place.geonames:
        yield Statement(entity.id, "owl:sameAs", f"geonames:{place.geonames}/", (evidence,))


def _link_own(entity: Entity, shown: Evidence, ontology: Ontology) -> Iterator[Statement]:
    """The identifier of your own names, where all mentions are of one."""
    names = {ontology.names.get(mention.known_as) for mention in entity.mentions if mention.known_as}
    found = {name.identifier for name in names if name and name.identifier}
    if len(found) == 1:
        target = found.pop().replace(_GEONAMES, "geonames:")
        yield Statement(entity.id, "owl:sameAs", target, (replace(shown, rule="your own names", score=1.0),))
