"""Which entry of the gazetteer a place of the texts is: the one whose name, class and country agree, or none."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kg.facts.whereabouts import Whereabouts, code_of, name_of
from kg.model import Curie, Entity
from kg.ontology import Ontology
from kg.wordlists import Place, fold

KINDS = frozenset({"kg:Country", "kg:AdministrativeArea", "kg:City"})
_LARGER = 10
"""So many times larger than its namesake in the same country a listed city is, to be the one that is meant."""
_SURE, _ONLY = 0.95, 0.6


class Match(NamedTuple):
    """A place of the gazetteer, by what rule, and how surely."""

    place: Place
    rule: str
    score: float


class Register(NamedTuple):
    """The gazetteer's countries by ISO code, and the folded names a listed place goes by."""

    countries: Mapping[str, Place]
    spellings: Mapping[tuple[str, Curie], frozenset[str]]


def make_register(ontology: Ontology) -> Register:
    """Look-ups beside those by name."""
    places = (place for found in ontology.gazetteer.values() for place in found)
    spellings: dict[tuple[str, Curie], set[str]] = {}
    for name in ontology.names.values():
        if not name.adjective and name.type in KINDS:
            spellings.setdefault((name.known_as, name.type), set()).add(fold(name.text))
    return Register(
        {place.country: place for place in places if place.type == "kg:Country"},
        {key: frozenset(texts) for key, texts in spellings.items()},
    )


def find_place(entity: Entity, kind: Curie, home: Whereabouts, register: Register, ontology: Ontology) -> Match | None:
    """The one entry that agrees; ``kind`` is kg:Place where it may be any, '' where the texts disagree."""
    title = name_of(entity)
    names = {fold(title), *register.spellings.get((title, kind), ())}
    if kind == "kg:Country":
        return _match_country(entity, home, _look_up(names, ontology), register, ontology)
    bare = strip_noun(title, ontology) if kind != "kg:City" else ""
    wanted = "kg:AdministrativeArea" if bare else kind
    fitting = {place for place in _look_up(names | {bare}, ontology) if wanted in ("kg:Place", place.type)}
    if len(home.countries) > 1 or any(place.country in home.rivals for place in fitting):
        return None
    if not home.countries:
        return _match_only(fitting) if wanted != "kg:Place" else None
    near = {place for place in fitting if place.country in home.countries}
    found = _pick(near, listed=(title, kind) in register.spellings)
    return Match(found, f"gazetteer: name, class and {home.reason} agree", home.score) if found else None


def _look_up(names: Iterable[str], ontology: Ontology) -> set[Place]:
    return {place for name in names for place in ontology.gazetteer.get(name, ())}


def strip_noun(title: str, ontology: Ontology) -> str:
    """'cotopaxi' of 'Cotopaxi province' and 'Province of Cotopaxi', folded; '' where no such word is in it."""
    words = fold(title).split() or [""]
    first, last = (ontology.nominals.get(word) == "kg:AdministrativeArea" for word in (words[0], words[-1]))
    if first and words[1:2] == ["of"]:
        return " ".join(words[2:])
    return " ".join(words[:-1]) if last else ""


def _match_country(
    entity: Entity, home: Whereabouts, pool: Iterable[Place], register: Register, ontology: Ontology
) -> Match | None:
    """A country by its name, unless it is a part of the country around it: 'Georgia' in texts on the United States."""
    place = register.countries.get(code_of(entity, ontology))
    parts = {part.country for part in pool if part.type != "kg:Country"}
    if place is None or home.countries & parts - {place.country}:
        return None
    return Match(place, "gazetteer: name and class agree", _SURE)


def _match_only(fitting: set[Place]) -> Match | None:
    """Where the texts tell of no country, the only place of the name and class there is."""
    rule = "gazetteer: no other place of this name and class"
    return Match(min(fitting), rule, _ONLY) if len(fitting) == 1 else None


def _pick(near: set[Place], *, listed: bool) -> Place | None:
    """The only one; of a listed city's namesakes the one that dwarfs them: Washington, not its eponym in Illinois."""
    ranked = sorted(near, key=lambda place: (-place.population, place))
    if len(ranked) < 2:
        return next(iter(ranked), None)
    dwarfs = 0 < ranked[0].population >= _LARGER * ranked[1].population
    return ranked[0] if listed and dwarfs else None
