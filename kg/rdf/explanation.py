"""Why something is in the graph: every sentence behind a thing, its names or a fact."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from kg.errors import GraphError, QueryError
from kg.model import Curie, Factuality
from kg.rdf.evidence import find_statements, read_evidence
from kg.rdf.tables import Row, read_labels
from kg.rdf.terms import BASE, to_iri
from kg.rdf.things import find_things

SAID = {"rdfs:label": "is called", "skos:altLabel": "is also called", "rdf:type": "is a"}
"""In words, the predicates that the ontology gives no label; names are told before all else."""
_NAMING = frozenset({"rdfs:label", "skos:altLabel"})


class Proof(NamedTuple):
    """One piece of evidence for one statement, all in words."""

    subject: str
    predicate: str
    object: str
    held: str
    sure: str
    fact: bool
    factuality: str
    rule: str
    score: str
    says: str
    text: str
    start: int
    end: int
    document: str
    title: str
    source: str
    published: str


def explain(store: Store, terms: Sequence[str], base: str = BASE) -> tuple[Proof, ...]:
    """The evidence behind a thing (one term), or a fact (subject, predicate and object); empty where there is none.

    Names come first, each with the first sentence that has it. A label no text has is not told: it is made.
    A term is a name (any case, with or without accents), a CURIE, an IRI or, for a predicate, its label; QueryError
    where it is no predicate's.
    """
    labels = read_labels(store, base)
    if len(terms) > 1:
        _refuse_unknown(terms[1], labels)
    subjects = find_things(store, terms[0], base)
    found = [
        row
        for subject in subjects
        for role in ("s", "o")
        for row in read_evidence(store, find_statements(store, subject, base, role=role), base)
    ]
    if len(terms) > 1:
        found = [row for row in found if terms[1] in (row["p"], row["p"].removeprefix("kg:"), labels.get(row["p"]))]
    if len(terms) > 2:
        objects = {*find_things(store, terms[2], base), terms[2]}
        found = [row for row in found if row["o"] in objects or labels.get(row["o"]) == terms[2]]
    names = sorted((row for row in found if _is_shown_name(row)), key=lambda row: (row["s"], row["p"]))
    facts = (row for row in found if row["p"] not in _NAMING)
    return tuple(dict.fromkeys(_prove(row, labels) for row in (*names, *facts)))


def _refuse_unknown(predicate: str, labels: Mapping[Curie, str]) -> None:
    properties = [curie for curie in labels if curie.startswith("kg:") and curie[3:4].islower()]
    known = {
        *SAID,
        *properties,
        *(curie.removeprefix("kg:") for curie in properties),
        *map(labels.__getitem__, properties),
    }
    if predicate not in known:
        meant = get_close_matches(predicate, sorted(known), n=1)
        guess = f"; did you mean {meant[0]!r}?" if meant else ""
        raise QueryError(f"no predicate {predicate!r}{guess}", hint="see `kg ontology`")


def _is_shown_name(row: Row) -> bool:
    """True for a name that a text has, and for what we were told to call a thing."""
    return row["p"] in _NAMING and (row["p"] != "rdfs:label" or row["o"] in " ".join(row["text"].split()))


def prove(store: Store, statement: Curie, labels: dict[str, str], base: str = BASE) -> Proof:
    """The first sentence that asserts a statement which is a fact; GraphError where it has no evidence."""
    rows = read_evidence(store, [NamedNode(to_iri(statement, base))], base)
    if not rows:
        raise GraphError(f"{statement}: is damaged, it has no evidence", hint="see `kg validate`")
    return _prove(rows[0], labels)


def _prove(row: Row, labels: dict[str, str]) -> Proof:
    words = {name: labels.get(row[name], row[name]) for name in ("s", "p", "o")}
    return Proof(
        words["s"],
        SAID.get(row["p"], words["p"]),
        words["o"],
        row["held"],
        row["sure"],
        "fact" in row,
        row["factuality"],
        row["rule"],
        row["score"],
        row.get("says", ""),
        row["text"],
        int(row["start"]),
        int(row["end"]),
        row["document"].removeprefix("kgr:document/"),
        row["title"],
        row.get("source", ""),
        row.get("published", ""),
    )


def format_proofs(proofs: Sequence[Proof]) -> str:
    """Statements with their sentences below them."""
    lines = []
    last = None
    for proof in proofs:
        statement = (proof.subject, proof.predicate, proof.object, proof.held)
        if statement != last:
            lines.append(f"{proof.subject} — {proof.predicate} — {proof.object}{_mark(proof)}")
            last = statement
        where = ", ".join(part for part in (proof.title, proof.source, proof.published) if part)
        lines.append(f"    “{' '.join(proof.text.split())}”")
        says = f", said by {proof.says}" if proof.says else ""
        lines.append(
            f"    {proof.document}:{proof.start}-{proof.end} ({where}); {proof.factuality}{says}; "
            f"{proof.rule}, {proof.score}"
        )
    return "".join(f"{line}\n" for line in lines)


def _mark(proof: Proof) -> str:
    if proof.fact:
        return ""
    candidate = proof.held == Factuality.FACT.value
    return f"   [not a fact: {f'a candidate, {proof.sure}' if candidate else proof.held}]"
