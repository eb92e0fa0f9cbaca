"""What spaCy's parsers and recognisers choose their moves by: scores of all moves in a state, which is a few words.

They are those of spaCy to the last bit, as they are sums of the same numbers in the same order.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

_PIECES = 2
Scores = NDArray[np.float32]
"""A row a state, a column a move."""


def can_score(pipe: Any) -> bool:  # noqa: ANN401  # of spaCy, without types
    """True of one that goes one way only, by vectors of two pieces, on this processor, and was taught all its moves."""
    model = pipe.model
    plain: bool = pipe.cfg["beam_width"] == 1 and model.attrs["has_upper"] and not model.attrs["unseen_classes"]
    return plain and isinstance(model.ops, NumpyOps) and model.get_ref("lower").get_dim("nP") == _PIECES


class StateScorer:
    """The upper layers of a model that makes a vector of a state: what each of its words adds to it in its place."""

    def __init__(self, model: Model[Any, Any]) -> None:
        """``model`` is that of a pipe that ``can_score``."""
        lower: Any = model.get_ref("lower")
        upper: Any = model.get_ref("upper")
        self._ops: Any = model.ops
        self._words = model.get_ref("tok2vec")
        self.places, self._width = lower.get_dim("nF"), lower.get_dim("nO")
        # one of the two pieces of all outputs after the other, so that they are compared by the row
        self._weights = _part(lower.get_param("W").transpose(0, 2, 1, 3)).reshape(-1, lower.get_dim("nI"))
        self._nothing = _part(lower.get_param("pad")[0].transpose(0, 2, 1)).ravel()
        self._bias = _part(lower.get_param("b").T).ravel()
        self._upper, self._upper_bias = upper.get_param("W"), upper.get_param("b")

    def read(self, docs: Sequence[Doc]) -> Any:  # noqa: ANN401
        """What each word adds to a state in each place, by its number from 1 on; 0 is where there is no word."""
        vectors = self._words.predict(docs)
        table = np.empty((len(vectors) + 1, len(self._weights)), dtype="float32")
        table[0] = self._nothing
        self._ops.gemm(vectors, self._weights, trans2=True, out=table[1:])
        return table.reshape(len(table), self.places, -1)

    def score(self, states: Scores) -> Scores:
        """The moves in each state; a row is the sum of what its words add, and is written over."""
        states += self._bias
        best = np.maximum(states[:, : self._width], states[:, self._width :])
        scores: Scores = self._ops.gemm(best, self._upper, trans2=True)
        scores += self._upper_bias
        return scores


def _part(array: Any) -> Any:  # noqa: ANN401
    return np.ascontiguousarray(array)
