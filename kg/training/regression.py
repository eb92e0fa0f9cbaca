"""A logistic regression over sparse features (liblinear, L2): the one place that calls scikit-learn."""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

from kg.errors import TrainingError
from kg.nlp.sharing import Standing
from kg.nlp.weights import Scorer, clip
from kg.training.samples import Corpus

_PENALTY = 1.0  # C: the inverse of the strength of regularisation; chosen on held-out parts of KnowledgeNet
_EXACT = 0.01  # liblinear's own tolerance; the dual problem has fewer unknowns and is solved in a third of the time
_SMALL = 0.2  # a weight below is left out
_WEAK = 0.3  # the weight of a pair nobody judged

Matrix: TypeAlias = Any
"""A scipy.sparse.csr_matrix of samples by features; scipy has no types."""
Row = tuple[int, bool | None]
"""Number of a sample and its label."""
Graded = tuple[Standing, bool]
"""Held-out log-odds of a pair and of those around it, and its label."""


class Fit(NamedTuple):
    """Bias, and weights by number of the feature (an array)."""

    bias: float
    weights: Any


def check_learner() -> None:
    """TrainingError where scikit-learn is absent."""
    try:
        import sklearn  # noqa: F401
    except ImportError as error:
        raise TrainingError("scikit-learn is not installed", hint="pip install 'kg[train]'") from error


def make_matrix(corpus: Corpus) -> Matrix:
    """Samples by features, sparse."""
    from numpy import asarray, ones
    from scipy.sparse import csr_matrix

    starts: list[int] = [0]
    columns: list[int] = []
    for sample in corpus.samples:
        columns.extend(sample.features)
        starts.append(len(columns))
    shape = (len(corpus.samples), len(corpus.features))
    return csr_matrix((ones(len(columns)), asarray(columns, dtype="int32"), asarray(starts)), shape=shape)


def fit(matrix: Matrix, rows: Sequence[Row]) -> Fit:
    """Learned from what is judged, then again with the unlikely rest as weak negatives: most of it is not so."""
    judged = [(number, label) for number, label in rows if label is not None]
    numbers, labels, weights = [n for n, _ in judged], [bool(label) for _, label in judged], [1.0] * len(judged)
    found = _regress(matrix, numbers, labels, weights) if len(set(labels)) > 1 else Fit(0.0, None)
    rest = [number for number, label in rows if label is None]
    weak = rest if found.weights is None else _keep_unlikely(matrix, rest, found)
    if weak:
        weights += [_WEAK] * len(weak)
        found = _regress(matrix, numbers + weak, labels + [False] * len(weak), weights)
    return _prune(found)


def _keep_unlikely(matrix: Matrix, numbers: list[int], found: Fit) -> list[int]:
    if not numbers:
        return []
    return [number for number, odds in zip(numbers, predict(matrix, numbers, found), strict=True) if odds <= 0]


def predict(matrix: Matrix, numbers: Sequence[int], found: Fit) -> list[float]:
    """Log-odds of samples."""
    return [float(odds) for odds in matrix[list(numbers)] @ found.weights + found.bias]


def _regress(matrix: Matrix, numbers: list[int], labels: list[bool], weights: list[float]) -> Fit:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_PENALTY, solver="liblinear", dual=True, tol=_EXACT, random_state=0)
    model.fit(matrix[numbers], labels, sample_weight=weights)
    return Fit(float(model.intercept_[0]), model.coef_[0])


def _prune(found: Fit) -> Fit:
    """What the file will hold: two decimals, small ones left out."""
    if found.weights is None:
        raise TrainingError("all examples are alike", hint="give texts that do not say the relation, too")
    weights = found.weights.round(2)
    weights[abs(weights) < _SMALL] = 0.0
    return Fit(round(found.bias, 2), weights)


def calibrate(rows: Sequence[Graded]) -> Scorer:
    """What makes a probability of held-out log-odds and those around them (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, solver="liblinear", random_state=0)
    model.fit([[*map(clip, standing)] for standing, _ in rows], [label for _, label in rows])
    weights = Standing(*(round(float(value), 2) for value in model.coef_[0]))
    return Scorer(0.0, round(float(model.intercept_[0]), 2), *weights, loose=0.0, strict=0.0)
