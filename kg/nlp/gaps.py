"""Clauses whose verb is left out because it was said before: 'Ann works for A, and *Bo for B*'.

Parsers hang what is left of such a clause on the first, which then says too much. Here it is set apart.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.nlp.openings import NOUNS, find_subjects, hang, text_at
from kg.nlp.spans import lemma
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
    arguments = list(find_arguments(verb))
    for first in arguments:
        beside = [child for word in (verb, *arguments) for child in word.children if child.i > first.i]
        for second in beside:
            if second.dep_ in _HUNG and _may_be_subject(second, subject, verb, ontology):
                rest = _find_rest(first, second, verb, ontology)
                if rest:
                    hang(second, verb, "conj")
                    for part in rest:
                        hang(part, second, ORPHAN)
                    return


def find_arguments(verb: Token) -> Iterator[Token]:
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
    taken_up = second.lower_ in ("he", "she") and before == ","  # 'she died in 1990, *he* in 1997'
    named = second.pos_ in NOUNS and before in (",", "and") and (second.pos_ == "PROPN" or owned)
    if not (named or taken_up):
        return False
    kind = kind_of(second, ontology)
    objects = [child for child in verb.children if child.dep_ in ("dobj", "dative")]
    return kind in ("", kind_of(subject, ontology)) and all(kind_of(thing, ontology) != kind for thing in objects)


def kind_of(word: Token, ontology: Ontology) -> str:
    """'person', 'body', 'place' or 'date'; '' where nothing tells."""
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
    heads = {*inner, verb, first, *find_arguments(verb)}
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
    kinds = {kind_of(first, ontology), kind_of(third, ontology)}
    return close and named and (len(kinds) == 1 or _EXACT.isdisjoint(kinds))
