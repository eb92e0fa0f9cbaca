"""What a network is made of: statements as a view tells them, from the records of a build or from rows of a store."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain, islice, tee
from typing import NamedTuple

from kg.model import DERIVED, NEGATIVE, POSITIVE, Curie, Document, Evidence, Statement, Value
from kg.rdf.again import Again
from kg.rdf.dataset import is_fact
from kg.rdf.lines import normalize
from kg.rdf.quads import name_document
from kg.rdf.tables import Row
from kg.rdf.terms import to_curie, to_iri
from kg.sources import count_sources, find_support
from kg.views.certainty import judge_evidence
from kg.views.texts import Text
from kg.views.vocabulary import NAMING

_LAST = "9999"
"""Comes behind every day."""
_STATED = ("s", "p", "o", "held", "sure", "fact", "sources", "disputed")
_PIECE = ("text", "title", "source", "published", "document", "start", "end", "score", "rule", "says", "factuality")


class Told(NamedTuple):
    """A statement, and pieces of its evidence.

    ``stated`` has s, p, o, held and sure (factuality and score), sources, and where they hold, disputed, fact and more
    (how many pieces do not come). A piece has text, title, source, published, document, start, end, score, rule, says,
    factuality, status; of what a thing is called it may have only document and says.
    """

    stated: Row
    pieces: list[Row]


def read_told(rows: Iterable[Row]) -> list[Told]:
    """Those of rows as ``kg.rdf.evidence`` reads them: a row a piece."""
    found: dict[str, Told] = {}
    for row in rows:
        if row["statement"] not in found:
            found[row["statement"]] = Told({name: row[name] for name in _STATED if name in row}, [])
        piece = {name: row.get(name, "") for name in _PIECE}
        found[row["statement"]].pieces.append(piece | {"status": judge_evidence(row["factuality"], says=piece["says"])})
    return list(found.values())


def list_told(
    statements: Iterable[Statement], documents: Mapping[str, Text], base: str, *, most: int = sys.maxsize
) -> Iterator[Told]:
    """Those of records, from what is known of each document by its id; of a statement's evidence ``most`` pieces come.

    Of what a thing is called or is there are no sources.
    """
    known = {name: _tell_document(name, document) for name, document in documents.items()}
    unsaid = {name: _tell_name(row, "") for name, row in known.items()}  # rows are many, and most of names are alike
    days = {name: row["published"] or _LAST for name, row in known.items()}
    chosen = Again()  # the classes of a thing have the same evidence
    for statement in statements:
        stated, pieces = _tell_statement(statement, base), statement.evidence
        if len(pieces) > most:
            stated["more"] = str(len(pieces) - most)
            pieces = chosen.make(pieces, partial(_choose, statement, most, days))
        if statement.predicate in NAMING:
            yield Told(stated, [_tell_naming(item, known, unsaid) for item in pieces])
        else:
            yield Told(stated, [_tell_evidence(item, known[item.passage.document]) for item in pieces])


def _choose(statement: Statement, most: int, days: Mapping[str, str]) -> tuple[Evidence, ...]:
    """So many pieces: what carries the statement before what does not, what says it itself, the oldest documents.

    One that says the contrary is kept, and one that says it itself, where there are such: by these the statement is
    disputed, or more than what follows from another. ``days`` are those on which documents were published.
    """
    ranked, again = tee(_rank(statement, days))
    contrary = _find_contrary(statement, days) if statement.disputed else ()
    own = (item for item in again if DERIVED not in item.rule)
    return _take(chain(islice(contrary, 1), islice(own, 1), ranked), most)


def _find_contrary(statement: Statement, days: Mapping[str, str]) -> Iterator[Evidence]:
    first, *rest = _rank(statement, days)
    other = POSITIVE if first.factuality in NEGATIVE else NEGATIVE
    return (item for item in rest if item.factuality in other)


def _rank(statement: Statement, days: Mapping[str, str]) -> Iterator[Evidence]:
    """All pieces, the first to be shown first; they are sorted as they are asked for, as few are of many."""
    support = list(find_support(statement))
    yield from _rank_alike(support, days)
    known = {id(item) for item in support}  # to compare the pieces themselves takes ten times as long
    yield from _rank_alike([item for item in statement.evidence if id(item) not in known], days)


def _rank_alike(evidence: Sequence[Evidence], days: Mapping[str, str]) -> Iterator[Evidence]:
    for derived in (False, True):
        alike = [item for item in evidence if (DERIVED in item.rule) == derived]
        told = [days[item.passage.document] for item in alike]
        yield from [alike[place] for place in sorted(range(len(alike)), key=told.__getitem__)]


def _take(items: Iterable[Evidence], most: int) -> tuple[Evidence, ...]:
    """The first so many, each once."""
    taken = dict[int, Evidence]()  # a statement has each piece once
    for item in items:
        if len(taken) == most:
            break
        taken[id(item)] = item
    return tuple(taken.values())


def _tell_statement(statement: Statement, base: str) -> Row:
    target, predicate = statement.object, statement.predicate
    told = {
        "s": _tidy(statement.subject, base),
        "p": _tidy(predicate, base),
        "o": normalize(target.lexical, target.datatype, base) if isinstance(target, Value) else _tidy(target, base),
        "held": statement.factuality._value_,  # ``value`` takes four times as long
        "sure": _tell_score(statement.score),
    }
    if predicate not in NAMING:
        told["sources"] = str(count_sources(statement))
    if statement.disputed:
        told["disputed"] = "true"
    if is_fact(statement):
        told["fact"] = "true"
    return told


def _tell_naming(evidence: Evidence, known: Mapping[str, Row], unsaid: Mapping[str, Row]) -> Row:
    name = evidence.passage.document
    return _tell_name(known[name], evidence.source.passage.text) if evidence.source else unsaid[name]


def _tell_name(document: Row, says: str) -> Row:
    return {"document": document["document"], "says": says}


def _tell_evidence(evidence: Evidence, document: Row) -> Row:
    _, start, end, text = evidence.passage
    factuality = evidence.factuality._value_
    says = evidence.source.passage.text if evidence.source else ""
    return {
        "text": text,
        **document,
        "start": str(start),
        "end": str(end),
        "score": _tell_score(evidence.score),
        "rule": evidence.rule,
        "says": says,
        "factuality": factuality,
        "status": judge_evidence(factuality, says=says),
    }


@lru_cache(maxsize=4096)
def _tell_score(score: float) -> str:
    return f"{score:.3f}".rstrip("0").rstrip(".")


def _tell_document(name: str, document: Text) -> Row:
    return {
        "title": document["title"],
        "source": document["source"],
        "published": document["published"],
        "document": name_document(name),
    }


def tell_text(document: Document) -> Text:
    """What a view shows of a document, but for its text."""
    return Text(
        title=document.title or document.id,
        source=document.source,
        published=document.published.isoformat() if document.published else "",
        url=document.url,
        text="",
    )


@lru_cache(maxsize=1 << 16)
def _tidy(curie: Curie, base: str) -> Curie:
    return to_curie(to_iri(curie, base), base)
