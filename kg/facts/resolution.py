"""One thing in the world, one Entity: chains of all documents joined on strong evidence only.

What evidence counts as strong stands in ``kg.facts.keys``. A bare surname is a person's only where one person of that
name stands in texts about the same country.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import attrgetter

from kg.facts.identity import coarse, tell_apart
from kg.facts.keys import Key, Named, Relatives, find_keys, find_relatives
from kg.model import Chain, Curie, Entity, Extraction, Form, Mention
from kg.ontology import Ontology

_SHARE = 8
"""A text is about each country that at least an eighth of its mentions of countries and their places speak of."""


def resolve_names(extractions: Iterable[Extraction], ontology: Ontology) -> tuple[Entity, ...]:
    """Entities of everything that is called by a name, sorted by id."""
    named, relatives = list[Named](), list[Relatives]()
    for extraction in extractions:
        named.extend(_find_named(extraction, ontology))
        relatives.extend(find_relatives(extraction, ontology))
    keys = find_keys(named, relatives, ontology)
    groups: dict[Key, list[Named]] = {}
    for item in named:
        groups.setdefault(keys[item], []).append(item)
    ids = tell_apart((kind, _label(groups[kind, name, context]), context) for kind, name, context in groups)
    entities = (
        _make_entity(ids[key[0], _label(items), key[2]], items, ontology) for key, items in sorted(groups.items())
    )
    return tuple(sorted(entities, key=lambda entity: entity.id))


def _find_named(extraction: Extraction, ontology: Ontology) -> list[Named]:
    called = [(chain, names) for chain in extraction.chains if (names := _list_names(chain))]
    said = _count_countries((mention for _, names in called for mention in names), ontology)
    country = min(said, key=lambda name: (-said[name], name), default="")
    countries = frozenset(name for name in said if said[name] * _SHARE >= said.total())
    found = []
    for chain, names in called:
        if names[0].form is not Form.VALUE:
            known_as = next((mention.known_as for mention in names if mention.known_as), "")
            kind = coarse(names[0].type, ontology)
            found.append(Named(chain, kind, _longest(names), known_as, country, countries))
    return found


def _list_names(chain: Chain) -> list[Mention]:
    return [mention for mention in chain if mention.form is Form.NAME or mention.known_as]


def _count_countries(names: Iterable[Mention], ontology: Ontology) -> Counter[str]:
    """How often a text names each country or a listed place in it."""
    places = (mention for mention in names if mention.known_as and ontology.is_a(mention.type, "kg:Place"))
    return Counter(country for mention in places if (country := _country_of(mention, ontology)))


def _country_of(mention: Mention, ontology: Ontology) -> str:
    entry = ontology.names.get(mention.known_as)
    return mention.known_as if mention.type == "kg:Country" else entry.country if entry else ""


def _longest(names: Iterable[Mention]) -> str:
    found = [_tidy(mention.passage.text) for mention in names if mention.form is Form.NAME]
    if len(set(found)) < 2:
        return found[0] if found else ""
    texts = Counter(found)
    return min(texts, key=lambda text: (-len(text.split()), -texts[text], -len(text.encode()), text))


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _label(items: Sequence[Named]) -> str:
    if items[0].known_as:
        return items[0].known_as
    called = [item.name for item in items]
    if len(set(called)) == 1:
        return called[0]
    names = Counter(called)
    return min(names, key=lambda text: (-len(text.split()), -len(text.encode()), -names[text], text))


def _make_entity(curie: Curie, items: Sequence[Named], ontology: Ontology) -> Entity:
    mentions = tuple(sorted((m for item in items for m in item.chain), key=attrgetter("passage")))
    names = [mention for mention in mentions if mention.form is Form.NAME]
    label = _label(items)
    aliases = sorted({*map(_tidy, {mention.passage.text for mention in names})} - {label})
    return Entity(curie, _best_type(names or list(mentions), ontology), label, tuple(aliases), mentions)


def _best_type(names: Iterable[Mention], ontology: Ontology) -> Curie:
    """The type most names have; among equals the narrower, then the first by name."""
    kinds = [mention.type for mention in names]
    if len(set(kinds)) == 1:
        return kinds[0]
    seen = Counter(kinds)
    return min(seen, key=lambda kind: (-seen[kind], -len(ontology.ancestors.get(kind, ())), kind))


def index_mentions(entities: Iterable[Entity]) -> dict[Mention, Curie]:
    """Mention → id of the entity it belongs to."""
    return {mention: entity.id for entity in entities for mention in entity.mentions}
