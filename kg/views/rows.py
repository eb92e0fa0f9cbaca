"""What a network is made of, from the records of a build: the same rows that ``kg.rdf.evidence`` reads from a store."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model import DERIVED, NEGATIVE, POSITIVE, Curie, Document, Evidence, Statement, Value
from kg.rdf.dataset import is_fact
from kg.rdf.lines import normalize
from kg.rdf.quads import name_document
from kg.rdf.tables import Row
from kg.rdf.terms import to_curie, to_iri
from kg.sources import count_sources, find_support
from kg.views.texts import Text

_LAST = "9999"
"""Comes behind every day."""


def list_rows(
    statements: Iterable[Statement], documents: Mapping[str, Document], base: str, *, most: int = sys.maxsize
) -> Iterator[Row]:
    """A row a piece of evidence; ``held`` and ``sure`` are the statement's, factuality and score the piece's.

    Of a statement's evidence ``most`` pieces come; ``more`` is how many don't.
    """
    known = {name: _tell_document(document) for name, document in documents.items()}
    days = {name: row.get("published", "") for name, row in known.items()}
    for statement in statements:
        left = len(statement.evidence) - most
        stated = _tell_statement(statement, base) | ({"more": str(left)} if left > 0 else {})
        for evidence in _choose(statement, most, days):
            yield stated | _tell_evidence(evidence) | known[evidence.passage.document]


def _choose(statement: Statement, most: int, days: Mapping[str, str]) -> Sequence[Evidence]:
    """So many pieces: what carries the statement before what does not, what says it itself, the oldest documents.

    One that says the contrary is kept, and one that says it itself, where there are such: by these the statement is
    disputed, or more than what follows from another. ``days`` are those on which documents were published.
    """
    if len(statement.evidence) <= most:
        return statement.evidence
    support = set(find_support(statement))
    ranked = sorted(
        statement.evidence,
        key=lambda item: (item not in support, DERIVED in item.rule, days.get(item.passage.document) or _LAST),
    )
    other = POSITIVE if ranked[0].factuality in NEGATIVE else NEGATIVE
    contrary = [item for item in ranked if statement.disputed and item.factuality in other]
    own = [item for item in ranked if DERIVED not in item.rule]
    return tuple(dict.fromkeys([*contrary[:1], *own[:1], *ranked]))[:most]


def _tell_statement(statement: Statement, base: str) -> Row:
    target = statement.object
    told = {
        "s": _tidy(statement.subject, base),
        "p": _tidy(statement.predicate, base),
        "o": normalize(target.lexical, target.datatype, base) if isinstance(target, Value) else _tidy(target, base),
        "held": statement.factuality.value,
        "sure": _tell_score(statement.score),
        "sources": str(count_sources(statement)),
    }
    more = {"disputed": statement.disputed, "fact": is_fact(statement)}
    return told | {name: "true" for name, holds in more.items() if holds}


def _tell_evidence(evidence: Evidence) -> Row:
    passage = evidence.passage
    told = {
        "factuality": evidence.factuality.value,
        "rule": evidence.rule,
        "score": _tell_score(evidence.score),
        "text": passage.text,
        "start": str(passage.start),
        "end": str(passage.end),
    }
    more = {"says": evidence.source.passage.text if evidence.source else "", "leads": "true" * evidence.asserting}
    return told | {name: value for name, value in more.items() if value}


def _tell_score(score: float) -> str:
    return f"{score:.3f}".rstrip("0").rstrip(".")


def _tell_document(document: Document) -> Row:
    told = tell_text(document)
    row = {"document": name_document(document.id), "title": told["title"]}
    return row | {name: told[name] for name in ("source", "published") if told[name]}


def tell_text(document: Document, *, whole: bool = True) -> Text:
    """What a view shows of a document, without its text if that is not wanted."""
    return Text(
        title=document.title or document.id,
        source=document.source,
        published=document.published.isoformat() if document.published else "",
        url=document.url,
        text=document.text if whole else "",
    )


def _tidy(curie: Curie, base: str) -> Curie:
    return to_curie(to_iri(curie, base), base)
