"""From what texts say to what we hold: one Statement a triple, checked against the ontology, with all its evidence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from kg.facts.gathering import gather
from kg.facts.naming import Namings, note_naming
from kg.facts.rows import Triple
from kg.facts.stored import Statements, keep
from kg.facts.subjects import OWN, list_classes, make_statements
from kg.model import (
    DERIVED,
    LEARNED,
    STRICT,
    Curie,
    Decision,
    Entity,
    Evidence,
    Extraction,
    Mention,
    Relation,
    Value,
)
from kg.ontology import Ontology

Pair = tuple[Curie, Curie]
"""Subject and predicate."""
_DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_DATATYPES = {"kg:Duration": "xsd:duration", "kg:Number": "xsd:decimal", "kg:Percentage": "xsd:decimal"}
IMPLIED_SCORE = 0.6
"""The score of a relation one argument of which is taken from the text around it."""
_BROAD = frozenset({"kg:Entity", "kg:Place", "kg:Organization", "kg:Agent", "kg:Region"})


class Rejection(NamedTuple):
    """A relation that the ontology does not allow, and why."""

    relation: Relation
    reason: str


class Fusion(NamedTuple):
    """Statements sorted by subject, predicate, object; what was rejected; idle decisions; triples the user refuses.

    ``ids`` are those of what is mentioned.
    """

    statements: Statements
    rejected: tuple[Rejection, ...]
    idle: tuple[Decision, ...] = ()
    refused: frozenset[Triple] = frozenset()
    ids: Mapping[Mention, Curie] = MappingProxyType({})


def fuse(
    extractions: Iterable[Extraction],
    entities: Sequence[Entity],
    ids: Mapping[Mention, Curie],
    ontology: Ontology,
    refused: Mapping[Triple, str] | None = None,
    folder: Path | None = None,
) -> Fusion:
    """All relations whose arguments are entities, by their ``ids``, with what follows from them by the ontology.

    A relation is rejected too where it says or implies a ``refused`` triple; the value is the reason. Statements that
    are more than memory holds lie in ``folder``, if one is given, as long as they are wanted.
    """
    kinds = {entity.id: entity.type for entity in entities}
    namings, rejected = Namings(), list[Rejection]()
    found = _read_all(extractions, ids, kinds, ontology, refused or {}, namings, rejected)
    statements = keep(make_statements(gather(found, folder), entities, namings, ontology), folder)
    return Fusion(statements, tuple(sorted(rejected, key=_rejection_key)), ids=ids)


def _read_all(
    extractions: Iterable[Extraction],
    ids: Mapping[Mention, Curie],
    kinds: Mapping[Curie, Curie],
    ontology: Ontology,
    refused: Mapping[Triple, str],
    namings: Namings,
    rejected: list[Rejection],
) -> Iterator[tuple[Triple, Evidence]]:
    """Each triple that is said or follows, with the evidence; what names a thing and what is rejected are noted."""
    stated = _index_stated(extractions, ids, refused)
    for relation in _list_relations(extractions):
        if relation.predicate == "rdf:type":
            thing = ids.get(relation.subject)
            if thing:
                note_naming(relation, thing, namings)
                yield (thing, *OWN), relation.evidence
            continue
        triple = _lift(relation, ids)
        if not triple:
            continue
        derived = tuple(_derive(triple, relation.evidence, kinds, ontology))
        reason = (
            _find_fault(triple, kinds, ontology)
            or _find_conflict(triple, relation, stated)
            or (_find_refusal(derived, refused) if refused else "")
        )
        if reason:
            rejected.append(Rejection(relation, reason))
            continue
        yield from (one for one in derived if not _is_refused_class(one[0], refused, ontology)) if refused else derived


def _list_relations(extractions: Iterable[Extraction]) -> Iterator[Relation]:
    return (relation for extraction in extractions for relation in extraction.relations)


def _lift(relation: Relation, ids: Mapping[Mention, Curie]) -> Triple | None:
    """The triple of a relation, or None where an argument is no entity of ours."""
    subject = ids.get(relation.subject)
    if subject is None or isinstance(relation.object, str):
        return None
    if relation.object.value:
        value = _make_value(relation.object)
        return subject, relation.predicate, value
    target = ids.get(relation.object)
    return (subject, relation.predicate, target) if target and target != subject else None


def _make_value(mention: Mention) -> Value:
    """A date by how fine it is, a quantity by its class."""
    kind = _DATES[len(mention.value)] if mention.type == "kg:Date" else _DATATYPES.get(mention.type, "xsd:string")
    return Value(mention.value, kind)


def _find_fault(triple: Triple, kinds: Mapping[Curie, Curie], ontology: Ontology) -> str:
    """Why the ontology does not allow it, or ''."""
    subject, predicate, target = triple
    if isinstance(target, Value):
        return _find_fault_of_kinds(kinds[subject], predicate, target.datatype, ontology, value=True)
    return _find_fault_of_kinds(kinds[subject], predicate, kinds[target], ontology, value=False)


@lru_cache(maxsize=4096)
def _find_fault_of_kinds(kind: Curie, predicate: Curie, target: Curie, ontology: Ontology, *, value: bool) -> str:
    domain, scope = ontology.domain.get(predicate, "kg:Entity"), ontology.range.get(predicate, "kg:Entity")
    if not _allowed(kind, domain, ontology):
        return f"{predicate} is said of a {domain}, not of a {kind}"
    if value:
        dated = scope == "kg:Date" and target in _DATES.values()
        return "" if dated else f"{predicate} leads to a {scope}, not to a value"
    return "" if _allowed(target, scope, ontology) else f"{predicate} leads to a {scope}, not to a {target}"


def _index_stated(
    extractions: Iterable[Extraction], ids: Mapping[Mention, Curie], refused: Mapping[Triple, str]
) -> dict[Pair, set[Curie | Value]]:
    """What the texts say outright where something is implied somewhere: subject and predicate → objects."""
    implied = filter(_is_implied, _list_relations(extractions))
    lifted = (_lift(relation, ids) for relation in implied)
    stated: dict[Pair, set[Curie | Value]] = {triple[:2]: set() for triple in lifted if triple}
    asked = {predicate for _, predicate in stated}
    for relation in _list_relations(extractions) if stated else ():
        if relation.predicate in asked and relation.evidence.score > IMPLIED_SCORE:
            triple = _lift(relation, ids)
            if triple and triple not in refused and triple[:2] in stated:
                stated[triple[:2]].add(triple[2])
    return stated


def _is_implied(relation: Relation) -> bool:
    """True where an argument is taken from the text around it, but by what examples taught."""
    return relation.evidence.score <= IMPLIED_SCORE and not relation.evidence.rule.startswith(LEARNED)


def _find_conflict(triple: Triple, relation: Relation, stated: Mapping[Pair, set[Curie | Value]]) -> str:
    """What is only implied gives way to what is said outright elsewhere."""
    if not _is_implied(relation):
        return ""
    outright = stated.get(triple[:2], set())
    if outright and triple[2] not in outright:
        return f"{triple[1]} is only implied here, and another text says {', '.join(sorted(map(str, outright)))}"
    return ""


def _find_refusal(derived: Iterable[tuple[Triple, Evidence]], refused: Mapping[Triple, str]) -> str:
    """Why the user will not have what a relation says or implies, or ''; classes go one by one."""
    return next((refused[triple] for triple, _ in derived if triple in refused and triple[1] != "rdf:type"), "")


def _is_refused_class(triple: Triple, refused: Mapping[Triple, str], ontology: Ontology) -> bool:
    """True for a class the user will not have, and for those below it."""
    subject, predicate, target = triple
    if predicate != "rdf:type" or not isinstance(target, str):
        return False
    return any((subject, predicate, kind) in refused for kind in ontology.ancestors.get(target, ()))


def _allowed(kind: Curie, wanted: Curie, ontology: Ontology) -> bool:
    return ontology.is_a(kind, wanted) or (kind in _BROAD and ontology.is_a(wanted, kind))


def _derive(
    triple: Triple, evidence: Evidence, kinds: Mapping[Curie, Curie], ontology: Ontology
) -> Iterator[tuple[Triple, Evidence]]:
    """The triple, what its property or class implies, the roles it makes, and the types it narrows.

    A candidate implies nothing but itself, both ways where its property holds both ways.
    """
    subject, predicate, target = triple
    candidate = evidence.score < STRICT
    for implied in (predicate,) if candidate else _imply(predicate, ontology):
        yield (subject, implied, target), _explain(evidence, predicate, implied)
        if implied in ontology.symmetric and isinstance(target, str):
            yield (target, implied, subject), evidence
    for curie, kind in () if candidate else _roles(triple, kinds, ontology):
        explained = _explain(evidence, predicate, kind)
        yield from [((curie, "rdf:type", each), explained) for each in list_classes(kind, ontology)]


@lru_cache(maxsize=4096)
def _imply(predicate: Curie, ontology: Ontology) -> tuple[Curie, ...]:
    return tuple(sorted(term for term in ontology.ancestors.get(predicate, (predicate,)) if term.startswith("kg:")))


def _roles(triple: Triple, kinds: Mapping[Curie, Curie], ontology: Ontology) -> Iterator[tuple[Curie, Curie]]:
    """Who holds a country's presidency is a president; a broad type is narrowed to what the property wants."""
    subject, predicate, target = triple
    yield from ((subject, kind) for kind in _list_roles(predicate, kinds[subject], ontology))
    scope = ontology.range.get(predicate, "")
    if isinstance(target, str) and kinds[target] in _BROAD and scope and not ontology.is_a(kinds[target], scope):
        yield target, scope


@lru_cache(maxsize=4096)
def _list_roles(predicate: Curie, kind: Curie, ontology: Ontology) -> tuple[Curie, ...]:
    """Those of a subject."""
    made = [ontology.becomes[implied] for implied in _imply(predicate, ontology) if implied in ontology.becomes]
    domain = ontology.domain.get(predicate, "")
    narrowed = kind in _BROAD and domain and not ontology.is_a(kind, domain)
    return (*made, domain) if narrowed else tuple(made)


def _explain(evidence: Evidence, premise: Curie, conclusion: Curie) -> Evidence:
    if premise == conclusion:
        return evidence
    rule = f"{evidence.rule}{DERIVED}{conclusion.removeprefix('kg:')}"
    return Evidence(evidence.passage, evidence.factuality, rule, evidence.score, evidence.source)


def _rejection_key(rejection: Rejection) -> tuple[object, ...]:
    return (rejection.relation.evidence.passage, rejection.reason, rejection.relation.subject.passage)
