"""The words of a text with each mention masked by its kind: 'PERSON was born in PLACE'."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from spacy.tokens import Doc, Span

from kg.model import Curie
from kg.nlp.spans import is_name, list_mentions, places_of
from kg.ontology import Ontology

_KINDS = ("kg:Person", "kg:Country", "kg:Place", "kg:PoliticalParty", "kg:Organization", "kg:Date", "kg:Event")


class Mask(NamedTuple):
    """A mention in the place of its words; ``bare`` where they tell more than its kind: 'his', 'minister'."""

    start: int
    end: int
    kind: str
    bare: bool


class Masked(NamedTuple):
    """Masked words and kinds of mentions in text order, and by token index where those of a stretch of tokens stand.

    The words of ``start:stop`` are ``words[first[start] : end[stop]]``, where one that begins or ends within a mention
    has its mask; the mentions are ``kinds[kinds_before[start] : kinds_before[stop]]``.
    """

    words: Sequence[str]
    first: Sequence[int]
    end: Sequence[int]
    kinds: Sequence[str]
    kinds_before: Sequence[int]


def read_masks(doc: Doc, ontology: Ontology) -> dict[int, Mask]:
    """Token index → mask: every token of a name or value, the head alone of a nominal."""
    found: dict[int, Mask] = {}
    for span in list_mentions(doc):
        mask = _mask(span, ontology)
        for i in places_of(span):
            found[i] = mask
    return found


def _mask(span: Span, ontology: Ontology) -> Mask:
    return Mask(span.start, span.end, kind_of(span.label_, ontology), not is_name(span) and span.id_ != "value")


@lru_cache(maxsize=1024)
def kind_of(label: Curie, ontology: Ontology) -> str:
    """The coarse class, without prefix: what takes the place of a mention's words."""
    return next((kind for kind in _KINDS if ontology.is_a(label, kind)), label).removeprefix("kg:")


def mask_words(words: Sequence[str], masks: Mapping[int, Mask]) -> Masked:
    """``words`` by token, '' for space, with the kind of a mention in the place of its own."""
    shown, begins, within = list(words), [0] * len(words), [0] * (len(words) + 1)
    last = None
    for i, mask in masks.items():
        begins[i] = mask is not last
        if not mask.bare:
            shown[i] = mask.kind.upper() if mask is not last else ""
            within[i] = mask is last
        last = mask
    end = [*accumulate(map(bool, shown), initial=0)]
    return Masked(
        [word for word in shown if word],
        [*map(sub, end, within)],
        end,
        [mask.kind for i, mask in masks.items() if begins[i]],
        [*accumulate(begins, initial=0)],
    )
