"""Clauses that say what a noun or verb holds: 'the charge *that she killed him*', 'no proof *she killed him*'."""

from spacy.tokens import Token

from kg.nlp.governors import has_own_subject
from kg.nlp.spans import lemma
from kg.nlp.tree import children_of, labels_below
from kg.ontology import Ontology


def is_content(token: Token, head: Token, ontology: Ontology) -> bool:
    """'the charge *that she killed him*', which parsers take for 'the man that she killed': nothing is missing."""
    if head.pos_ != "NOUN" or lemma(head) in ontology.nominals:
        return False
    opened = any(child.lower_ == "that" and child.i < token.i for child in children_of(token))
    opened = opened or (has_own_subject(token, first=True) and lemma(head) not in ontology.words["lex:Certain"])
    places = {child.dep_ for child in children_of(token) if child.lower_ != "that"}
    whole = "nsubjpass" in places or {"nsubj", "dobj"} <= places
    return opened and (whole or (is_reported(token) and "nsubj" in places))


def is_whole(clause: Token, noun: Token, ontology: Ontology) -> bool:
    """'no proof *she killed him*' is what the noun holds, 'the day *she fled*' is none."""
    apart = any(word.text == ":" for word in clause.doc[noun.i : clause.i])
    return has_own_subject(clause) and not apart and lemma(noun) not in ontology.words["lex:Certain"]


def is_reported(clause: Token) -> bool:
    """'hold *that* she won'."""
    return any(child.lower_ == "that" and child.dep_ == "mark" for child in children_of(clause))


def has_marker(token: Token) -> bool:
    """'the claim *that* she won', 'the fear *lest* she win'."""
    return "mark" in labels_below(token)
