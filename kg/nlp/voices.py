"""Sentences that are not in the text's own voice, told by their words: asides that say whose they are, and stories."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from kg.nlp.breaks import sentence_of
from kg.nlp.spans import lemma
from kg.nlp.tree import tokens_of
from kg.ontology import Ontology

_ASIDE = 8  # words between the commas of 'Ann, *a lawyer of the ministry said*, killed Bo'
_OPENING = 9  # words in which a sentence says that it tells a story: 'In her second and last *novel*, …'
_JOINTS = frozenset({"who", "which", "that", "whom", "whose", "and", "or", "but", "as", "when", "if", "to", ";", ":"})
_FINITE = frozenset({"VBZ", "VBD", "VBP"})
_VERBS = frozenset({"VERB", "AUX"})
_SPEAKERS = frozenset({"NOUN", "PROPN", "PRON"})
_ABOUT = frozenset({"of", "about", "against", "-"})


@lru_cache(maxsize=2)
def find_claims(doc: Doc, ontology: Ontology) -> Mapping[int, int]:
    """Token of a sentence with an aside of saying → who says so: 'Ann, *police said*, killed Bo'."""
    commas = [token.i for token in tokens_of(doc) if token.text == ","]
    found: dict[int, int] = {}
    for left, right in pairwise(commas):
        speaker = _find_speaker(doc[left + 1 : right], ontology) if 1 < right - left - 1 <= _ASIDE else None
        start, end = sentence_of(doc[left])
        if speaker is not None and start < left and right < end:
            found.update(dict.fromkeys((*range(start, left), *range(right, end)), speaker.i))
    return found


def _find_speaker(aside: Span, ontology: Ontology) -> Token | None:
    """The subject of '*neighbours* whisper', 'said the *minister*', '*she* told the BBC'."""
    if any(token.lower_ in _JOINTS for token in aside):
        return None
    verb = next((token for token in aside if token.pos_ in _VERBS), aside[0])
    if lemma(verb) not in ontology.words["lex:Saying"] or verb.tag_ not in _FINITE:
        return None
    if verb.i == aside.start:
        return aside[-1]
    return verb.nbor(-1) if verb.nbor(-1).pos_ in _SPEAKERS else None


@lru_cache(maxsize=2)
def find_stories(doc: Doc, ontology: Ontology) -> frozenset[int]:
    """The tokens of sentences that begin 'In the novel …', 'In her dream, …'."""
    return frozenset(i for start, end in _find_told(doc, ontology) for i in range(start, end))


def _find_told(doc: Doc, ontology: Ontology) -> Iterator[tuple[int, int]]:
    for sentence in doc.sents:
        opening = sentence[:_OPENING] if sentence[0].lower_ == "in" else ()
        for token in opening:
            if token.text == ",":
                break
            if lemma(token) in ontology.words["lex:Fiction"] and token.nbor().lower_ not in _ABOUT:
                yield sentence.start, sentence.end
                break
