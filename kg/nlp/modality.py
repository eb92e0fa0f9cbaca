"""What the words at a verb or noun make of it: negation, modals, questions, conditions, fiction."""

from spacy.tokens import Token

from kg.model import Curie
from kg.nlp.breaks import sentence_of
from kg.nlp.spans import lemma
from kg.nlp.stance import CERTAIN, UNCOMMITTED, Stance, compose, read_stance
from kg.nlp.tree import children_of
from kg.ontology import CueClass, Ontology

_DEPENDENTS = frozenset({"advmod", "amod", "det", "compound", "neg", "prep", "nmod", "preconj", "predet"})
_INVERTED = frozenset({"had", "were", "should"})
_NOBODY = frozenset({"nobody", "none", "neither", "nothing", "noone"})
_VERBS = frozenset({"VERB", "AUX"})


def assess_alone(token: Token, ontology: Ontology, *, ignoring: Curie = "") -> Stance:
    """What the words that hang on ``token`` make of it: 'did *not* win', '*may* win', 'the *alleged* coup'."""
    stance = CERTAIN
    for child in children_of(token):
        if child.dep_ == "neg" and child.i > token.i and token.pos_ == "VERB":
            continue  # 'lies in Bulgaria, *not* in Greece' denies what follows
        if _denies_all(child):
            stance = compose(read_stance("CT-"), stance)
        if _is_fiction(child, ontology):
            stance = compose(UNCOMMITTED, stance)
        for cue in find_own_cues(child, token, ontology):
            if cue.id == ignoring:
                continue
            stance = compose(read_stance(cue.gives, find_according(child) if cue.sourced else -1), stance)
    open_ended = _is_asked(token) or _is_conditioned(token, ontology) or _is_inverted(token)
    return compose(UNCOMMITTED, stance) if open_ended else stance


def find_own_cues(child: Token, token: Token, ontology: Ontology) -> list[CueClass]:
    """The cues that a child of ``token`` is."""
    if child.dep_ in ("aux", "auxpass"):
        keys = [(lemma(child), "auxiliary"), (child.lower_, "auxiliary")]
    elif child.dep_ in ("mark", "advmod") and (child.lower_, "marker") in ontology.cues and token.pos_ in _VERBS:
        keys = [(child.lower_, "marker")]
    elif child.dep_ in _DEPENDENTS:
        keys = [(child.lower_, "modifier"), (lemma(child), "modifier")]
    else:
        keys = []
    return list({cue.id: cue for key in keys if (cue := ontology.cues.get(key))}.values())


def find_according(cue: Token) -> int:
    """The source of 'according *to the police*', or -1."""
    return next((end.i for prep in children_of(cue) for end in children_of(prep) if end.dep_ == "pobj"), -1)


def _is_asked(token: Token) -> bool:
    return token.doc[sentence_of(token)[1] - 1].text == "?" or any(child.text == "?" for child in children_of(token))


def _denies_all(child: Token) -> bool:
    """'*Nobody* accused her', '*no party* supports it', '*neither* Ann nor Bo was tried'."""
    if child.dep_ not in ("nsubj", "nsubjpass"):
        return False
    return child.lower_ in _NOBODY or any(
        word.dep_ in ("det", "preconj", "cc") and word.lower_ in ("no", "neither") for word in children_of(child)
    )


def _is_fiction(child: Token, ontology: Ontology) -> bool:
    """'*In the novel*, Ann marries Bo'."""
    if child.dep_ in ("nsubj", "nsubjpass") and lemma(child) in ontology.words["lex:Fiction"]:
        return True  # 'the *play* depicts the murder of …'
    nouns = (end for end in children_of(child) if end.dep_ == "pobj") if child.lower_ == "in" else ()
    return any(lemma(noun) in ontology.words["lex:Fiction"] for noun in nouns)


def _is_inverted(token: Token) -> bool:
    """'*Had* Mali expelled him, …': an auxiliary at the head of its clause, before its subject, is a condition."""
    subjects = [child.i for child in children_of(token) if child.dep_ in ("nsubj", "nsubjpass")]
    opening = (
        child.i for child in children_of(token) if child.dep_ in ("aux", "auxpass") and child.lower_ in _INVERTED
    )
    return bool(subjects) and any(i == token.left_edge.i and i < subjects[0] for i in opening)


def _is_conditioned(token: Token, ontology: Ontology) -> bool:
    """'*If* she passes, he will *become* …': what holds under a condition is not said to hold."""
    clauses = (child for child in children_of(token) if child.dep_ == "advcl")
    marks = (mark.lower_ for clause in clauses for mark in children_of(clause) if mark.dep_ == "mark")
    return any(mark in ontology.words["lex:Conditional"] for mark in marks)
