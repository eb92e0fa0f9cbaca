"""Which ordered pairs of mentions are looked at for which relations.

A pair stands in one sentence. A relation is *sure* of a pair where both classes are what domain and range ask for;
it is *open* where a class may be the reader's mistake (a name on no list, a relative pronoun). Open ones are scored
and learned from, but never stated.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from kg.model import Curie, Form
from kg.nlp.frames import fits
from kg.nlp.spans import MENTIONS, is_name, is_nominal, is_pronoun, make_span
from kg.ontology import Ontology

_SPEAKERS = frozenset({"i", "me", "my", "myself", "we", "us", "our"})
_PERSONAL = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself", "i", "me", "my", "myself"})
_MISTAKEN = ("kg:Person", "kg:Organization", "kg:Place", "kg:Work", "kg:Law", "kg:Group")
_GUESSED = ("kg:Person", "kg:Organization", "kg:Place")
_FAR = 60  # tokens between two mentions that are still read together

Roles = tuple[frozenset[Curie], frozenset[Curie]]
"""The relations a mention may be an end of: surely, and if its class is mistaken."""


class Pair(NamedTuple):
    """Two mentions, and the relations the first may have to the second."""

    subject: Span
    object: Span
    sure: frozenset[Curie]
    open: frozenset[Curie]


def find_pairs(doc: Doc, relations: Sequence[Curie], ontology: Ontology, *, strays: bool = False) -> Iterator[Pair]:
    """Pairs of one sentence, in text order; ``strays`` adds what is no mention of ours: 'I', 'where', other names."""
    mentions = [span for span in doc.spans.get(MENTIONS, ()) if not _is_common(span)]
    if strays:
        mentions = sorted((*mentions, *_find_strays(doc)), key=lambda span: span.start)
    sentences: dict[int, list[Span]] = {}
    for span in mentions:
        sentences.setdefault(span[0].sent.start, []).append(span)
    for near in sentences.values():
        subjects = [_roles(span, relations, ontology.domain, ontology) for span in near]
        objects = [_roles(span, relations, ontology.range, ontology) for span in near]
        for one, other in permutations(range(len(near)), 2):
            sure = subjects[one][0] & objects[other][0]
            loose = (subjects[one][1] & objects[other][1]) - sure
            if (sure or loose) and abs(near[one].start - near[other].start) <= _FAR:
                yield Pair(near[one], near[other], sure, loose)


def _roles(span: Span, relations: Sequence[Curie], ends: dict[Curie, Curie], ontology: Ontology) -> Roles:
    kinds = {relation: ends.get(relation, "kg:Entity") for relation in relations}
    sure = frozenset(relation for relation, kind in kinds.items() if fits(span, kind, ontology))
    loose = frozenset(relation for relation, kind in kinds.items() if _may_be(span, kind, ontology))
    return sure, sure | loose


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


def _find_strays(doc: Doc) -> Iterator[Span]:
    """The writer, 'where', and capitalised words that are in no mention."""
    taken = {i for span in doc.spans.get(MENTIONS, ()) for i in range(span.start, span.end)}
    start = -1
    for token in doc:
        if start >= 0 and (token.i in taken or not _is_capital(token)):
            yield make_span(doc, start, token.i, "kg:Organization", Form.NAME)
            start = -1
        if token.i in taken:
            continue
        if token.lower_ in _SPEAKERS or (token.lower_ == "where" and token.tag_ == "WRB"):
            yield make_span(doc, token.i, token.i + 1, "kg:Entity", Form.PRONOUN)
        elif start < 0 and _is_capital(token):
            start = token.i
    if start >= 0:
        yield make_span(doc, start, len(doc), "kg:Organization", Form.NAME)


def _is_capital(token: Token) -> bool:
    """A word that may be of a name: 'Petalina', '宮本'."""
    return token.pos_ == "PROPN" or (token.is_alpha and not token.text.islower() and not token.is_ascii)
