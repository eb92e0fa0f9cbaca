"""What is told as done, or taken for granted, whatever stands above it in the sentence."""

from spacy.tokens import Token

from kg.nlp.governors import find_cue, is_infinitive, is_ranking
from kg.nlp.modality import assess_alone
from kg.nlp.paths import walk
from kg.nlp.spans import lemma
from kg.nlp.stance import CERTAIN
from kg.nlp.tense import is_over
from kg.nlp.tree import children_of
from kg.ontology import CueClass, Ontology

_OBJECTS = frozenset({"dobj", "nsubjpass"})
_VERBS = frozenset({"VERB", "AUX"})


def is_outcome(token: Token, head: Token, ontology: Ontology) -> bool:
    """'won the runoff *to become* president', 'was chosen *to lead* the union': what came of it, no aim."""
    if token.dep_ in ("advcl", "xcomp") and lemma(token) in ontology.words["lex:Leading"] and is_infinitive(token):
        return lemma(head) in ontology.words["lex:Chosen"]
    if token.dep_ in ("advcl", "xcomp") and lemma(head) in ontology.words["lex:Parting"] and is_infinitive(token):
        open_ended = any(child.lower_ == "but" or child.dep_ == "neg" for child in children_of(head))
        return lemma(token) in ontology.words["lex:Starting"] and not open_ended  # 'left the firm *to found* its rival'
    if token.dep_ in ("advcl", "xcomp") and is_infinitive(token) and _goes_on(head):
        return True
    ends = token.dep_ in ("advcl", "xcomp") and lemma(token) == "become" and is_infinitive(token)
    found = token.dep_ == "xcomp" and token.tag_ == "VBN" and lemma(head) == "find"  # 'was found *murdered*'
    return found or (ends and lemma(head) in ontology.words["lex:Prevailing"])


def _goes_on(verb: Token) -> bool:
    """'*went on* to win'; who 'went out to win' may have lost."""
    return lemma(verb) == "go" and any(child.dep_ == "prt" and child.lower_ == "on" for child in children_of(verb))


def is_deed(clause: Token, verb: Token, ontology: Ontology) -> bool:
    """'her first *act* was *to sack* him', 'one of his *mistakes* was to sack her': it is told as done."""
    if verb.lower_ != "was" or clause.dep_ != "xcomp":
        return False
    subjects = [child for child in children_of(verb) if child.dep_ == "nsubj"]
    nouns = [
        *subjects,
        *(noun for subject in subjects if subject.lower_ == "one" for noun in walk(subject, "prep:of pobj")),
    ]
    return any(lemma(noun) in ontology.words["lex:Deed"] and _is_done(noun, ontology) for noun in nouns)


def _is_done(deed: Token, ontology: Ontology) -> bool:
    """'*her first* act', 'one of the acts *of Ann Bo*'; not 'a possible step', 'her next move'."""
    below = children_of(deed)
    owned = any(child.dep_ == "poss" or child.lower_ == "of" for child in below)
    return owned and all(
        is_ranking(child, ontology) or child.lower_ == "own" for child in below if child.dep_ == "amod"
    )


def is_imagined(noun: Token, ontology: Ontology) -> bool:
    """'The novel imagines *a Sweden* whose capital is Lund': what is said of it is made up with it."""
    some = noun.dep_ == "dobj" and any(child.lower_ in ("a", "an") for child in children_of(noun))
    return some and lemma(noun.head) in ontology.words["lex:Imagining"]


def is_settled(noun: Token, verb: Token, cue: CueClass, ontology: Ontology) -> bool:
    """'wants to avenge *the* killing', 'came *to disperse* a protest'; not 'would disperse the protest'."""
    below = children_of(noun)
    definite = any(child.lower_ == "the" or child.dep_ == "poss" for child in below)
    loose = any(child.lower_ in ("any", "no", "every") for child in below)
    above = find_cue(verb.head, ontology)
    done = verb.head.tag_ == "VBD" and verb.head.pos_ == "VERB" and (above is None or above.id != "lex:Plan")
    return not loose and ((is_infinitive(verb) and done) or (definite and cue.id == "lex:Presupposing"))


def is_told(noun: Token, head: Token, ontology: Ontology) -> bool:
    """'rejected *the agreement* that they signed': its own clause says that it came about, whatever is made of it."""
    cue = find_cue(head, ontology) if noun.dep_ != "nsubj" else None  # 'The agreement that they signed did not last'
    if (
        (cue is not None and cue.gives not in ("Uu", "CT+"))
        or head.pos_ not in _VERBS
        or noun.dep_ not in _OBJECTS | {"nsubj"}
    ):
        return False
    said = ontology.words["lex:Support"] | ontology.words["lex:Occur"]
    clauses = (child for child in children_of(noun) if child.dep_ in ("relcl", "acl") and lemma(child) in said)
    past = (clause for clause in clauses if is_over(clause) or (clause.dep_ == "acl" and clause.tag_ == "VBN"))
    definite = any(child.lower_ == "the" for child in children_of(noun))
    return definite and any(assess_alone(clause, ontology)[:2] == CERTAIN[:2] for clause in past)
