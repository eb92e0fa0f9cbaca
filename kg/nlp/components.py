"""The steps of reading as spaCy components; each reads what the ones before it wrote."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.coreference import annotate_coreference
from kg.nlp.events import annotate_events
from kg.nlp.frames import annotate_frames
from kg.nlp.known_lemmas import LEMMATIZER, KnownLemmas
from kg.nlp.mentions import annotate_mentions
from kg.nlp.parsing import PARSER, QuickParser
from kg.nlp.recogniser import NER, Recogniser
from kg.nlp.relations import annotate_relations
from kg.nlp.repairs import repair_parses
from kg.nlp.scoring import annotate_scores
from kg.nlp.tokens import bound_sentences
from kg.nlp.values import annotate_values
from kg.nlp.weights import read_weights
from kg.ontology import Ontology, load_ontology

STEPS = (
    "kg_repairs",
    "kg_values",
    "kg_mentions",
    "kg_coreference",
    "kg_frames",
    "kg_events",
    "kg_relations",
)
STEPS_OF_ANY_LANGUAGE = ("kg_mentions", "kg_coreference", "kg_relations")
"""What a model of another language is read by: its names and ours, and which of them are one; no English words."""
Annotator = Callable[[Doc], Doc]


def register_extensions() -> None:
    """Declares what docs carry; strings and numbers only, so that a Doc can be pickled."""
    Doc.set_extension("published", default="", force=True)
    Doc.set_extension("relations", default=[], force=True)


register_extensions()


def _read_values(doc: Doc) -> Doc:
    published: str = doc._.published
    return annotate_values(doc, published=date.fromisoformat(published) if published else None)


_ANNOTATORS = (
    annotate_mentions,
    annotate_coreference,
    annotate_frames,
    annotate_events,
    annotate_relations,
)


def annotate(doc: Doc, ontology: Ontology) -> Doc:
    """All steps on a parsed Doc without a pipeline around it."""
    doc = _read_values(repair_parses(doc, ontology=ontology))
    for step in _ANNOTATORS:
        doc = step(doc, ontology=ontology)
    return doc


def _load(folder: str, names: list[str]) -> Ontology:
    """A component's configuration holds strings alone."""
    return load_ontology(Path(folder), tuple(map(Path, names)))


@Language.factory("kg_paragraphs", assigns=["token.is_sent_start"])
def make_paragraphs(nlp: Language, name: str) -> Annotator:
    """Sentence starts after blank lines, and where a sentence is too long to be one."""
    return bound_sentences


@Language.factory("kg_parser", assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"])
def make_parser(nlp: Language, name: str) -> QuickParser:
    """The trees that the parser of the model makes."""
    known: Any = nlp.get_pipe(PARSER)
    return QuickParser(known)


@Language.factory("kg_lemmas", assigns=["token.lemma"])
def make_lemmas(nlp: Language, name: str) -> KnownLemmas:
    """The lemmas that the lemmatizer of the model gives."""
    known: Any = nlp.get_pipe(LEMMATIZER)
    return KnownLemmas(known)


@Language.factory("kg_names", requires=["token.is_sent_start"], assigns=["doc.ents"])
def make_names(nlp: Language, name: str) -> Recogniser:
    """The names that the recogniser of the model finds."""
    known: Any = nlp.get_pipe(NER)
    return Recogniser(known)


@Language.factory("kg_repairs", requires=["token.dep"], assigns=["token.head"])
def make_repairs(nlp: Language, name: str, ontology: str, names: list[str]) -> Annotator:
    """Parses without the commonest errors."""
    return partial(repair_parses, ontology=_load(ontology, names))


@Language.factory("kg_values", assigns=["doc.spans"])
def make_values(nlp: Language, name: str) -> Annotator:
    """Dates."""
    return _read_values


@Language.factory("kg_mentions", requires=["doc.ents", "token.dep"], assigns=["doc.spans"])
def make_mentions(nlp: Language, name: str, ontology: str, names: list[str]) -> Annotator:
    """Names, nominals, pronouns."""
    return partial(annotate_mentions, ontology=_load(ontology, names))


@Language.factory("kg_coreference", requires=["doc.spans"], assigns=["doc.spans"])
def make_coreference(nlp: Language, name: str, ontology: str, names: list[str]) -> Annotator:
    """Chains."""
    return partial(annotate_coreference, ontology=_load(ontology, names))


@Language.factory("kg_frames", requires=["doc.spans", "token.dep"], assigns=["doc.spans"])
def make_frames(nlp: Language, name: str, ontology: str, names: list[str]) -> Annotator:
    """Words that evoke a relation or an event."""
    return partial(annotate_frames, ontology=_load(ontology, names))


@Language.factory("kg_events", requires=["doc.spans"], assigns=["doc.spans", "doc._.relations"])
def make_events(nlp: Language, name: str, ontology: str, names: list[str]) -> Annotator:
    """Events and their roles."""
    return partial(annotate_events, ontology=_load(ontology, names))


@Language.factory("kg_relations", requires=["doc.spans"], assigns=["doc._.relations"])
def make_relations(nlp: Language, name: str, ontology: str, names: list[str]) -> Annotator:
    """Relations and types."""
    return partial(annotate_relations, ontology=_load(ontology, names))


@Language.factory("kg_scores", requires=["doc.spans", "doc._.relations"], assigns=["doc._.relations"])
def make_scores(nlp: Language, name: str, ontology: str, names: list[str], weights: str) -> Annotator:
    """Relations that examples taught."""
    return partial(annotate_scores, ontology=_load(ontology, names), weights=read_weights(Path(weights)))
