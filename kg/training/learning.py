"""From examples to weights: a scorer for each relation, with thresholds from parts it had not seen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.errors import ExampleError
from kg.model import Curie
from kg.nlp.sharing import Odds, share_odds
from kg.nlp.weights import Scorer, to_probability
from kg.training.regression import Fit, Graded, Matrix, Row, calibrate, check_learner, fit, make_matrix, predict
from kg.training.samples import PARTS, Corpus
from kg.training.thresholds import Held, choose_thresholds

FEWEST = 5
"""Facts a relation needs to be learned, and to be found in each part but one."""

Tables = dict[Curie, list[Row]]


class Learned(NamedTuple):
    """Scorers, weights by relation and feature, and the held-out scores the thresholds are from."""

    scorers: dict[Curie, Scorer]
    tables: dict[Curie, dict[str, int]]
    held: dict[Curie, Held]


def learn(corpus: Corpus, unstated: frozenset[Curie] = frozenset()) -> Learned:
    """A scorer for each relation with facts enough in two parts of three; ExampleError where there is none.

    Those ``unstated`` are never to be more than candidates.
    """
    check_learner()
    matrix, tables = make_matrix(corpus), _make_tables(corpus)
    if not tables:
        raise ExampleError(f"no relation has {FEWEST} facts and a pair against it", hint="give more examples")
    shared = _hold_out(corpus, matrix, tables)
    calibrations = {relation: calibrate(rows) for relation, rows in shared.items()}
    held = {relation: _grade(calibrations[relation], rows) for relation, rows in shared.items()}
    thresholds = choose_thresholds(held)
    fits = {relation: fit(matrix, rows) for relation, rows in tables.items()}
    scorers = {
        relation: replace(
            calibrations[relation], bias=found.bias, loose=loose, strict=strict, stated=relation not in unstated
        )
        for relation, found in fits.items()
        for loose, strict in (thresholds[relation],)
    }
    return Learned(scorers, {relation: _weigh(corpus.features, found) for relation, found in fits.items()}, held)


def _make_tables(corpus: Corpus) -> Tables:
    tables: Tables = {relation: [] for relation in corpus.relations}
    for number, sample in enumerate(corpus.samples):
        for relation, label in sample.labels.items():
            tables[relation].append(Row(number, label, sample.weight))
    return {relation: rows for relation, rows in tables.items() if _is_enough(corpus, rows)}


def _is_enough(corpus: Corpus, rows: Sequence[Row]) -> bool:
    """Facts are left whichever part is held out, and something is no fact."""
    parts = [corpus.samples[row.number].part for row in rows if row.label]
    against = any(row.label is False for row in rows)
    return against and all(sum(other != part for other in parts) >= FEWEST for part in range(PARTS))


def _hold_out(corpus: Corpus, matrix: Matrix, tables: Tables) -> dict[Curie, list[Graded]]:
    """Log-odds of pairs by a model that has not seen their part, and how they stand in their sentence.

    What is unclear is a rival as it will be for the reader: of who is a member nobody may have marked that he belongs.
    """
    odds: list[Odds] = [{} for _ in corpus.samples]
    for relation, rows in tables.items():
        for part in range(PARTS):
            found = fit(matrix, [row for row in rows if corpus.samples[row.number].part != part])
            numbers = [n for n, sample in enumerate(corpus.samples) if sample.part == part and relation in sample.asked]
            for number, value in zip(numbers, predict(matrix, numbers, found), strict=True):
                odds[number][relation] = value
    shared = share_odds([sample.key for sample in corpus.samples], odds)
    return {
        relation: [(shared[row.number][relation], bool(row.label)) for row in _find_measures(rows)]
        for relation, rows in tables.items()
    }


def _find_measures(rows: Sequence[Row]) -> list[Row]:
    """Those judged that count most: others were marked by other rules, and serve only where these are all alike."""
    judged = [row for row in rows if row.label is not None]
    most = max(row.weight for row in judged)
    first = [row for row in judged if row.weight == most]
    return first if len({row.label for row in first}) > 1 else judged


def _grade(scorer: Scorer, rows: Sequence[Graded]) -> Held:
    return [(to_probability(scorer, standing), label) for standing, label in rows]


def _weigh(names: Sequence[str], found: Fit) -> dict[str, int]:
    return {names[number]: round(100 * float(found.weights[number])) for number in found.weights.nonzero()[0].tolist()}
