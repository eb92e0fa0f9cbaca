"""What a copula says somebody is, where more is said of it: 'Ann Bo is a *politician who* led the party'."""

from spacy.tokens import Span, Token

from kg.nlp.chains import compatible
from kg.nlp.factuality import assess
from kg.nlp.partition import Chains, join
from kg.nlp.paths import walk
from kg.nlp.spans import is_nominal
from kg.nlp.stance import CERTAIN
from kg.nlp.tree import children_of
from kg.ontology import Ontology

_CLAUSES = frozenset({"relcl", "acl"})


def match_predicates(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """Each predicate noun with a clause of its own to the subject, where the text asserts that they are one.

    Not in 'police believe that Ann Bo is the *man who* killed him': that would make a fact of an accusation.
    """
    heads = {span.root.i: i for i, span in enumerate(mentions)}
    for i, span in enumerate(mentions):
        if is_nominal(span) and not span.kb_id_ and any(child.dep_ in _CLAUSES for child in children_of(span.root)):
            noun = _find_first(span.root)
            subjects = (heads[end.i] for end in walk(noun, "^attr nsubj") if end.i in heads)
            for j in subjects if _is_asserted(noun.head, ontology) else ():
                if compatible(span.label_, mentions[j].label_, ontology):
                    join(chains, j, i)


def _find_first(noun: Token) -> Token:
    """The first of coordinated nouns: 'a *lawyer* and politician who'."""
    while noun.dep_ == "conj":
        noun = noun.head
    return noun


def _is_asserted(verb: Token, ontology: Ontology) -> bool:
    stance = assess(verb, ontology)
    return (stance.certainty, stance.polarity) == (CERTAIN.certainty, CERTAIN.polarity)
