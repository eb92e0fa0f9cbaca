"""Pairs of entities that may be one thing, scored, for a person to decide; nothing is joined here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from kg.facts.likeness import SMALL, compare
from kg.facts.things import index_units, locate
from kg.model import Curie, Decision, Entity, Verdict
from kg.ontology import Ontology
from kg.wordlists import fold

Ties = Mapping[Curie, frozenset[tuple[Curie, Curie]]]
THRESHOLD = 0.5
"""The least score of a pair worth a person's time: a surname alone needs something that both are related to."""
_NAMELESS = ("kgr:event/", "kgr:position/")
_CROWD = 60
"""A word that more things than these share tells nothing."""


class Duplicate(NamedTuple):
    """Two entities, how likely they are one (0 to 1), and why."""

    score: float
    first: Entity
    second: Entity
    reasons: tuple[str, ...]


def find_duplicates(
    entities: Iterable[Entity], ties: Ties, decisions: Iterable[Decision], ontology: Ontology
) -> tuple[Duplicate, ...]:
    """Undecided pairs of one coarse kind, the likeliest first; events and positions have no names of their own."""
    things = {entity.id: entity for entity in entities if not entity.id.startswith(_NAMELESS)}
    decided = _find_decided(list(things.values()), decisions)
    found = []
    for pair in sorted(_pair(things.values())):
        first, second = (things[curie] for curie in pair)
        if frozenset(pair) not in decided and not _are_known_apart(first, second, ties, ontology):
            found.append(_score(first, second, ties, things))
    likely = (duplicate for duplicate in found if duplicate.score >= THRESHOLD)
    return tuple(sorted(likely, key=lambda item: (-item.score, item.first.id, item.second.id)))


def _find_decided(entities: Sequence[Entity], decisions: Iterable[Decision]) -> set[frozenset[Curie]]:
    index = index_units(entities)
    ids = {unit: unit.entity for unit in index.mentions}
    decided = set()
    for decision in decisions:
        if decision.verdict in (Verdict.SAME, Verdict.DIFFERENT):
            decided.add(frozenset(thing.id for thing in decision.things))
            decided.add(frozenset(locate(thing, index, ids) or thing.id for thing in decision.things))
    return decided


def _pair(entities: Iterable[Entity]) -> set[tuple[Curie, Curie]]:
    """Pairs that share a key, each once; never all with all."""
    blocks: dict[tuple[str, str], set[Curie]] = {}
    for entity in entities:
        kind = entity.id.partition("/")[0]
        for key in {key for name in (entity.label, *entity.aliases) for key in _block(fold(name))}:
            blocks.setdefault((kind, key), set()).add(entity.id)
    return {pair for block in blocks.values() if len(block) <= _CROWD for pair in combinations(sorted(block), 2)}


def _block(name: str) -> Iterator[str]:
    """'rafael correa' → its words, their beginnings, and 'rc' as an acronym."""
    words = [word for word in name.split() if word not in SMALL]
    yield from words
    yield from (f"{word[:4]}…" for word in words if len(word) > 4)
    if len(words) > 1:
        yield "".join(word[0] for word in words)


def _are_known_apart(first: Entity, second: Entity, ties: Ties, ontology: Ontology) -> bool:
    """True where a fact relates the two, or the word lists have them as two."""
    if any(other == second.id for _, other in ties.get(first.id, ())):
        return True
    listed = [ontology.names[name].known_as for name in (first.label, second.label) if name in ontology.names]
    return len(set(listed)) == 2


def _score(first: Entity, second: Entity, ties: Ties, things: Mapping[Curie, Entity]) -> Duplicate:
    likeness, reason = max(
        (compare(one, other) for one in _names(first) for other in _names(second)), key=lambda found: found[0]
    )
    shared = sorted(ties.get(first.id, frozenset()) & ties.get(second.id, frozenset()))
    common = sorted({things[other].label for _, other in shared if other in things})
    reasons = (reason, f"both related to {', '.join(common)}") if common else (reason,)
    return Duplicate(round(likeness * (1 if common else 0.8), 2), first, second, reasons)


def _names(entity: Entity) -> list[str]:
    """Folded names; 'Noboa' tells nothing where the thing is also called 'Álvaro Noboa'."""
    names = sorted({fold(name) for name in (entity.label, *entity.aliases)})
    words = {word for name in names if " " in name for word in name.split()}
    return [name for name in names if name not in words]
