"""What a clause behind a noun makes of it: 'a crash *that proved a hoax*', 'a pact *that would have been signed*'.

A noun tells of an event; the clause that says how it came about may say that it did not.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.nlp.governors import is_made_up
from kg.nlp.modality import assess_alone
from kg.nlp.spans import lemma
from kg.nlp.stance import CERTAIN, UNCOMMITTED, Stance, compose, read_stance
from kg.nlp.tree import children_of, labels_below
from kg.ontology import Ontology

_CLAUSES = frozenset({"relcl", "acl"})
_RELATIVE = frozenset({"which", "that"})


def assess_behind(noun: Token, ontology: Ontology) -> Stance:
    """The stance of the clauses behind a noun towards it; certain where they take it for granted."""
    stance = CERTAIN
    if noun.pos_ == "NOUN" and not labels_below(noun).isdisjoint(_CLAUSES):
        for clause in (child for child in children_of(noun) if child.dep_ in _CLAUSES and child.i > noun.i):
            for found in _find_stances(clause, ontology):
                stance = compose(found, stance)
    return stance


def _find_stances(clause: Token, ontology: Ontology) -> Iterator[Stance]:
    helpers = {child.lower_ for child in children_of(clause) if child.dep_ == "aux"}
    if lemma(clause) in ontology.words["lex:Bringing"] and helpers >= {"would", "have"}:
        yield assess_alone(clause, ontology)
    for state in (child for child in children_of(clause) if child.dep_ == "conj" and child.pos_ == "ADJ"):
        if (cue := ontology.cues.get((state.lower_, "modifier"))) is not None:
            yield read_stance(cue.gives)  # 'the accord, drafted in 2008 and still *unsigned*'
    for subject in children_of(clause):
        if subject.lower_ in _RELATIVE and is_made_up(subject, ontology):
            yield UNCOMMITTED
