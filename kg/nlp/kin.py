"""Who is named as somebody's relative: 'her husband, *John Bo*', 'the niece of *Dan Bo*', 'she married *John Bo*'."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.nlp.salience import SUBJECTS
from kg.nlp.spans import lemma
from kg.nlp.tree import children_of
from kg.ontology import Ontology

_TIES = ("kg:childOf", "kg:relativeOf", "kg:spouseOf")


def is_kin_word(word: Token, pos: str, ontology: Ontology) -> bool:
    """True of 'niece' as a NOUN, of 'marry' as a VERB."""
    return any(frame.pos == pos and frame.evokes in _TIES for _, frame in ontology.frames.get(lemma(word), ()))


def find_relative(name: Span, ontology: Ontology) -> Token | None:
    """The word for the one whose relative the name is said to be: 'her', 'she'; None where it is nobody's."""
    for word in _climb(name.root):
        for noun in _nouns(word):
            if is_kin_word(noun, "NOUN", ontology):
                return _party(noun)
        if word.dep_ == "dobj" and is_kin_word(word.head, "VERB", ontology):
            return _subject(word.head)
    return None


def _climb(word: Token) -> Iterator[Token]:
    """'the daughter of Ann Di and *Colin Bo*', 'the niece of the *judge*, Dan Bo'."""
    yield word
    while word.dep_ in ("conj", "appos"):
        word = word.head
        yield word


def _nouns(word: Token) -> list[Token]:
    """What the name may stand beside: 'her *husband* John Bo', 'her late *husband*, the writer John Bo'."""
    beside = [child for child in children_of(word) if child.dep_ in ("compound", "nmod", "appos")]
    of = [word.head.head] if word.dep_ == "pobj" and word.head.lower_ == "of" else []
    return [word, *beside, *of]


def _party(noun: Token) -> Token | None:
    """'*her* husband', '*she* is the niece', '*Ann Bo*, the niece'."""
    owner = next((child for child in children_of(noun) if child.dep_ == "poss"), None)
    if owner is None and noun.dep_ == "appos":
        return noun.head
    return owner or _subject(noun.head)


def _subject(verb: Token) -> Token | None:
    return next((child for child in children_of(verb) if child.dep_ in SUBJECTS), None)
