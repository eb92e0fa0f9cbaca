"""Sentences that take back the one before: 'Ann killed Bo. *Or so police say.*', '*That is how the film begins.*'"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from kg.nlp.breaks import list_sentences
from kg.nlp.spans import lemma
from kg.nlp.tree import tokens_of
from kg.ontology import Ontology

_LONGEST = 18  # words of such a sentence
_THIS = frozenset({"that", "this", "it"})
_PARTS = frozenset({"none", "nothing", "little"})  # '*none* of this is true'
_HOW = frozenset({"what", "how", "where"})
_WAS = frozenset({"is", "was", "'s", "remains"})


def find_withdrawn(doc: Doc, ontology: Ontology) -> Iterator[int]:
    """The tokens of the sentences that the next one says are told by somebody, or made up."""
    tokens = tokens_of(doc)
    for (start, end), (behind, last) in pairwise(list_sentences(doc)):
        words = [token for token in tokens[behind:last] if not token.is_punct and not token.is_space]
        if 1 < len(words) <= _LONGEST and _takes_back(words, ontology):
            yield from range(start, end)


def _takes_back(words: Sequence[Token], ontology: Ontology) -> bool:
    forms = [token.lower_ for token in words]
    if forms[0] == "or" and len(words) > 2:
        forms, words = forms[1:], words[1:]
    if forms[0] == "so":
        return any(lemma(word) in ontology.words["lex:Saying"] for word in (*words[1:4], words[-1]))
    if forms[0] in _PARTS and forms[1:2] == ["of"]:
        return "true" in forms
    if forms[0] not in _THIS and not (forms[0] == "the" and _is_told(words[1], ontology)):
        return False
    be = next((i for i, form in enumerate(forms[1:5], 1) if form in _WAS), 0)
    return be > 0 and _is_untrue(forms[be + 1 :], words[be + 1 :], ontology)


def _is_told(noun: Token, ontology: Ontology) -> bool:
    """'the *story*', 'the *report*'."""
    cue = ontology.cues.get((lemma(noun), "noun"))
    return lemma(noun) in ontology.words["lex:Hearsay"] or (cue is not None and cue.sourced)


def _is_untrue(forms: Sequence[str], words: Sequence[Token], ontology: Ontology) -> bool:
    """'*a lie*', '*not true*', '*how* the film begins', '*what* the plaque says'."""
    if forms[:1] and forms[0] in _HOW:
        said = ontology.words["lex:Saying"] if forms[0] == "what" else frozenset[str]()
        return any(lemma(word) in ontology.words["lex:Fiction"] | said for word in words)
    if "true" in forms[:3]:
        return forms[0] == "not" or "n't" in forms[:2]
    return any(lemma(word) in ontology.words["lex:Untrue"] for word in words[:3])
