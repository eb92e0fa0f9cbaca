"""What a list knows under one name is one thing, whatever its names in the texts have in common."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.facts.identity import coarse, mint
from kg.model import Curie, Entity, Form
from kg.ontology import Ontology


def join_known(entities: Sequence[Entity], ontology: Ontology) -> tuple[Entity, ...]:
    """'Mashi Rafael' of one text is the 'Rafael Correa' of another where a list says so; sorted by id."""
    groups: dict[tuple[Curie, str], list[Entity]] = {}
    others: list[Entity] = []
    for entity in entities:
        name = known_name(entity)
        if name:
            groups.setdefault((coarse(entity.type, ontology), name), []).append(entity)
        else:
            others.append(entity)
    taken = {entity.id for entity in others}
    joined = (_join(group, kind, name, taken) for (kind, name), group in groups.items())
    return tuple(sorted((*others, *joined), key=lambda entity: entity.id))


def known_name(entity: Entity) -> str:
    """The one listed name of all its mentions that have one, else ''."""
    names = {mention.known_as for mention in entity.mentions if mention.known_as}
    return min(names) if len(names) == 1 else ""


def _join(group: Sequence[Entity], kind: Curie, name: str, taken: Iterable[Curie]) -> Entity:
    if len(group) == 1 and group[0].label == name:
        return group[0]
    first = min(group, key=lambda entity: (-len(entity.mentions), entity.id))
    mentions = sorted({m for entity in group for m in entity.mentions}, key=lambda mention: mention.passage)
    texts = {" ".join(m.passage.text.split()) for m in mentions if m.form is Form.NAME}
    plain = mint(kind, name)
    curie = min(entity.id for entity in group) if plain in taken else plain
    return replace(first, id=curie, label=name, aliases=tuple(sorted(texts - {name})), mentions=tuple(mentions))
