"""Clauses whose verb is left out because it was said before: 'Ann works for A, and *Bo for B*'.

Parsers hang what is left of such a clause on the first, which then says too much. Here it is set apart, and what the
frames read in the first clause is said of it again.
"""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span, Token

from kg.nlp.frames import fits
from kg.nlp.openings import NOUNS, find_subjects, hang, text_at
from kg.nlp.rows import Place, Row, place_of
from kg.nlp.spans import lemma
from kg.nlp.tree import children_of, tokens_of
from kg.ontology import Ontology

ORPHAN = "orphan"
"""What an argument is of a clause without a verb; it hangs on the other argument (as in Universal Dependencies)."""
_KINDS = {"PERSON": "person", "ORG": "body", "GPE": "place", "LOC": "place", "FAC": "place", "DATE": "date"}
_EXACT = frozenset({"place", "date"})
_PERSONS = frozenset({"he", "she", "who"})
_PHRASES = frozenset({"prep", "agent"})
_HUNG = frozenset({"conj", "appos", "npadvmod", "dep", "nsubj"})


def repair_gaps(doc: Doc, ontology: Ontology) -> None:
    """Sets apart the clauses without a verb."""
    for verb in doc:
        subject = next(find_subjects(verb), None) if verb.pos_ == "VERB" else None
        if subject is not None and subject.i < verb.i:
            _part_clause(verb, subject, ontology)


def _part_clause(verb: Token, subject: Token, ontology: Ontology) -> None:
    """'Ann works for A, and *Bo for B*', 'Ann founded A, and *Bo B*'."""
    for first in list(_find_arguments(verb)):
        beside = [child for word in (verb, first) for child in word.children if child.i > first.i]
        for second in beside:
            if second.dep_ in _HUNG and _may_be_subject(second, subject, verb, ontology):
                rest = _find_rest(first, second, verb, ontology)
                if rest:
                    hang(second, verb, "conj")
                    for part in rest:
                        hang(part, second, ORPHAN)
                    return


def _find_arguments(verb: Token) -> Iterator[Token]:
    """The first noun behind each preposition, and the object."""
    for child in verb.children:
        if child.i > verb.i and child.dep_ in _PHRASES:
            yield from [end for end in child.children if end.dep_ == "pobj"][:1]
        elif child.i > verb.i and child.dep_ == "dobj":
            yield child


def _may_be_subject(second: Token, subject: Token, verb: Token, ontology: Ontology) -> bool:
    """'*Bo*', 'and *her brother*': of the kind of the first, and no object beside another ('met Ann here and Bo …')."""
    edge = second.left_edge
    before = edge.lower_ if edge.text == "," else text_at(edge, -1)
    owned = any(child.dep_ == "poss" for child in second.children) and before == "and"
    if second.pos_ not in NOUNS or before not in (",", "and") or not (second.pos_ == "PROPN" or owned):
        return False
    kind = _kind_of(second, ontology)
    objects = [child for child in verb.children if child.dep_ in ("dobj", "dative")]
    return kind in ("", _kind_of(subject, ontology)) and all(_kind_of(thing, ontology) != kind for thing in objects)


def _kind_of(word: Token, ontology: Ontology) -> str:
    if word.ent_type_:
        return _KINDS.get(word.ent_type_, "")
    named = next((child for child in word.children if child.dep_ == "appos" and child.ent_type_), None)
    if word.lower_ in _PERSONS or ontology.nominals.get(lemma(word)) == "kg:Person":
        return "person"
    return _KINDS.get(named.ent_type_, "") if named is not None else ""


def _find_rest(first: Token, second: Token, verb: Token, ontology: Ontology) -> Sequence[Token]:
    """What the second clause says behind its subject, if it begins as the first went on: 'for B', 'B'."""
    inner = {second, *(child for child in second.children if child.dep_ == "appos")}
    if first.dep_ == "dobj":
        behind = [child for child in second.children if child.dep_ == "appos" and child.left_edge.i == second.i + 1]
        apart = second.dep_ == "conj" and second.head == verb
        return [child for child in behind if apart and child.ent_type_ != second.ent_type_]
    heads = {*inner, verb, first}
    rest = [word for word in verb.subtree if word.i > second.i and word.dep_ in _PHRASES and word.head in heads]
    return rest if rest and _goes_on(rest[0], first, second, inner, ontology) else []


def _goes_on(prep: Token, first: Token, second: Token, inner: set[Token], ontology: Ontology) -> bool:
    """The same preposition right behind the subject, with the same kind of thing behind it."""
    third = next((child for child in prep.children if child.dep_ == "pobj"), None)
    if third is None or prep.lower_ != first.head.lower_:
        return False
    between = second.doc[second.i + 1 : prep.i]
    close = all(word.is_punct or not inner.isdisjoint((word, *word.ancestors)) for word in between)
    named = third.pos_ in ("PROPN", "NUM") or any(child.pos_ == "PROPN" for child in third.children)
    kinds = {_kind_of(first, ontology), _kind_of(third, ontology)}
    return close and named and (len(kinds) == 1 or _EXACT.isdisjoint(kinds))


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
    like = [noun for noun in _find_arguments(verb) if (noun.dep_ == "pobj") == (third != orphan)]
    like = [noun for noun in like if third == orphan or noun.head.lower_ == orphan.lower_]
    kin = [noun for noun in like if _kind_of(noun, ontology) == _kind_of(third, ontology)]
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
