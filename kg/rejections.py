"""Why something is not in the graph: what was read and is no fact, what was refused, and what nothing reads."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.facts.resolution import index_mentions
from kg.held import Held
from kg.model import DERIVED, STRICT, Curie, Document, Evidence, Factuality, Mention, Passage, Statement, Value
from kg.rdf.dataset import is_fact
from kg.wordlists import fold

_TOO_UNSURE = f"read too unsurely: a fact needs a score of {STRICT}"
_REASONS = {
    Factuality.FACT: _TOO_UNSURE,
    Factuality.PROBABLE: "held for probable only",
    Factuality.POSSIBLE: "held for possible only",
    Factuality.COUNTERFACT: "denied",
    Factuality.IMPROBABLE: "held for improbable",
    Factuality.DOUBTFUL: "doubted",
    Factuality.UNCOMMITTED: "not asserted: planned, attempted, asked, conditional or hearsay",
}
_NAMING = frozenset({"rdfs:label", "skos:altLabel", "rdf:type"})
_BREAK = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“(]?[A-Z])|\n\s*\n")
_UNREAD = "both are mentioned, and nothing in the sentence says a relation that the ontology knows"


class Refusal(NamedTuple):
    """A relation that is no fact, why, and the sentence with the rule that read it ('' where none did)."""

    words: str
    reason: str
    passage: Passage
    rule: str


def find_refusals(held: Held, terms: Sequence[str]) -> tuple[Refusal, ...]:
    """All that is no fact about a thing (one term) or between two (the first term and the last), in text order.

    A middle term is the predicate. Terms are names, in any case, with or without accents, or CURIEs.
    """
    ends = [_find(held, terms[0]), _find(held, terms[-1])] if len(terms) > 1 else [_find(held, terms[0])]
    predicate = terms[1] if len(terms) > 2 else ""
    names = {entity.id: entity.label for entity in held.entities}
    found = [
        *_find_claims(held.fusion.statements, ends, predicate, names),
        *_find_refused(held, ends, predicate, names),
    ]
    if len(ends) > 1:
        found.extend(_find_unread(held, ends, names))
    return tuple(sorted(dict.fromkeys(found), key=lambda refusal: (refusal.passage, refusal.words, refusal.reason)))


def format_refusals(refusals: Iterable[Refusal]) -> str:
    """A relation, why it is none, and its sentence, each on a line."""
    lines = []
    for refusal in refusals:
        place = refusal.passage
        lines.append(f"{refusal.words}   [{refusal.reason}]")
        lines.append(f"    “{' '.join(place.text.split())}”")
        lines.append(f"    {place.document}:{place.start}-{place.end}{f'; {refusal.rule}' if refusal.rule else ''}")
    return "".join(f"{line}\n" for line in lines)


def _find(held: Held, term: str) -> frozenset[str]:
    """Ids of the things called so, and the words themselves for a value."""
    called = (
        entity.id for entity in held.entities if fold(term) in {fold(name) for name in (entity.label, *entity.aliases)}
    )
    return frozenset((*called, term))


def _find_claims(
    statements: Iterable[Statement], ends: Sequence[Collection[str]], predicate: str, names: dict[Curie, str]
) -> Iterator[Refusal]:
    for statement in statements:
        pair = (statement.subject, statement.object)
        if is_fact(statement) or statement.predicate in _NAMING or not _joins(pair, ends):
            continue
        if predicate in ("", statement.predicate, statement.predicate.removeprefix("kg:")):
            for evidence in (item for item in statement.evidence if DERIVED not in item.rule):
                words = _tell(statement.subject, statement.predicate, statement.object, names)
                yield Refusal(words, _find_reason(statement, evidence), evidence.passage, evidence.rule)


def _find_reason(statement: Statement, evidence: Evidence) -> str:
    said = f", said by {evidence.source.passage.text}" if evidence.source else ""
    if statement.disputed and evidence.factuality is Factuality.FACT:
        return "asserted here, denied elsewhere"
    reason = f"a candidate, {_TOO_UNSURE}" if evidence.score < STRICT else _REASONS[evidence.factuality]
    return reason + said


def _find_refused(
    held: Held, ends: Sequence[Collection[str]], predicate: str, names: dict[Curie, str]
) -> Iterator[Refusal]:
    ids = index_mentions(held.entities)
    for relation, reason in held.fusion.rejected:
        target = relation.object
        pair = (ids.get(relation.subject, ""), ids.get(target, target.value) if isinstance(target, Mention) else target)
        if _joins(pair, ends) and predicate in ("", relation.predicate, relation.predicate.removeprefix("kg:")):
            words = _tell(pair[0], relation.predicate, pair[1], names)
            yield Refusal(words, f"refused: {reason}", relation.evidence.passage, relation.evidence.rule)


def _find_unread(held: Held, ends: Sequence[Collection[str]], names: dict[Curie, str]) -> Iterator[Refusal]:
    """Sentences that mention both, where no statement between the two was read."""
    read = {
        evidence.passage
        for statement in held.fusion.statements
        if _joins((statement.subject, statement.object), ends)
        for evidence in statement.evidence
    }
    places = [_find_places(held, end) for end in ends]
    words = " and ".join(next((names[curie] for curie in sorted(end) if curie in names), "?") for end in ends)
    for extraction in held.extractions:
        document = extraction.document
        for passage in _split(document):
            if all(_stands_in(passage, found) for found in places) and not any(_overlap(passage, one) for one in read):
                yield Refusal(words, _UNREAD, passage, "")


def _find_places(held: Held, end: Collection[str]) -> dict[str, list[Passage]]:
    """Where each document mentions a thing."""
    places: dict[str, list[Passage]] = {}
    for entity in held.entities:
        if entity.id in end:
            for mention in entity.mentions:
                places.setdefault(mention.passage.document, []).append(mention.passage)
    return places


def _split(document: Document) -> Iterator[Passage]:
    """Sentences, roughly: the parser's are not kept where it read nothing."""
    start = 0
    for end in (*(match.start() for match in _BREAK.finditer(document.text)), len(document.text)):
        text = document.text[start:end]
        start += len(text) - len(text.lstrip())
        yield Passage(document.id, start, end, document.text[start:end])
        start = end


def _stands_in(passage: Passage, places: Mapping[str, Sequence[Passage]]) -> bool:
    return any(_overlap(passage, place) for place in places.get(passage.document, ()))


def _overlap(one: Passage, other: Passage) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end


def _joins(pair: tuple[Curie, Curie | Value], ends: Sequence[Collection[str]]) -> bool:
    """True where the pair's ends are these, either way round, or one of them is the only one asked about."""
    words = [end.lexical if isinstance(end, Value) else end for end in pair]
    if len(ends) == 1:
        return any(word in ends[0] for word in words)
    return any(one in ends[0] and other in ends[1] for one, other in (words, reversed(words)))


def _tell(subject: Curie, predicate: Curie, target: Curie | Value, names: dict[Curie, str]) -> str:
    end = target.lexical if isinstance(target, Value) else names.get(target, target)
    return f"{names.get(subject, subject)} — {predicate.removeprefix('kg:')} — {end}"
