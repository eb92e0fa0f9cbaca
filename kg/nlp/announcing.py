"""Who tells what stands behind a colon: 'Police: Ann Bo shot him' is the police's word, not the text's."""

from spacy.tokens import Token

from kg.nlp.governors import find_cue
from kg.nlp.spans import lemma
from kg.nlp.tree import children_of
from kg.ontology import Ontology

_SPEAKERS = ("kg:Person", "kg:Organization")
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_LOOSE = frozenset({"dep", "npadvmod", "nmod"})
"""What parsers make of a noun that is no part of the clause; or they give it a second subject."""


def find_announcer(verb: Token, ontology: Ontology) -> Token | None:
    """'*Police*: Ann Bo shot him', 'The *charge*: Ann Bo shot him', 'Ann Bo shot him: *police*'; None where the text
    itself tells it."""
    subjects = [child for child in children_of(verb) if child.dep_ in _SUBJECTS]
    if not subjects:
        return None
    beside = [*subjects[:-1], *(child for child in children_of(verb) if child.dep_ in _LOOSE)]
    beside += [verb.head] if verb.dep_ in ("acl", "appos") else []
    return next((noun for noun in beside if _is_apart(noun, verb) and _may_tell(noun, ontology)), None)


def _is_apart(noun: Token, verb: Token) -> bool:
    """True where a colon stands between the noun and the clause."""
    first, second = sorted((noun.i, verb.i))
    return any(word.text == ":" for word in verb.doc[first:second])


def _may_tell(noun: Token, ontology: Ontology) -> bool:
    """Somebody who speaks, or what is said: no 'update', no land."""
    kind = ontology.nominals.get(lemma(noun))
    if noun.pos_ == "NOUN" and kind is not None:
        return any(ontology.is_a(kind, speaker) for speaker in _SPEAKERS)
    cue = find_cue(noun, ontology)
    return cue is not None and cue.gives == "Uu"
