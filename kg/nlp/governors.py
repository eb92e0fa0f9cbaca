"""What the word above a word makes of it: its cue, and what is said of a subject besides that it took place."""

from spacy.tokens import Token

from kg.nlp.spans import lemma
from kg.nlp.tree import children_of, labels_below
from kg.ontology import CueClass, Ontology

_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PREDICATES = frozenset({"acomp", "attr", "oprd", "pobj"})
_STAYING = frozenset({"be", "remain", "stay"})
_UNSETTLED = frozenset({"lex:Plan", "lex:Pretence", "lex:Possible", "lex:Probable", "lex:Doubt", "lex:Attribution"})
_OPEN = "Uu"


def find_cue(word: Token, ontology: Ontology, behind: str = "") -> CueClass | None:
    """The cue a governor is, with what stands ``behind`` it or without.

    A particle or 'that' makes another verb of it: '*sworn in*', '*hold that* she won'.
    """
    kinds = ("verb",) if word.pos_ in _VERBS else ("noun",) if word.pos_ in _NOUNS else ("modifier", "verb")
    particles = (child.lower_ for child in children_of(word) if child.dep_ == "prt")
    verbs = [*(f"{lemma(word)} {particle}" for particle in particles), lemma(word)]
    names = [*(f"{verb} {behind}" for verb in verbs if behind), *verbs]
    return next((cue for name in names for kind in kinds if (cue := ontology.cues.get((name, kind)))), None)


def is_infinitive(token: Token) -> bool:
    """'*to win*'."""
    return "aux" in labels_below(token) and any(
        child.dep_ == "aux" and child.lower_ == "to" for child in children_of(token)
    )


def has_own_subject(clause: Token, *, first: bool = False) -> bool:
    """'*she* killed him', not 'who killed him'; as the ``first`` that stands in it, not 'where she killed him'."""
    own = (child for child in children_of(clause) if child.dep_ in _SUBJECTS)
    return any(
        child.tag_ not in ("WDT", "WP") and (not first or child.left_edge.i == clause.left_edge.i) for child in own
    )


def find_outlook(token: Token, head: Token, ontology: Ontology) -> str:
    """The FactBank value that a predicate leaves its subject; '' where it takes it for granted.

    'The trial is *due* to begin', 'the arrest proved to be a *hoax*', 'is *in doubt*', 'is *to* follow', '*looms*'.
    """
    if token.dep_ not in _SUBJECTS or head.pos_ not in _VERBS:
        return ""
    said = [word for word in _find_predicates(head, ontology) if word.dep_ in _PREDICATES]
    cues = [cue for word in said if (cue := find_cue(word, ontology)) and cue.id in _UNSETTLED]
    seeming = ontology.cues.get((lemma(head), "verb")) if said else None
    if seeming is not None and seeming.id == "lex:Probable":
        cues.append(seeming)
    if cues:
        return cues[0].gives
    ahead = _is_ahead(head) or _is_to_come(head, ontology)
    return _OPEN if ahead or _is_unrealized(head, ontology) or _is_open(head, ontology) else ""


def is_made_up(noun: Token, ontology: Ontology) -> bool:
    """'*The letter* is a forgery'; so is what stands in it."""
    if noun.dep_ not in _SUBJECTS:
        return False
    said = [word for word in _find_predicates(noun.head, ontology) if word.dep_ in _PREDICATES]
    return any((cue := find_cue(word, ontology)) is not None and cue.id == "lex:Pretence" for word in said)


def _find_predicates(verb: Token, ontology: Ontology) -> list[Token]:
    """What hangs on a verb, and on the infinitive behind it: 'proved to be *a hoax*'."""
    below = children_of(verb)
    said = [*below, *(end for child in below if child.dep_ == "xcomp" for end in children_of(child))]
    return [*said, *(end for word in said if word.dep_ == "attr" for end in _find_whole(word, ontology))]


def _find_whole(part: Token, ontology: Ontology) -> list[Token]:
    """'only one of *the options*'; what is 'part of the campaign' or 'one of its threats' took place."""
    if part.lower_ != "one":
        return []
    preps = [child for child in children_of(part) if child.dep_ == "prep" and child.lower_ == "of"]
    ends = [end for prep in preps for end in children_of(prep) if end.dep_ == "pobj"]
    return [end for end in ends if lemma(end) in ontology.words["lex:Possibility"]]


def _is_ahead(verb: Token) -> bool:
    """'the arrest *is to follow*'."""
    return lemma(verb) == "be" and any(child.dep_ == "xcomp" and is_infinitive(child) for child in children_of(verb))


def _is_to_come(verb: Token, ontology: Ontology) -> bool:
    """'the arrest is *a matter of time*'."""
    matters = (child for child in children_of(verb) if child.dep_ == "attr" and child.lower_ == "matter")
    preps = (prep for matter in matters for prep in children_of(matter) if prep.lower_ == "of")
    return any(lemma(end) in ontology.words["lex:Awhile"] for prep in preps for end in children_of(prep))


def _is_unrealized(verb: Token, ontology: Ontology) -> bool:
    """'the arrest *fell through*'."""
    beside = (child.lower_ for child in children_of(verb) if child.dep_ in ("prt", "prep", "advmod", "acomp", "oprd"))
    names = (lemma(verb), *(f"{lemma(verb)} {word}" for word in beside))
    return any(name in ontology.words["lex:Unrealized"] for name in names)


def _is_open(verb: Token, ontology: Ontology) -> bool:
    """'is *in doubt*', 'remains *out of the question*'."""
    if lemma(verb) not in _STAYING:
        return False
    preps = [child for child in children_of(verb) if child.dep_ == "prep"]
    preps += [end for prep in preps for end in children_of(prep) if end.dep_ == "prep"]
    ends = (end for prep in preps for end in children_of(prep) if end.dep_ == "pobj")
    return any(lemma(end) in ontology.words["lex:Open"] for end in ends)


def is_where(token: Token, head: Token) -> bool:
    """'Lima is *where* she was born' is as firm as 'is'."""
    place = any(child.dep_ == "advmod" and child.lower_ == "where" for child in children_of(token))
    return place and token.dep_ in ("ccomp", "advcl") and head.lemma_ == "be" and "nsubj" in labels_below(head)


def is_cleft(token: Token) -> bool:
    """'it was not Ann who *founded* it'."""
    frame = token.head.head
    return (
        token.dep_ == "relcl"
        and token.head.dep_ == "attr"
        and any(child.lower_ == "it" and child.dep_ == "nsubj" for child in children_of(frame))
    )


def is_ranking(word: Token, ontology: Ontology) -> bool:
    """'*first*', '*youngest*'."""
    return word.tag_ in ("JJS", "RBS") or word.lower_ in ontology.words["lex:Rank"]
