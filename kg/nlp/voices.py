"""Sentences that are not in the text's own voice, told by their words: asides that say whose they are, and stories."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from kg.nlp.breaks import sentence_of
from kg.nlp.spans import lemma
from kg.nlp.tree import index_texts
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
    found: dict[int, int] = {}
    commas: dict[tuple[int, int], list[int]] = {}
    for comma in index_texts(doc).get(",", ()):
        commas.setdefault(sentence_of(comma), []).append(comma.i)
    for (start, end), places in commas.items():
        edges = [*places, end - 1]
        for left, right in pairwise(edges):
            last = right == edges[-1]
            aside = doc[left + 1 : right]
            speaker = _find_speaker(aside, ontology, last=last) if 1 < len(aside) <= _ASIDE else None
            if speaker is not None:
                outside = (*range(start, left), *range(right, end))
                found.update(dict.fromkeys(outside, speaker.i))
    return found


def _find_speaker(aside: Span, ontology: Ontology, *, last: bool) -> Token | None:
    """The subject of '*neighbours* whisper', 'said the *minister*', '*she* told the BBC', 'or so *they* say'.

    At the end of a sentence nothing may follow the verb: '…, *the court* said' and not '…, she told the court a lie'.
    """
    start = 2 if aside[:2].text.lower() == "or so" else 0
    aside = aside[start:]
    if not len(aside) or any(token.lower_ in _JOINTS for token in aside):
        return None
    verb = next((token for token in aside if token.pos_ in _VERBS and token.dep_ != "auxpass"), aside[0])
    saying = lemma(verb) in ontology.words["lex:Saying"]
    passive = verb.tag_ == "VBN" and aside[0].lower_ == "it"
    if not saying or not (verb.tag_ in _FINITE or passive) or (last and verb.i < aside.end - 1):
        return None
    if verb.i == aside.start:
        return aside[-1]
    return verb.nbor(-1) if verb.nbor(-1).pos_ in _SPEAKERS or passive else None


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
