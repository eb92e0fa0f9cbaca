"""A read Doc as plain columns: what the features of relations ask of it, read off once, since asking spaCy is slow."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from kg.model import STRICT, Curie
from kg.nlp.rows import Row
from kg.nlp.spans import CHAIN, index_mentions, is_name, lemma
from kg.nlp.tree import children_of, tokens_of
from kg.ontology import Ontology

_KINDS = ("kg:Person", "kg:Country", "kg:Place", "kg:PoliticalParty", "kg:Organization", "kg:Date", "kg:Event")

Told = Mapping[tuple[int, str, str], frozenset[tuple[Curie, str]]]
"""Sentence and two chains → the relations that frames surely read between them, each with its factuality."""


class Mask(NamedTuple):
    """A mention in the place of its words; ``bare`` where they tell more than its kind: 'his', 'minister'."""

    start: int
    end: int
    kind: str
    bare: bool


class Parse(NamedTuple):
    """Columns by token index; ``words`` are in lower case, '' for space; ``evoked``: what a word may tell of."""

    words: Sequence[str]
    lemmas: Sequence[str]
    steps: Sequence[str]
    labels: Sequence[str]
    heads: Sequence[int]
    children: Sequence[Sequence[int]]
    evoked: Sequence[tuple[Curie, ...]]
    masks: Mapping[int, Mask]
    chains: Mapping[tuple[int, int], str]
    told: Told


def read_parse(doc: Doc, ontology: Ontology) -> Parse:
    """The columns of ``doc``, which all steps up to the relations have read."""
    chains = index_chains(doc)
    tokens = tokens_of(doc)
    lemmas = [lemma(token) for token in tokens]
    return Parse(
        ["" if token.is_space else token.lower_ for token in tokens],
        lemmas,
        [_name_step(token) for token in tokens],
        [token.dep_ for token in tokens],
        [i + offset for i, offset in enumerate(doc.to_array("HEAD").astype("int64").tolist())],
        [[child.i for child in children_of(token)] for token in tokens],
        [list_evoked(word, ontology) for word in lemmas],
        {i: _mask(span, ontology) for i, span in index_mentions(doc).items()},
        chains,
        _read_told(doc, chains),
    )


def index_chains(doc: Doc) -> dict[tuple[int, int], str]:
    """Start and end of a mention → its chain."""
    return {(span.start, span.end): key for key in doc.spans if key.startswith(CHAIN) for span in doc.spans[key]}


def find_chain(start: int, end: int, chains: Mapping[tuple[int, int], str]) -> str:
    """A mention in no chain is one of its own."""
    return chains.get((start, end), str(start))


@lru_cache(maxsize=1024)
def kind_of(label: Curie, ontology: Ontology) -> str:
    """The coarse class, without prefix: what takes the place of a mention's words."""
    return next((kind for kind in _KINDS if ontology.is_a(label, kind)), label).removeprefix("kg:")


def _mask(span: Span, ontology: Ontology) -> Mask:
    return Mask(span.start, span.end, kind_of(span.label_, ontology), not is_name(span) and span.id_ != "value")


def _name_step(token: Token) -> str:
    """A dependency, with the word where it is a preposition or another small one."""
    return f"{token.dep_}:{token.lower_}" if token.pos_ in {"ADP", "PART", "SCONJ"} else token.dep_


@lru_cache(maxsize=65536)
def list_evoked(word: str, ontology: Ontology) -> tuple[Curie, ...]:
    """Relations that the lexicon has the word for: 'wife' tells of spouses."""
    single = (frame for words, frame in ontology.frames.get(word, ()) if len(words) == 1)
    return tuple(sorted({frame.evokes for frame in single if "lex:subject" in dict(frame.arguments)}))


def _read_told(doc: Doc, chains: Mapping[tuple[int, int], str]) -> Told:
    found: dict[tuple[int, str, str], set[tuple[Curie, str]]] = {}
    for row in (Row(*row) for row in doc._.relations):
        if row.predicate != "rdf:type" and row.score >= STRICT:
            one, other = (find_chain(*place[:2], chains) for place in (row.subject, row.object))
            found.setdefault((row.sentence[0], one, other), set()).add((row.predicate, row.factuality))
    return {key: frozenset(relations) for key, relations in found.items()}
