"""What the frames read in a clause, said again of those that go on without its verb: 'and *Bo for B*'."""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span, Token

from kg.nlp.frames import fits
from kg.nlp.gaps import ORPHAN, find_arguments, kind_of
from kg.nlp.openings import find_subjects
from kg.nlp.rows import Place, Row, place_of
from kg.nlp.tree import children_of, tokens_of
from kg.ontology import Ontology


def find_gapped(doc: Doc, rows: Sequence[Row], mentions: Mapping[int, Span], ontology: Ontology) -> Iterator[Row]:
    """What ``rows`` say of a clause, said again of those that go on without a verb."""
    for orphan in (token for token in tokens_of(doc) if token.dep_ == ORPHAN):
        second, verb = orphan.head, orphan.head.head
        first = _find_first(orphan, verb, ontology)
        subject = next(find_subjects(verb), None)
        if first is not None and subject is not None:
            yield from _repeat(rows, (subject, first), (second, _find_noun(orphan)), mentions, ontology)


def _find_first(orphan: Token, verb: Token, ontology: Ontology) -> Token | None:
    """The argument of the verb that is what ``orphan`` is in the second clause."""
    third = _find_noun(orphan)
    like = [noun for noun in find_arguments(verb) if (noun.dep_ == "pobj") == (third != orphan)]
    like = [noun for noun in like if third == orphan or noun.head.lower_ == orphan.lower_]
    kin = [noun for noun in like if kind_of(noun, ontology) == kind_of(third, ontology)]
    return next(iter(kin or like), None)


def _find_noun(orphan: Token) -> Token:
    return next((child for child in orphan.children if child.dep_ == "pobj"), orphan)


def _repeat(
    rows: Sequence[Row],
    told: tuple[Token, Token],
    again: tuple[Token, Token],
    mentions: Mapping[int, Span],
    ontology: Ontology,
) -> Iterator[Row]:
    """The rows between ``told``, whichever is their subject, between ``again``."""
    spans = [_find_name(word, mentions) for word in again]
    for row in rows:
        for one, other in ((0, 1), (1, 0)):
            subject, target = spans[one], spans[other]
            if not (_stands_at(row.subject, told[one]) and _stands_at(row.object, told[other])):
                continue
            if subject is not None and target is not None and _may_be(row, subject, target, ontology):
                yield row._replace(subject=place_of(subject), object=place_of(target))


def _find_name(word: Token, mentions: Mapping[int, Span]) -> Span | None:
    """'her husband, *Cy Di*'; 'her husband' where he is not named."""
    return next((mentions[one.i] for one in (*_find_beside(word), word) if one.i in mentions), None)


def _find_beside(word: Token) -> Iterator[Token]:
    return (child for child in children_of(word) if child.dep_ == "appos")


def _stands_at(place: Place, word: Token) -> bool:
    return any(place[0] <= one.i < place[1] for one in (word, *_find_beside(word)))


def _may_be(row: Row, subject: Span, target: Span, ontology: Ontology) -> bool:
    domain, range_ = (kinds.get(row.predicate, "kg:Entity") for kinds in (ontology.domain, ontology.range))
    return fits(subject, domain, ontology) and fits(target, range_, ontology)
