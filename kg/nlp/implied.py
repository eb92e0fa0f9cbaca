"""The country that a text means where it names none: who declares an emergency, or what the text is about."""

from collections.abc import Mapping
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from kg.model import Curie
from kg.nlp.frames import Filler, Hit
from kg.nlp.mentions import dominant_country
from kg.nlp.spans import list_mentions
from kg.ontology import Ontology


def imply_place(
    hit: Hit, roles: Mapping[Curie, tuple[Filler, ...]], ontology: Ontology
) -> dict[Curie, tuple[Filler, ...]]:
    """Where an event was of which no place is named: in the country the text is about; an emergency where the country
    that declares it is, but nobody protests in a land because a land does."""
    declared = roles.get("kg:actor", ()) if hit.frame.evokes == "kg:StateOfEmergency" else ()
    declaring = [filler for filler in declared if filler.span.label_ == "kg:Country"]
    if declaring:
        return {"kg:place": tuple(declaring[:1])}
    country = salient_country(hit.trigger, ontology)
    return {"kg:place": (Filler(country, "implied"),)} if country is not None else {}


def salient_country(token: Token, ontology: Ontology) -> Span | None:
    """The country the text is about, where ``token`` would look for it."""
    name = _find_salient(token.doc, ontology)
    return last_country(token, name) if name else None


@lru_cache(maxsize=2)
def _find_salient(doc: Doc, ontology: Ontology) -> str:
    return dominant_country(list_mentions(doc), ontology)


def last_country(token: Token, name: str) -> Span | None:
    """The last mention of the country ``name`` before ``token``, or the first after it."""
    ours = [span for span in list_mentions(token.doc) if span.kb_id_ == name and span.label_ == "kg:Country"]
    before = [span for span in ours if span.start <= token.i]
    return before[-1] if before else ours[0] if ours else None
