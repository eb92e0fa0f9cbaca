"""Relations the examples taught: a sum of weights a pair, a threshold a relation, and the words that spoke for it."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.model import Curie, Factuality
from kg.nlp.candidates import Pair, find_pairs
from kg.nlp.factuality import assess_alone, to_factuality
from kg.nlp.features import find_features, find_path
from kg.nlp.rows import Row, make_row, place_of, source_of
from kg.nlp.sharing import Scores, index_chains, share_scores
from kg.nlp.spans import index_mentions
from kg.nlp.weights import Scorer, Scorers, to_probability
from kg.ontology import Ontology

_FIRM, _SURE = 0.5, 0.9  # scores of a fact at the strict threshold and of one beyond doubt
_CANDIDATE = 0.25  # score at the loose threshold
_SHOWN = 3  # features told as the reason
_GENERAL = re.compile(r"types |order |forms |class |distance |mentions |path length |another |date of |\w+ at edge")
_ASSESSED = frozenset({"VERB", "AUX", "NOUN", "PROPN", "ADJ"})
_ABOUT = ((re.compile(r"(?:words? )?between [<>] (“.*”)"), r"\1 between"), (re.compile(r"(\w+) \d (\w+) "), r"\1 \2 "))


def annotate_scores(doc: Doc, *, ontology: Ontology, scorers: Scorers) -> Doc:
    """Adds a row for each pair and relation at or above the loose threshold, unless a frame has said it."""
    held = {(row.subject, row.predicate, row.object) for row in doc._.relations}
    rows = _find_rows(doc, scorers, ontology)
    doc._.relations = [*doc._.relations, *(row for row in rows if (row.subject, row.predicate, row.object) not in held)]
    return doc


def score_pairs(
    doc: Doc, scorers: Scorers, ontology: Ontology, *, strays: bool = False
) -> list[tuple[Pair, frozenset[str], Scores]]:
    """Each pair with its features and the shared probability of each relation it may have."""
    places = index_mentions(doc)
    pairs = list(find_pairs(doc, tuple(scorers), ontology, strays=strays))
    features = [find_features(pair.subject, pair.object, places, ontology) for pair in pairs]
    scores = [_score(pair, seen, scorers) for pair, seen in zip(pairs, features, strict=True)]
    return list(zip(pairs, features, share_scores(doc, pairs, scores), strict=True))


def _score(pair: Pair, features: frozenset[str], scorers: Scorers) -> Scores:
    return {relation: to_probability(_odds(scorers[relation], features)) for relation in sorted(pair.sure | pair.open)}


def _odds(scorer: Scorer, features: frozenset[str]) -> float:
    """Bias and weights, in hundredths: the sum is the same in any order."""
    return scorer.bias + sum(round(100 * scorer.weights.get(name, 0.0)) for name in features) / 100


def _find_rows(doc: Doc, scorers: Scorers, ontology: Ontology) -> Iterator[Row]:
    chains = index_chains(doc)
    for pair, features, scores in score_pairs(doc, scorers, ontology):
        one, other = (chains.get((span.start, span.end)) for span in (pair.subject, pair.object))
        if one == other and one is not None:
            continue
        for relation in sorted(pair.sure):
            scorer, found = scorers[relation], scores[relation]
            if found >= scorer.loose and not _is_mirrored(pair, relation, ontology):
                yield _row(pair, relation, scale(found, scorer), describe(scorer, features), ontology)


def _is_mirrored(pair: Pair, relation: Curie, ontology: Ontology) -> bool:
    """What holds both ways is said once, from left to right."""
    return relation in ontology.symmetric and pair.subject.start > pair.object.start


def scale(probability: float, scorer: Scorer) -> float:
    """0.25 at the loose threshold, 0.5 at the strict one, 0.9 at certainty; monotone, two decimals, none lifted to 0.5."""
    if probability >= scorer.strict:
        return round(_FIRM + (_SURE - _FIRM) * (probability - scorer.strict) / max(1e-9, 1 - scorer.strict), 2)
    share = (probability - scorer.loose) / max(1e-9, scorer.strict - scorer.loose)
    return min(_FIRM - 0.01, round(_CANDIDATE + (_FIRM - _CANDIDATE) * share, 2))


def describe(scorer: Scorer, features: frozenset[str]) -> str:
    """'learned: “was born in” between, object under in as pobj': what weighed most, words before shapes."""
    speaking = [name for name in features if scorer.weights.get(name, 0.0) > 0]
    speaking.sort(key=lambda name: (bool(_GENERAL.match(name)), -scorer.weights[name], name))
    return f"learned: {', '.join(dict.fromkeys(_say(name) for name in speaking[:_SHOWN]))}"


def _say(feature: str) -> str:
    for pattern, words in _ABOUT:
        feature = pattern.sub(words, feature)
    return feature


def _row(pair: Pair, relation: Curie, score: float, rule: str, ontology: Ontology) -> Row:
    firm, trigger = _assess(pair, ontology)
    return make_row(
        pair.subject,
        relation,
        pair.object,
        trigger,
        rule=rule,
        factuality=firm,
        source=source_of(trigger) if firm != Factuality.FACT.value else (0, 0),
        score=score,
    )


def _assess(pair: Pair, ontology: Ontology) -> tuple[str, Token]:
    """The first value on the path that is not CT+, and the word that has it; else CT+ and the join.

    The ends themselves are taken for granted ('Ann, his wife, *may* win'), but for what hangs on them: '*not* Ann'.
    """
    ends = {i for span in (pair.subject, pair.object) for i in range(span.start, span.end)}
    up, join, down = find_path(pair.subject.root, pair.object.root)
    for token in (join, *up, *down):
        if token._.quoted:
            return Factuality.UNCOMMITTED.value, token
        inside = token.i in ends
        if not inside and token.pos_ not in _ASSESSED:
            continue
        value = to_factuality(assess_alone(token, ontology)).value if inside else str(token._.factuality)
        if value != Factuality.FACT.value:
            return value, token
    return Factuality.FACT.value, join

