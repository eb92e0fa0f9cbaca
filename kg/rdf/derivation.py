"""What follows from the facts by the rules of the ontology folder: told apart from them, each with its premises.

Derived facts stand in the graph ``derived``; ``derivations`` has for each the rule and its premises (PROV). The build
draws what one sentence implies on the evidence of that sentence; here is what takes several facts, or another name.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from kg.errors import OntologyError
from kg.model import Curie, Value, hash_terms
from kg.rdf.tables import name_graphs
from kg.rdf.terms import BASE, make_prefixes, to_curie, to_iri

_HEAD = "CONSTRUCT { ?s ?p ?o } WHERE"
_PREMISE = re.compile(r"^# premise: (\S+) (\S+) (\S+)$", re.MULTILINE)
GRAPHS = ("derived", "derivations")
"""Where it stands."""
_PARTS = ("rdf:subject", "rdf:predicate", "rdf:object")
_CONCLUSION = ("?s", "?p", "?o")
Terms = tuple[NamedNode, NamedNode, NamedNode]


class Rule(NamedTuple):
    """A CONSTRUCT of one triple, and the patterns of the facts it is drawn from.

    One that says FILTER NOT EXISTS of its triple is quicker, as most of what rules find is a fact already; whatever it
    finds, nothing is told twice.
    """

    name: str
    query: str
    premises: tuple[tuple[str, ...], ...]


class Derivation(NamedTuple):
    """By what rule a triple follows from which others."""

    rule: str
    premises: tuple[Terms, ...]


class _Told:
    """The nodes that tell of triples in a store; what is told once stays told, so it is asked once."""

    def __init__(self, store: Store, base: str) -> None:
        self._store, self._base = store, base
        self._nodes: dict[Terms, NamedNode] = {}
        self._facts, statements, derivations = name_graphs(("facts", "statements", "derivations"), base)
        kind, statement, derivation = (
            NamedNode(to_iri(term, base)) for term in ("rdf:type", "rdf:Statement", "kg:Derivation")
        )
        self._statement, self._derivation = (kind, statement, statements), (kind, derivation, derivations)

    def find(self, triple: Terms) -> NamedNode | None:
        """The node that tells of it, fact or not, or that it is derived already; its name is the hash of the triple."""
        node = self._nodes.get(triple) or self._ask(triple)
        if node:
            self._nodes[triple] = node
        return node

    def _ask(self, triple: Terms) -> NamedNode | None:
        node = _name("statement", triple, self._base)
        if Quad(*triple, self._facts) in self._store or Quad(node, *self._statement) in self._store:
            return node
        node = _name("derivation", triple, self._base)
        return node if Quad(node, *self._derivation) in self._store else None


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
    barred = {_fill((s, p, o), {}, base) for s, p, o in refused if isinstance(o, str)}
    told = _Told(store, base)
    count = 0
    while found := _find_new(store, rules, barred, base, told):
        ordered = sorted(found.items(), key=str)
        store.bulk_extend([quad for triple, derivation in ordered for quad in _write(triple, derivation, base, told)])
        count += len(found)
    return count


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
    store: Store, rules: Iterable[Rule], barred: Collection[Terms], base: str, told: _Told
) -> dict[Terms, Derivation]:
    """What one application of each rule adds, with the first derivation of it by rule and premises."""
    found: dict[Terms, Derivation] = {}
    for rule in rules:
        for triple, premises in _apply(store, rule, base):
            new = triple not in barred and not told.find(triple)
            if new and all(map(told.find, premises)):
                derivation = Derivation(rule.name, premises)
                known = found.setdefault(triple, derivation)
                if known != derivation:
                    found[triple] = min(known, derivation, key=str)
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


def _write(triple: Terms, derivation: Derivation, base: str, told: _Told) -> Iterator[Quad]:
    derived, derivations = name_graphs(GRAPHS, base)
    node = _name("derivation", triple, base)
    premises = [told.find(premise) for premise in derivation.premises]
    yield Quad(*triple, derived)
    fields: tuple[tuple[Curie, NamedNode | Literal], ...] = (
        ("rdf:type", NamedNode(to_iri("kg:Derivation", base))),
        *zip(_PARTS, triple, strict=True),
        ("kg:rule", Literal(derivation.rule)),
        *(("prov:wasDerivedFrom", premise) for premise in premises if premise),
    )
    for predicate, target in fields:
        yield Quad(node, NamedNode(to_iri(predicate, base)), target, derivations)


def _name(kind: str, triple: Terms, base: str) -> NamedNode:
    digest = hash_terms(*(part for term in triple for part in _split(term, base)))
    return NamedNode(f"{make_prefixes(base)['kgr']}{kind}/{digest}")


def _split(term: NamedNode | Literal, base: str) -> tuple[str, ...]:
    if isinstance(term, Literal):
        return term.value, to_curie(term.datatype.value, base)
    return (to_curie(term.value, base),)
