"""Scores inside a chain: 'Ann, *who* was born in Quito' says it of Ann too."""

from collections.abc import Sequence

from spacy.tokens import Doc, Span

from kg.model import Curie
from kg.nlp.candidates import Pair
from kg.nlp.spans import CHAIN

Scores = dict[Curie, float]
"""Relation → probability, of one pair."""


def index_chains(doc: Doc) -> dict[tuple[int, int], str]:
    """Start and end of a mention → its chain."""
    return {(span.start, span.end): key for key in doc.spans if key.startswith(CHAIN) for span in doc.spans[key]}


def share_scores(doc: Doc, pairs: Sequence[Pair], scores: Sequence[Scores]) -> list[Scores]:
    """For each pair and relation the mean of its own score and the best in its sentence between the same two chains."""
    chains = index_chains(doc)
    keys = [_key(pair, chains) for pair in pairs]
    best: dict[tuple[object, Curie], float] = {}
    for key, own in zip(keys, scores, strict=True):
        for relation, score in own.items():
            best[key, relation] = max(score, best.get((key, relation), 0.0))
    return [
        {relation: (score + best[key, relation]) / 2 for relation, score in own.items()}
        for key, own in zip(keys, scores, strict=True)
    ]


def _key(pair: Pair, chains: dict[tuple[int, int], str]) -> tuple[str, ...]:
    """Sentence and chains; a pair inside one chain shares with none."""
    subject, target = _chain(pair.subject, chains), _chain(pair.object, chains)
    alone = (str(pair.subject.start), str(pair.object.start)) if subject == target else ()
    return (str(pair.subject[0].sent.start), subject, target, *alone)


def _chain(span: Span, chains: dict[tuple[int, int], str]) -> str:
    """A mention in no chain is one of its own."""
    return chains.get((span.start, span.end), str(span.start))
