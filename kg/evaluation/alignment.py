"""Which entity of a build is which thing of the gold: by mentions or names; events by class and agreeing roles."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.evaluation.gold import Gold, GoldSpan, GoldStatement, GoldThing
from kg.model import Curie, Entity, Mention, Statement, Value
from kg.ontology import Ontology
from kg.wordlists import fold

Pairs = Mapping[str, Curie]
"""Key of a gold thing → id of an entity."""


def align(
    gold: Gold,
    entities: Sequence[Entity],
    statements: Iterable[Statement],
    ontology: Ontology,
) -> dict[str, Curie]:
    """The entity of each gold thing that has one; no event has two gold ones."""
    named = _align_named(gold, entities, ontology)
    told: dict[Curie, set[tuple[Curie, str]]] = {}
    for statement in statements:
        told.setdefault(statement.subject, set()).add((statement.predicate, to_text(statement.object)))
    return named | _align_events(gold, named, entities, told, ontology)


def to_text(end: Curie | Value) -> str:
    """An end of a statement as gold writes it: an id, or a value's lexical form."""
    return end.lexical if isinstance(end, Value) else end


def is_event(kind: Curie, ontology: Ontology) -> bool:
    """True for events and terms of office: things known by their roles, not by a name."""
    return ontology.is_a(kind, "kg:Event") or kind == "kg:Tenure"


def _align_named(gold: Gold, entities: Sequence[Entity], ontology: Ontology) -> dict[str, Curie]:
    names: dict[str, list[Entity]] = {}
    for entity in entities:
        for name in {fold(text) for text in (entity.label, *entity.aliases)}:
            names.setdefault(name, []).append(entity)
    marked = _count_marked(gold.mentions, entities)
    pairs = {}
    for thing in gold.things:
        alike = [entity for name in thing.names for entity in names.get(fold(name), ())]
        found = marked.get(thing.key) or Counter(entity.id for entity in _prefer(alike, thing, ontology))
        if found:
            pairs[thing.key] = min(found, key=lambda curie: (-found[curie], curie))
    return pairs


def _prefer(alike: Sequence[Entity], thing: GoldThing, ontology: Ontology) -> Sequence[Entity]:
    """Those of the class, if any: Georgia the country and Georgia the state have one name."""
    fitting = [e for e in alike if ontology.is_a(e.type, thing.type) or ontology.is_a(thing.type, e.type)]
    return fitting or alike


def _count_marked(spans: Sequence[GoldSpan], entities: Sequence[Entity]) -> dict[str, Counter[Curie]]:
    """How many gold mentions of a thing an entity's mentions overlap."""
    places: dict[str, list[tuple[Mention, Curie]]] = {}
    for entity in entities:
        for mention in entity.mentions:
            places.setdefault(mention.passage.document, []).append((mention, entity.id))
    found: dict[str, Counter[Curie]] = {}
    for span in spans:
        for mention, curie in places.get(span.document, ()):
            if mention.passage.start < span.end and span.start < mention.passage.end:
                found.setdefault(span.mark, Counter())[curie] += 1
    return found


def _align_events(
    gold: Gold,
    named: Pairs,
    entities: Sequence[Entity],
    told: Mapping[Curie, set[tuple[Curie, str]]],
    ontology: Ontology,
) -> dict[str, Curie]:
    """Best first: the pairs with most roles in common; one that has roles needs one in common."""
    roles: dict[str, list[GoldStatement]] = {}
    for item in gold.statements:
        roles.setdefault(item.subject, []).append(item)
    found = sorted(_rate_events(gold, roles, named, entities, told, ontology))
    pairs: dict[str, Curie] = {}
    for _, key, curie in found:
        if key not in pairs and curie not in pairs.values():
            pairs[key] = curie
    return pairs


def _rate_events(
    gold: Gold,
    roles: Mapping[str, Sequence[GoldStatement]],
    named: Pairs,
    entities: Sequence[Entity],
    told: Mapping[Curie, set[tuple[Curie, str]]],
    ontology: Ontology,
) -> Iterator[tuple[int, str, Curie]]:
    """Minus the number of common roles, gold key, entity."""
    for thing in gold.things:
        if not is_event(thing.type, ontology):
            continue
        wanted = [(item.predicate, named.get(item.object, item.object)) for item in roles.get(thing.key, ())]
        for entity in entities:
            if ontology.is_a(entity.type, thing.type):
                common = sum(pair in told.get(entity.id, ()) for pair in wanted)
                if common or not wanted:
                    yield -common, thing.key, entity.id
