"""What parsers get wrong about passives: participles taken for adjectives, 'by' hung on the name before it."""

from spacy.tokens import Token

from kg.nlp.openings import SUBJECTS, hang
from kg.nlp.spans import lemma
from kg.nlp.tokens import WHOLE_WORDS
from kg.ontology import Ontology

_NAMES = frozenset({"PERSON", "GPE", "NORP"})
_SELVES = frozenset({"himself", "herself", "itself", "themselves"})
_PASSIVES = frozenset({"auxpass", "nsubjpass"})


def make_whole(verb: Token) -> None:
    """'was *court-martialed*', '*Extradited* to Chad, she …': the model knows no such verb."""
    verb.lemma_ = WHOLE_WORDS[verb.lower_]
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    if verb.pos_ in ("ADJ", "PROPN") and (passive or verb.dep_ == "npadvmod"):
        verb.tag_, verb.pos_ = "VBN", "VERB"
        verb.dep_ = "advcl" if verb.dep_ == "npadvmod" else verb.dep_


def repair_passive(token: Token, ontology: Ontology) -> None:
    """Makes a verb of what is one, and hangs on it who does it."""
    if token.dep_ == "acomp" and token.tag_ == "VBN":
        _make_verb(token, ontology)
    elif token.lower_ == "by" and token.dep_ == "prep":
        _raise_agent(token)
    elif token.lower_ == "squad" and token.dep_ == "dobj":
        _join_squad(token)
    elif token.lower_ in _SELVES and token.dep_ == "nsubj":
        _join_perfect(token)


def _make_verb(participle: Token, ontology: Ontology) -> None:
    """'Ann Bo was *exiled* to Chile': something is done to her, nothing is said of what she is like."""
    auxiliary = participle.head
    if auxiliary.lemma_ != "be" or lemma(participle) not in ontology.words["lex:Undergone"]:
        return
    if auxiliary.dep_ == "ROOT":
        participle.dep_, participle.head = "ROOT", participle
    else:
        hang(participle, auxiliary.head, auxiliary.dep_)
    participle.pos_ = "VERB"
    for child in [child for child in auxiliary.children if child != participle]:
        hang(child, participle, "nsubjpass" if child.dep_ in SUBJECTS else child.dep_)
    hang(auxiliary, participle, "auxpass")


def _raise_agent(by: Token) -> None:
    """'was imposed on Ann Bo *by Chad*': a person or land is nobody's work, so that the verb tells of the doer."""
    name = by.head
    verb = name.head.head
    inner = name.dep_ == "pobj" and name.ent_type_ in _NAMES and by.i == name.i + 1
    if not inner or verb.i > name.i:
        return
    if verb.pos_ == "NOUN" and name.head.lower_ == "of":
        hang(by, verb, "prep")  # 'the killing of Ann Bo *by Cy Di*'
    below = {child.dep_ for child in verb.children}
    if verb.tag_ == "VBN" and below & _PASSIVES and "agent" not in below:
        hang(by, verb, "agent")


def _join_squad(squad: Token) -> None:
    """'executed by *firing squad* in Lima on 3 May': place and day are the verb's."""
    firing = squad.head
    if firing.lower_ != "firing" or firing.i != squad.i - 1 or firing.dep_ != "pcomp":
        return
    by = firing.head
    hang(squad, by, "pobj")
    for child in [child for child in firing.children if child.dep_ == "prep"]:
        hang(child, by.head, "prep")
    hang(firing, squad, "compound")


def _join_perfect(own: Token) -> None:
    """'who had *himself* succeeded Bo': he succeeded him, and had nothing."""
    verb, auxiliary = own.head, own.nbor(-1) if own.i else own
    if auxiliary.lemma_ != "have" or verb.tag_ not in ("VBN", "VBD") or verb.i != own.i + 1:
        return
    if auxiliary.dep_ == "ROOT":
        verb.dep_, verb.head = "ROOT", verb
    elif auxiliary == verb.head:
        hang(verb, auxiliary.head, auxiliary.dep_)
    below = {child.dep_ for child in verb.children}
    if "agent" in below or "dobj" not in below:
        return  # 'had himself *painted* by Bo'
    verb.tag_, own.dep_ = "VBN", "advmod"
    for child in [child for child in auxiliary.children if child != verb]:
        hang(child, verb, child.dep_)
    hang(auxiliary, verb, "aux")
