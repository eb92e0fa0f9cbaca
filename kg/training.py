"""Learning relations from examples: per relation a logistic regression over sparse features (liblinear, L2).

After Mesquita et al. 2019 (the task) and our measurements on it: pairs of texts not judged for a relation are weak
negatives, except those a first model takes for true; thresholds are chosen on predictions for held-out folds.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from kg.errors import ExampleError
from kg.examples import Example, overlap
from kg.model import Curie
from kg.nlp.candidates import Pair, find_pairs
from kg.nlp.features import find_features
from kg.nlp.sharing import share_scores
from kg.nlp.spans import index_mentions
from kg.nlp.weights import Scorer, to_probability
from kg.ontology import Ontology

FOLDS = 3
_RARE = 3  # a feature seen less often is left out
_SMALL = 0.1  # a weight below is left out
_PENALTY = 0.3  # C: the inverse of the strength of regularisation
_WEAK = 0.3  # the weight of a pair nobody judged
_LIKELY = 0.5  # an unjudged pair the first model scores above is no negative
_PRECISION = 0.88  # what held-out predictions above the strict threshold must reach
_LEAST = 5  # facts a relation needs to be learned


@dataclass(frozen=True, slots=True)
class Sample:
    """One pair of an example: features by number, and of each relation it may have whether it has it (None: not told)."""

    pair: Pair
    features: tuple[int, ...]
    labels: dict[Curie, bool | None]


@dataclass(frozen=True, slots=True)
class Text:
    """One example as it was read, and the fold it belongs to."""

    doc: Doc
    fold: int
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All texts, and the features by number."""

    texts: tuple[Text, ...]
    features: tuple[str, ...]
    relations: tuple[Curie, ...]


def make_corpus(examples: Sequence[Example], docs: Iterable[Doc], ontology: Ontology) -> Corpus:
    """Pairs and features of all examples; features seen in fewer than three pairs are left out."""
    relations = tuple(sorted({fact.relation for example in examples for fact in example.facts}))
    if not relations:
        raise ExampleError("no example states a fact", hint="mark some facts; a text without any teaches nothing alone")
    folds = _deal(examples)
    read = [
        (doc, fold, list(_observe(example, doc, relations, ontology)))
        for example, doc, fold in zip(examples, docs, folds, strict=True)
    ]
    seen = Counter(name for _, _, pairs in read for _, names, _ in pairs for name in names)
    features = tuple(sorted(name for name, count in seen.items() if count >= _RARE))
    numbers = {name: number for number, name in enumerate(features)}
    texts = tuple(
        Text(doc, fold, tuple(Sample(pair, _number(names, numbers), labels) for pair, names, labels in pairs))
        for doc, fold, pairs in read
    )
    return Corpus(texts, features, relations)


def _deal(examples: Sequence[Example]) -> list[int]:
    """Named folds go whole into one of three parts; texts without one go in turn."""
    names = {name: i % FOLDS for i, name in enumerate(sorted({example.fold for example in examples if example.fold}))}
    return [names[example.fold] if example.fold else i % FOLDS for i, example in enumerate(examples)]


def _number(names: Iterable[str], numbers: dict[str, int]) -> tuple[int, ...]:
    return tuple(sorted(numbers[name] for name in names if name in numbers))


def _observe(
    example: Example, doc: Doc, relations: Sequence[Curie], ontology: Ontology
) -> Iterator[tuple[Pair, frozenset[str], dict[Curie, bool | None]]]:
    places = index_mentions(doc)
    for pair in find_pairs(doc, relations, ontology, strays=True):
        labels = {relation: _label(example, pair, relation) for relation in sorted(pair.sure | pair.open)}
        yield pair, find_features(pair.subject, pair.object, places, ontology), labels


def _label(example: Example, pair: Pair, relation: Curie) -> bool | None:
    one = (pair.subject.start_char, pair.subject.end_char)
    other = (pair.object.start_char, pair.object.end_char)
    for fact in example.facts:
        if fact.relation == relation and overlap(fact.subject, one) and overlap(fact.object, other):
            return True
    if relation not in example.relations:
        return None
    judged = not example.spans or all(any(overlap(span, end) for span in example.spans) for end in (one, other))
    return False if judged else None


def train(corpus: Corpus) -> dict[Curie, Scorer]:
    """A scorer for each relation with facts enough, its thresholds chosen on held-out folds."""
    matrix, rows = _matrix(corpus), _rows(corpus)
    learned = {relation: rows[relation] for relation in corpus.relations if _count(rows[relation]) >= _LEAST}
    held = {relation: _predict_held_out(matrix, table) for relation, table in learned.items()}
    shared = _share(corpus, held)
    scorers = {}
    for relation, table in learned.items():
        bias, weights = _fit(matrix, table)
        loose, strict = choose_thresholds(shared[relation])
        named = {corpus.features[i]: round(float(weights[i]), 2) for i in weights.nonzero()[0]}
        scorers[relation] = Scorer(round(bias, 3), strict, loose, named)
    return scorers


Row = tuple[int, int, bool | None]
"""Number of a sample, its fold, its label."""


def _count(rows: Sequence[Row]) -> int:
    return sum(label is True for _, _, label in rows)


def _rows(corpus: Corpus) -> dict[Curie, list[Row]]:
    rows: dict[Curie, list[Row]] = {relation: [] for relation in corpus.relations}
    samples = ((text.fold, sample) for text in corpus.texts for sample in text.samples)
    for number, (fold, sample) in enumerate(samples):
        for relation, label in sample.labels.items():
            rows[relation].append((number, fold, label))
    return rows


def _matrix(corpus: Corpus) -> Any:
    """Samples by features, sparse."""
    from numpy import asarray, ones
    from scipy.sparse import csr_matrix

    samples = [sample.features for text in corpus.texts for sample in text.samples]
    starts, columns = [0], []
    for features in samples:
        columns.extend(features)
        starts.append(len(columns))
    shape = (len(samples), len(corpus.features))
    return csr_matrix((ones(len(columns)), asarray(columns, dtype="int32"), asarray(starts)), shape=shape)


def _fit(matrix: Any, rows: Sequence[Row]) -> tuple[float, Any]:
    """Bias and weights: learned from what is judged, then again with the unlikely rest as weak negatives."""
    judged = [(number, label) for number, _, label in rows if label is not None]
    bias, weights = _regress(
        matrix, [number for number, _ in judged], [label for _, label in judged], [1.0] * len(judged)
    )
    rest = [number for number, _, label in rows if label is None]
    if rest:
        odds = matrix[rest] @ weights + bias
        weak = [number for number, value in zip(rest, odds, strict=True) if to_probability(value) <= _LIKELY]
        numbers = [number for number, _ in judged] + weak
        labels = [label for _, label in judged] + [False] * len(weak)
        bias, weights = _regress(matrix, numbers, labels, [1.0] * len(judged) + [_WEAK] * len(weak))
    weights[abs(weights) < _SMALL] = 0.0
    return bias, weights


def _regress(matrix: Any, numbers: list[int], labels: list[bool], importance: list[float]) -> tuple[float, Any]:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_PENALTY, solver="liblinear", random_state=0)
    model.fit(matrix[numbers], labels, sample_weight=importance)
    return float(model.intercept_[0]), model.coef_[0]


Held = list[tuple[int, float, bool | None]]
"""Number of a sample, the probability a model gave it that had not seen its fold, its label."""


def _predict_held_out(matrix: Any, rows: Sequence[Row]) -> Held:
    held: Held = []
    for fold in sorted({fold for _, fold, _ in rows}):
        bias, weights = _fit(matrix, [row for row in rows if row[1] != fold])
        part = [(number, label) for number, other, label in rows if other == fold]
        odds = matrix[[number for number, _ in part]] @ weights + bias
        held += [(number, to_probability(value), label) for (number, label), value in zip(part, odds, strict=True)]
    return held


def _share(corpus: Corpus, held: dict[Curie, Held]) -> dict[Curie, Held]:
    """The same probabilities, shared within chains as they will be when read."""
    scores: dict[int, dict[Curie, float]] = {}
    labels: dict[tuple[int, Curie], bool | None] = {}
    for relation, table in held.items():
        for number, score, label in table:
            scores.setdefault(number, {})[relation] = score
            labels[number, relation] = label
    shared: dict[Curie, Held] = {relation: [] for relation in held}
    number = 0
    for text in corpus.texts:
        numbers = range(number, number + len(text.samples))
        number += len(text.samples)
        pairs = [sample.pair for sample in text.samples]
        for n, found in zip(numbers, share_scores(text.doc, pairs, [scores.get(n, {}) for n in numbers]), strict=True):
            for relation, score in found.items():
                shared[relation].append((n, score, labels[n, relation]))
    return shared


def choose_thresholds(held: Held) -> tuple[float, float]:
    """Loose: the best F1. Strict: the least above it from which on enough of what is judged is right."""
    judged = sorted(((score, label) for _, score, label in held if label is not None), reverse=True)
    facts = sum(label is True for _, label in judged)
    right, best, loose, strict = 0, 0.0, 0.5, 1.0
    for n, (score, label) in enumerate(judged, 1):
        right += label is True
        f1 = 2 * right / (n + facts)
        if f1 > best:
            best, loose = f1, score
        if (right + 1) / (n + 2) >= _PRECISION:
            strict = score
    return round(loose, 3), round(max(loose, strict), 3)
