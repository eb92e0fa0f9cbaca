"""The user has the last word: entities parted, joined, renamed and retyped as decided, whatever the texts suggest.

Parting comes first, then joining, then classes and names. No step depends on the order of documents.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from kg.errors import DecisionError
from kg.facts.parts import call, cut_out, join_parts, settle_ids
from kg.facts.rows import Triple
from kg.facts.things import Index, Unit, index_units, locate
from kg.model import Chain, Curie, Decision, Entity, Mention, Thing, Value, Verdict
from kg.ontology import Ontology

Group = tuple[Curie, str]
"""An entity, and the decision that parted this group from it ('' for what stays)."""
Groups = Mapping[Unit, Group]
Node = TypeVar("Node", bound=Hashable)
Join = tuple[Decision, Node, Node]


class Decided(NamedTuple):
    """Entities sorted by id, and the decisions that found nothing to decide on."""

    entities: tuple[Entity, ...]
    idle: tuple[Decision, ...]


def decide(
    entities: Sequence[Entity], decisions: Iterable[Decision], chains: Iterable[Chain], ontology: Ontology
) -> Decided:
    """The entities as the user has them; DecisionError where one decision joins what another keeps apart.

    Rejections are no matter of entities: see ``find_refused``.
    """
    ordered = [item for item in sort_decisions(decisions) if item.verdict is not Verdict.REJECT]
    if not ordered:
        return Decided(tuple(entities), ())
    index = index_units(entities, chains)
    groups = _part(ordered, index)
    heads = _join(ordered, index, groups)
    wholes = {entity.id: entity for entity in entities}
    made = _assemble(wholes, index, groups, heads, ontology)
    choices = _choose(ordered, index, groups, heads)
    called = {group: call(entity, *choices.get(group, _Choice())) for group, entity in made.items()}
    named = settle_ids(called, wholes, ontology)
    idle = (item for item in ordered if any(locate(thing, index, groups) is None for thing in item.things))
    return Decided(tuple(sorted(named, key=lambda entity: entity.id)), tuple(idle))


def sort_decisions(decisions: Iterable[Decision]) -> list[Decision]:
    """By time, then by content: the later word counts."""
    return sorted(decisions, key=lambda decision: (decision.when, decision.id))


def _of(decisions: Iterable[Decision], verdict: Verdict) -> list[Decision]:
    return [decision for decision in decisions if decision.verdict is verdict]


def _part(decisions: Sequence[Decision], index: Index) -> Groups:
    """Every unit's group: that of its entity, or one of its own where two different things are one entity."""
    groups: Groups = {unit: (curie, "") for curie, units in index.parts.items() for unit in units}
    for decision in _of(decisions, Verdict.DIFFERENT):
        first, second = (locate(thing, index, groups) for thing in decision.things)
        if first and first == second:
            leaving = (unit for unit in index.parts[first[0]] if groups[unit] == first and _leaves(unit, decision))
            groups = {**groups, **dict.fromkeys(leaving, (first[0], decision.id))}
    return groups


def _leaves(unit: Unit, decision: Decision) -> bool:
    """True for what is the second thing: by its document, else by its longest name; what fits neither stays."""
    here = [thing for thing in decision.things if unit.document in thing.documents]
    if len(here) == 1:
        return here[0] == decision.object
    called = [thing for thing in decision.things if unit.calls(thing.name)]
    return max(called, key=lambda thing: len(thing.name), default=decision.subject) == decision.object


def _join(decisions: Sequence[Decision], index: Index, groups: Groups) -> Mapping[Group, Group]:
    def place(thing: Thing) -> Group | None:
        return locate(thing, index, groups)

    apart = (found for found in _pair(decisions, Verdict.DIFFERENT, place) if found[1] != found[2])
    return join(_pair(decisions, Verdict.SAME, place), tuple(apart))


def _pair(
    decisions: Iterable[Decision], verdict: Verdict, place: Callable[[Thing], Node | None]
) -> Iterator[Join[Node]]:
    """Decisions on two things, and where these are."""
    for decision in _of(decisions, verdict):
        first, second = (place(thing) for thing in decision.things)
        if first is not None and second is not None:
            yield decision, first, second


def join(same: Iterable[Join[Node]], apart: Sequence[Join[Node]]) -> Mapping[Node, Node]:
    """Each node that gives up its name → the one it follows; DecisionError names the two lines that don't agree."""
    heads: dict[Node, Node] = {}
    for decision, first, second in same:
        keeps, follows = follow(heads, first), follow(heads, second)
        if keeps != follows:
            heads[follows] = keeps
        for other, one, two in apart:
            if follow(heads, one) == follow(heads, two):
                raise DecisionError(f"{tell(decision)}, but {tell(other)}", hint="delete the one that is wrong")
    return heads


def follow(heads: Mapping[Node, Node], node: Node) -> Node:
    """The node whose name the joined nodes keep."""
    while node in heads:
        node = heads[node]
    return node


def check_decisions(decisions: Iterable[Decision]) -> None:
    """DecisionError where, by their ids alone, one decision joins what another keeps apart."""
    ordered = sort_decisions(decisions)
    same, apart = (_pair(ordered, verdict, lambda thing: thing.id) for verdict in (Verdict.SAME, Verdict.DIFFERENT))
    join(same, tuple(found for found in apart if found[1] != found[2]))


def _assemble(
    wholes: Mapping[Curie, Entity], index: Index, groups: Groups, heads: Mapping[Group, Group], ontology: Ontology
) -> dict[Group, Entity]:
    """One entity a group, the part that keeps its name first; what no decision touches is what it was."""
    mentions: dict[Group, list[Mention]] = {}
    for unit, group in groups.items():
        mentions.setdefault(group, []).extend(index.mentions[unit])
    parts: dict[Group, list[Entity]] = {}
    for group in sorted(mentions, key=lambda group: (group in heads, group)):
        whole = wholes[group[0]]
        part = whole if len(mentions[group]) == len(whole.mentions) else cut_out(whole, mentions[group])
        parts.setdefault(follow(heads, group), []).append(part)
    return {group: join_parts(found, ontology) for group, found in parts.items()}


class _Choice(NamedTuple):
    """What the user calls a thing; '' leaves it as it is."""

    label: str = ""
    kind: Curie = ""


def _choose(
    decisions: Iterable[Decision], index: Index, groups: Groups, heads: Mapping[Group, Group]
) -> dict[Group, _Choice]:
    choices: dict[Group, _Choice] = {}
    for decision in decisions:
        group = locate(decision.subject, index, groups)
        if group and decision.verdict in _CHOOSE:
            head = follow(heads, group)
            choices[head] = _CHOOSE[decision.verdict](choices.get(head, _Choice()), decision)
    return choices


def _rename(choice: _Choice, decision: Decision) -> _Choice:
    return choice._replace(label=decision.object.lexical) if isinstance(decision.object, Value) else choice


def _retype(choice: _Choice, decision: Decision) -> _Choice:
    return choice._replace(kind=decision.object) if isinstance(decision.object, str) else choice


_CHOOSE: Mapping[Verdict, Callable[[_Choice, Decision], _Choice]] = {
    Verdict.RENAME: _rename,
    Verdict.RETYPE: _retype,
}


def find_refused(
    entities: Iterable[Entity], decisions: Iterable[Decision], chains: Iterable[Chain]
) -> tuple[dict[Triple, str], tuple[Decision, ...]]:
    """Rejected statements with the reason, and the rejections whose things are not there."""
    rejections = _of(sort_decisions(decisions), Verdict.REJECT)
    index = index_units(entities, chains) if rejections else index_units(())
    ids = {unit: unit.entity for unit in index.mentions}
    refused: dict[Triple, str] = {}
    idle = []
    for decision in rejections:
        ends = [
            locate(end, index, ids) if isinstance(end, Thing) else end for end in (decision.subject, decision.object)
        ]
        if isinstance(ends[0], str) and ends[1] is not None:
            refused[ends[0], decision.predicate, ends[1]] = _give_reason(decision)
        else:
            idle.append(decision)
    return refused, tuple(idle)


def _give_reason(decision: Decision) -> str:
    return f"{decision.who or 'the user'} rejects it" + (f": {decision.why}" if decision.why else "")


def tell(decision: Decision) -> str:
    """'decisions.ttl:12 says same “Rafael Correa” (kgr:person/rafael-correa) “Correa” (kgr:person/correa)'."""
    words = [decision.verdict.value, _show(decision.subject), decision.predicate, _show(decision.object)]
    if len({thing.id for thing in decision.things}) < len(decision.things):
        words.append(f"in {', '.join(decision.things[-1].documents)}")
    said = " ".join(word for word in words if word)
    return f"{decision.where} says {said}" if decision.where else said


def _show(end: Thing | Value | Curie) -> str:
    if isinstance(end, Thing):
        return f"“{end.name}” ({end.id})" if end.name else end.id
    return f"“{end.lexical}”" if isinstance(end, Value) else end
