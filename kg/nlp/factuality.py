"""How firmly a text asserts what a word says, in FactBank's values (Saurí & Pustejovsky 2009, 2012).

A value is a certainty and a polarity. It is read at the word (negation, modals, 'alleged') and then passed
through every governor up to the root: 'denied', 'tried to', 'if'. Whatever is not known to keep it, loosens it.
"""

from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.model import Curie, Factuality
from kg.nlp.spans import lemma
from kg.ontology import CueClass, Ontology

_CERTAINTY = {"CT": 3, "PR": 2, "PS": 1, "Uu": 0}
_LETTERS = {rank: name for name, rank in _CERTAINTY.items()}
_CLAUSES = frozenset({"xcomp", "ccomp", "csubj", "csubjpass", "pcomp"})
_ARGUMENTS = frozenset(
    {"dobj", "nsubj", "nsubjpass", "pobj", "oprd", "attr", "dative", "poss", "compound", "amod", "nmod"}
)
_DEPENDENTS = frozenset({"advmod", "amod", "det", "compound", "neg", "prep", "nmod", "preconj", "predet"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_INVERTED = frozenset({"had", "were", "should"})
_NOBODY = frozenset({"nobody", "none", "neither", "nothing", "noone"})
_STATES = frozenset({"on", "under", "into", "in"})  # 'put *on* trial', 'take *into* custody'
_DEPTH = 12  # governors looked at; deeper nesting is a parser's error


class Stance(NamedTuple):
    """Certainty (3 certain … 0 uncommitted), polarity (±1), and the token of who says so or -1."""

    certainty: int
    polarity: int
    source: int = -1


CERTAIN = Stance(3, 1)
_UNCOMMITTED = Stance(0, 1)


def annotate_factuality(doc: Doc, *, ontology: Ontology) -> Doc:
    """Sets ``token._.factuality`` ("CT+" … "Uu") ``token._.source``
    (token index or -1) and ``token._.quoted`` on verbs, nouns and adjectives."""
    quoted = _find_quoted(doc)
    for token in doc:
        if token.pos_ in _VERBS | _NOUNS | {"ADJ"}:
            stance = assess(token, ontology)
            if token.i in quoted:
                stance = _UNCOMMITTED._replace(source=stance.source)
            token._.factuality = to_factuality(stance).value
            token._.source = stance.source
            token._.quoted = token.i in quoted
    return doc


def to_factuality(stance: Stance) -> Factuality:
    """The FactBank value of a stance."""
    letters = _LETTERS[stance.certainty]
    return Factuality(letters if letters == "Uu" else letters + ("+" if stance.polarity > 0 else "-"))


def _stance(value: str, source: int = -1) -> Stance:
    return Stance(_CERTAINTY[value[:2]], -1 if value.endswith("-") else 1, source)


def _compose(outer: Stance, inner: Stance) -> Stance:
    """The less certain of both; two negations cancel; the nearest source speaks."""
    source = inner.source if inner.source >= 0 else outer.source
    return Stance(min(outer.certainty, inner.certainty), outer.polarity * inner.polarity, source)


def assess(token: Token, ontology: Ontology, depth: int = 0, *, ignoring: Curie = "") -> Stance:
    """The stance of the text towards what ``token`` says, governors included, own cues of class ``ignoring`` not."""
    if depth > _DEPTH:
        return _UNCOMMITTED
    own = assess_alone(token, ontology, ignoring=ignoring)
    return _compose(_assess_governor(token, ontology, depth + 1), own)


def assess_alone(token: Token, ontology: Ontology, *, ignoring: Curie = "") -> Stance:
    """What the words that hang on ``token`` make of it: 'did *not* win', '*may* win', 'the *alleged* coup'."""
    stance = CERTAIN
    for child in token.children:
        if child.dep_ == "neg" and child.i > token.i and token.pos_ == "VERB":
            continue  # 'lies in Bulgaria, *not* in Greece' denies what follows
        if _denies_all(child):
            stance = _compose(_stance("CT-"), stance)
        if _is_fiction(child, ontology):
            stance = _compose(_UNCOMMITTED, stance)
        for cue in _own_cues(child, token, ontology):
            if cue.id == ignoring:
                continue
            stance = _compose(_stance(cue.gives, _according(child) if cue.sourced else -1), stance)
    open_ended = _is_asked(token) or _is_conditioned(token, ontology) or _is_inverted(token)
    return _compose(_UNCOMMITTED, stance) if open_ended else stance


def _own_cues(child: Token, token: Token, ontology: Ontology) -> list[CueClass]:
    if child.dep_ in ("aux", "auxpass"):
        keys = [(lemma(child), "auxiliary"), (child.lower_, "auxiliary")]
    elif child.dep_ in ("mark", "advmod") and (child.lower_, "marker") in ontology.cues and token.pos_ in _VERBS:
        keys = [(child.lower_, "marker")]
    elif child.dep_ in _DEPENDENTS:
        keys = [(child.lower_, "modifier"), (lemma(child), "modifier")]
    else:
        keys = []
    return list({cue.id: cue for key in keys if (cue := ontology.cues.get(key))}.values())


def _according(cue: Token) -> int:
    """The source of 'according *to the police*', or -1."""
    return next((end.i for prep in cue.children for end in prep.children if end.dep_ == "pobj"), -1)


def _is_asked(token: Token) -> bool:
    return token.sent[-1].text == "?" or any(child.text == "?" for child in token.children)


def _denies_all(child: Token) -> bool:
    """'*Nobody* accused her', '*no party* supports it', '*neither* Ann nor Bo was tried'."""
    if child.dep_ not in ("nsubj", "nsubjpass"):
        return False
    return child.lower_ in _NOBODY or any(
        word.dep_ in ("det", "preconj", "cc") and word.lower_ in ("no", "neither") for word in child.children
    )


def _is_fiction(child: Token, ontology: Ontology) -> bool:
    """'*In the novel*, Ann marries Bo'."""
    if child.dep_ in ("nsubj", "nsubjpass") and lemma(child) in ontology.words["lex:Fiction"]:
        return True  # 'the *play* depicts the murder of …'
    nouns = (end for end in child.children if end.dep_ == "pobj") if child.lower_ == "in" else ()
    return any(lemma(noun) in ontology.words["lex:Fiction"] for noun in nouns)


def _is_inverted(token: Token) -> bool:
    """'*Had* Mali expelled him, …': an auxiliary at the head of its clause, before its subject, is a condition."""
    subjects = [child.i for child in token.children if child.dep_ in ("nsubj", "nsubjpass")]
    opening = (child.i for child in token.children if child.dep_ in ("aux", "auxpass") and child.lower_ in _INVERTED)
    return bool(subjects) and any(i == token.left_edge.i and i < subjects[0] for i in opening)


def _is_conditioned(token: Token, ontology: Ontology) -> bool:
    """'*If* she passes, he will *become* …': what holds under a condition is not said to hold."""
    clauses = (child for child in token.children if child.dep_ == "advcl")
    marks = (mark.lower_ for clause in clauses for mark in clause.children if mark.dep_ == "mark")
    return any(mark in ontology.words["lex:Conditional"] for mark in marks)


def _assess_governor(token: Token, ontology: Ontology, depth: int) -> Stance:
    head = token.head
    if head is token:
        return CERTAIN
    if token.dep_ in _CLAUSES:
        return _assess_clause(token, head, ontology, depth)
    if token.dep_ == "acl":
        return _assess_noun_clause(token, head, ontology, depth)
    if token.dep_ == "advcl":
        return _UNCOMMITTED if _is_infinitive(token) else CERTAIN
    if token.dep_ == "conj":
        return _assess_conjunct(token, head, ontology, depth)
    if token.dep_ in _ARGUMENTS and token.pos_ not in _VERBS:
        return _assess_argument(token, head, ontology, depth)
    if token.dep_ == "acomp" or _is_cleft(token):
        return assess(head.head if token.dep_ == "relcl" else head, ontology, depth)
    return CERTAIN


def _is_cleft(token: Token) -> bool:
    """'it was not Ann who *founded* it'."""
    frame = token.head.head
    return (
        token.dep_ == "relcl"
        and token.head.dep_ == "attr"
        and any(child.lower_ == "it" and child.dep_ == "nsubj" for child in frame.children)
    )


def _assess_clause(token: Token, head: Token, ontology: Ontology, depth: int) -> Stance:
    """'*tried* to win', '*denied* that she won', 'it is *false* that she won', 'by winning'."""
    if token.i < head.i and any(word.text == ";" for word in token.doc[token.i : head.i]):
        return CERTAIN  # two sentences in one: 'she was arrested; he was not'
    if head.dep_ == "prep" or head.pos_ == "ADP":
        return _assess_preposition(head, ontology, depth)
    for word in (head, *(child for child in head.children if child.dep_ in ("acomp", "attr", "oprd"))):
        cue = _governing_cue(word, ontology)
        if cue:
            return _pass_through(cue, head, ontology, depth)
    if token.dep_ == "ccomp" and _is_quotation(token, head):
        return _UNCOMMITTED._replace(source=_speaker(head))
    return _UNCOMMITTED


def _is_quotation(token: Token, head: Token) -> bool:
    return token.i < head.i


def _governing_cue(word: Token, ontology: Ontology) -> CueClass | None:
    """The cue a governor is; a particle makes another verb of it: '*sworn in*' is not 'sworn'."""
    kinds = ("verb",) if word.pos_ in _VERBS else ("noun",) if word.pos_ in _NOUNS else ("modifier", "verb")
    names = [f"{lemma(word)} {child.lower_}" for child in word.children if child.dep_ == "prt"] + [lemma(word)]
    keys = [(name, kind) for name in names for kind in kinds]
    return next((cue for key in keys if (cue := ontology.cues.get(key))), None)


def _pass_through(cue: CueClass, governor: Token, ontology: Ontology, depth: int) -> Stance:
    """What a cue gives, by the polarity of the cue itself, no more certain than the cue is."""
    outer = assess(governor, ontology, depth)
    given = _stance(
        cue.gives if outer.polarity > 0 else cue.negated, _speaker(governor) if cue.sourced else outer.source
    )
    return given._replace(certainty=min(given.certainty, outer.certainty))


def _speaker(verb: Token) -> int:
    """The subject of a verb of saying, or the agent of its passive; -1 where nobody is named."""
    for child in verb.children:
        if child.dep_ == "nsubj":
            return child.i
        if child.dep_ == "agent":
            return next((end.i for end in child.children if end.dep_ == "pobj"), -1)
        if child.dep_ == "poss" and verb.pos_ in _NOUNS:
            return child.i
    return _speaker(verb.head) if verb.dep_ in ("conj", "xcomp") and verb.head is not verb else -1


def _assess_noun_clause(token: Token, head: Token, ontology: Ontology, depth: int) -> Stance:
    """'a *plan* to arrest him' is no arrest; 'the man arrested in Quito' was."""
    if lemma(head) in ontology.words["lex:Statute"] and token.tag_ == "VBG":
        return assess(head, ontology, depth)  # 'vetoed a resolution *imposing* sanctions'
    cue = ontology.cues.get((lemma(head), "noun"))
    if cue and (_is_infinitive(token) or _has_marker(token)):
        return _pass_through(cue, head, ontology, depth)
    return _UNCOMMITTED if _is_infinitive(token) or _has_marker(token) else CERTAIN


def _is_infinitive(token: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)


def _has_marker(token: Token) -> bool:
    return any(child.dep_ == "mark" for child in token.children)


def _assess_conjunct(token: Token, head: Token, ontology: Ontology, depth: int) -> Stance:
    """A conjunct shares what governs the first; without a subject of its own its modals and negation too."""
    if (
        token.pos_ in _VERBS
        and head.pos_ in _VERBS
        and not any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)
    ):
        own = any(child.dep_ in ("aux", "auxpass") and child.lower_ != "to" for child in token.children)
        return _assess_governor(head, ontology, depth) if own else assess(head, ontology, depth)
    return _assess_governor(head, ontology, depth)


def _assess_argument(token: Token, head: Token, ontology: Ontology, depth: int) -> Stance:
    """Nouns: '*denied* the arrest', 'the *threat* of expulsion', '*held* elections'; most are taken for granted."""
    if head.pos_ == "ADP" or head.dep_ in ("prep", "agent"):
        return _assess_preposition(head, ontology, depth)
    if lemma(head) in ontology.words["lex:Support"] or (token.dep_ in ("attr", "oprd") and head.pos_ in _VERBS):
        return assess(head, ontology, depth)
    cue = _governing_cue(head, ontology)
    if cue and (token.dep_ not in ("nsubj", "poss") or head.pos_ in _NOUNS):
        return _pass_through(cue, head, ontology, depth)
    if cue and cue.id == "lex:Implicative":
        return assess(head, ontology, depth)
    return _loosen(assess(head, ontology, depth))


def _loosen(stance: Stance) -> Stance:
    """What a plain governor's own stance leaves of its arguments: certain when it is asserted, else open."""
    return (
        stance
        if stance.certainty == CERTAIN.certainty and stance.polarity > 0
        else _UNCOMMITTED._replace(source=stance.source)
    )


def _assess_preposition(prep: Token, ontology: Ontology, depth: int) -> Stance:
    """'*without* an arrest'; 'the threat *of* expulsion' goes on to the threat."""
    names = (f"{prep.head.lower_} {prep.lower_}", prep.lower_)  # 'short of', 'instead of'
    cue = next((cue for name in names if (cue := ontology.cues.get((name, "preposition")))), None)
    if cue:
        return _stance(cue.gives)
    head = prep.head
    if lemma(head) in ontology.words["lex:Put"] and prep.lower_ in _STATES:
        return assess(head, ontology, depth)
    if head is prep or (head.pos_ in _VERBS and prep.lower_ in ontology.words["lex:Circumstance"]):
        return CERTAIN
    governing = _governing_cue(head, ontology)
    if governing:
        return _pass_through(governing, head, ontology, depth)
    return _loosen(assess(head, ontology, depth))


def _find_quoted(doc: Doc) -> frozenset[int]:
    """Tokens between quotation marks of one paragraph; a quote is not the text's own voice."""
    quoted: set[int] = set()
    opened = -1
    for token in doc:
        if "\n\n" in token.text:
            opened = -1
        elif token.text in {"“", "``", "«"} or (token.text == '"' and opened < 0):
            opened = token.i
        elif token.text in {"”", "''", "»", '"'} and opened >= 0:
            quoted.update(range(opened, token.i))
            opened = -1
    return frozenset(quoted)
