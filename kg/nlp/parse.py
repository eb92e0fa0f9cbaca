"""A read Doc as plain columns: what the features of relations ask of it, read off once, since asking spaCy is slow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc

from kg.model import STRICT, Curie
from kg.nlp.masks import Mask, Masked, mask_words, read_masks
from kg.nlp.rows import Row
from kg.nlp.spans import find_chain, index_chains, lemmas_of
from kg.nlp.tree import tokens_of
from kg.ontology import Ontology

_SMALL = frozenset({"ADP", "PART", "SCONJ"})

Told = Mapping[int, Mapping[tuple[str, str], frozenset[tuple[Curie, str]]]]
"""Sentence → two chains → the relations that frames surely read between them, each with its factuality."""


@dataclass(frozen=True, slots=True, eq=False)
class Parse:
    """Columns by token index; ``words`` are in lower case, '' for space; ``steps`` are dependencies, with the word
    where it is a preposition or another small one; ``evoked``: what a word may tell of.

    Equal is only the same one.
    """

    words: Sequence[str]
    lemmas: Sequence[str]
    steps: Sequence[str]
    labels: Sequence[str]
    heads: Sequence[int]
    children: Mapping[int, Sequence[int]]
    evoked: Sequence[tuple[Curie, ...]]
    masks: Mapping[int, Mask]
    masked: Masked
    chains: Mapping[tuple[int, int], str]
    told: Told


def read_parse(doc: Doc, ontology: Ontology) -> Parse:
    """The columns of ``doc``, which all steps up to the relations have read."""
    chains, masks = index_chains(doc), read_masks(doc, ontology)
    tokens = tokens_of(doc)
    words = ["" if token.is_space else token.lower_ for token in tokens]
    lemmas = lemmas_of(doc)
    heads = [token.head.i for token in tokens]
    return Parse(
        words,
        lemmas,
        [f"{token.dep_}:{token.lower_}" if token.pos_ in _SMALL else token.dep_ for token in tokens],
        [token.dep_ for token in tokens],
        heads,
        _find_children(heads),
        [list_evoked(word, ontology) if word in ontology.frames else () for word in lemmas],
        masks,
        mask_words(words, masks),
        chains,
        _read_told(doc, chains),
    )


def _find_children(heads: Sequence[int]) -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for i, head in enumerate(heads):
        if head != i:
            children.setdefault(head, []).append(i)
    return children


@lru_cache(maxsize=65536)
def list_evoked(word: str, ontology: Ontology) -> tuple[Curie, ...]:
    """Relations that the lexicon has the word for: 'wife' tells of spouses."""
    single = (frame for words, frame in ontology.frames.get(word, ()) if len(words) == 1)
    return tuple(sorted({frame.evokes for frame in single if "lex:subject" in dict(frame.arguments)}))


def _read_told(doc: Doc, chains: Mapping[tuple[int, int], str]) -> Told:
    found: dict[int, dict[tuple[str, str], frozenset[tuple[Curie, str]]]] = {}
    rows: list[Row] = doc._.relations
    for row in rows:
        if row.predicate != "rdf:type" and row.score >= STRICT:
            one, other = (find_chain(*place[:2], chains) for place in (row.subject, row.object))
            told = found.setdefault(row.sentence[0], {})
            told[one, other] = told.get((one, other), frozenset()) | {(row.predicate, row.factuality)}
    return found
