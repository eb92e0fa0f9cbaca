"""Relations that examples taught, beside those of frames: a sum of weights a pair, two thresholds a relation.

From the strict threshold on it is stated, from the loose one on it is a candidate, below it is nothing. A frame that
reads the same or the contrary between the same two things in the sentence goes first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.model import STRICT, Curie, Factuality
from kg.nlp.assertions import source_of
from kg.nlp.candidates import End, Pair, find_ends, find_pairs
from kg.nlp.features import find_features, find_pair_features, find_side_features
from kg.nlp.masks import mask_words
from kg.nlp.parse import Parse, read_parse
from kg.nlp.reasons import describe
from kg.nlp.refusals import is_refused, is_wanting
from kg.nlp.rows import Row, make_row
from kg.nlp.sharing import Key, Odds, find_key, share_odds
from kg.nlp.triggers import has_trigger
from kg.nlp.vetoes import assess_pair, is_forbidden, is_of_one_alone, is_open_elsewhere
from kg.nlp.weights import Scorer, Sums, Weights, sum_weights, to_probability
from kg.ontology import Ontology

_SURE, _FIRM, _CANDIDATE = 0.9, 0.65, 0.25
"""Scores of a fact beyond doubt, of one at the strict threshold, and of a candidate at the loose one."""
_NOTHING = Parse((), (), (), (), (), {}, (), {}, mask_words((), {}), {}, {})


class Scored(NamedTuple):
    """A pair, whom it shares with, and the probability of each relation that is not out of the question."""

    pair: Pair
    key: Key
    scores: Mapping[Curie, float]


def annotate_scores(doc: Doc, *, ontology: Ontology, weights: Weights) -> Doc:
    """Adds a row for each pair and relation at or above the loose threshold."""
    doc._.relations = [*doc._.relations, *_find_rows(doc, weights, ontology)]
    return doc


def score_pairs(doc: Doc, weights: Weights, ontology: Ontology, *, strays: bool = False) -> tuple[list[Scored], Parse]:
    """Every pair with those shared scores that may reach a threshold; nothing is read where no pair fits a relation."""
    pairs = list(find_pairs(doc, find_ends(tuple(weights.scorers), ontology), ontology, strays=strays))
    parse = read_parse(doc, ontology) if pairs else _NOTHING
    keys = [find_key(pair) for pair in pairs]
    shared = share_odds(keys, _find_odds(pairs, parse, weights), weights.may_tell)
    scores = [{name: to_probability(weights.scorers[name], odds) for name, odds in found.items()} for found in shared]
    return [Scored(*each) for each in zip(pairs, keys, scores, strict=True)], parse


def _find_odds(pairs: Sequence[Pair], parse: Parse, weights: Weights) -> list[Odds]:
    """Log-odds by relation; what an end alone adds is summed once for all its pairs."""
    if not pairs:
        return []
    both = sum_weights((find_pair_features(pair, parse) for pair in pairs), weights)
    subjects = _sum_ends([pair.subject for pair in pairs], "subject", parse, weights)
    objects = _sum_ends([pair.object for pair in pairs], "object", parse, weights)
    bias = [scorer.bias for scorer in weights.scorers.values()]
    odds = (bias + (both + subjects + objects) / 100).tolist()
    columns = {name: column for column, name in enumerate(weights.scorers)}
    return [
        {name: row[columns[name]] for name in chain(pair.sure, pair.open)}
        for pair, row in zip(pairs, odds, strict=True)
    ]


def _sum_ends(ends: Sequence[End], role: str, parse: Parse, weights: Weights) -> Sums:
    """What each end adds in its role; they do not overlap, so that one is known by its start."""
    known = {end.start: end for end in ends}
    rows = {start: row for row, start in enumerate(known)}
    sums = sum_weights((find_side_features(end, role, parse) for end in known.values()), weights)
    return sums[[rows[end.start] for end in ends]]


def _find_rows(doc: Doc, weights: Weights, ontology: Ontology) -> Iterator[Row]:
    scored, parse = score_pairs(doc, weights, ontology)
    for item in scored:
        said = _find_said(item, weights, parse, ontology) if item.scores else []
        if said and not is_forbidden(item.pair, parse, ontology):
            yield from _make_rows(item, said, weights, parse, ontology)


def _find_said(item: Scored, weights: Weights, parse: Parse, ontology: Ontology) -> list[Curie]:
    """The relations that are likely enough, and that no frame has told."""
    likely = (name for name in sorted(item.scores.keys() & item.pair.sure) if _is_likely(item, name, weights))
    once = (name for name in likely if not _is_mirrored(item.pair, name, ontology))
    return [name for name in once if not _is_told(item.key, name, parse, ontology)]


def _is_likely(item: Scored, relation: Curie, weights: Weights) -> bool:
    return item.scores[relation] >= weights.scorers[relation].loose


def _make_rows(
    item: Scored, said: Iterable[Curie], weights: Weights, parse: Parse, ontology: Ontology
) -> Iterator[Row]:
    features: frozenset[str] = frozenset()  # which are many, and wanted by few
    stance = assess_pair(item.pair, parse, ontology)
    for relation in said:
        score = _doubt(scale(item.scores[relation], weights.scorers[relation]), item.key, parse)
        told = stance[0] == Factuality.FACT.value
        if told and is_open_elsewhere(item.pair, relation, parse, ontology):
            continue
        if is_of_one_alone(item.pair, relation, parse) or is_refused(item.pair, relation, parse, ontology):
            continue
        if score < STRICT and is_wanting(item.pair, relation, parse, ontology):
            continue
        features = features or find_features(item.pair, parse)
        if (told or score >= STRICT) and has_trigger(item.pair, features, relation, weights):
            yield _make_row(item.pair, relation, score, describe(features, relation, weights), stance, ontology)


def _doubt(score: float, key: Key, parse: Parse) -> float:
    """What a frame tells of the two is why they stand together: of a president no text says that he is a citizen."""
    told = parse.told.get(int(key.sentence), ())
    return min(score, STRICT - 0.01) if (key.subject, key.object) in told else score


def _is_told(key: Key, relation: Curie, parse: Parse, ontology: Ontology) -> bool:
    """One thing with itself, or what a frame has read: the relation, one below it, the same the other way, or the same
    of one of the two with another: who 'lives in *Lima*' does not live in Oslo, too, because the same sentence names
    it, nor has what 'was founded by *Ann*' another founder who runs it."""
    one, other = key.subject, key.object
    told = parse.told.get(int(key.sentence), {})
    same, turned = told.get((one, other), ()), told.get((other, one), ())
    below = any(ontology.is_a(found, relation) for found, _ in same)
    alone = relation in ontology.words["lex:HeldByOne"]
    elsewhere = any(
        (subject == one or (alone and target == other)) and found == relation
        for (subject, target), rows in told.items()
        for found, _ in rows
    )
    return one == other or below or elsewhere or any(found == relation for found, _ in turned)


def _is_mirrored(pair: Pair, relation: Curie, ontology: Ontology) -> bool:
    """What holds both ways is said once, from left to right."""
    return relation in ontology.symmetric and pair.subject.start > pair.object.start


def scale(probability: float, scorer: Scorer) -> float:
    """0.25 at the loose threshold, 0.65 at the strict one, 0.9 at certainty; two decimals; no candidate reaches 0.5."""
    strict = scorer.strict if scorer.stated else 1.0
    if probability >= strict and scorer.stated:
        share = (probability - strict) / max(1e-9, 1 - strict)
        return round(_FIRM + (_SURE - _FIRM) * share, 2)
    share = (probability - scorer.loose) / max(1e-9, strict - scorer.loose)
    return min(STRICT - 0.01, round(_CANDIDATE + (STRICT - _CANDIDATE) * share, 2))


def _make_row(
    pair: Pair, relation: Curie, score: float, rule: str, stance: tuple[str, Token], ontology: Ontology
) -> Row:
    firm, trigger = stance
    return make_row(
        pair.subject.span,
        relation,
        pair.object.span,
        trigger,
        rule=rule,
        factuality=firm,
        source=source_of(trigger, ontology) if firm != Factuality.FACT.value else (0, 0),
        score=score,
    )
