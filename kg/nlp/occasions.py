"""Whether a text speaks of one event that took place, or of events of its kind: 'votes were held', 'votes cost'."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Span, Token

from kg.model import Curie
from kg.nlp.paths import walk, walk_all
from kg.nlp.tree import children_of
from kg.ontology import Ontology

_AROUND = frozenset({"after", "since", "following", "amid", "during"})
_LINKS = frozenset({"pobj", "prep", "conj", "compound", "nmod", "attr", "dobj", "nsubj", "nsubjpass", "agent", "pcomp"})
_VERBS = frozenset({"VERB", "AUX"})


def has_happened(trigger: Token) -> bool:
    """'protests *brought* him down', 'has *led* to strikes', '*after* the revolt': not spoken of in general."""
    token = trigger
    while token.dep_ in _LINKS and token.head.i != token.i:
        token = token.head
        if token.dep_ == "prep" and token.lower_ in _AROUND:
            return True
        if token.pos_ in _VERBS:
            return is_past(token)
    return token.pos_ in _VERBS and is_past(token)


def is_past(verb: Token) -> bool:
    """'*fell*', 'has *fallen*', 'was *toppled*', 'the man *arrested* in May'."""
    if verb.tag_ == "VBD":
        return True
    helpers = [child for child in children_of(verb) if child.dep_ in ("aux", "auxpass")]
    if any(helper.tag_ == "MD" for helper in helpers):
        return False
    if verb.tag_ == "VBN" and not helpers:
        return verb.dep_ in ("acl", "advcl")
    return any(helper.tag_ == "VBD" or helper.lemma_ == "have" for helper in helpers)


def is_dated(
    anchors: Sequence[Token], positions: Sequence[Curie], mentions: Mapping[int, Span], ontology: Ontology
) -> bool:
    """'elections on *19 February*', 'the elections *last weekend*' are certain ones, though we don't know the year."""
    ends = [end.i for at in positions for anchor in anchors for end in walk_all(anchor, ontology.positions[at])]
    behind = [anchor.i + 1 for anchor in anchors[:1]]  # whatever parsers hang it on
    return any(span.label_ == "kg:Date" for i in (*ends, *behind) if (span := mentions.get(i)) is not None)


def find_where(trigger: Token) -> Token | None:
    """'moved to *Lisbon*, where he was arrested', 'a raid in *Lima* in which he was shot', 'flew to *Lima*, where
    riots had broken out'."""
    if trigger.dep_ in ("nsubj", "nsubjpass") and trigger.head.dep_ == "relcl" and trigger.pos_ == "NOUN":
        trigger = trigger.head
    if trigger.dep_ != "relcl":
        return None
    if any(child.lower_ == "where" for child in children_of(trigger)):
        return trigger.head
    inside = any(word.lower_ == "which" for word in walk(trigger, "prep:in pobj"))
    return next(iter(walk(trigger.head, "prep:in pobj")), None) if inside else None
