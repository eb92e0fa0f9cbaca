"""Which ordered pairs of mentions are looked at for which relations.

A pair stands in one sentence. A relation is *sure* of a pair where both classes are what domain and range ask for;
it is *open* where a class may be the reader's mistake (a name on no list, a relative pronoun). Open ones are scored
and learned from, but never stated.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from spacy.tokens import Doc, Span

from kg.model import Curie
from kg.nlp.frames import fits
from kg.nlp.parse import kind_of
from kg.nlp.spans import MENTIONS, is_name, is_nominal, is_pronoun
from kg.nlp.strays import find_strays
from kg.ontology import Ontology

_PERSONAL = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself", "i", "me", "my", "myself"})
_MISTAKEN = ("kg:Person", "kg:Organization", "kg:Place", "kg:Work", "kg:Law", "kg:Group")
_GUESSED = ("kg:Person", "kg:Organization", "kg:Place")
_FAR = 60  # tokens between two mentions that are still read together

Ends = Mapping[Curie, tuple[Curie, Curie]]
"""Relation → domain and range."""


class End(NamedTuple):
    """A mention, its head and sentence, and the relations it may be an end of: surely, or if its class is mistaken."""

    span: Span
    start: int
    end: int
    root: int
    sentence: tuple[int, int]
    kind: str
    subject_of: frozenset[Curie]
    object_of: frozenset[Curie]
    maybe_subject_of: frozenset[Curie]
    maybe_object_of: frozenset[Curie]


class Pair(NamedTuple):
    """Two mentions, and the relations the first may have to the second."""

    subject: End
    object: End
    sure: frozenset[Curie]
    open: frozenset[Curie]


def find_ends(relations: Sequence[Curie], ontology: Ontology) -> Ends:
    """Domain and range of those relations that the ontology has."""
    known = (relation for relation in relations if relation in ontology.domain)
    return {name: (ontology.domain[name], ontology.range.get(name, "kg:Entity")) for name in known}


def find_pairs(doc: Doc, ends: Ends, ontology: Ontology, *, strays: bool = False) -> Iterator[Pair]:
    """Pairs of one sentence that a relation is sure of, in text order.

    ``strays`` adds those it is open for, and what is no mention of ours: 'I', 'where', other names.
    """
    for near in _group(doc, ends, ontology, strays=strays):
        for one, other in permutations(near, 2):
            sure = one.subject_of & other.object_of
            loose = (one.maybe_subject_of & other.maybe_object_of) - sure if strays else frozenset()
            if (sure or loose) and abs(one.start - other.start) <= _FAR:
                yield Pair(one, other, sure, loose)


def _group(doc: Doc, ends: Ends, ontology: Ontology, *, strays: bool) -> Iterator[list[End]]:
    """The mentions of each sentence that has two; those that are an end of nothing cost nothing more."""
    spans = [span for span in doc.spans.get(MENTIONS, ()) if not _is_common(span)]
    if strays:
        spans = sorted((*spans, *find_strays(doc)), key=lambda span: span.start)
    sentences: dict[tuple[int, int], list[Span]] = {}
    for span in spans:
        sentence = span[0].sent
        sentences.setdefault((sentence.start, sentence.end), []).append(span)
    for sentence, near in sentences.items():
        if len(near) > 1:
            found = [_make_end(span, sentence, ends, ontology) for span in near]
            yield [end for end in found if end.maybe_subject_of or end.maybe_object_of]


def _make_end(span: Span, sentence: tuple[int, int], ends: Ends, ontology: Ontology) -> End:
    kinds = {kind for pair in ends.values() for kind in pair}
    sure = {kind for kind in kinds if fits(span, kind, ontology)}
    maybe = {kind for kind in kinds if kind in sure or _may_be(span, kind, ontology)}
    roles = (
        frozenset(name for name, pair in ends.items() if pair[side] in fitting)
        for fitting in (sure, maybe)
        for side in (0, 1)
    )
    kind = kind_of(span.label_, ontology)
    return End(span, span.start, span.end, span.root.i, sentence, kind, *roles)


def _may_be(span: Span, kind: Curie, ontology: Ontology) -> bool:
    """'*Petalina*' read as a person may be a company; 'who' and 'which' whatever; '1962' read as a number a year."""
    if kind == "kg:Date":
        return span.label_ == "kg:Date" or (span.label_ == "kg:Number" and len(span.text) == 4)
    if is_pronoun(span):
        return kind == "kg:Person" or span.text.lower() not in _PERSONAL
    unsure = is_name(span) and any(ontology.is_a(span.label_, each) for each in _MISTAKEN)
    return unsure and not span.kb_id_ and any(ontology.is_a(kind, each) for each in _GUESSED)


def _is_common(span: Span) -> bool:
    """'the founder', 'his son': a word of the relation more often than an end of it."""
    return is_nominal(span) and not span.kb_id_ and not span.text[0].isupper()
