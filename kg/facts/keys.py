"""What identifies a named chain among those of all documents: chains of one key are one entity.

Strong is: the same listed name, the same full name, a full name that holds the shorter one where texts share a
country, a given name beside a relative's surname. Blocks are words of names; no chain is compared with all others.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.facts.places import strip_noun
from kg.model import STRICT, Chain, Curie, Extraction, Mention
from kg.ontology import Ontology
from kg.wordlists import fold

Key = tuple[Curie, str, str]
"""Coarse kind, name, and the context that tells homonyms apart."""
Words = tuple[str, ...]
Relatives = tuple[Mention, Mention]
_NATIONAL = ("kg:PoliticalParty", "kg:GovernmentBody", "kg:SecurityForce", "kg:LabourUnion")
"""Bodies that belong to one country: two of one name in texts without a common country are two."""


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A chain with a name, the country its document is mostly about, and all that it is about; each is itself alone."""

    chain: Chain
    kind: Curie
    name: str
    known_as: str
    country: str
    countries: frozenset[str]

    @property
    def document(self) -> str:
        """Where the chain stands."""
        return self.chain[0].passage.document


class Bearers(NamedTuple):
    """Full names of persons: in which documents and on which countries, and by each of their words."""

    documents: Mapping[Words, frozenset[str]]
    countries: Mapping[Words, frozenset[str]]
    main: Mapping[Words, frozenset[str]]
    by_word: Mapping[str, tuple[Words, ...]]


def find_keys(named: Sequence[Named], relatives: Iterable[Relatives], ontology: Ontology) -> dict[Named, Key]:
    """The key of each chain."""
    persons = [item for item in named if item.kind == "kg:Person"]
    others = [item for item in named if item.kind != "kg:Person"]
    return _key_persons(persons, _find_kin(persons, relatives), ontology) | _key_others(others, ontology)


@lru_cache(maxsize=1 << 16)
def name_words(name: str) -> Words:
    """The words of a name as they are compared: accents, case and hyphens never tell two names apart."""
    return tuple(fold(name).replace("-", "").split())


def _key_persons(persons: Sequence[Named], kin: Mapping[Named, Words], ontology: Ontology) -> dict[Named, Key]:
    bearers = _find_bearers(persons)
    fullest = {words: _find_fullest(words, bearers, ontology) for words in sorted(bearers.documents)}
    return {item: _key_person(item, kin.get(item, ()), fullest, bearers) for item in persons}


def _find_bearers(persons: Iterable[Named]) -> Bearers:
    documents: dict[Words, set[str]] = {}
    countries: dict[Words, set[str]] = {}
    main: dict[Words, set[str]] = {}
    by_word: dict[str, set[Words]] = {}
    for item in persons:
        words = name_words(item.name)
        if len(words) > 1:
            documents.setdefault(words, set()).add(item.document)
            countries.setdefault(words, set()).update(item.countries)
            main.setdefault(words, set()).add(item.country)
            for word in words:
                by_word.setdefault(word, set()).add(words)
    index = {word: tuple(sorted(found)) for word, found in by_word.items()}
    return Bearers(_freeze(documents), _freeze(countries), _freeze(main), index)


def _freeze(table: Mapping[Words, set[str]]) -> dict[Words, frozenset[str]]:
    return {words: frozenset(found) for words, found in table.items()}


def _find_fullest(words: Words, bearers: Bearers, ontology: Ontology) -> Words:
    """The one longer name that holds this one and may be the same person's; else itself."""
    longer = [
        other
        for other in bearers.by_word[words[0]]
        if _holds(other, words, ontology) and not bearers.documents[words] & bearers.documents[other]
        if _meet(bearers.countries[words], bearers.countries[other])
    ]
    widest = [other for other in longer if not any(_holds(more, other, ontology) for more in longer)]
    return widest[0] if len(widest) == 1 else words


def _holds(longer: Words, shorter: Words, ontology: Ontology) -> bool:
    """'Lucio Edwin Gutiérrez Borbúa' holds 'Lucio Gutiérrez', 'Gabriel García Márquez' holds 'García Márquez'."""
    if len(longer) <= len(shorter):
        return False
    rest = iter(longer)
    if longer[0] == shorter[0]:
        return all(word in rest for word in shorter)
    return longer[-len(shorter) :] == shorter and shorter[0] not in ontology.genders


def _meet(one: frozenset[str], other: frozenset[str]) -> bool:
    """True where two texts may be about the same country."""
    return not one or not other or bool(one & other)


def _key_person(item: Named, kin: Words, fullest: Mapping[Words, Words], bearers: Bearers) -> Key:
    words = name_words(item.name)
    if words in fullest:
        return item.kind, " ".join(fullest[words]), ""
    if kin and (found := _find_kinsman(words, kin, bearers)):
        return item.kind, " ".join(fullest[found]), ""
    found_near = {
        fullest[other]
        for other in bearers.by_word.get(words[-1], ())
        if set(words) <= set(other[1:]) and item.country in bearers.main[fullest[other]] | bearers.main[other]
    }
    if len(found_near) == 1:
        return item.kind, " ".join(found_near.pop()), ""
    return item.kind, " ".join(words), item.country


def _find_kinsman(words: Words, kin: Words, bearers: Bearers) -> Words | None:
    """'his brother *Marek*' of a Zieliński is Marek Zieliński, where texts name one such."""
    alike = [other for other in bearers.by_word.get(words[0], ()) if other[0] == words[0] and other[-1] == kin[-1]]
    return alike[0] if len(words) == 1 and len(alike) == 1 else None


def _find_kin(persons: Iterable[Named], relatives: Iterable[Relatives]) -> dict[Named, Words]:
    """The name of a relative of each person that the text tells one of."""
    pairs = tuple(relatives)
    asked = {mention for pair in pairs for mention in pair}
    owners = {mention: item for item in persons for mention in item.chain if mention in asked}
    kin: dict[Named, Words] = {}
    for one, other in pairs:
        for item, relative in ((owners.get(one), owners.get(other)), (owners.get(other), owners.get(one))):
            if item is not None and relative is not None and len(name_words(relative.name)) > 1:
                kin.setdefault(item, name_words(relative.name))
    return kin


def find_relatives(extraction: Extraction, ontology: Ontology) -> Iterator[Relatives]:
    """Whom a text surely calls relatives of each other."""
    for relation in extraction.relations:
        kin = ontology.is_a(relation.predicate, "kg:relativeOf") and relation.evidence.score >= STRICT
        if kin and isinstance(relation.object, Mention):
            yield relation.subject, relation.object


def _key_others(others: Sequence[Named], ontology: Ontology) -> dict[Named, Key]:
    listed = {(item.kind, fold(item.known_as)): item for item in others if item.known_as}
    blocks: dict[Key, list[Named]] = {}
    for item in others:
        blocks.setdefault(_find_block(item, listed, ontology), []).append(item)
    return {
        item: (kind, name, context or parted)
        for (kind, name, parted), items in blocks.items()
        for item, context in _tell_homonyms(items, ontology)
    }


def _find_block(item: Named, listed: Mapping[tuple[Curie, str], Named], ontology: Ontology) -> Key:
    """What no list knows, but has a listed name, is that thing; a place of another class is a namesake of it."""
    known = item if item.known_as else _find_listed(item, listed, ontology)
    if known is None:
        return item.kind, fold(item.name), ""
    if item.kind == "kg:Place" and not _compatible(item.chain[0].type, known.chain[0].type, ontology):
        return item.kind, fold(item.name), item.chain[0].type
    return item.kind, f"={known.known_as}", ""


def _find_listed(item: Named, listed: Mapping[tuple[Curie, str], Named], ontology: Ontology) -> Named | None:
    """Who has the same name on a list; of 'Cotopaxi province' the listed province Cotopaxi."""
    area = listed.get((item.kind, strip_noun(item.name, ontology)))
    is_area = area is not None and area.chain[0].type == "kg:AdministrativeArea"
    return listed.get((item.kind, fold(item.name))) or (area if is_area else None)


def _compatible(kind: Curie, other: Curie, ontology: Ontology) -> bool:
    return ontology.is_a(kind, other) or ontology.is_a(other, kind)


def _tell_homonyms(items: Sequence[Named], ontology: Ontology) -> Iterator[tuple[Named, str]]:
    """'the Labour Party' of texts on Kenya and of texts on Portugal: each with the first of its countries."""
    groups = _group_by_country(items) if not items[0].known_as and _is_national(items, ontology) else []
    for item in items:
        own = next((group for group in groups if item.countries & group), frozenset())
        if _is_generic(item, ontology):
            yield item, item.document
        else:
            yield item, min(own, default="") if len(groups) > 1 else ""


def _is_national(items: Sequence[Named], ontology: Ontology) -> bool:
    kinds = {mention.type for item in items for mention in item.chain}
    return any(ontology.is_a(kind, wide) for kind in kinds for wide in _NATIONAL)


def _is_generic(item: Named, ontology: Ontology) -> bool:
    """'the Supreme Court' of no land told is the one of its text alone."""
    body = ontology.is_a(item.chain[0].type, "kg:Organization") and not item.known_as
    return body and all(word in ontology.words["lex:Generic"] for word in item.name.lower().split())


def _group_by_country(items: Iterable[Named]) -> list[frozenset[str]]:
    """Countries that texts speak of together, as sets without overlap."""
    groups: list[frozenset[str]] = []
    for countries in sorted({item.countries for item in items if item.countries}, key=sorted):
        touching = [group for group in groups if group & countries]
        groups = [group for group in groups if not group & countries]
        groups.append(countries.union(*touching))
    return groups
