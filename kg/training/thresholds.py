"""Where a relation is stated and where it is a candidate, from scores of held-out parts."""

from collections.abc import Iterator, Mapping, Sequence

from kg.model import Curie

Held = Sequence[tuple[float, bool]]
"""The probability a model gave a pair that it had not seen, and whether it is right."""
PRECISION = 0.87
"""What all held-out pairs at or above the strict thresholds must reach together: of weights learned from all examples,
which are surer of themselves than those of two parts in three, a point or two less is right."""
_NEARLY = 0.998
"""Of thresholds that give all but the best F1, the highest is taken: it has fewer wrong candidates."""
LEAST = 0.75
"""What those of each relation must reach."""


def choose_thresholds(held: Mapping[Curie, Held]) -> dict[Curie, tuple[float, float]]:
    """Loose: the probability that gives all relations together nearly the best F1. Strict: the one from which on enough
    of all, and of the relation, is right.

    Both are one for all, as probabilities mean the same of each relation: a relation alone has too few facts to choose.
    """
    together = [pair for pairs in held.values() for pair in pairs]
    loose, common = _find_best(together), _find_precise(together, PRECISION)
    return {
        relation: (round(loose, 3), round(max(loose, common, _find_precise(pairs, LEAST)), 3))
        for relation, pairs in held.items()
    }


def _find_best(held: Held) -> float:
    facts = sum(label for _, label in held)
    scores = [(score, 2 * right / (said + facts)) for score, said, right in _count(held)]
    best = max((f1 for _, f1 in scores), default=0.0)
    return next((score for score, f1 in scores if f1 >= _NEARLY * best), 0.5)


def _find_precise(held: Held, precision: float) -> float:
    """The least score from which on enough is right, two pairs more (one right) reckoned in; 1 where there is none."""
    return min((score for score, said, right in _count(held) if (right + 1) / (said + 2) >= precision), default=1.0)


def _count(held: Held) -> Iterator[tuple[float, int, int]]:
    """Score, how many reach it, and how many of these are right; best first, each score once."""
    ordered = sorted(held, reverse=True)
    right = 0
    for said, (score, label) in enumerate(ordered, 1):
        right += label
        if said == len(ordered) or ordered[said][0] < score:
            yield score, said, right


def measure(held: Held, threshold: float) -> tuple[float, float]:
    """Precision and recall at a threshold; 1 where nothing is said, or nothing is to be found."""
    said = [label for score, label in held if score >= threshold]
    facts = sum(label for _, label in held)
    return sum(said) / len(said) if said else 1.0, sum(said) / facts if facts else 1.0
