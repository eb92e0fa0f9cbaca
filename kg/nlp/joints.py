"""What parsers get wrong where clauses meet: which word is a clause's verb, and whose subject a name is."""

from spacy.tokens import Token

from kg.nlp.openings import NOUNS, SUBJECTS, find_subjects, hang, text_at
from kg.nlp.spans import lemma
from kg.ontology import Ontology

_STOPS = frozenset('.!?…:;"”»)')
_COMPLEMENTS = SUBJECTS | {"dobj", "xcomp", "ccomp", "aux", "auxpass", "prt"}
_OWN = frozenset({"of", "to", "for"})  # 'ambassador *to* Japan'
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_NOMINAL = SUBJECTS | {"pobj", "dobj"}
_ADVERBIAL = frozenset({"fact", "turn", "effect", "reality", "truth", "practice", "return"})
_GIVING = frozenset({"give", "award", "offer", "grant", "hand", "pay", "send", "show", "teach", "tell", "deny", "name",
                     "call", "dub", "title", "nickname"})  # fmt: skip
"""Verbs whose participle may have an object: 'a man *given* the Nobel Prize'."""


def repair_joint(token: Token, ontology: Ontology) -> None:
    """Puts right what is no clause of its own, or is one and was not taken for it."""
    if token.is_sent_start and token.i:
        _join_halved(token)
    if token.dep_ == "conj" and token.pos_ == "VERB":
        _free_conjunct(token)
        _make_passive(token, ontology)
    elif token.dep_ == "conj":
        _join_gapped(token)
    elif token.tag_ == "VBZ" and token.dep_ in _NOMINAL:
        _make_plural(token)
    elif token.tag_ == "VBN":
        _repair_participle(token, ontology)
    elif token.lower_ == "in" and token.dep_ == "prep" and token.head.lemma_ == "swear":
        _make_particle(token)
    elif token.lower_ == "time":
        _lower_clause(token)


def _repair_participle(verb: Token, ontology: Ontology) -> None:
    if verb.dep_ == "ROOT":
        _raise_main(verb)
    elif verb.dep_ == "amod":
        _free_giving(verb, ontology)
    elif verb.dep_ == "acl" and verb.head.lower_ in _ADVERBIAL:
        _raise_passive(verb)
    elif verb.dep_ == "acl":
        _raise_root(verb)


def _join_halved(first: Token) -> None:
    """'She fell, and on 3 May | *Ann Bo* was tried': no sentence ends behind 'and' and a date."""
    verb, last = first.sent.root, first.nbor(-1)
    above = last.sent.root
    joints = [child for child in above.children if child.dep_ == "cc" and child.i > above.i]
    if not joints or above.pos_ != "VERB" or verb.pos_ != "VERB" or not any(find_subjects(verb)):
        return
    between = [child for child in above.children if child.i > joints[-1].i]
    opened = all(child.dep_ in ("prep", "npadvmod", "punct") for child in between)
    if opened and last.text not in _STOPS and not last.is_space and last != joints[-1]:
        verb.head, verb.dep_ = above, "conj"


def _free_conjunct(verb: Token) -> None:
    """'France expelled Ann to Chad and *Spain* tried Bo': one 'and' joins two clauses or two names, not both."""
    name = verb.nbor(-1) if verb.i else verb
    joint = name.left_edge.nbor(-1) if name.left_edge.i else name
    if verb.tag_ not in _FINITE or name.dep_ != "conj" or name.pos_ not in NOUNS or joint.dep_ != "cc":
        return
    bare = not any(child.dep_ in (*SUBJECTS, *_AUXILIARIES) for child in verb.children)
    joined = any(child.dep_ == "cc" and child != joint for child in verb.head.children if child.i < verb.i)
    if bare and not joined and joint.head == name.head and verb.head.i < joint.i:
        hang(name, verb, "nsubj")
        hang(joint, verb.head, "cc")


def _make_passive(verb: Token, ontology: Ontology) -> None:
    """'was arrested in May and *tried* in June': without an object it was done to her."""
    bare = not any(child.dep_ in _COMPLEMENTS for child in verb.children)
    passive = any(child.dep_ == "auxpass" for child in verb.head.children) or verb.head.dep_ == "acl"
    undergone = bare and lemma(verb) in ontology.words["lex:Undergone"]
    if verb.tag_ == "VBD" and verb.head.tag_ == "VBN" and passive and undergone:
        verb.tag_ = "VBN"


def _join_gapped(noun: Token) -> None:
    """'detained Ann Bo and, an hour later, *her lawyer*': no verb, but one more object of the one before."""
    verb = noun.head
    if noun.pos_ not in NOUNS or verb.pos_ != "VERB" or any(find_subjects(noun)):
        return
    objects = [child for child in verb.children if child.dep_ == "dobj" and child.i < noun.i]
    alone = not any(child.pos_ in ("VERB", "AUX") and child.dep_ != "acl" for child in noun.children)
    if objects and alone and not any(child.dep_ == "conj" and child.i < noun.i for child in verb.children):
        hang(noun, objects[-1], "conj")


def _raise_main(participle: Token) -> None:
    """'Ann Bo, falsely *described* as its founder, was born there': what stands between commas is no main clause."""
    subject = next(find_subjects(participle), None)
    if subject is None or any(child.dep_ in _AUXILIARIES for child in participle.children):
        return
    edge = subject.right_edge
    closed = subject.i < participle.i and "," in (edge.text, text_at(edge, 1))
    for verb in (child for child in participle.children if child.dep_ in ("ccomp", "conj", "advcl")):
        finite = verb.tag_ in _FINITE or any(child.dep_ in _AUXILIARIES for child in verb.children)
        if closed and verb.i > participle.i and text_at(verb.left_edge, -1) == "," and finite and _is_open(verb):
            verb.dep_, verb.head = "ROOT", verb
            passive = any(child.dep_ == "auxpass" for child in verb.children)
            hang(subject, verb, "nsubjpass" if passive else "nsubj")
            hang(participle, subject, "acl")
            return


def _is_open(verb: Token) -> bool:
    return not any(child.dep_ in (*SUBJECTS, "mark") for child in verb.children)


def _raise_root(verb: Token) -> None:
    """'A vote of censure *brought* down Ann Bo': a participle with an object of its own is the verb of its sentence."""
    subject = verb.head
    while subject.dep_ in ("pobj", "prep"):
        subject = subject.head
    objects = [child for child in verb.children if child.dep_ == "dobj" and child.pos_ == "PROPN"]
    alone = all(child.pos_ not in ("VERB", "AUX") for child in subject.children if child != verb)
    if subject.dep_ == "ROOT" and subject.pos_ in NOUNS and objects and alone and verb.lemma_ not in _GIVING:
        verb.dep_, verb.head, verb.tag_ = "ROOT", verb, "VBD"
        hang(subject, verb, "nsubj")


def _raise_passive(verb: Token) -> None:
    """'was in fact *born* in 1945', 'was in turn *replaced*': between an auxiliary and its verb stands an adverb."""
    prep, helper = verb.head.head, verb.head.head.head
    if prep.lower_ != "in" or helper.lemma_ != "be" or (helper.i, prep.i) != (verb.i - 3, verb.i - 2):
        return
    if helper.dep_ == "ROOT":
        verb.dep_, verb.head = "ROOT", verb
    else:
        verb.head, verb.dep_ = helper.head, helper.dep_
    for child in [child for child in helper.children if child != verb]:
        hang(child, verb, "nsubjpass" if child.dep_ == "nsubj" else child.dep_)
    hang(helper, verb, "auxpass")


def _free_giving(verb: Token, ontology: Ontology) -> None:
    """'Ann Bo, *elected* mayor in 1996 and re-elected in 2001, lost': no adjective, but what was done to her."""
    role, name = verb.head, verb.head.head
    if role.dep_ != "appos" or name.pos_ != "PROPN" or ontology.nominals.get(lemma(role)) != "kg:Person":
        return
    if lemma(verb) not in ontology.words["lex:Chosen"] or role.left_edge != verb or text_at(verb, -1) != ",":
        return
    hang(verb, name, "acl")
    verb.pos_ = "VERB"
    hang(role, verb, "oprd")
    behind = [child for word in (name, role) for child in word.children if child.i > role.i and child != verb]
    for child in (child for child in behind if child.dep_ in ("prep", "conj", "cc") and child.lower_ not in _OWN):
        if child.dep_ != "conj" or child.pos_ == "VERB":
            hang(child, verb, child.dep_)


def _lower_clause(time: Token) -> None:
    """'By the time *she resigned*, prices had doubled': she did."""
    if time.dep_ != "pobj" or time.head.lower_ != "by" or time.i + 1 == len(time.doc):
        return
    for clause in (word for word in time.nbor().ancestors if word.tag_ == "VBD" and word.dep_ in ("ccomp", "advcl")):
        if any(subject.left_edge.i == time.i + 1 for subject in find_subjects(clause)):
            hang(time.head, clause.head, "prep")
            hang(clause, time, "relcl")
            return


def _make_particle(word: Token) -> None:
    """'Peru swore *in* Ann Bo as premier': one does not swear within a person."""
    person = next((child for child in word.children if child.dep_ == "pobj" and child.pos_ == "PROPN"), None)
    if person is not None and any(child.dep_ == "prep" and child.lower_ == "as" for child in word.head.children):
        hang(person, word.head, "dobj")
        word.dep_ = "prt"


def _make_plural(token: Token) -> None:
    """'The Oslo *talks*, held in May, failed': what has an article and is a subject is no verb."""
    if any(child.dep_ in ("det", "compound", "amod") for child in token.children) and token.lower_.endswith("s"):
        token.tag_, token.pos_, token.lemma_ = "NNS", "NOUN", token.lower_.removesuffix("s")
