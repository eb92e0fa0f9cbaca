"""Identifiers in other registers, where name, class and context agree; a doubtful one is none.

Places are linked to GeoNames (``owl:sameAs``) and ISO 3166 (``kg:isoCode``), your own names to what you gave.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.facts.fusion import sort_key
from kg.facts.places import KINDS, Match, find_place, make_register
from kg.facts.whereabouts import documents_of, locate
from kg.model import Curie, Entity, Evidence, Factuality, Statement, Value
from kg.ontology import Ontology
from kg.wordlists import fold

_GEONAMES = "https://sws.geonames.org/"


def link(entities: Sequence[Entity], statements: Sequence[Statement], ontology: Ontology) -> tuple[Statement, ...]:
    """Statements of identity, sorted, each on a sentence that names the thing."""
    shown = {s.subject: _show(s) for s in statements if s.predicate == "rdfs:label"}
    named = [entity for entity in entities if entity.id in shown]
    links = [found for entity in named for found in _link_own(entity, shown[entity.id], ontology)]
    for entity, match in _match_places(named, statements, ontology):
        links.extend(_state(entity, match, shown[entity.id]))
    return tuple(sorted({sort_key(found): found for found in links}.values(), key=sort_key))


def _show(label: Statement) -> Evidence:
    """The first sentence in which the label itself stands, else the first of all."""
    text = label.object.lexical if isinstance(label.object, Value) else ""
    return min(label.evidence, key=lambda item: (text not in item.passage.text, item.passage, item.rule))


def _match_places(
    entities: Sequence[Entity], statements: Sequence[Statement], ontology: Ontology
) -> Iterator[tuple[Entity, Match]]:
    homes, kinds = locate(entities, statements, ontology), _find_kinds(statements)
    register, surnames = make_register(ontology), _find_surnames(entities, ontology)
    for entity in entities:
        if entity.id in homes and not _is_surname(entity, surnames):
            kind = _settle(entity.type, kinds.get(entity.id, frozenset()))
            match = find_place(entity, kind, homes[entity.id], register, ontology)
            if match:
                yield entity, match


def _find_kinds(statements: Iterable[Statement]) -> dict[Curie, frozenset[Curie]]:
    """The classes of places that are known as facts."""
    found: dict[Curie, set[Curie]] = {}
    for statement in statements:
        if statement.predicate == "rdf:type" and statement.factuality is Factuality.FACT and statement.object in KINDS:
            found.setdefault(statement.subject, set()).add(str(statement.object))
    return {curie: frozenset(kinds) for curie, kinds in found.items()}


def _settle(kind: Curie, stated: frozenset[Curie]) -> Curie:
    """The one class all agree on; kg:Place where nothing narrower is said, '' where the texts disagree."""
    narrow = stated | ({kind} & KINDS)
    if narrow:
        return min(narrow) if len(narrow) == 1 else ""
    return kind if kind == "kg:Place" else ""


def _find_surnames(entities: Iterable[Entity], ontology: Ontology) -> frozenset[tuple[str, str]]:
    """Document and folded last word of the full names of persons in it."""
    persons = (each for each in entities if ontology.is_a(each.type, "kg:Person") and " " in each.label)
    return frozenset((document, fold(each.label).split()[-1]) for each in persons for document in documents_of(each))


def _is_surname(place: Entity, surnames: frozenset[tuple[str, str]]) -> bool:
    """True for 'Valencia' where all texts that name it tell of a José Valencia."""
    return all((document, fold(place.label)) in surnames for document in documents_of(place))


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
