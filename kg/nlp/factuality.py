"""How firmly a text asserts what a word says, in FactBank's values (Saurí & Pustejovsky 2009, 2012).

A value is a certainty and a polarity. It is read at the word (negation, modals, 'alleged') and then passed
through every governor up to the root: 'denied', 'tried to', 'if'. Whatever is not known to keep it, loosens it.
"""

from functools import lru_cache

from spacy.tokens import Token

from kg.model import Curie
from kg.nlp.behind import assess_behind
from kg.nlp.contents import has_marker, is_content, is_reported, is_whole
from kg.nlp.givens import is_deed, is_imagined, is_outcome, is_settled, is_told
from kg.nlp.governors import (
    find_cue,
    find_outlook,
    is_cleft,
    is_infinitive,
    is_made_up,
    is_ranking,
    is_where,
)
from kg.nlp.modality import assess_alone, denies_all, find_according, find_own_cues, is_alternative
from kg.nlp.spans import lemma
from kg.nlp.stance import CERTAIN, UNCOMMITTED, Stance, compose, read_stance
from kg.nlp.tense import UNTIL, is_ended, is_measured
from kg.nlp.tree import children_of, depth_of, labels_below
from kg.ontology import CueClass, Ontology

_ASIDES = frozenset({"relcl", "appos", "parataxis"})
_CLAUSES = frozenset({"xcomp", "ccomp", "csubj", "csubjpass", "pcomp"})
_ARGUMENTS = frozenset(
    {"dobj", "nsubj", "nsubjpass", "pobj", "oprd", "attr", "dative", "poss", "compound", "amod", "nmod"}
)
_OBJECTS = frozenset({"dobj", "nsubjpass"})
_GIVEN = frozenset({"lex:Presupposing", "lex:Quelling"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"MD", "VBD", "VBP", "VBZ"})  # '*was* arrested'; of 'may flee or *be* arrested' 'may' holds
_STATES = frozenset({"on", "under", "into", "in"})  # 'put *on* trial', 'take *into* custody'
_AROUND = frozenset({"during", "after", "since", "amid", "following"})  # 'the plan *after* the arrest'
_DEPTH = 40  # words above a word; deeper nesting is a parser's error
_TOKENS = 1024  # whose stances are kept: a governor is asked for by all that hangs on it


@lru_cache(maxsize=_TOKENS)
def assess(token: Token, ontology: Ontology, *, ignoring: Curie = "") -> Stance:
    """The stance of the text towards what ``token`` says, governors included, own cues of class ``ignoring`` not."""
    if depth_of(token) > _DEPTH:
        return UNCOMMITTED
    outer = _assess_governor(token, ontology)
    own = compose(assess_behind(token, ontology), assess_alone(token, ontology, ignoring=ignoring))
    if outer.source >= 0 > max(outer.polarity, own.polarity):
        return UNCOMMITTED._replace(source=outer.source)  # 'they deny that she did *not* win' is their word
    outer = outer._replace(polarity=1) if denies_all(token) else outer  # '*no sanctions* were imposed' is denied once
    stance = compose(outer, own)
    return UNCOMMITTED if stance[:2] == CERTAIN[:2] and is_alternative(token) else stance


def _assess_governor(token: Token, ontology: Ontology) -> Stance:
    head = token.head
    if head == token:
        return UNCOMMITTED if is_infinitive(token) else CERTAIN  # a headline: 'Minister *to resign*'
    if is_outcome(token, head, ontology):
        return assess(head, ontology)
    if is_where(token, head):
        return assess(head, ontology)
    if token.dep_ in _CLAUSES:
        return _assess_clause(token, head, ontology)
    if token.dep_ == "acl" or (token.dep_ == "relcl" and (is_infinitive(token) or is_content(token, head, ontology))):
        return _assess_noun_clause(token, head, ontology)
    if token.dep_ == "advcl":
        return UNCOMMITTED if is_infinitive(token) else _assess_voice(token, ontology)
    if token.dep_ == "conj":
        return _assess_conjunct(token, head, ontology)
    if token.dep_ in _ARGUMENTS and (token.pos_ not in _VERBS or token.dep_ == "pobj"):
        return _assess_argument(token, head, ontology)
    if token.dep_ == "relcl" and lemma(head) in ontology.words["lex:Statute"] and _is_of_subject(token):
        return assess(head, ontology)  # 'rejected a bill *that bans* the Front': what a bill does it does as law
    if token.dep_ == "acomp" or is_cleft(token):
        return assess(head.head if token.dep_ == "relcl" else head, ontology)
    if token.dep_ == "relcl" and head.dep_ == "oprd" and lemma(head.head) in ontology.words["lex:Calling"]:
        return UNCOMMITTED._replace(source=_speaker(head.head))  # 'call her the woman *who* founded it'
    return _assess_voice(token, ontology) if token.dep_ in _ASIDES else CERTAIN


def _is_of_subject(clause: Token) -> bool:
    """'a bill *that* bans it', not 'a bill that Ann signed' or 'that is opposed by Ann'."""
    return any(child.dep_ == "nsubj" and child.tag_ in ("WDT", "WP") for child in children_of(clause))


def _assess_clause(token: Token, head: Token, ontology: Ontology) -> Stance:
    """'*tried* to win', '*denied* that she won', 'it is *false* that she won', 'by winning'."""
    if _is_apart(token):
        return CERTAIN
    if head.dep_ == "prep" or head.pos_ == "ADP":
        return _assess_preposition(head, ontology)
    if is_deed(token, head, ontology):
        return assess(head, ontology)
    for word in (head, *(child for child in children_of(head) if child.dep_ in ("acomp", "attr", "oprd"))):
        cue = find_cue(word, ontology, "that" if is_reported(token) else "")
        if cue and (cue.id != "lex:Causative" or _is_made(head)):
            return _pass_through(cue, head, ontology)
    if token.dep_ == "ccomp" and _is_quotation(token, head):
        return UNCOMMITTED._replace(source=_speaker(head))
    return UNCOMMITTED


def _is_apart(clause: Token) -> bool:
    """'*she was arrested*; he was not': two sentences in one."""
    return clause.i < clause.head.i and any(word.text == ";" for word in clause.doc[clause.i : clause.head.i])


def _is_made(verb: Token) -> bool:
    """'drove *Ann* to kill him'; not 'drove a hundred miles to kill him'."""
    return any(child.dep_ in ("dobj", "nsubjpass") and child.pos_ != "NOUN" for child in children_of(verb))


def _is_quotation(token: Token, head: Token) -> bool:
    return token.i < head.i


def _pass_through(cue: CueClass, governor: Token, ontology: Ontology) -> Stance:
    """What a cue gives, by the polarity of the cue itself, no more certain than the cue is."""
    outer = assess(governor, ontology)
    if outer.source >= 0 > outer.polarity:
        return UNCOMMITTED._replace(source=outer.source)  # 'they deny that she *refused* to sign'
    given = read_stance(
        cue.gives if outer.polarity > 0 else cue.negated, _speaker(governor) if cue.sourced else outer.source
    )
    return given._replace(certainty=min(given.certainty, outer.certainty))


def _speaker(verb: Token) -> int:
    """The subject of a verb of saying, or the agent of its passive; -1 where nobody is named."""
    for child in children_of(verb):
        if child.dep_ == "nsubj":
            return child.i
        if child.dep_ == "agent":
            return next((end.i for end in children_of(child) if end.dep_ == "pobj"), -1)
        if child.dep_ == "poss" and verb.pos_ in _NOUNS:
            return child.i
    return _speaker(verb.head) if verb.dep_ in ("conj", "xcomp") and verb.head is not verb else -1


def _assess_noun_clause(token: Token, head: Token, ontology: Ontology) -> Stance:
    """'a *plan* to arrest him' is no arrest; 'the man arrested in Quito' and 'the *first* to arrest him' are."""
    if is_infinitive(token) and _is_ranked(head, ontology):
        return _assess_voice(token, ontology)
    if lemma(head) in ontology.words["lex:Statute"] and token.tag_ == "VBG":
        return assess(head, ontology)  # 'vetoed a resolution *imposing* sanctions'
    if token.tag_ == "VBG" and is_made_up(head, ontology):
        return UNCOMMITTED  # 'the letter *accusing* her is a forgery'
    cue = ontology.cues.get((lemma(head), "noun"))
    content = is_infinitive(token) or has_marker(token) or token.dep_ == "relcl" or is_whole(token, head, ontology)
    if cue and content:
        return _pass_through(cue, head, ontology)
    return UNCOMMITTED if content else _assess_voice(token, ontology)


def _assess_voice(token: Token, ontology: Ontology) -> Stance:
    """An aside inside a claim is the claimant's: 'police say that Ann Bo, *who killed him*, fled'."""
    line = (token, *token.ancestors)
    if token.dep_ == "relcl" and is_imagined(token.head, ontology):
        return UNCOMMITTED
    for word in line:
        source = _find_claimant(word, ontology)
        if source is not None and all(source != other.i for other in line):  # 'according to Ann, *who* …'
            return UNCOMMITTED._replace(source=source)
    return CERTAIN


def _find_claimant(word: Token, ontology: Ontology) -> int | None:
    """The token of who claims what ``word`` heads, -1 where it is nobody we see, None where it is no claim."""
    for child in children_of(word):
        cues = find_own_cues(child, word, ontology) if child.dep_ == "prep" else ()
        if any(cue.sourced for cue in cues):
            return find_according(child)
    if word.dep_ not in ("ccomp", "acl") or (word.dep_ == "acl" and not has_marker(word)) or _is_apart(word):
        return None
    cue = find_cue(word.head, ontology)
    return None if cue and cue.gives == "CT+" else _speaker(word.head)


def _is_ranked(noun: Token, ontology: Ontology) -> bool:
    """'the *first* woman', 'the *youngest* man', 'the *third*'."""
    return any(is_ranking(word, ontology) for word in (noun, *children_of(noun)))


def _assess_conjunct(token: Token, head: Token, ontology: Ontology) -> Stance:
    """A conjunct shares what governs the first; without a subject of its own its modals and negation too."""
    if token.dep_ == "conj" and _is_denied_too(token, head):
        return compose(read_stance("CT-"), _assess_governor(head, ontology))
    if token.pos_ in _VERBS and head.pos_ in _VERBS and labels_below(token).isdisjoint(("nsubj", "nsubjpass")):
        own = any(child.dep_ in ("aux", "auxpass") and child.tag_ in _FINITE for child in children_of(token))
        return _assess_governor(head, ontology) if own else assess(head, ontology)
    return _assess_governor(head, ontology)


def _is_denied_too(token: Token, head: Token) -> bool:
    """'she is no member, *nor* did she *lead* it'; 'neither a founder *nor* a *member*'."""
    joints = [child.lower_ for child in children_of(head) if child.dep_ == "cc" and child.i < token.i]
    said = not labels_below(token).isdisjoint(("nsubj", "nsubjpass"))
    neither = any(child.dep_ == "preconj" and child.lower_ == "neither" for child in children_of(head))
    return "nor" in joints[-1:] and (said or neither)


def _assess_argument(token: Token, head: Token, ontology: Ontology) -> Stance:
    """Nouns: '*denied* the arrest', 'the *threat* of expulsion', '*held* elections'; most are taken for granted."""
    if head.pos_ == "ADP" or head.dep_ in ("prep", "agent"):
        return _assess_preposition(head, ontology)
    outlook = find_outlook(token, head, ontology)
    if outlook:
        return compose(assess(head, ontology), read_stance(outlook))
    if lemma(head) in ontology.words["lex:Support"] or (token.dep_ in ("attr", "oprd") and head.pos_ in _VERBS):
        return assess(head, ontology)
    if is_told(token, head, ontology):
        return _assess_voice(token, ontology)
    if lemma(head) in ontology.words["lex:Calling"] and token.dep_ == "dobj" and "oprd" in labels_below(head):
        return _loosen(assess(head, ontology))  # 'called *the vote* free and fair'
    cue = find_cue(head, ontology, lemma(token))
    if cue and cue.id in _GIVEN and token.dep_ in _OBJECTS and is_settled(token, head, cue, ontology):
        return _assess_voice(head, ontology)
    if cue and (token.dep_ not in ("nsubj", "poss") or head.pos_ in _NOUNS):
        return _pass_through(cue, head, ontology)
    if cue and cue.id == "lex:Implicative":
        return assess(head, ontology)
    return _loosen(assess(head, ontology))


def _loosen(stance: Stance) -> Stance:
    """What a plain governor's own stance leaves of its arguments: certain when it is asserted, else open."""
    return (
        stance
        if stance.certainty == CERTAIN.certainty and stance.polarity > 0
        else UNCOMMITTED._replace(source=stance.source)
    )


def _is_state(prep: Token) -> bool:
    """'have never been *at war*', but 'was not at the meeting'."""
    bare = (labels_below(end).isdisjoint(("det", "poss")) for end in children_of(prep) if end.dep_ == "pobj")
    return prep.lower_ == "at" and all(bare)


def _is_pretended(word: Token, ontology: Ontology) -> bool:
    """'The film imagines the aftermath *of* the war': nothing is given in what is made up."""
    cues = (ontology.cues.get((lemma(above), "verb")) for above in word.ancestors)
    return any(cue is not None and cue.id == "lex:Pretence" for cue in cues)


def _assess_preposition(prep: Token, ontology: Ontology) -> Stance:
    """'*without* an arrest'; 'the threat *of* expulsion' goes on to the threat."""
    if prep.dep_ == "conj" and prep.head.pos_ == "ADP":
        return _assess_preposition(prep.head, ontology)  # 'accused of theft and *of* killing him'
    before = prep.nbor(-1).lower_ if prep.i else ""
    names = (f"{before} {prep.lower_}", f"{prep.head.lower_} {prep.lower_}", prep.lower_)  # 'short of', 'instead of'
    cue = next((cue for name in names if (cue := ontology.cues.get((name, "preposition")))), None)
    if cue and not (prep.lower_ in UNTIL and is_ended(prep)) and not is_measured(prep):
        return UNCOMMITTED if cue.gives == "CT+" and _is_pretended(prep, ontology) else read_stance(cue.gives)
    head = prep.head
    if prep.lower_ == "as" and prep.i < head.i:
        return _assess_voice(prep, ontology)  # '*As* president she spoke of peace'
    if lemma(head) in ontology.words["lex:Put"] and (prep.lower_ in _STATES or _is_state(prep)):
        return assess(head, ontology)
    verb, out = (head.head, "out ") if head.lower_ == "out" else (head, "")  # 'talked her *out of* leaving'
    phrasal = ontology.cues.get((f"{lemma(verb)} {out}{prep.lower_}", "verb")) if verb.pos_ in _VERBS else None
    if phrasal:
        return _pass_through(phrasal, verb, ontology)
    if head.pos_ in _VERBS and any(lemma(end) in ontology.words["lex:Poll"] for end in children_of(prep)):
        outer = assess(head, ontology)  # 'will decide *in a referendum*': it is as far off as what is done in it
        if outer.certainty != CERTAIN.certainty:
            return UNCOMMITTED._replace(source=outer.source)
    circumstance = head.pos_ in _VERBS and prep.lower_ in ontology.words["lex:Circumstance"]
    if head == prep or prep.lower_ in _AROUND or circumstance:
        return _assess_voice(prep, ontology)
    governing = find_cue(head, ontology)
    if governing:
        return _pass_through(governing, head, ontology)
    return _loosen(assess(head, ontology))
