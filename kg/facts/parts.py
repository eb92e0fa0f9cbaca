"""Entities cut and joined: what is left of one, what two make, and what they are then called."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.facts.identity import coarse, mint
from kg.facts.things import name_of
from kg.model import Curie, Entity, Form, Mention
from kg.ontology import Ontology


def cut_out(whole: Entity, mentions: Iterable[Mention]) -> Entity:
    """What the ``mentions`` make of an entity; it keeps label and class where they stand in one of them."""
    kept = tuple(sorted(mentions, key=lambda mention: mention.passage))
    named = [mention for mention in kept if mention.form is Form.NAME]
    texts = Counter(map(name_of, named))
    fullest = min(texts, key=lambda text: (-len(text.split()), -len(text.encode()), text), default=whole.label)
    known = {mention.known_as for mention in kept}
    label = whole.label if whole.label in texts or whole.label in known else fullest
    kinds = Counter(mention.type for mention in named)
    kind = whole.type if whole.type in kinds else min(kinds, key=lambda kind: (-kinds[kind], kind), default=whole.type)
    return Entity(whole.id, kind, label, tuple(sorted(set(texts) - {label})), kept)


def join_parts(parts: Sequence[Entity], ontology: Ontology) -> Entity:
    """One entity of all parts, called as the first; of the narrowest class that the first one allows."""
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    kinds = [part.type for part in parts if ontology.is_a(part.type, first.type)]
    kind = min(kinds, key=lambda kind: (-len(ontology.ancestors.get(kind, ())), kind))
    names = {name for part in parts for name in (part.label, *part.aliases)}
    mentions = sorted((mention for part in parts for mention in part.mentions), key=lambda mention: mention.passage)
    return Entity(first.id, kind, first.label, tuple(sorted(names - {first.label})), tuple(mentions))


def call(entity: Entity, label: str, kind: Curie) -> Entity:
    """The entity under another label or class ('' keeps it); its old label stays a name of it."""
    if label in ("", entity.label):
        return replace(entity, type=kind or entity.type)
    aliases = tuple(sorted({entity.label, *entity.aliases} - {label}))
    return replace(entity, label=label, type=kind or entity.type, aliases=aliases)


def name_id(entity: Entity, ontology: Ontology, *, context: str = "") -> Curie:
    """The id that label and coarse class make."""
    return mint(coarse(entity.type, ontology), entity.label, context=context)


def settle_ids(
    entities: Mapping[tuple[Curie, str], Entity], wholes: Mapping[Curie, Entity], ontology: Ontology
) -> list[Entity]:
    """Entities by origin and parting decision, each with an id of its own.

    One that has kept name and coarse class keeps its id; another one takes what its name makes, and where that is
    taken six hex digits of the decision, or of the id it had.
    """
    wanted = {group: name_id(entity, ontology) for group, entity in entities.items()}
    ids = {group: group[0] for group in wanted if not group[1] and wanted[group] == name_id(wholes[group[0]], ontology)}
    taken = {*ids.values(), *(wanted[group] for group in ids)}
    for group in sorted(wanted.keys() - ids.keys()):
        plain = wanted[group]
        ids[group] = name_id(entities[group], ontology, context=group[1] or group[0]) if plain in taken else plain
        taken |= {ids[group], plain}
    return [replace(entity, id=ids[group]) for group, entity in entities.items()]
