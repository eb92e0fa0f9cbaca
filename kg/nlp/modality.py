"""What the words at a verb or noun make of it: negation, modals, questions, conditions, fiction."""

from functools import lru_cache

from spacy.tokens import Token

from kg.model import Curie
from kg.nlp.breaks import is_in_question
from kg.nlp.calendar import DAYS
from kg.nlp.paths import walk_all
from kg.nlp.spans import lemma
from kg.nlp.stance import CERTAIN, UNCOMMITTED, Stance, compose, read_stance
from kg.nlp.tense import UNTIL, is_ended, is_measured, is_over
from kg.nlp.tree import children_of, forms_of, index_texts, labels_below, text_between
from kg.ontology import CueClass, Ontology

_DEPENDENTS = frozenset({"advmod", "amod", "det", "compound", "neg", "prep", "nmod", "preconj", "predet"})
_WITHOUT_CUES = frozenset({"punct", "dobj", "pobj", "conj", "cc", "poss", "attr", "ccomp", "xcomp", "relcl", "acl"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_INVERTED = frozenset({"had", "were", "should"})
_NOBODY = frozenset({"nobody", "none", "neither", "nothing", "noone"})
_IN_WHOSE_EYES = frozenset({"in", "by", "on", "to"})
_OF_TIME = frozenset({"prep", "npadvmod", "advmod"})
_SHORT_OF = frozenset({"all", "anything", "everything"})  # '*everything* but'
_COMING = frozenset({*DAYS, "tomorrow"})
_VERBS = frozenset({"VERB", "AUX"})
_LONGER = frozenset({"longer", "more"})


def assess_alone(token: Token, ontology: Ontology, *, ignoring: Curie = "") -> Stance:
    """What the words that hang on ``token`` make of it: 'did *not* win', '*may* win', 'the *alleged* coup'."""
    stance = CERTAIN
    for child in (*children_of(token), *_find_fronted(token)):
        if child.dep_ in _WITHOUT_CUES or _denies_what_follows(child, token):
            continue
        if denies_all(child) or _is_never(child, ontology) or _is_no_longer(child) or _is_rather_not(child):
            stance = compose(read_stance("CT-"), stance)
        if _is_fiction(child, ontology) or _is_hearsay(child, ontology):
            stance = compose(UNCOMMITTED, stance)
        if child.dep_ == "amod" and lemma(child) in _giving(ontology):
            stance = compose(assess_alone(child, ontology), stance)  # 'the *nearly elected* president'
        for cue in find_own_cues(child, token, ontology):
            if cue.id != ignoring and not (_is_charge(token, ontology) and _is_mistaken(child, ontology)):
                stance = compose(read_stance(cue.gives, find_according(child) if cue.sourced else -1), stance)
    asked = _is_asked(token) or _is_conditioned(token, ontology) or _is_inverted(token)
    return compose(UNCOMMITTED, stance) if asked or _is_nearly(token) or _is_scheduled(token) else stance


@lru_cache(maxsize=4)
def _giving(ontology: Ontology) -> frozenset[str]:
    """Verbs by which an office is given."""
    return ontology.words["lex:PublicOfficeVerb"] | ontology.words["lex:Chosen"]


def _find_fronted(token: Token) -> list[Token]:
    """'*Never* did she win': parsers hang what stands before an auxiliary on it."""
    helpers = (child for child in children_of(token) if child.dep_ in _AUXILIARIES)
    return [word for helper in helpers for word in children_of(helper) if word.i < helper.i]


def _denies_what_follows(child: Token, token: Token) -> bool:
    """'lies in Bulgaria, *not* in Greece'; '*no* doubt she won'."""
    beside = child.lower_ == "no" and child.i + 1 < len(child.doc) and child.nbor().lower_ in ("doubt", "wonder")
    return child.dep_ == "neg" and ((child.i > token.i and token.pos_ == "VERB") or beside)


def find_own_cues(child: Token, token: Token, ontology: Ontology) -> tuple[CueClass, ...]:
    """The cues that a child of ``token`` is."""
    kind = _kind_of_cue(child, token, ontology)
    if not kind:
        return ()
    phrases = (_read_phrase(child, 3), _read_phrase(child, 4))
    forms = _marks_at(child) if kind == "marker" else (lemma(child), child.lower_, _join(child), *phrases)
    found = [cue for form in forms if (cue := ontology.cues.get((form, kind)))]
    return tuple(dict.fromkeys(found))


def _is_reached(mark: Token, ontology: Ontology) -> bool:
    """'taught law *before* she became a judge'; who died before he became one never did."""
    clause = mark.head
    if mark.lower_ != "before" or mark.dep_ != "mark" or not (is_over(clause) and is_over(clause.head)):
        return False
    if is_measured(mark):  # 'had fled *eleven years before* he became president'
        return lemma(clause.head) not in ontology.words["lex:Forestalling"]
    steps = lemma(clause) in ontology.words["lex:LifeStep"] and lemma(clause.head) not in ontology.words["lex:Ending"]
    return steps and any(child.dep_ in _SUBJECTS and child.pos_ == "PRON" for child in children_of(clause))


def _join(child: Token) -> str:
    """'so-called', which is three tokens."""
    joined = child.n_lefts and child.left_edge.i + 2 == child.i
    return str(child.doc[child.i - 2 : child.i + 1].text.lower()) if joined else ""


def _read_phrase(child: Token, length: int) -> str:
    """'in all likelihood', 'in all but name', of which no word says it alone."""
    return text_between(child.doc, child.i, child.i + length).lower() if child.dep_ == "prep" else ""


def _marks_at(child: Token) -> tuple[str, ...]:
    """'if', 'rather *than*'; a preposition only with the word behind it: '*in* case', not 'before the war'."""
    doc, word = child.doc, child.lower_
    if child.dep_ == "prep":
        return (f"{word} {text_between(doc, child.i + 1, child.i + 2).lower()}",)
    return (word, f"{text_between(doc, max(0, child.i - 1), child.i).lower()} {word}")


def _kind_of_cue(child: Token, token: Token, ontology: Ontology) -> str:
    label = child.dep_
    if label in _AUXILIARIES:
        return "auxiliary"
    marks = token.pos_ in _VERBS and label in ("mark", "advmod", "prep")
    if marks and ((child.lower_ in UNTIL and is_ended(child)) or _is_reached(child, ontology)):
        return ""
    if marks and any((form, "marker") in ontology.cues for form in _marks_at(child)):
        return "marker"
    return "modifier" if label in _DEPENDENTS else ""


def find_according(cue: Token) -> int:
    """The source of 'according *to the police*', or -1."""
    return next((end.i for prep in children_of(cue) for end in children_of(prep) if end.dep_ == "pobj"), -1)


def _is_nearly(token: Token) -> bool:
    """'*all but* elected', 'did *everything but* resign'."""
    return token.i > 1 and token.nbor(-1).lower_ == "but" and token.nbor(-2).lower_ in _SHORT_OF


def _is_asked(token: Token) -> bool:
    if "?" not in index_texts(token.doc):
        return False
    marked = "punct" in labels_below(token) and any(child.text == "?" for child in children_of(token))
    return marked or is_in_question(token)


def _is_scheduled(token: Token) -> bool:
    """'Voters *go* to the polls on Tuesday', 'The two *meet* tomorrow': a present with a day has yet to come.

    Not where it tells of old times: 'In 1954 he *moves* to Rome'.
    """
    if token.tag_ not in ("VBP", "VBZ") or not labels_below(token).isdisjoint(_AUXILIARIES):
        return False
    days = (day for child in children_of(token) for day in (child, *children_of(child)) if child.dep_ in _OF_TIME)
    return any(day.dep_ in ("pobj", "npadvmod", "advmod") and day.lower_ in _COMING for day in days)


def denies_all(child: Token) -> bool:
    """'*Nobody* accused her', '*no party* supports it', '*neither* Ann nor Bo was tried', 'was killed by *nobody*'."""
    if child.dep_ == "agent":
        return any(end.lower_ in _NOBODY or _is_no_one(end) for end in children_of(child) if end.dep_ == "pobj")
    if child.dep_ not in _SUBJECTS:
        return False
    return child.lower_ in _NOBODY or any(
        word.dep_ in ("det", "preconj", "cc") and word.lower_ in ("no", "neither") for word in children_of(child)
    )


def _is_no_one(end: Token) -> bool:
    """'by *no one*'."""
    return end.lower_ == "one" and any(word.lower_ == "no" for word in children_of(end))


def is_alternative(verb: Token) -> bool:
    """'was *arrested* or *killed*': of two things that 'or' joins neither is said to be so; 'did not flee or hide'."""
    if "or" not in forms_of(verb.doc) or verb.pos_ not in _VERBS:
        return False
    firsts = (verb, verb.head) if verb.dep_ == "conj" else (verb,)
    return any(_offers_choice(first) for first in firsts)


def _offers_choice(verb: Token) -> bool:
    children = children_of(verb)
    joined = any(child.dep_ == "conj" and child.pos_ in _VERBS for child in children)
    return joined and any(child.dep_ == "cc" and child.lower_ == "or" for child in children)


def _is_never(child: Token, ontology: Ontology) -> bool:
    """'*At no time* did she win'."""
    if child.dep_ != "prep" or "no" not in forms_of(child.doc):
        return False
    nouns = [end for end in children_of(child) if end.dep_ == "pobj"]
    return any(
        lemma(noun) in ontology.words["lex:Occasion"] and any(word.lower_ == "no" for word in children_of(noun))
        for noun in nouns
    )


def _is_no_longer(child: Token) -> bool:
    """'*no longer* supports it', '*no more* leads it'."""
    return child.lower_ in _LONGER and child.i > 0 and child.nbor(-1).lower_ == "no"


def _is_rather_not(child: Token) -> bool:
    """'is *less* a friend of the party than a rival'."""
    return child.lower_ == "less" and child.i + 1 < len(child.doc) and child.nbor().dep_ == "det"


def _is_charge(verb: Token, ontology: Ontology) -> bool:
    """'accused': an event whatever it is worth."""
    return any(frame.evokes == "kg:Accusation" for _, frame in ontology.frames.get(lemma(verb), ()))


def _is_mistaken(child: Token, ontology: Ontology) -> bool:
    """'*falsely* accused' is accused."""
    return child.lower_ in ontology.words["lex:Mistaken"]


def _is_fiction(child: Token, ontology: Ontology) -> bool:
    """'*In the novel*, Ann marries Bo', 'a film *in which* she marries Bo'."""
    if child.dep_ in _SUBJECTS:
        shown = lemma(child.head) in ontology.words["lex:Showing"]
        noun = _stand_for(child) if shown else child  # 'a film *that* shows the murder of …'
        return lemma(noun) in ontology.words["lex:Fiction"]  # 'the *play* depicts the murder of …'
    if child.lower_ not in _IN_WHOSE_EYES:
        return False
    nouns = [_stand_for(end) for end in children_of(child) if end.dep_ == "pobj"]
    words = ontology.words["lex:Hedge"] | ontology.words["lex:Fiction"]
    whole = [end for noun in nouns for end in (noun, *walk_all(noun, ("prep:of pobj", "poss")))]
    told = child.lower_ == "in" and any(lemma(noun) in words for noun in whole)  # 'in the last act *of the opera*'
    return told or any(lemma(noun) in ontology.words["lex:View"] and _is_somebodys(noun) for noun in nouns)


def _stand_for(word: Token) -> Token:
    """What 'which' or 'that' stands for; else the word itself."""
    clause = next((above for above in word.ancestors if above.dep_ == "relcl"), word) if word.tag_ == "WDT" else word
    return clause.head if clause is not word else word


def _is_hearsay(clause: Token, ontology: Ontology) -> bool:
    """'*as rumour has it*, she won', 'she won, *so the story goes*'."""
    if clause.lower_ == "far" and clause.dep_ == "advmod":  # '*as far* as anyone knows'
        return any(lemma(child) in ontology.words["lex:Knowing"] for child in children_of(clause))
    if clause.dep_ not in ("advcl", "parataxis") or lemma(clause) not in ontology.words["lex:HearsayVerb"]:
        return False
    told = (child for child in children_of(clause) if child.dep_ in _SUBJECTS)
    return any(lemma(child) in ontology.words["lex:Hearsay"] for child in told)


def _is_somebodys(noun: Token) -> bool:
    """'in *his* eyes', 'by *all* accounts'; 'in view of' and 'on account of' are prepositions."""
    return not labels_below(noun).isdisjoint(("poss", "det"))


def _is_inverted(token: Token) -> bool:
    """'*Had* Mali expelled him, …': an auxiliary at the head of its clause, before its subject, is a condition."""
    if labels_below(token).isdisjoint(_AUXILIARIES):
        return False
    subjects = [child.i for child in children_of(token) if child.dep_ in _SUBJECTS]
    opening = (child.i for child in children_of(token) if child.dep_ in _AUXILIARIES and child.lower_ in _INVERTED)
    return bool(subjects) and any(i == token.left_edge.i and i < subjects[0] for i in opening)


def _is_conditioned(token: Token, ontology: Ontology) -> bool:
    """'*If* she passes, he will *become* …': what holds under a condition is not said to hold."""
    if "advcl" not in labels_below(token):
        return False
    clauses = (child for child in children_of(token) if child.dep_ == "advcl")
    marks = (mark.lower_ for clause in clauses for mark in children_of(clause) if mark.dep_ == "mark")
    return any(mark in ontology.words["lex:Conditional"] for mark in marks)
