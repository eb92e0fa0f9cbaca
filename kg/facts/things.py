"""Which entity a user means: by what which documents call it, and by its id where those documents are gone."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from kg.model import Chain, Curie, Entity, Form, Mention, Thing
from kg.wordlists import fold

ANCHORS = 3
"""Documents that a decision names its thing by: enough to find it again when one of them is taken away."""

Group = TypeVar("Group", bound=Hashable)


class Unit(NamedTuple):
    """A chain of an entity: the smallest thing a decision moves. Its names are folded."""

    entity: Curie
    document: str
    start: int
    names: frozenset[str]

    def calls(self, name: str) -> bool:
        """True where the document calls it so."""
        return fold(name) in self.names


class Index(NamedTuple):
    """Units by document and name, by entity, and their mentions."""

    called: Mapping[tuple[str, str], Sequence[Unit]]
    parts: Mapping[Curie, Sequence[Unit]]
    mentions: Mapping[Unit, Sequence[Mention]]


def index_units(entities: Iterable[Entity], chains: Iterable[Chain] = ()) -> Index:
    """The entities cut into their chains; a mention without a chain is its own."""
    heads = {mention: chain[0] for chain in chains for mention in chain}
    called: dict[tuple[str, str], list[Unit]] = {}
    parts: dict[Curie, list[Unit]] = {}
    mentions: dict[Unit, list[Mention]] = {}
    for entity in entities:
        for head, members in _cut(entity, heads).items():
            names = frozenset(fold(name_of(mention)) for mention in members if mention.form is Form.NAME)
            unit = Unit(entity.id, head.passage.document, head.passage.start, names)
            mentions[unit] = members
            parts.setdefault(entity.id, []).append(unit)
            for name in names:
                called.setdefault((unit.document, name), []).append(unit)
    return Index(called, parts, mentions)


def _cut(entity: Entity, heads: Mapping[Mention, Mention]) -> dict[Mention, list[Mention]]:
    chains: dict[Mention, list[Mention]] = {}
    for mention in entity.mentions:
        chains.setdefault(heads.get(mention, mention), []).append(mention)
    return chains


def name_of(mention: Mention) -> str:
    """The mention's text on one line."""
    return " ".join(mention.passage.text.split())


def locate(thing: Thing, index: Index, groups: Mapping[Unit, Group]) -> Group | None:
    """The group that holds most of what the thing's documents call so, its id before all; None where there is none.

    An id may change hands when a document comes or goes; what a document calls a thing stays.
    """
    units = [unit for document in thing.documents for unit in index.called.get((document, fold(thing.name)), ())]
    meant = [unit for unit in units if unit.entity == thing.id]
    kin = [unit for unit in units if _kind(unit.entity) == _kind(thing.id)]
    found = Counter(groups[unit] for unit in meant or kin or units or index.parts.get(thing.id, ()))
    return min(found, key=lambda group: (-found[group], str(group)), default=None)


def _kind(curie: Curie) -> str:
    return curie.partition("/")[0]


def describe(entity: Entity, name: str = "") -> Thing:
    """The thing as a decision names it: by ``name``, or its label, or where no text has that, what most call it."""
    called = _documents_by_name(entity)
    texts = Counter(name_of(mention) for mention in entity.mentions)
    common = min(texts, key=lambda text: (-texts[text], text), default="")
    wanted = name or entity.label
    shown = wanted if fold(wanted) in called or not common else common
    return Thing(entity.id, shown, called.get(fold(shown), ())[:ANCHORS])


def describe_whole(entity: Entity) -> Thing:
    """The thing with all its documents: enough to part it from another one wherever the two should meet."""
    return replace(describe(entity), documents=_documents(entity.mentions))


def part_by_names(entity: Entity, first: str, second: str) -> tuple[Thing, Thing]:
    """What is called by the first and by the second of two names of one entity."""
    called = _documents_by_name(entity)
    return Thing(entity.id, first, called.get(fold(first), ())), Thing(entity.id, second, called.get(fold(second), ()))


def part_by_documents(entity: Entity, documents: Collection[str]) -> tuple[Thing, Thing]:
    """What the other documents name, and what these ``documents`` name."""
    inside = tuple(mention for mention in entity.mentions if mention.passage.document in documents)
    outside = tuple(mention for mention in entity.mentions if mention.passage.document not in documents)
    return describe_whole(replace(entity, mentions=outside)), describe_whole(replace(entity, mentions=inside))


def _documents_by_name(entity: Entity) -> dict[str, tuple[str, ...]]:
    names: dict[str, list[Mention]] = {}
    for mention in entity.mentions:
        names.setdefault(fold(name_of(mention)), []).append(mention)
    return {name: _documents(mentions) for name, mentions in names.items()}


def _documents(mentions: Iterable[Mention]) -> tuple[str, ...]:
    return tuple(sorted({mention.passage.document for mention in mentions}))
