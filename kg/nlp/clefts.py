"""What a sentence sets apart to stress it: 'It was *in Lima* that Ann was shot', 'It was not Ann but *Bo* who won'.

Parsers hang the clause on 'was', on the one denied, or nowhere; put right, it says what it would say without 'it was'.
"""

from spacy.tokens import Token

from kg.nlp.openings import NOUNS, SUBJECTS, find_subjects, hang, text_at

_WAS = frozenset({"was", "is"})
_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "conj"})
_RELATIVE = frozenset({"who", "whom", "which", "that"})


def repair_cleft(verb: Token) -> None:
    """Puts right what hangs on the 'was' of 'It was … who' and 'It was … that', or stands apart from its subject."""
    if any(child.lower_ == "it" for child in find_subjects(verb)) and verb.lower_ in _WAS:
        _raise_adverbial(verb)
        _hang_clause(verb)
        _lower_denial(verb)
    elif verb.dep_ == "aux":
        _find_late(verb)
    else:
        _lower_owned(verb)


def _raise_adverbial(verb: Token) -> None:
    """'It was *in Lima* that Ann was shot' says that she was shot in Lima; with 'not', that she was, but elsewhere."""
    clause = next((child for child in verb.children if child.dep_ in _CLAUSES and child.i > verb.i), None)
    parts = [] if clause is None else [child for word in (verb, clause) for child in word.children if child.i > verb.i]
    mark = next((child for child in parts if child.dep_ == "mark" and child.lower_ == "that"), None)
    if clause is None or mark is None or clause.left_edge.i <= verb.i:
        return
    before = [child for child in parts if child.i < mark.i and child.dep_ not in ("punct", "neg")]
    if not before or any(child.dep_ != "prep" for child in before) or _is_corrected(before):
        return
    clause.dep_, clause.head = ("ROOT", clause) if verb.dep_ == "ROOT" else (verb.dep_, verb.head)
    for part in [child for child in verb.children if child.dep_ in ("prep", "neg")]:
        hang(part, clause if part.dep_ == "prep" else before[0], part.dep_)
    hang(verb, clause, "aux")
    mark.dep_ = "punct"


def _is_corrected(phrases: list[Token]) -> bool:
    """'not in Oslo *but* in Lima'."""
    return any(child.dep_ == "cc" for phrase in phrases for child in phrase.children)


def _hang_clause(verb: Token) -> None:
    """'It was Ann *who won*', 'It was the Front *that* she founded': the clause is said of the noun before it."""
    noun = next((child for child in verb.children if child.dep_ == "attr" and child.pos_ in NOUNS), None)
    for clause in [child for child in verb.children if child.dep_ == "ccomp" and noun is not None and child.i > noun.i]:
        opening = clause.left_edge
        if noun is not None and opening.lower_ in _RELATIVE and opening.dep_ in SUBJECTS | {"dobj"}:
            opening.tag_ = "WDT" if opening.lower_ == "that" else opening.tag_
            hang(clause, noun, "relcl")


def _lower_denial(verb: Token) -> None:
    """'It was *not* Ann but Bo who won' denies it of Ann alone."""
    denial = next((child for child in verb.children if child.dep_ == "neg"), None)
    noun = next((child for child in verb.children if child.dep_ == "attr"), None)
    other = next((child for child in noun.children if child.dep_ == "conj"), None) if noun is not None else None
    if denial is None or noun is None or other is None or not any(child.lower_ == "but" for child in noun.children):
        return
    hang(denial, noun, "neg")
    for clause in [child for child in noun.children if child.dep_ == "relcl" and child.i > other.i]:
        hang(clause, other, "relcl")


def raise_relative(clause: Token) -> None:
    """'It was Ann and not Bo *who won*' tells of Ann; Bo may be taken for another predicate or a name beside her, or be
    named behind his role: 'and not her rival, *Bo*, who'."""
    named = clause.head
    roles = [named.head] if named.dep_ == "appos" else []
    roles += [named.left_edge.nbor(-2)] if _is_behind_comma(named) else []
    denied = next((word for word in (named, *roles) if _is_set_off(word)), None)
    rival = _find_rival(denied) if denied is not None else None
    if rival is not None and any(child.lower_ == "it" for child in find_subjects(rival.head)):
        hang(clause, rival, "relcl")


def _is_behind_comma(name: Token) -> bool:
    return name.dep_ in ("attr", "appos") and name.left_edge.i > 1 and text_at(name.left_edge, -1) == ","


def _find_rival(denied: Token) -> Token | None:
    """Who is not denied: 'It was *Ann* and not Bo'."""
    if denied.dep_ == "pobj":
        return denied.head.head
    if denied.dep_ in ("conj", "appos"):
        return denied.head
    others = [child for child in denied.head.children if child.dep_ == denied.dep_ == "attr" and child.i < denied.i]
    return others[-1] if others else None


def _is_set_off(word: Token) -> bool:
    """'*not* Bo', 'and *not* her rival, Bo', 'rather *than* Bo'."""
    edge = word.left_edge.nbor() if word.left_edge.lower_ == "not" else word.left_edge
    before = [text_at(edge, away) for away in (-2, -1)]
    if word.dep_ == "pobj":
        return before == ["rather", "than"] or before == ["instead", "of"]
    beside = word.dep_ in ("appos", "conj") and (before[1] == "not" or before == ["rather", "than"])
    return beside or any(child.dep_ == "neg" and child.i < word.i for child in word.children)


def _find_late(verb: Token) -> None:
    """'Replacing Ann at the helm is *Cy*': who does it stands behind."""
    doing = verb.head
    late = next((child for child in verb.children if child.dep_ in ("attr", "nsubj") and child.i > verb.i), None)
    if late is not None and doing.tag_ == "VBG" and doing.is_sent_start and not any(find_subjects(doing)):
        hang(late, doing, "nsubj")


def _lower_owned(verb: Token) -> None:
    """'The firm, *whose chief, Ann Bo, is ill*, will close': 'is' has the chief for its subject, 'close' the firm."""
    owner, outer = next(find_subjects(verb), None), verb.head
    if owner is None or verb.dep_ != "ccomp" or outer.i < verb.i or any(find_subjects(outer)):
        return
    for noun in [child for child in owner.children if child.dep_ == "appos"]:
        if any(child.lower_ == "whose" and child.dep_ == "poss" for child in noun.children):
            hang(owner, outer, "nsubjpass" if any(child.dep_ == "auxpass" for child in outer.children) else "nsubj")
            hang(verb, owner, "relcl")
            hang(noun, verb, "nsubj")
