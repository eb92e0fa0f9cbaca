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
_HOW = frozenset({"how", "where"})
_OPENING = frozenset({"begin", "open", "start", "end"})
_DENIED = frozenset({"no", "not", "never", "n't", "hardly"})
_SHORT = 3  # words of 'a pure invention'
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
    if forms[0] in ("so", "or"):
        return _is_so_said(forms, words, ontology)
    if forms[0] in _PARTS and forms[1] == "of":
        return forms[-1] == "true"
    if forms[0] not in _THIS and not (forms[0] == "the" and _is_told(words[1], ontology)):
        return False
    be = next((i for i, form in enumerate(forms[1:5], 1) if form in _WAS), 0)
    return 0 < be < len(words) - 1 and _is_untrue(forms[be + 1 :], words[be + 1 :], ontology)


def _is_so_said(forms: Sequence[str], words: Sequence[Token], ontology: Ontology) -> bool:
    """'*So says* the indictment', '*Or so* the police *say*'; not 'So he said that he would return'."""
    verb = words[1] if forms[0] == "so" else words[-1] if forms[1] == "so" else None
    return verb is not None and lemma(verb) in ontology.words["lex:Saying"]


def _is_told(noun: Token, ontology: Ontology) -> bool:
    """'the *story*', 'the *report*'."""
    return lemma(noun) in ontology.words["lex:Hearsay"] or noun.lower_ == "report"


def _is_untrue(forms: Sequence[str], words: Sequence[Token], ontology: Ontology) -> bool:
    """'*a lie*', '*not true*', '*how* the film begins', '*what* the plaque says'; not 'a myth that she founded it'."""
    last = words[-1]
    if forms[0] == "what":
        return lemma(last) in ontology.words["lex:Saying"]
    if forms[0] in _HOW:
        shown = any(lemma(word) in ontology.words["lex:Fiction"] for word in words)
        return shown and any(lemma(word) in _OPENING for word in words)
    plain = len(words) <= _SHORT and not _DENIED.intersection(forms)
    return list(forms) == ["not", "true"] or (plain and lemma(last) in ontology.words["lex:Untrue"])
