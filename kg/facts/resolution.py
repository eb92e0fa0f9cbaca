"""One thing in the world, one Entity: chains of all documents joined on strong evidence only.

Strong is: the same listed name, the same full name, or a full name that holds the shorter one. A bare surname
is a person's only where one person of that name stands in texts about the same country.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.facts.identity import coarse, tell_apart
from kg.model import Chain, Curie, Entity, Extraction, Form, Mention
from kg.ontology import Ontology
from kg.wordlists import fold

Key = tuple[Curie, str, str]
"""Coarse kind, name, and the context that tells homonyms apart."""


class Named(NamedTuple):
    """A chain with a name, and the country its document is mostly about."""

    chain: Chain
    kind: Curie
    name: str
    known_as: str
    country: str


def resolve_names(extractions: Sequence[Extraction], ontology: Ontology) -> tuple[Entity, ...]:
    """Entities of everything that is called by a name, sorted by id."""
    named = [item for extraction in extractions for item in _find_named(extraction, ontology)]
    keys = _key_persons(named) | _key_others(named)
    groups: dict[Key, list[Named]] = {}
    for item in named:
        groups.setdefault(keys[item], []).append(item)
    ids = tell_apart((kind, _label(groups[kind, name, context]), context) for kind, name, context in groups)
    entities = (
        _make_entity(ids[key[0], _label(items), key[2]], items, ontology) for key, items in sorted(groups.items())
    )
    return tuple(sorted(entities, key=lambda entity: entity.id))


def _find_named(extraction: Extraction, ontology: Ontology) -> list[Named]:
    country = _dominant_country(extraction.chains)
    found = []
    for chain in extraction.chains:
        names = [mention for mention in chain if mention.form is Form.NAME or mention.known_as]
        if names and names[0].form is not Form.VALUE:
            known_as = next((mention.known_as for mention in names if mention.known_as), "")
            kind = coarse(names[0].type, ontology)
            found.append(Named(chain, kind, _longest(names), known_as, country))
    return found


def _dominant_country(chains: Iterable[Chain]) -> str:
    seen = Counter(m.known_as for chain in chains for m in chain if m.type == "kg:Country" and m.known_as)
    return min(seen, key=lambda name: (-seen[name], name), default="")


def _longest(names: Iterable[Mention]) -> str:
    texts = Counter(_tidy(mention.passage.text) for mention in names if mention.form is Form.NAME)
    return min(texts, key=lambda text: (-len(text.split()), -texts[text], -len(text.encode()), text), default="")


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _key_others(named: Iterable[Named]) -> dict[Named, Key]:
    return {
        item: (item.kind, f"={item.known_as}" if item.known_as else fold(item.name), "")
        for item in named
        if item.kind != "kg:Person"
    }


def _key_persons(named: Iterable[Named]) -> dict[Named, Key]:
    persons = [item for item in named if item.kind == "kg:Person"]
    full = sorted({fold(item.name) for item in persons if len(item.name.split()) > 1})
    canonical = {name: _fullest(name, full) for name in full}
    homes: dict[str, set[str]] = {}
    for item in persons:
        if fold(item.name) in canonical:
            homes.setdefault(canonical[fold(item.name)], set()).add(item.country)
    return {item: _key_person(item, canonical, homes) for item in persons}


def _fullest(name: str, full: Sequence[str]) -> str:
    """The one longer name that holds this one's words in order from the same given name; else itself."""
    longer = [other for other in full if other != name and _holds(other, name)]
    widest = [other for other in longer if not any(_holds(more, other) for more in longer if more != other)]
    return widest[0] if len(widest) == 1 else name


def _holds(longer: str, shorter: str) -> bool:
    long, short = longer.split(), shorter.split()
    rest = iter(long)
    return len(long) > len(short) and long[0] == short[0] and all(word in rest for word in short)


def _key_person(item: Named, canonical: Mapping[str, str], homes: Mapping[str, set[str]]) -> Key:
    name = fold(item.name)
    if name in canonical:
        return item.kind, canonical[name], ""
    bearers = sorted({full for full in canonical.values() if name in full.split()[1:]})
    near = [full for full in bearers if item.country in homes[full]]
    if len(bearers) == 1 and near:
        return item.kind, near[0], ""
    return item.kind, name, item.country


def _label(items: Sequence[Named]) -> str:
    if items[0].known_as:
        return items[0].known_as
    names = Counter(item.name for item in items)
    return min(names, key=lambda text: (-len(text.split()), -len(text.encode()), -names[text], text))


def _make_entity(curie: Curie, items: Sequence[Named], ontology: Ontology) -> Entity:
    mentions = tuple(sorted((m for item in items for m in item.chain), key=lambda mention: mention.passage))
    names = [mention for mention in mentions if mention.form is Form.NAME]
    label = _label(items)
    aliases = sorted({_tidy(mention.passage.text) for mention in names} - {label})
    return Entity(curie, _best_type(names or list(mentions), ontology), label, tuple(aliases), mentions)


def _best_type(names: Iterable[Mention], ontology: Ontology) -> Curie:
    """The type most names have; among equals the narrower, then the first by name."""
    seen = Counter(mention.type for mention in names)
    return min(seen, key=lambda kind: (-seen[kind], -len(ontology.ancestors.get(kind, ())), kind))


def index_mentions(entities: Iterable[Entity]) -> dict[Mention, Curie]:
    """Mention → id of the entity it belongs to."""
    return {mention: entity.id for entity in entities for mention in entity.mentions}
