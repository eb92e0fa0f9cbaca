"""No trigger, no relation: some word of the sentence must speak for it, not just that a person and a party meet."""

import re
from functools import lru_cache

from kg.model import Curie
from kg.nlp.candidates import Pair
from kg.nlp.tree import tokens_of
from kg.nlp.weights import Weights

_LEAST = 50  # hundredths that the words must add
_CONTENT = frozenset({"NOUN", "VERB", "AUX", "ADJ", "PROPN"})
_KNOWN = ("word for ", "frame ")
_OWN = ("subject says", "object says", "subject ends", "object ends", "subject is", "object is", "subject class",
        "object class", "types", "order", "forms", "another", "join has")  # fmt: skip
_WORD = re.compile(r"[\w'-]+")


def has_trigger(pair: Pair, features: frozenset[str], relation: Curie, weights: Weights) -> bool:
    """True where words around and between the two, not their own, speak enough for the relation."""
    content, table = _find_content(pair), weights.tables[relation]
    known = features & table.keys()
    return sum(table[name] for name in known if table[name] > 0 and _is_spoken(name, content)) >= _LEAST


def _is_spoken(feature: str, content: frozenset[str]) -> bool:
    return feature.startswith(_KNOWN) or not content.isdisjoint(_list_words(feature))


@lru_cache(maxsize=1 << 15)
def _list_words(feature: str) -> frozenset[str]:
    """The words in a feature that are not of an end itself."""
    return frozenset() if feature.startswith(_OWN) else frozenset(_WORD.findall(feature))


def _find_content(pair: Pair) -> frozenset[str]:
    """Nouns, verbs and adjectives of the sentence that are of neither end."""
    tokens = tokens_of(pair.subject.span.doc)
    inside = {*range(pair.subject.start, pair.subject.end), *range(pair.object.start, pair.object.end)}
    outside = (tokens[i] for i in range(*pair.subject.sentence) if i not in inside)
    words = [token for token in outside if token.pos_ in _CONTENT]
    return frozenset((*(token.lower_ for token in words), *(token.lemma_.lower() for token in words)))
