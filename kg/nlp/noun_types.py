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
    if not is_name(span) or span.kb_id_ or span.label_ not in _OPEN or not span.start:
        return span
    kinds = (ontology.nominals.get(lemma(noun), "") for noun in _find_nouns(span, ontology) if noun.text.islower())
    return relabel(span, kind=next((kind for kind in kinds if ontology.is_a(kind, "kg:Organization")), span.label_))


def _find_nouns(span: Span, ontology: Ontology) -> Iterator[Token]:
    """'the *newspaper* El Sol', 'the *party*, Nueva Era'; not 'the company *Ana Ruiz* runs'."""
    apposed, before = span.root.dep_ == "appos", span[0].nbor(-1)
    person = is_given_name(span[0].text, ontology)
    for noun in children_of(span.root):  # 'Hanse Papier, a *company* in Lübeck'
        alone = not any(child.dep_ == "conj" for child in (*children_of(noun), *children_of(span.root)))
        if noun.dep_ == "appos" and noun.i > span.end and alone and not person:
            yield noun
    if apposed and not person:
        yield span.root.head
    attached = before.head.i in range(span.start, span.end) or span.root.head == before
    if attached and (apposed or not person):
        yield before
