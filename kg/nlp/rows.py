"""What a Doc carries of relations: tuples of strings and numbers, so that a Doc can be pickled and stored."""

from typing import NamedTuple

from spacy.tokens import Span, Token

from kg.model import Curie

NAMED_SCORE = 0.9  # all arguments stand in the sentence
IMPLIED_SCORE = 0.6  # an argument is taken from the text around it


class Row(NamedTuple):
    """One relation by token offsets; of an rdf:type relation ``kind`` is the object and the object span is empty."""

    subject: tuple[int, int]
    predicate: Curie
    object: tuple[int, int]
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
    sentence = trigger.sent
    at, kind = ((0, 0), target) if isinstance(target, str) else ((target.start, target.end), "")
    return Row(
        (subject.start, subject.end),
        predicate,
        at,
        kind,
        (sentence.start, sentence.end),
        factuality,
        rule,
        score,
        source,
    )


def source_of(trigger: Token) -> tuple[int, int]:
    """The stretch that names who says so: the subject of 'said' with what stands before it."""
    index = trigger._.source
    if index < 0:
        return (0, 0)
    speaker = trigger.doc[index]
    left = [token.i for token in speaker.subtree if token.i <= speaker.i and token.dep_ != "relcl"]
    return (min(left), speaker.i + 1)
