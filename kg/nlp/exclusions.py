"""What stands at the position of an argument and yet is none: 'not in Greece', 'probably by Ann', 'Ann or Bo'."""

from spacy.tokens import Token

from kg.nlp.assertions import read_factuality
from kg.nlp.paths import UNDERSTOOD, parse_path, walk, with_conjuncts
from kg.nlp.tree import children_of, forms_of, labels_below
from kg.ontology import Ontology

_DENIABLE = frozenset({"pobj", "dobj", "conj", "appos", "nsubj", "nsubjpass"})
_CLAUSES = ("^acl", "^relcl")
_DENIALS = frozenset({"not", "never"})
_SINGULAR = frozenset({"NN", "NNP"})
_ROUGHLY = frozenset({"about", "around", "circa", "c.", "ca.", "approximately", "roughly", "or"})
_ALTERNATIVES = frozenset({"or", "nor"})


def is_excluded(end: Token, trigger: Token, path: str, ontology: Ontology) -> bool:
    """True of what a path leads to though the text does not say it of the trigger."""
    excepted = end.dep_ == "conj" and _is_excepted(end)
    return (
        excepted
        or (_is_denied(end) and not _is_replaced(end))
        or _is_unsure(end, ontology)
        or (end.dep_ in ("attr", "nsubj") and _is_doubted(end, path, ontology))
        or _is_others(trigger, path)
        or _is_rough(end)
        or _is_one_of_two(end)
        or _is_inner(end, path)
    )


def spread(end: Token, trigger: Token, path: str, ontology: Ontology) -> tuple[Token, ...]:
    """What is coordinated shares a role, but a title in the singular is one person's: '*leader* Ann Bo and Cy Do', and
    so is an adjective: 'Lima-based *Red Tools* and its owner'."""
    if _is_ones(end, trigger, path, ontology):
        return (end,)
    row = with_conjuncts(end)
    if path.startswith(_CLAUSES) or (path == UNDERSTOOD and trigger.dep_ == "acl" and end.i < trigger.i):
        row = tuple(token for token in row if token == end or token.i < trigger.i)  # 'X, *based* in Lima, and Y'
    if path.startswith("^amod"):
        row = tuple(token for token in row if token == end or labels_below(token).isdisjoint(("poss", "det")))
    if _is_choice(row) and read_factuality(trigger, ontology) != "CT-":
        return ()
    if _is_denied(end):
        row = row[1:]  # 'not Ann but *Bo*'
    return tuple(token for token in row if token == end or not (_is_excepted(token) or _is_denied(token)))


def _is_denied(end: Token) -> bool:
    """'lies in Bulgaria, *not in Greece*', 'born *not in Belgrade* but in Niš', '*not Ann* but Bo'."""
    label = end.dep_
    if label not in _DENIABLE or _DENIALS.isdisjoint(forms_of(end.doc)):
        return False
    first = end.head if label == "pobj" else end.left_edge
    return first.lower_ in _DENIALS or (first.i > 0 and first.nbor(-1).lower_ in _DENIALS)


def _is_replaced(end: Token) -> bool:
    """'not *Ann* but Bo', 'not by *Ann* but by Bo'."""
    beside = (end, end.head) if end.dep_ == "pobj" else (end,)
    return any(child.dep_ == "cc" and child.lower_ == "but" for word in beside for child in children_of(word))


def _is_unsure(end: Token, ontology: Ontology) -> bool:
    """'killed, *probably* by Ann', 'somebody, *perhaps* Ann'."""
    beside = (end.head, end) if end.dep_ == "pobj" else (end,) if end.dep_ == "appos" else ()
    words = (child for word in beside for child in children_of(word) if child.dep_ == "advmod")
    return any(_loosens(word, ontology) for word in words)


def _is_one_of_two(end: Token) -> bool:
    """'died *in Oslo* or *in Lima*'."""
    if end.dep_ != "pobj" or "or" not in forms_of(end.doc):
        return False
    prep = end.head
    first = prep.head if prep.dep_ == "conj" else prep
    joints = [child.lower_ for child in children_of(first) if child.dep_ == "cc"]
    return "or" in joints and any(child.dep_ == "conj" and child.pos_ == "ADP" for child in children_of(first))


def _is_rough(end: Token) -> bool:
    """'in *about* 1901', 'in 1901 *or* 1902': no year that is told."""
    if not end.like_num:
        return False
    behind = end.nbor().lower_ if end.i + 1 < len(end.doc) else ""
    return behind == "or" or (end.i > 0 and end.nbor(-1).lower_ in _ROUGHLY)


def _is_inner(end: Token, path: str) -> bool:
    """'talks between Ann, *Bo in Oslo* and Cy': it is one of them who is there, where more are named behind."""
    if " conj prep:" not in path or end.dep_ != "pobj":
        return False
    one = end.head.head
    return any(word.dep_ == "conj" and word.i > one.i for word in (*children_of(one), *children_of(one.head)))


def _is_doubted(end: Token, path: str, ontology: Ontology) -> bool:
    """'The man who killed him was *not Ann*', 'may have been *Ann*'; '*Ann* was not among those arrested'."""
    said = path.endswith("^relcl ^nsubj:be attr") or path.startswith("^acl ^")
    return said and read_factuality(end.head, ontology) != "CT+"


def _loosens(word: Token, ontology: Ontology) -> bool:
    cue = ontology.cues.get((word.lower_, "modifier"))
    return cue is not None and cue.gives != "CT+"


def _is_others(trigger: Token, path: str) -> bool:
    """'Ann, *whose father* was president': it is not Ann; 'Ann, *whom* they made president' is."""
    if not path.endswith("^relcl") or "dobj:who|whom" in path or "advmod:where" in path:
        return False
    steps = path.split()
    for verb in walk(trigger, " ".join(steps[:-1])):
        subjects = [child for child in children_of(verb) if child.dep_ in ("nsubj", "nsubjpass")]
        owned = any(word.lower_ == "whose" for subject in subjects for word in children_of(subject))
        if owned or (len(steps) > 1 and any(subject.tag_ not in ("WP", "WDT") for subject in subjects)):
            return True
    return False


def _is_ones(end: Token, trigger: Token, path: str, ontology: Ontology) -> bool:
    """'*leader* Ann Bo and Cy Do', 'the *leader*, Ann Bo, and the minister, Cy Do', 'the *capital*, Oslo, and
    Bergen'."""
    if trigger.tag_ not in _SINGULAR or not path:
        return False
    return (path.startswith("^") and parse_path(path)[-1][0]) or (path == "appos" and end.pos_ == "PROPN")


def _is_choice(row: tuple[Token, ...]) -> bool:
    """'*Ann or Bo*' did it; 'the Front, or FP, …' has two names."""
    if _ALTERNATIVES.isdisjoint(forms_of(row[0].doc)):
        return False
    joints = [child for token in row for child in children_of(token) if child.dep_ == "cc"]
    return any(joint.lower_ in _ALTERNATIVES and (len(row) > 2 or joint.nbor(-1).text != ",") for joint in joints)


def _is_excepted(token: Token) -> bool:
    """'all members *but Hungary*'; 'not Ann but *Bo*' and 'Ann but also *Bo*' did it."""
    joints = [child for child in children_of(token.head) if child.dep_ == "cc" and child.i < token.i]
    if not joints or joints[-1].lower_ != "but":
        return False
    first = token.head.left_edge
    denied = "not" in (first.lower_, first.nbor(-1).lower_ if first.i else "")
    return not denied and token.left_edge.lower_ != "also"
