"""How well a build agrees with the gold, measure by measure, with all that is missing and all that is false."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.alignment import Pairs, is_event, to_text
from kg.evaluation.gold import GoldStatement, GoldThing
from kg.model import DERIVED, Curie, Entity, Factuality, Statement
from kg.ontology import Ontology
from kg.rdf.dataset import is_fact

Triple = tuple[str, Curie, str]


@dataclass(frozen=True, slots=True)
class Score:
    """One measure: ``right`` of ``said`` by the build, ``found`` of ``wanted`` in the gold, and what went wrong."""

    name: str
    right: int
    said: int
    found: int
    wanted: int
    missed: tuple[str, ...] = ()
    false: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        """Share of what the build says that is right; 1 where it says nothing."""
        return self.right / self.said if self.said else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that the build says; 1 where there is no gold."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score_things(
    name: str,
    things: Sequence[GoldThing],
    entities: Iterable[Entity],
    pairs: Pairs,
    kinds: Mapping[Curie, frozenset[Curie]],
) -> Score:
    """Things found with their class, each entity for one of them only; ``kinds`` are the classes held as facts."""
    known = list(entities)
    taken: set[Curie] = set()
    missed = []
    for thing in things:
        entity = pairs.get(thing.key, "")
        if entity and entity not in taken and (thing.type == "kg:Entity" or thing.type in kinds.get(entity, ())):
            taken.add(entity)
        else:
            missed.append(f"{thing.key} ({thing.type}){_explain_miss(entity, taken, kinds)}")
    false = tuple(f"{entity.label} ({entity.type}) {entity.id}" for entity in known if entity.id not in taken)
    return Score(name, len(taken), len(known), len(taken), len(things), tuple(missed), false)


def _explain_miss(entity: Curie, taken: set[Curie], kinds: Mapping[Curie, frozenset[Curie]]) -> str:
    if not entity:
        return ""
    if entity in taken:
        return f": one with another as {entity}"
    return f": {entity} is {', '.join(sorted(kinds.get(entity, ()))) or 'no fact'}"


def score_statements(
    name: str, gold: Sequence[GoldStatement], statements: Sequence[Statement], pairs: Pairs, ontology: Ontology
) -> Score:
    """Facts found; of what the build says, only what gold speaks of: its predicates, or ones below them."""
    wanted = {item: _lift(item, pairs) for item in gold if item.factuality is Factuality.FACT}
    facts = {_ends(statement): statement for statement in statements if is_fact(statement)}
    missed = tuple(_tell(item) for item, triple in wanted.items() if not _is_held(triple, facts, ontology))
    allowed = {found for triple in wanted.values() for found in _turn(triple, ontology)}
    predicates = {item.predicate for item in gold}
    said = [triple for triple, fact in facts.items() if _is_own(fact) and _speaks_of(triple[1], predicates, ontology)]
    false = [triple for triple in said if not _is_allowed(triple, allowed, ontology)]
    return Score(
        name,
        len(said) - len(false),
        len(said),
        len(wanted) - len(missed),
        len(wanted),
        missed,
        tuple(" — ".join(triple) for triple in false),
    )


def score_factuality(gold: Sequence[GoldStatement], statements: Sequence[Statement], pairs: Pairs) -> Score:
    """Of the statements of the gold that the build holds, those with its factuality; candidates are not held.

    ``false`` are those that stand as facts and are none.
    """
    held = {_ends(statement): statement for statement in statements if not _is_candidate(statement)}
    known = [(item, held[triple]) for item in gold if (triple := _lift(item, pairs)) in held]
    right = [item for item, statement in known if statement.factuality is item.factuality]
    wrong = [(item, statement) for item, statement in known if statement.factuality is not item.factuality]
    return Score(
        "factuality",
        len(right),
        len(known),
        len(right),
        len(known),
        tuple(f"{_tell(item)} is {item.factuality.value}, not {found.factuality.value}" for item, found in wrong),
        tuple(_tell(item) for item, found in wrong if is_fact(found)),
    )


def _is_candidate(statement: Statement) -> bool:
    return statement.factuality is Factuality.FACT and not statement.asserted


def find_kinds(statements: Iterable[Statement]) -> dict[Curie, frozenset[Curie]]:
    """The classes each thing has as a fact."""
    kinds: dict[Curie, set[Curie]] = {}
    for statement in statements:
        if statement.predicate == "rdf:type" and is_fact(statement):
            kinds.setdefault(statement.subject, set()).add(to_text(statement.object))
    return {curie: frozenset(found) for curie, found in kinds.items()}


def split_by_subject(
    statements: Iterable[GoldStatement], things: Iterable[GoldThing], ontology: Ontology
) -> tuple[list[GoldStatement], list[GoldStatement]]:
    """Relations between things, and roles of events."""
    events = {thing.key for thing in things if is_event(thing.type, ontology)}
    known = list(statements)
    return [item for item in known if item.subject not in events], [item for item in known if item.subject in events]


def _lift(item: GoldStatement, pairs: Pairs) -> Triple:
    return pairs.get(item.subject, f"({item.subject})"), item.predicate, pairs.get(item.object, item.object)


def _ends(statement: Statement) -> Triple:
    return statement.subject, statement.predicate, to_text(statement.object)


def _turn(triple: Triple, ontology: Ontology) -> Iterator[Triple]:
    yield triple
    if triple[1] in ontology.symmetric:
        yield triple[2], triple[1], triple[0]


def _is_held(triple: Triple, facts: Mapping[Triple, Statement], ontology: Ontology) -> bool:
    return any(found in facts for found in _turn(triple, ontology))


def _is_own(fact: Statement) -> bool:
    return any(DERIVED not in item.rule for item in fact.evidence)


def _speaks_of(predicate: Curie, predicates: Iterable[Curie], ontology: Ontology) -> bool:
    return any(ontology.is_a(predicate, other) for other in predicates)


def _is_allowed(triple: Triple, allowed: set[Triple], ontology: Ontology) -> bool:
    subject, predicate, target = triple
    return any((subject, above, target) in allowed for above in ontology.ancestors.get(predicate, (predicate,)))


def _tell(item: GoldStatement) -> str:
    return f"{item.subject} — {item.predicate} — {item.object}"
