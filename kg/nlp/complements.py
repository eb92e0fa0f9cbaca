"""What parsers get wrong behind a verb: whom it makes something, whom it gives something, whose adjective it is not."""

from functools import lru_cache

from spacy.tokens import Token

from kg.nlp.openings import find_subjects, hang
from kg.nlp.spans import lemma
from kg.ontology import Ontology

GIVING = frozenset({"refuse", "deny", "grant", "award", "offer", "give"})


def make_object(token: Token) -> None:
    """'named *Ann Bo* as its head', 'was refused *citizenship*': nobody is made Ann Bo, and nothing citizenship."""
    as_role = any(child.lower_ == "as" and child.i > token.i for child in token.head.children)
    aside = token.ent_type_ == "PERSON" and token.head.dep_ == "acl"  # 'Bo, held by police, *named* Ann'
    if token.head.lemma_ in GIVING or aside or (as_role and token.left_edge.i == token.head.i + 1):
        token.dep_ = "dobj"


def join_named(name: Token, ontology: Ontology) -> None:
    """'a waiter *named Ann Bo* won', 'an agency *called Red Cap*': the waiter is she."""
    verb, noun = name.head, name.head.head
    called = verb.dep_ == "acl" and verb.lower_ in ("named", "called") and name.left_edge.i == verb.i + 1
    behind = name.doc[name.i + 1] if name.i + 1 < len(name.doc) else name
    if not called or verb.i != noun.i + 1 or name.pos_ != "PROPN" or noun.dep_ == "ROOT":
        return
    if behind.tag_ in ("DT", "PRP$") or behind.pos_ == "NOUN":  # 'called Ann Bo *the killer*'
        return
    kind = ontology.nominals.get(lemma(noun), "")
    if kind in ("", "kg:Person") if name.ent_type_ == "PERSON" else kind not in ("", "kg:Person"):
        hang(name, noun, "appos")


def make_person(word: Token, ontology: Ontology) -> None:
    """'*the fugitive* Ann Bo was caught': what a name stands behind is a noun here."""
    person = ontology.nominals.get(word.lower_) == "kg:Person"
    if person and any(child.dep_ == "appos" and child.left_edge.i == word.i + 1 for child in word.children):
        word.pos_, word.tag_, word.lemma_ = "NOUN", "NN", word.lower_


def split_named(role: Token, ontology: Ontology) -> None:
    """'The board named *Ann Bo* chief executive': whom a verb makes something is its object, no part of the role."""
    verb = role.head
    if ontology.nominals.get(lemma(role)) != "kg:Person":
        return
    if role.dep_ == "appos" and role.left_edge.i == verb.i + 1 and verb.dep_ == "dobj" and verb.ent_type_ == "PERSON":
        name, verb = verb, verb.head  # parsed as '*Ann Bo*, the chief'
    else:
        name = next((child for child in role.children if child.dep_ in ("nmod", "compound")), role)
    known = name.text in ontology.names or name.text in ontology.heads
    if name.pos_ != "PROPN" or known or name.left_edge.i != verb.i + 1 or lemma(verb) not in _naming(ontology):
        return
    hang(name, verb, "dobj")
    hang(role, verb, "oprd")


@lru_cache(maxsize=4)
def _naming(ontology: Ontology) -> frozenset[str]:
    return frozenset(word for word, frames in ontology.frames.items() for _, frame in frames
                     if frame.pos == "VERB" and frame.evokes in ("kg:Appointment", "kg:Election"))  # fmt: skip


def raise_verb(role: Token) -> None:
    """'The king *named* Ann Bo ambassador': a participle with an object and its role is the verb of the sentence."""
    verb = role.head
    subject = verb.head
    if (
        role.dep_ == "oprd"
        and verb.dep_ == "acl"
        and subject.dep_ == "ROOT"
        and any(child.dep_ == "dobj" for child in verb.children)
    ):
        verb.dep_, verb.head, verb.tag_ = "ROOT", verb, "VBD"
        hang(subject, verb, "nsubj")


def free_verb(verb: Token) -> None:
    """'Mali's army *ousted* President Bo': what has a subject is no adjective, and what it seems to say more of is its
    object."""
    name = verb.head
    while name.dep_ == "compound":
        name = name.head
    if name.i < verb.i or name.dep_ != "ROOT" or not any(find_subjects(verb)):
        return
    verb.dep_, verb.head, verb.tag_ = "ROOT", verb, "VBD"
    hang(name, verb, "dobj")
    for child in [child for child in name.children if child.i > name.i and child.dep_ in ("prep", "punct", "npadvmod")]:
        hang(child, verb, child.dep_)


def join_object(name: Token, ontology: Ontology) -> None:
    """'detained the mayor of Lima, *Ann Bo*, on Monday': the name belongs to the role, the day to the verb."""
    verb = name.head
    role = next((child for child in verb.children if child.dep_ == "dobj"), None)
    if role is None or ontology.nominals.get(lemma(role)) != "kg:Person" or role.text.istitle():
        return
    if name.left_edge.i - role.right_edge.i != 2 or name.left_edge.nbor(-1).text != ",":
        return
    hang(name, role, "appos")
    for child in [child for child in name.children if child.dep_ == "prep" and child.nbor(-1).text == ","]:
        hang(child, verb, "prep")


def name_predicate(noun: Token, ontology: Ontology) -> None:
    """'called Ann Bo *the mother* of the bill', 'a plan to make Oslo *the capital*': behind the object of such a verb
    stands what it is called, or is to be."""
    verb = noun.head.head if noun.dep_ == "appos" else noun.head
    if lemma(verb) not in ontology.words["lex:Calling"] | ontology.words["lex:Making"]:
        return
    objects = (child for child in verb.children if child.dep_ == "dobj" and child != noun)
    behind = any(child.i < noun.i and noun.left_edge.nbor(-1).pos_ == "PROPN" for child in objects)
    if behind and noun.left_edge.lower_ in ("the", "a", "an"):
        hang(noun, verb, "oprd")


def lower_dead(dead: Token) -> None:
    """'shot *dead* the union leader Ann Bo': whoever stands behind it was shot."""
    verb = dead.nbor(-1)
    hang(dead, verb, "oprd")
    for name in [child for child in verb.children if child.dep_ == "npadvmod" and child.ent_type_ == "PERSON"]:
        name.dep_ = "dobj"
