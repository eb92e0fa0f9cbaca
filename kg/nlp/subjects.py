"""Whose doing or undergoing a verb tells of that has no subject of its own: 'Ann fled and *was arrested*'."""

from spacy.tokens import Token

from kg.nlp.tree import children_by_label, labels_below

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_OWN_AIM = frozenset({"leave", "quit", "use", "promise", "spend", "sell", "buy", "join", "cross"})
_VERBS = frozenset({"VERB", "AUX"})
_LOWER = frozenset({"conj", "xcomp", "advcl", "pcomp"})
_OWN_DOING = frozenset({"by", "in", "on", "upon", "after", "before", "since", "while", "when", "without"})
_HELPERS = ("aux", "auxpass", "neg")
_NAMES = frozenset({"NOUN", "PROPN", "PRON"})
_DEPTH = 6  # clauses between a verb and its subject; more is a parser's error


def find_understood(verb: Token) -> Token | None:
    """The subject of the clause it goes on or hangs on, the object of one who is made to do it, or the noun it is
    said of; None of a verb that has its own, and where nothing tells."""
    if verb.pos_ not in _VERBS or not labels_below(verb).isdisjoint(SUBJECTS) or _has_misplaced(verb):
        return None
    for _ in range(_DEPTH):
        if verb.dep_ == "pcomp" and verb.head.lower_ == "into":
            return next(iter(children_by_label(verb.head.head).get("dobj", ())), None)  # 'talked *her* into leaving'
        own = verb.dep_ == "pcomp" and verb.head.lower_ in _OWN_DOING  # 'accused *of killing* him' tells of no doing
        head = verb.head.head if own else verb.head
        if own and verb.head.lower_ == "by" and not labels_below(head).isdisjoint(("nsubjpass", "auxpass")):
            return None  # 'she was avenged *by killing* him'
        if verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBG"):
            return head
        if verb.dep_ not in _LOWER or head.pos_ not in _VERBS:
            return None
        if verb.dep_ == "xcomp" and not _is_own_aim(head) and (controller := children_by_label(head).get("dobj")):
            return controller[0]
        if subjects := _own_subjects(head):
            return _find_owner(subjects[0]) if verb.dep_ == "xcomp" and head.lemma_ == "be" else subjects[0]
        verb = head
    return None


def _has_misplaced(verb: Token) -> bool:
    """'met Ann in Lima, and in Rome *Bo* was shot': its subject stands before it, wherever parsers hang it."""
    helpers = (child.i for label in _HELPERS for child in children_by_label(verb).get(label, ()))
    first = min((verb.i, *(i for i in helpers if i < verb.i)))
    return verb.dep_ == "conj" and first > 0 and verb.doc[first - 1].pos_ in _NAMES


def _is_own_aim(verb: Token) -> bool:
    """'left *the firm* to found another'; but 'left *Ann* to run it'."""
    people = any(child.ent_type_ == "PERSON" for child in children_by_label(verb).get("dobj", ()))
    return verb.lemma_ in _OWN_AIM and not people


def _find_owner(deed: Token) -> Token | None:
    """'*her* first act was to sack him', 'one of the acts *of Ann Bo* was to sack him': who did both."""
    noun = _find_of(deed) if deed.lower_ == "one" else deed
    owners = children_by_label(noun).get("poss", ()) if noun is not None else ()
    return owners[0] if owners else _find_of(noun) if noun is not None else None


def _find_of(noun: Token) -> Token | None:
    """'one *of the acts*', 'the act *of Ann Bo*'."""
    ends = (end for prep in children_by_label(noun).get("prep", ()) for end in children_by_label(prep).get("pobj", ()))
    return next((end for end in ends if end.head.lower_ == "of"), None)


def _own_subjects(verb: Token) -> list[Token]:
    return [child for label in ("nsubj", "nsubjpass") for child in children_by_label(verb).get(label, ())]
