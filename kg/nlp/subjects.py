"""Whose doing or undergoing a verb tells of that has no subject of its own: 'Ann fled and *was arrested*'."""

from spacy.tokens import Token

from kg.nlp.tree import children_by_label, labels_below

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_VERBS = frozenset({"VERB", "AUX"})
_LOWER = frozenset({"conj", "xcomp", "advcl"})
_HELPERS = ("aux", "auxpass", "neg")
_NAMES = frozenset({"NOUN", "PROPN", "PRON"})
_DEPTH = 6  # clauses between a verb and its subject; more is a parser's error


def find_understood(verb: Token) -> Token | None:
    """The subject of the clause it goes on or hangs on, the object of one who is made to do it, or the noun it is
    said of; None of a verb that has its own, and where nothing tells."""
    if verb.pos_ not in _VERBS or not labels_below(verb).isdisjoint(SUBJECTS) or _has_misplaced(verb):
        return None
    for _ in range(_DEPTH):
        head = verb.head
        if verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBG"):
            return head
        if verb.dep_ not in _LOWER or head.pos_ not in _VERBS:
            return None
        if verb.dep_ == "xcomp" and (controller := children_by_label(head).get("dobj")):
            return controller[0]
        if subjects := _own_subjects(head):
            return subjects[0]
        verb = head
    return None


def _has_misplaced(verb: Token) -> bool:
    """'met Ann in Lima, and in Rome *Bo* was shot': its subject stands before it, wherever parsers hang it."""
    helpers = (child.i for label in _HELPERS for child in children_by_label(verb).get(label, ()))
    first = min((verb.i, *(i for i in helpers if i < verb.i)))
    return verb.dep_ == "conj" and first > 0 and verb.doc[first - 1].pos_ in _NAMES


def _own_subjects(verb: Token) -> list[Token]:
    return [child for label in ("nsubj", "nsubjpass") for child in children_by_label(verb).get(label, ())]
