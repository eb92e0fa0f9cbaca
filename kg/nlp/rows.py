"""What a Doc carries of relations: tuples of strings and numbers, so that a Doc can be pickled and stored."""

from typing import NamedTuple

from spacy.tokens import Span, Token

from kg.model import Curie
from kg.nlp.breaks import sentence_of

NAMED_SCORE = 0.9  # all arguments stand in the sentence
IMPLIED_SCORE = 0.6  # an argument is taken from the text around it
UNSURE_SCORE = 0.4  # what an argument means is a guess: a candidate, no fact


Place = tuple[int, int, str]
"""Start, end and class of a mention: one word may be a person, a position and a term of office."""
NOWHERE: Place = (0, 0, "")


class Row(NamedTuple):
    """One relation by token offsets; of an rdf:type relation ``kind`` is the object and the object is nowhere."""

    subject: Place
    predicate: Curie
    object: Place
    kind: Curie
    sentence: tuple[int, int]
    factuality: str
    rule: str
    score: float
    source: tuple[int, int]


def make_row(
    subject: Span,
    predicate: Curie,
    target: Span | Curie,
    trigger: Token,
    *,
    rule: str,
    factuality: str,
    source: tuple[int, int] = (0, 0),
    score: float = NAMED_SCORE,
) -> Row:
    """A row whose sentence is that of its trigger word."""
    at, kind = (NOWHERE, target) if isinstance(target, str) else (place_of(target), "")
    return Row(
        place_of(subject),
        predicate,
        at,
        kind,
        sentence_of(trigger),
        factuality,
        rule,
        score,
        source,
    )


def place_of(span: Span) -> Place:
    """Where a mention stands, and as what."""
    return (span.start, span.end, span.label_)
