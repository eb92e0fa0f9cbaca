"""What a text asserts of a word: its stance, with the quotations, asides and open stretches that the word stands in.

Asked of the words that tell something, not written on all.
"""

from functools import lru_cache

from spacy.tokens import Doc, Token

from kg.nlp.factuality import assess
from kg.nlp.quotations import find_quotations
from kg.nlp.scopes import find_open
from kg.nlp.stance import CERTAIN, UNCOMMITTED, Stance, to_factuality
from kg.nlp.voices import find_claims, find_stories
from kg.ontology import Ontology

_ASSERTING = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})
_TOKENS = 256  # whose stances are kept: each event and relation asks for that of its trigger


def read_factuality(token: Token, ontology: Ontology) -> str:
    """How firmly the text says so, in FactBank's values: "CT+" … "Uu"."""
    return to_factuality(find_stance(token, ontology)).value


@lru_cache(maxsize=_TOKENS)
def find_stance(token: Token, ontology: Ontology) -> Stance:
    """The stance of the text towards what a verb, noun or adjective says; other words assert nothing."""
    if token.pos_ not in _ASSERTING:
        return UNCOMMITTED
    stance, claims = assess(token, ontology), find_claims(token.doc, ontology)
    if token.i in claims or is_quoted(token, ontology):
        return UNCOMMITTED._replace(source=claims.get(token.i, stance.source))
    if token.i in find_open(token.doc, ontology) and stance[:2] == CERTAIN[:2]:
        return UNCOMMITTED._replace(source=stance.source)
    return stance


def is_quoted(token: Token, ontology: Ontology) -> bool:
    """True of a verb, noun or adjective between quotation marks or of a story."""
    return token.pos_ in _ASSERTING and token.i in _find_quoted(token.doc, ontology)


@lru_cache(maxsize=2)
def _find_quoted(doc: Doc, ontology: Ontology) -> frozenset[int]:
    return find_stories(doc, ontology).union(*(range(span.start, span.end) for span in find_quotations(doc)))


def source_of(trigger: Token, ontology: Ontology) -> tuple[int, int]:
    """The stretch that names who says so: the subject of 'said' with what stands before it."""
    index = find_stance(trigger, ontology).source
    if index < 0:
        return (0, 0)
    speaker = trigger.doc[index]
    left = [token.i for token in speaker.subtree if token.i <= speaker.i and token.dep_ != "relcl"]
    return (min(left), speaker.i + 1)
