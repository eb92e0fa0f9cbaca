"""What parsers get wrong where clauses meet: which word is a clause's verb, and whose subject a name is."""

from spacy.tokens import Token

from kg.nlp.openings import NOUNS, SUBJECTS, find_subjects, hang, text_at
from kg.nlp.spans import lemma
from kg.ontology import Ontology

_COMPLEMENTS = SUBJECTS | {"dobj", "xcomp", "ccomp", "aux", "auxpass", "prt"}
_OWN = frozenset({"of", "to", "for"})  # 'ambassador *to* Japan'
_MARKS = frozenset({"after", "before", "when", "while", "since", "because", "although", "though"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_ADVERBIAL = frozenset({"fact", "turn", "effect", "reality", "truth", "practice", "return"})


def repair_joint(token: Token, ontology: Ontology) -> None:
    """Puts right what is no clause of its own, or is one and was not taken for it."""
    if token.dep_ == "conj" and token.pos_ == "VERB":
        _free_conjunct(token)
        _make_passive(token, ontology)
    elif token.tag_ == "VBZ" and token.dep_ == "ROOT":
        _free_name(token)
    elif token.tag_ == "VBN" or (token.lower_ == "set" and token.dep_ == "ROOT"):
        _repair_participle(token, ontology)
    elif token.dep_ in SUBJECTS and token.pos_ == "NOUN":
        _settle_subject(token, ontology)
    elif token.dep_ == "appos" and token.tag_ in ("NN", "NNS") and lemma(token) in ontology.words["lex:Saying"]:
        _make_saying(token)
    elif token.lower_ == "in" and token.dep_ == "prep" and token.head.lemma_ == "swear":
        _make_particle(token)


def _free_name(verb: Token) -> None:
    """'The Miners *Union* backs Ann': what stands before a verb is no part of it."""
    for name in [child for child in verb.children if child.dep_ == "compound" and child.i == verb.i - 1]:
        if not any(find_subjects(verb)):
            for word in [child for child in verb.children if child.dep_ in ("det", "amod") and child.i < name.i]:
                hang(word, name, word.dep_)
            hang(name, verb, "nsubj")


def _settle_subject(noun: Token, ontology: Ontology) -> None:
    """Of two subjects one is none: 'From Lima, *the capital*, the ferry goes', '*sisters* Ann and Cy Bo sang'."""
    other = next((child for child in find_subjects(noun.head) if child.i > noun.i), None)
    if other is None or other.i > noun.head.i:
        return
    start = noun.left_edge
    place = start.nbor(-2) if start.i > 1 else noun
    enclosed = text_at(start, -1) == "," and text_at(noun.right_edge, 1) == ","
    if enclosed and start.lower_ == "the" and place.pos_ == "PROPN" and place.dep_ == "pobj":
        hang(noun, place, "appos")
    elif (
        other.left_edge.i == noun.i + 1 and other.pos_ == "PROPN" and ontology.nominals.get(lemma(noun)) == "kg:Person"
    ):
        hang(other, noun, "appos")


def _repair_participle(verb: Token, ontology: Ontology) -> None:
    if verb.dep_ == "ROOT":
        _raise_main(verb)
    elif verb.dep_ == "amod":
        _free_giving(verb, ontology)
    elif verb.dep_ == "acl" and verb.head.lower_ in _ADVERBIAL:
        _raise_passive(verb)


def lower_marked(clause: Token) -> None:
    """'Gunmen killed him, hours *after* he had spoken': what such a word opens is no main clause."""
    main = next((child for child in clause.children if child.dep_ == "ccomp" and child.i < clause.i), None)
    mark = next((child for child in clause.children if child.dep_ == "mark" and child.lower_ in _MARKS), None)
    if main is None or mark is None or mark.i < main.i or not any(find_subjects(main)) or not _is_told(main):
        return
    main.dep_, main.head = "ROOT", main
    hang(clause, main, "advcl")


def _is_told(verb: Token) -> bool:
    """'killed', 'was killed'; not 'to kill'."""
    helpers = (child.tag_ for child in verb.children if child.dep_ in _AUXILIARIES)
    return verb.tag_ in _FINITE or any(tag in _FINITE for tag in helpers)


def _free_conjunct(verb: Token) -> None:
    """'France expelled Ann to Chad and *Spain* tried Bo': one 'and' joins two clauses or two names, not both."""
    name = _find_named(verb.nbor(-1) if verb.i else verb)
    joint = name.left_edge.nbor(-1) if name.left_edge.i else name
    if verb.tag_ not in _FINITE or name.dep_ != "conj" or name.pos_ not in NOUNS or joint.dep_ != "cc":
        return
    bare = not any(child.dep_ in (*SUBJECTS, *_AUXILIARIES) for child in verb.children)
    joined = any(child.dep_ == "cc" and child != joint for child in verb.head.children if child.i < verb.i)
    if bare and not joined and joint.head == name.head and verb.head.i < joint.i:
        hang(name, verb, "nsubj")
        hang(joint, verb.head, "cc")


def _find_named(name: Token) -> Token:
    """The noun that a name beside it is of: '*her sister* Ann Bo'."""
    return name.head if name.dep_ == "appos" and name.head.dep_ == "conj" and name.head.pos_ == "NOUN" else name


def _make_passive(verb: Token, ontology: Ontology) -> None:
    """'was arrested in May and *tried* in June': without an object it was done to her."""
    bare = not any(child.dep_ in _COMPLEMENTS for child in verb.children)
    passive = any(child.dep_ == "auxpass" for child in verb.head.children) or verb.head.dep_ == "acl"
    undergone = bare and lemma(verb) in ontology.words["lex:Undergone"]
    if verb.tag_ == "VBD" and verb.head.tag_ == "VBN" and passive and undergone:
        verb.tag_ = "VBN"


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


def _make_particle(word: Token) -> None:
    """'Peru swore *in* Ann Bo as premier': one does not swear within a person."""
    person = next((child for child in word.children if child.dep_ == "pobj" and child.pos_ == "PROPN"), None)
    if person is not None and any(child.dep_ == "prep" and child.lower_ == "as" for child in word.head.children):
        hang(person, word.head, "dobj")
        word.dep_ = "prt"


def _make_saying(noun: Token) -> None:
    """'Ann Bo, her accusers *allege*, founded it': nobody is an allegation, and many who say so are its subject."""
    speaker = noun.nbor(-1) if noun.i else noun
    enclosed = text_at(noun.left_edge, -1) == "," and text_at(noun, 1) == ","
    if not enclosed or speaker.head != noun or speaker.dep_ not in ("compound", "nmod"):
        return
    if speaker.tag_ == "NNS" or noun.head.ent_type_ == "PERSON":
        for child in [child for child in noun.children if child.i < speaker.i and child.dep_ != "punct"]:
            hang(child, speaker, child.dep_)
        noun.tag_, noun.pos_ = "VBP", "VERB"
        hang(speaker, noun, "nsubj")
        hang(noun, noun.head.head, "parataxis")
