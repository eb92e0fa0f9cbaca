"""The class of a body by the noun before its name: 'the logging *company* Volta Timber', 'the *newspaper* El Sol'."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.nlp.persons import is_given_name
from kg.nlp.spans import is_name, lemma, relabel
from kg.nlp.tree import children_of
from kg.ontology import Ontology

_OPEN = frozenset(
    {"kg:Organization", "kg:SocialMovement", "kg:Place", "kg:City", "kg:Work", "kg:Facility", "kg:Person", "kg:Region"}
)


def type_by_noun(span: Span, ontology: Ontology) -> Span:
    """A name of unsure class beside a noun for a kind of body is of that kind."""
    if not is_name(span) or span.kb_id_ or span.label_ not in _OPEN:
        return span
    kinds = (ontology.nominals.get(lemma(noun), "") for noun in _find_nouns(span, ontology) if noun.text.islower())
    return relabel(span, kind=next((kind for kind in kinds if ontology.is_a(kind, "kg:Organization")), span.label_))


def _find_nouns(span: Span, ontology: Ontology) -> Iterator[Token]:
    """'the *newspaper* El Sol', 'the *party*, Nueva Era'; not 'the company *Ana Ruiz* runs'."""
    yield from _find_apposed(span)
    if not span.start:
        return
    apposed, before = span.root.dep_ == "appos", span[0].nbor(-1)
    person = is_given_name(span[0].text, ontology)
    if apposed and not person:
        yield span.root.head
    attached = before.head.i in range(span.start, span.end) or span.root.head == before
    if attached and (apposed or not person):
        yield before


def _find_apposed(span: Span) -> Iterator[Token]:
    """'Hanse Papier, a *company* in Lübeck,'; what stands in a row is another."""
    beside = children_of(span.root)
    for noun in (child for child in beside if child.dep_ == "appos" and child.i > span.end):
        if not any(child.dep_ == "conj" for child in (*children_of(noun), *beside)):
            yield noun
