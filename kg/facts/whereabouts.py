"""What country a place lies in: by the word list, by what the texts say, by what the texts are about."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.facts.known import known_name
from kg.model import Curie, Entity, Form, Statement
from kg.ontology import Ontology
from kg.wordlists import fold

LYING = frozenset({"kg:locatedIn", "kg:capitalOf"})
"""Predicates by which a text says where a place lies."""
_NOTHING = Counter[str]()


class Whereabouts(NamedTuple):
    """ISO codes of the countries it may lie in (one, where all agree), how we know, and how surely.

    ``rivals`` are countries the texts are about though a list gives another one.
    """

    countries: frozenset[str]
    rivals: frozenset[str]
    reason: str
    score: float


def locate(entities: Sequence[Entity], statements: Iterable[Statement], ontology: Ontology) -> dict[Curie, Whereabouts]:
    """Where each place lies; what is listed and what is said go before what the texts around it are about."""
    places = {entity.id: entity for entity in entities if ontology.is_a(entity.type, "kg:Place")}
    listed = {curie: _find_listed(place, ontology) for curie, place in places.items()}
    said = _find_said(places, listed, statements, ontology)
    spoken_of = _count_countries(places.values(), listed, ontology)
    return {
        curie: _locate_one(place, listed[curie], said[curie], spoken_of, ontology) for curie, place in places.items()
    }


def name_of(place: Entity) -> str:
    """What a list calls it, else its label; a user's new label changes nothing."""
    return known_name(place) or place.label


def documents_of(entity: Entity) -> tuple[str, ...]:
    """The documents that mention it."""
    return tuple(sorted({mention.passage.document for mention in entity.mentions}))


def code_of(country: Entity, ontology: Ontology) -> str:
    """ISO 3166-1 code of a country by its name; '' of what is no country of today."""
    title = name_of(country)
    if title in ontology.country_codes:
        return ontology.country_codes[title]
    found = {place.country for place in ontology.gazetteer.get(fold(title), ()) if place.type == "kg:Country"}
    return min(found) if len(found) == 1 else ""


def _locate_one(
    place: Entity,
    listed: frozenset[str],
    said: frozenset[str],
    spoken_of: Mapping[str, Counter[str]],
    ontology: Ontology,
) -> Whereabouts:
    own = code_of(place, ontology) if place.type == "kg:Country" else ""
    dominant = (_dominant(spoken_of.get(document, _NOTHING), own) for document in documents_of(place))
    around = frozenset(country for country in dominant if country)
    if said:
        return Whereabouts(listed | said, frozenset(), "stated country", 0.95)
    if listed:
        return Whereabouts(listed, around - listed, "listed country", 0.9)
    return Whereabouts(around, frozenset(), "country of the texts", 0.8)


def _find_listed(place: Entity, ontology: Ontology) -> frozenset[str]:
    """The country the word list gives for a place of this name and class."""
    name = ontology.names.get(name_of(place))
    known = name is not None and name.type == place.type and name.country in ontology.country_codes
    return frozenset({ontology.country_codes[name.country]} - {""}) if name and known else frozenset()


def _find_said(
    places: Mapping[Curie, Entity],
    listed: Mapping[Curie, frozenset[str]],
    statements: Iterable[Statement],
    ontology: Ontology,
) -> dict[Curie, frozenset[str]]:
    """The countries a text says a place lies in, itself or by way of a province."""
    said: dict[Curie, set[str]] = {curie: set() for curie in places}
    areas: list[tuple[Curie, Curie]] = []
    for statement in statements:
        target = places.get(statement.object) if isinstance(statement.object, str) else None
        holds = statement.predicate in LYING and statement.asserted
        if not holds or target is None or statement.subject not in said:
            continue
        if target.type == "kg:Country":
            said[statement.subject] |= {code_of(target, ontology)} - {""}
        else:
            areas.append((statement.subject, target.id))
    direct = {curie: frozenset(found) for curie, found in said.items()}
    for part, area in areas:
        said[part] |= listed[area] or direct[area] or _find_only(places[area], ontology)
    return {curie: frozenset(found) for curie, found in said.items()}


def _find_only(area: Entity, ontology: Ontology) -> frozenset[str]:
    """The country of a province whose name one country alone has."""
    found = {place.country for place in ontology.gazetteer.get(fold(name_of(area)), ()) if place.type == area.type}
    return frozenset(found) if len(found) == 1 else frozenset()


def _count_countries(
    places: Iterable[Entity], listed: Mapping[Curie, frozenset[str]], ontology: Ontology
) -> dict[str, Counter[str]]:
    """Document → how often it names each country or a listed place there."""
    seen = defaultdict[str, Counter[str]](Counter)
    for place in places:
        codes = {code_of(place, ontology)} - {""} if place.type == "kg:Country" else listed[place.id]
        for mention in place.mentions if codes else ():
            if mention.form is Form.NAME or mention.known_as:
                for code in codes:
                    seen[mention.passage.document][code] += 1
    return seen


def _dominant(seen: Counter[str], own: str) -> str:
    """The country two thirds of the mentions are of, at least two, the place itself aside; else ''."""
    others = {country: count for country, count in seen.items() if country != own}
    if not others:
        return ""
    first = min(others, key=lambda country: (-others[country], country))
    return first if others[first] > 1 and others[first] * 3 >= 2 * sum(others.values()) else ""
