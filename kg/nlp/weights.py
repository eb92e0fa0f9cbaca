"""The learned weights of relations: a plain JSON file, so that anybody can read, compare and correct them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path

from kg.errors import PipelineError
from kg.model import Curie

FORMAT = "kg relations 1"
SHIPPED = Path(__file__).parent.parent / "models" / "relations.json"


@dataclass(frozen=True, slots=True)
class Scorer:
    """One relation: log-odds are ``bias`` plus the weights of the features seen; both thresholds are probabilities."""

    bias: float
    strict: float
    loose: float
    weights: Mapping[str, float]


Scorers = Mapping[Curie, Scorer]


def read_scorers(path: Path) -> Scorers:
    """The scorers of a file; PipelineError where there is none or it is not ours."""
    hint = "make one with `kg train EXAMPLES.jsonl -o MODEL.json`, or say --relations none"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise ValueError(f"format {content['format']!r}")
        return {relation: _parse(fields) for relation, fields in sorted(content["relations"].items())}
    except OSError as error:
        raise PipelineError(f"{path}: {error.strerror}", hint=hint) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PipelineError(f"{path}: no model of relations: {type(error).__name__} {error}", hint=hint) from error


def _parse(fields: Mapping[str, object]) -> Scorer:
    weights = fields["weights"]
    if not isinstance(weights, dict) or not all(isinstance(weight, int | float) for weight in weights.values()):
        raise TypeError("weights are numbers by feature")
    bias, strict, loose = (float(str(fields[name])) for name in ("bias", "strict", "loose"))
    return Scorer(bias, strict, loose, weights)


def write_scorers(scorers: Scorers, data: str) -> str:
    """The text of the file; ``data`` is the hash of the examples. Sorted: the same scorers, the same bytes."""
    relations = {
        relation: {
            "bias": scorer.bias,
            "strict": scorer.strict,
            "loose": scorer.loose,
            "weights": dict(sorted(scorer.weights.items())),
        }
        for relation, scorer in sorted(scorers.items())
    }
    content = {"format": FORMAT, "examples": data, "relations": relations}
    return json.dumps(content, ensure_ascii=False, indent=0) + "\n"


def to_probability(odds: float) -> float:
    """The logistic function of log-odds."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
