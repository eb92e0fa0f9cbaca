"""A logistic regression over sparse features (liblinear, L2): the one place that calls scikit-learn."""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.errors import TrainingError
from kg.nlp.sharing import Standing
from kg.nlp.weights import Scorer, clip
from kg.training.samples import Corpus

_RESTRAINED = 0.3  # C, the inverse of the strength of regularisation, by which features are chosen
_FREE = 1.0  # C by which those chosen are weighed; both chosen, like the next, on held-out parts of KnowledgeNet
_TELLING = 0.1  # a feature that weighs less when restrained is left out
_EXACT = 0.01  # liblinear's own tolerance; the dual problem has fewer unknowns and is solved in a third of the time
_WEAK = 0.3  # the weight of a pair nobody judged

Matrix: TypeAlias = Any
"""A scipy.sparse.csr_matrix of samples by features; scipy has no types."""
Graded = tuple[Standing, bool]
"""Held-out log-odds of a pair and of those around it, and its label."""


class Row(NamedTuple):
    """Number of a sample, its label, and how much it counts."""

    number: int
    label: bool | None
    weight: float = 1.0


class Fit(NamedTuple):
    """Bias, and weights by number of the feature."""

    bias: float
    weights: NDArray[np.float64]


def check_learner() -> None:
    """TrainingError where scikit-learn is absent."""
    try:
        import sklearn  # noqa: F401
    except ImportError as error:
        raise TrainingError("scikit-learn is not installed", hint="pip install 'kg[train]'") from error


def make_matrix(corpus: Corpus) -> Matrix:
    """Samples by features, sparse."""
    from scipy.sparse import csr_matrix

    starts: list[int] = [0]
    columns: list[int] = []
    for sample in corpus.samples:
        columns.extend(sample.features)
        starts.append(len(columns))
    shape = (len(corpus.samples), len(corpus.features))
    return csr_matrix((np.ones(len(columns)), np.asarray(columns, np.int32), np.asarray(starts)), shape=shape)


class Lesson(NamedTuple):
    """Numbers of samples, whether each is so, and how much it counts."""

    numbers: list[int]
    labels: list[bool]
    counts: list[float]


def fit(matrix: Matrix, rows: Sequence[Row]) -> Fit:
    """With restraint first, to choose the features that tell; then these alone, freer: fewer weights, no less right.

    Two decimals, as in the file.
    """
    lesson = _gather(matrix, rows)
    taught = matrix[lesson.numbers]
    chosen = _choose(_regress(taught, lesson, _RESTRAINED).weights)
    found = _regress(taught[:, chosen], lesson, _FREE)
    weights = np.zeros(matrix.shape[1])
    weights[chosen] = found.weights.round(2)
    return Fit(round(found.bias, 2), weights)


def _gather(matrix: Matrix, rows: Sequence[Row]) -> Lesson:
    """What is judged, and as weak negatives the rest that is unlikely by it: most of the rest is not so."""
    judged = [row for row in rows if row.label is not None]
    lesson = _teach(judged)
    rest = [row._replace(weight=_WEAK * row.weight) for row in rows if row.label is None]
    if len(set(lesson.labels)) > 1:
        rest = _keep_unlikely(matrix, rest, _regress(matrix[lesson.numbers], lesson, _RESTRAINED))
    whole = _teach([*judged, *rest])
    if len(set(whole.labels)) < 2:
        raise TrainingError("all examples are alike", hint="give texts that do not say the relation, too")
    return whole


def _teach(rows: Sequence[Row]) -> Lesson:
    return Lesson([row.number for row in rows], [bool(row.label) for row in rows], [row.weight for row in rows])


def _choose(weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Columns of the features that tell; of few examples none weighs much, so half of the greatest is enough."""
    sizes = abs(weights)
    return np.flatnonzero(sizes >= min(_TELLING, sizes.max() / 2))


def _keep_unlikely(matrix: Matrix, rows: list[Row], found: Fit) -> list[Row]:
    return [
        row for row, odds in zip(rows, predict(matrix, [row.number for row in rows], found), strict=True) if odds <= 0
    ]


def predict(matrix: Matrix, numbers: Sequence[int], found: Fit) -> list[float]:
    """Log-odds of samples."""
    if not numbers:
        return []
    return [float(odds) for odds in matrix[list(numbers)] @ found.weights + found.bias]


def _regress(taught: Matrix, lesson: Lesson, penalty: float) -> Fit:
    """``taught`` has a row for each of the lesson."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=penalty, solver="liblinear", dual=True, tol=_EXACT, random_state=0)
    model.fit(taught, lesson.labels, sample_weight=lesson.counts)
    return Fit(float(model.intercept_[0]), model.coef_[0])


def calibrate(rows: Sequence[Graded]) -> Scorer:
    """What makes a probability of held-out log-odds and those around them (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, solver="liblinear", random_state=0)
    model.fit([[*map(clip, standing)] for standing, _ in rows], [label for _, label in rows])
    weights = Standing(*(round(float(value), 2) for value in model.coef_[0]))
    return Scorer(0.0, round(float(model.intercept_[0]), 2), *weights, loose=0.0, strict=0.0)
