"""The class of a body by the noun before its name: 'the logging *company* Volta Timber', 'the *newspaper* El Sol'."""

from spacy.tokens import Span

from kg.nlp.persons import is_given_name
from kg.nlp.spans import is_name, lemma, relabel
from kg.ontology import Ontology

_OPEN = frozenset(
    {"kg:Organization", "kg:SocialMovement", "kg:Place", "kg:City", "kg:Work", "kg:Facility", "kg:Person"}
)


def type_by_noun(span: Span, ontology: Ontology) -> Span:
    """A name of unsure class right behind a noun for a kind of body is of that kind."""
    if not is_name(span) or span.kb_id_ or span.label_ not in _OPEN or not span.start:
        return span
    noun = span[0].nbor(-1)
    kind = ontology.nominals.get(lemma(noun), "") if noun.text.islower() else ""
    attached = noun.head.i in range(span.start, span.end) or span.root.head == noun
    if not attached or not ontology.is_a(kind, "kg:Organization") or is_given_name(span[0].text, ontology):
        return span
    return relabel(span, kind=kind)
