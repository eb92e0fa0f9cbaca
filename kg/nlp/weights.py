"""What examples taught: weights of features by relation, a plain JSON file that people can read and correct."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from itertools import repeat
from math import exp, inf, log
from operator import mul
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.errors import PipelineError
from kg.model import Curie
from kg.nlp.sharing import Standing

_NUMBERS = ("bias", "base", *Standing._fields, "loose", "strict")
_EXTREME = 6.0  # log-odds
_SUREST = 0.9999  # so that a threshold of 1 is never reached
_ROUNDED = 0.0001  # more than rounding adds to a probability
FORMAT = "kg weights 3"
SHIPPED = Path(__file__).parent.parent / "models" / "relations.json"
Tables = Mapping[Curie, Mapping[str, int]]
"""Relation → feature → what it adds to the log-odds, in hundredths."""
Sums = NDArray[np.int64]
"""A row for each collection of features, a column for each relation in the order of the scorers; in hundredths."""
_HINT = "make one with `kg train EXAMPLES.jsonl -o MODEL.json`, or build with --no-model"


@dataclass(frozen=True, slots=True)
class Scorer:
    """One relation: log-odds start at ``bias``; ``base`` and what each odds of a Standing weigh make a probability of
    them; both thresholds are probabilities, strict at least loose. What is not ``stated`` is never more than a
    candidate."""

    bias: float
    base: float
    own: float
    best: float
    other_object: float
    other_subject: float
    other_pair: float
    other_relation: float
    loose: float
    strict: float
    stated: bool = True


class Bounds(NamedTuple):
    """What a Standing must add for a candidate, and what its odds weigh if what speaks against it is least; ``rival``
    weighs for the three that are of the same relation."""

    least: float
    own: float
    best: float
    rival: float
    other_relation: float


@dataclass(frozen=True, eq=False)
class Weights:
    """Scorers and tables of the same relations, and the hashes of the examples and of the file."""

    scorers: Mapping[Curie, Scorer]
    tables: Tables
    examples: str
    hash: str

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Feature → its row of the matrix, from 1 on."""
        return {name: row for row, name in enumerate(list_features(self.tables), 1)}

    @cached_property
    def matrix(self) -> Sums:
        """What each feature adds; row 0 is that of all which no relation was taught by."""
        found = np.zeros((len(self.rows) + 1, len(self.scorers)), np.int64)
        for column, relation in enumerate(self.scorers):
            table = self.tables[relation]
            found[[self.rows[name] for name in table], column] = list(table.values())
        return found

    @cached_property
    def bounds(self) -> Mapping[Curie, Bounds]:
        """What log-odds must add for a candidate, and what they weigh at most."""
        return {relation: _find_bounds(scorer) for relation, scorer in self.scorers.items()}

    def may_tell(self, relation: Curie, own: float, best: float, rival: float, other_relation: float) -> bool:
        """False where no rivals up to such log-odds make a probability at the loose threshold."""
        bounds = self.bounds[relation]
        most = bounds.own * clip(own) + bounds.best * clip(best)
        return most + bounds.rival * clip(rival) + bounds.other_relation * clip(other_relation) >= bounds.least


def _find_bounds(scorer: Scorer) -> Bounds:
    """What speaks for it may weigh as much as it is, what speaks against it as little as anything can."""
    weights = (scorer.own, scorer.best, *_weigh_rivals(scorer))
    own, best, *rivals, other_relation = (max(weight, 0.0) for weight in weights)
    loose = scorer.loose - _ROUNDED
    needed = log(loose / (1 - loose)) if loose > 0 else -inf
    least = needed - scorer.base + _EXTREME * sum(min(weight, 0.0) for weight in weights)
    return Bounds(least, own, best, sum(rivals), other_relation)


def _weigh_rivals(scorer: Scorer) -> tuple[float, ...]:
    return scorer.other_object, scorer.other_subject, scorer.other_pair, scorer.other_relation


@lru_cache(maxsize=4)
def read_weights(path: Path) -> Weights:
    """The weights in a file; PipelineError where there is none or it is not ours."""
    try:
        content = path.read_bytes()
        return parse_weights(content)
    except OSError as error:
        raise PipelineError(f"{path}: {error.strerror}", hint=_HINT) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PipelineError(f"{path}: no weights of ours: {type(error).__name__} {error}", hint=_HINT) from error


def parse_weights(content: bytes) -> Weights:
    """The weights in the bytes of a file; ValueError, KeyError, TypeError or AttributeError where there are none."""
    fields = json.loads(content)
    if fields["format"] != FORMAT:
        raise ValueError(f"format {fields['format']!r}")
    scorers = {name: _parse_scorer(row) for name, row in fields["relations"].items()}
    features: Mapping[str, Mapping[Curie, int]] = fields["features"]
    if not all(set(row) <= scorers.keys() for row in features.values()):
        raise ValueError("a feature speaks for a relation that has no thresholds")
    if not all(isinstance(weight, int) for row in features.values() for weight in row.values()):
        raise TypeError("weights are whole hundredths")
    tables: dict[Curie, dict[str, int]] = {relation: {} for relation in scorers}
    for feature, row in features.items():
        for relation, weight in row.items():
            tables[relation][feature] = weight
    return Weights(scorers, tables, str(fields["examples"]), sha256(content).hexdigest()[:16])


def _parse_scorer(row: Mapping[str, float]) -> Scorer:
    numbers = {name: float(row[name]) for name in _NUMBERS}
    return Scorer(**numbers, stated=bool(row["stated"]))


def write_weights(scorers: Mapping[Curie, Scorer], tables: Tables, examples: str) -> bytes:
    """The bytes of the file, a feature a line; ``examples`` is their hash. The same weights, the same bytes."""
    features = {
        name: {relation: table[name] for relation, table in tables.items() if name in table}
        for name in list_features(tables)
    }
    relations = {name: asdict(scorer) for name, scorer in sorted(scorers.items())}
    lines = ",\n".join(f"{_dump(name)}:{_dump(dict(sorted(row.items())))}" for name, row in features.items())
    head = f'"format":{_dump(FORMAT)},\n"examples":{_dump(examples)},\n"relations":{_dump(relations)}'
    return f'{{{head},\n"features":{{\n{lines}\n}}}}\n'.encode()


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def list_features(tables: Tables) -> list[str]:
    """The features that speak for or against a relation, sorted."""
    return sorted(frozenset[str]().union(*tables.values()))


def sum_weights(seen: Iterable[Iterable[str]], weights: Weights) -> Sums:
    """What each collection of features adds, each once; whole numbers, so that their order does not matter."""
    rows: list[int] = []
    starts = []
    for features in seen:
        starts.append(len(rows))
        rows.extend({0, *map(weights.rows.get, features, repeat(0))})
    return np.add.reduceat(weights.matrix.take(rows, axis=0), starts)


def to_probability(scorer: Scorer, standing: Standing) -> float:
    """From a pair's log-odds and those around it (Platt 1999); rounded: last bits differ between machines."""
    own, best, *rivals = map(clip, standing)
    odds = scorer.base + scorer.own * own + scorer.best * best + sum(map(mul, _weigh_rivals(scorer), rivals))
    return min(_SUREST, round(1 / (1 + exp(-odds)), 4))


def clip(odds: float) -> float:
    """Beyond these nothing gets surer."""
    return odds if -_EXTREME < odds < _EXTREME else max(-_EXTREME, min(_EXTREME, odds))
