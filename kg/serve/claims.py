"""Statements in words, each with the sentences behind it: what the pages show."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from kg.model import DERIVED, Curie, Factuality
from kg.rdf.evidence import find_statements, read_evidence
from kg.rdf.explanation import SAID
from kg.rdf.tables import Row
from kg.serve.holding import Holding

_MOST = 500  # statements of a page
WORDS = {
    "CT+": "fact",
    "PR+": "probable",
    "PS+": "possible",
    "CT-": "denied",
    "PR-": "improbable",
    "PS-": "doubtful",
    "Uu": "not asserted",
}
"""FactBank's values in words."""
_NAMING = frozenset({"rdfs:label", "skos:altLabel", "rdf:type"})


class Term(NamedTuple):
    """A thing, a term of the ontology or a value: its CURIE if it has one, and its words."""

    curie: Curie
    words: str


class Quote(NamedTuple):
    """A sentence and where it stands."""

    text: str
    document: Curie
    start: int
    end: int
    where: str
    how: str


class Claim(NamedTuple):
    """A statement, whether it is a fact, and what else there is to say of it."""

    statement: Curie
    subject: Term
    predicate: Term
    object: Term
    fact: bool
    implied: bool
    flags: tuple[str, ...]
    quotes: tuple[Quote, ...]

    @property
    def names(self) -> bool:
        """True where it says only what a thing is called or is."""
        return self.predicate.curie in _NAMING


def read_claims(holding: Holding, curie: Curie, *roles: str) -> tuple[list[Claim], int]:
    """Statements in which ``curie`` has a role, sorted by their words, and how many more there are than can be shown.

    Those it is the subject of come first. Of a document, only what stands in it is quoted.
    """
    store, base = holding.store, holding.base
    found = [statement for role in roles for statement in find_statements(store, curie, base, role=role)]
    rows = read_evidence(store, dict.fromkeys(found[:_MOST]), base)
    here = [row for row in rows if "document" not in roles or row["document"] == curie]
    claims = sorted(_make_claims(here, holding.labels), key=lambda claim: _by_words(claim, curie))
    return claims, max(0, len(found) - _MOST)


def _by_words(claim: Claim, curie: Curie) -> tuple[object, ...]:
    words = (claim.subject.words, claim.predicate.words, claim.object.words)
    return (claim.subject.curie != curie, words, claim.statement)


def _make_claims(rows: Iterable[Row], labels: Mapping[Curie, str]) -> Iterator[Claim]:
    ordered = sorted(rows, key=itemgetter("statement"))
    for statement, group in groupby(ordered, key=itemgetter("statement")):
        found = list(group)
        first = found[0]
        fact = "fact" in first
        words = SAID.get(first["p"]) or _name(first["p"], labels)
        yield Claim(
            statement,
            Term(first["s"], _name(first["s"], labels)),
            Term(first["p"], words),
            Term(first["o"], _name(first["o"], labels)),
            fact,
            all(DERIVED in row["rule"] for row in found),
            tuple(_flag(first, fact=fact)),
            tuple(_make_quote(row) for row in found),
        )


def _name(curie: str, labels: Mapping[Curie, str]) -> str:
    return labels.get(curie, curie)


def _flag(row: Row, *, fact: bool) -> Iterator[str]:
    if not fact:
        yield WORDS[row["held"]] if row["held"] != Factuality.FACT.value else "candidate: read too unsurely"
    if int(row.get("sources", "1")) > 1:
        yield f"{row['sources']} sources"
    if row.get("disputed") == "true":
        yield "disputed"


def _make_quote(row: Row) -> Quote:
    where = (row["title"], row.get("source", ""), row.get("published", ""))
    read = "" if row["factuality"] == Factuality.FACT.value else f"read as {WORDS[row['factuality']]}"
    said = f"said by: {row['says']}" if "says" in row else ""
    how = (row["rule"], read, said, f"score {row['score']}")
    return Quote(
        " ".join(row["text"].split()), row["document"], int(row["start"]), int(row["end"]), _join(where), _join(how)
    )


def _join(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)
