"""What follows from the facts by the rules of the ontology folder: told apart from them, each with its premises.

Derived facts stand in the graph ``derived``; ``derivations`` has for each the rule and its premises (PROV). The build
draws what one sentence implies on the evidence of that sentence; here is what takes several facts, or another name.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.errors import OntologyError
from kg.model import Curie, Value
from kg.rdf.tables import name_graphs
from kg.rdf.terms import BASE, make_prefixes, to_curie, to_iri

_HEAD = "CONSTRUCT { ?s ?p ?o } WHERE"
_PREMISE = re.compile(r"^# premise: (\S+) (\S+) (\S+)$", re.MULTILINE)
_STATEMENTS = """
SELECT ?s ?p ?o ?node {
  VALUES ?graph { kgg:statements kgg:derivations }
  GRAPH ?graph { ?node rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }
}
"""
GRAPHS = ("derived", "derivations")
"""Where it stands."""
_PARTS = ("rdf:subject", "rdf:predicate", "rdf:object")
_CONCLUSION = ("?s", "?p", "?o")
Terms = tuple[NamedNode, NamedNode, NamedNode]


class Rule(NamedTuple):
    """A CONSTRUCT of one triple, and the patterns of the facts it is drawn from."""

    name: str
    query: str
    premises: tuple[tuple[str, ...], ...]


class Derivation(NamedTuple):
    """By what rule a triple follows from which others."""

    rule: str
    premises: tuple[Terms, ...]


def derive(
    store: Store,
    folder: Path,
    base: str = BASE,
    *,
    refused: Collection[tuple[Curie, Curie, Curie | Value]] = (),
) -> int:
    """Adds all that follows by the rules in ``folder``, and theirs in turn; how many facts that are.

    What texts tell otherwise (deny, allege) is not derived, nor what the user has ``refused``.
    """
    rules = read_rules(folder)
    told = _read_statements(store, base)
    barred = {_fill((s, p, o), {}, base) for s, p, o in refused if isinstance(o, str)}
    count = 0
    while found := _find_new(store, rules, told, barred, base):
        told |= {triple: _name(triple, base) for triple in found}
        for triple, derivation in sorted(found.items(), key=str):
            store.extend(_write(triple, derivation, told, base))
        count += len(found)
    return count


def _read_statements(store: Store, base: str) -> dict[Terms, NamedNode]:
    """What is told of by a statement, fact or not, or derived already → its node."""
    answer = store.query(_STATEMENTS, prefixes=dict(make_prefixes(base)))
    solutions = answer if isinstance(answer, QuerySolutions) else ()
    return {(row["s"], row["p"], row["o"]): row["node"] for row in solutions}


def read_rules(folder: Path) -> tuple[Rule, ...]:
    """The rules, by name; OntologyError where one constructs anything but ``?s ?p ?o``, or names no premise."""
    return tuple(_read_rule(path) for path in sorted(folder.glob("*.rq"), key=lambda path: path.stem))


def _read_rule(path: Path) -> Rule:
    text = path.read_text(encoding="utf-8")
    premises = tuple(match.groups() for match in _PREMISE.finditer(text))
    if text.count(_HEAD) != 1 or not premises:
        raise OntologyError(f"{path}: is no rule", hint=f"a rule is {_HEAD} {{ … }} with lines '# premise: ?a ?b ?c'")
    return Rule(path.stem, text.replace(_HEAD, "SELECT * WHERE"), premises)


def _find_new(
    store: Store, rules: Iterable[Rule], told: Mapping[Terms, NamedNode], barred: Collection[Terms], base: str
) -> dict[Terms, Derivation]:
    """What one application of each rule adds, with the first derivation of it by rule and premises."""
    found: dict[Terms, Derivation] = {}
    for rule in rules:
        for triple, premises in _apply(store, rule, base):
            if triple not in told and triple not in barred and all(premise in told for premise in premises):
                derivation = Derivation(rule.name, premises)
                found[triple] = min(found.get(triple, derivation), derivation, key=str)
    return found


def _apply(store: Store, rule: Rule, base: str) -> Iterator[tuple[Terms, tuple[Terms, ...]]]:
    answer = store.query(
        rule.query, prefixes=dict(make_prefixes(base)), default_graph=name_graphs(("facts", "derived"), base)
    )
    names = [variable.value for variable in answer.variables] if isinstance(answer, QuerySolutions) else []
    for solution in answer if isinstance(answer, QuerySolutions) else ():
        bound = {f"?{name}": solution[name] for name in names}
        triple = _fill(_CONCLUSION, bound, base)
        if all(isinstance(term, NamedNode) for term in triple):
            yield triple, tuple(_fill(premise, bound, base) for premise in rule.premises)


def _fill(pattern: Iterable[str], bound: Mapping[str, object], base: str) -> Terms:
    return tuple(bound[term] if term in bound else NamedNode(to_iri(term, base)) for term in pattern)  # type: ignore[return-value]


def _write(triple: Terms, derivation: Derivation, told: Mapping[Terms, NamedNode], base: str) -> Iterator[Quad]:
    derived, derivations = name_graphs(GRAPHS, base)
    yield Quad(*triple, derived)
    fields: tuple[tuple[Curie, NamedNode | Literal], ...] = (
        ("rdf:type", NamedNode(to_iri("kg:Derivation", base))),
        *zip(_PARTS, triple, strict=True),
        ("kg:rule", Literal(derivation.rule)),
        *(("prov:wasDerivedFrom", told[premise]) for premise in derivation.premises),
    )
    for predicate, target in fields:
        yield Quad(told[triple], NamedNode(to_iri(predicate, base)), target, derivations)


def _name(triple: Terms, base: str) -> NamedNode:
    """By the hash of what it derives."""
    text = "\0".join(to_curie(term.value, base) for term in triple)
    return NamedNode(to_iri(f"kgr:derivation/{sha256(text.encode()).hexdigest()[:12]}", base))
