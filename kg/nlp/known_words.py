"""The vectors that a spaCy model has for words without their neighbours, each made once.

A text is of few words, and its vector is dearer than all that follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

_KEPT = 1 << 15
"""Words of which each takes half a kilobyte; then all are forgotten."""


@dataclass(frozen=True, slots=True)
class NewWords:
    """Words as a layer asks for those of a Doc: what the columns say of each."""

    vocab: Vocab
    columns: tuple[str | int, ...]
    table: Any

    def __len__(self) -> int:
        """How many there are."""
        return len(self.table)

    def to_array(self, columns: Any) -> Any:  # noqa: ANN401  # one or several, as in spaCy
        """A row a word; of one column, a number a word."""
        places = [
            self.columns.index(column) for column in (columns if isinstance(columns, list | tuple) else [columns])
        ]
        return (
            self.table[:, places]
            if isinstance(columns, list | tuple)
            else np.ascontiguousarray(self.table[:, places[0]])
        )


class KnownWords:
    """What ``layer`` makes of words, kept by all that it asks of them; row 0 is of no word."""

    def __init__(self, layer: Model[Any, Any], width: int) -> None:
        """Nothing is known yet."""
        self._layer = layer
        self._columns = tuple(column for part in layer.walk() for column in part.attrs.get("columns", ()))
        self._rows = np.zeros((1 << 10, width), dtype=np.float32)
        self._places: dict[bytes, int] = {}

    def read(self, docs: Sequence[Doc]) -> list[list[int]]:
        """For each Doc the rows of its words, where their vectors are until more is read."""
        if len(self._places) > _KEPT:
            self._places.clear()
        words = [self._read(doc) for doc in docs]
        self._learn(docs[0].vocab, [word for word in dict.fromkeys(chain(*words)) if word not in self._places])
        return [list(map(self._places.__getitem__, row)) for row in words]

    def look_up(self, texts: Sequence[Sequence[int]], pad: int) -> NDArray[np.float32]:
        """The vectors in some rows, with ``pad`` rows of zeros before each text and behind the last."""
        places = [place for rows in texts for place in (*[0] * pad, *rows)]
        return self._rows[places + [0] * pad]

    def _read(self, doc: Doc) -> list[bytes]:
        """All that is asked of each word, and by what its vector from elsewhere is found."""
        table = doc.to_array([*self._columns, _find_key(doc.vocab)])
        rows: list[bytes] = table.view(f"V{table.shape[1] * table.itemsize}").ravel().tolist()
        return rows

    def _learn(self, vocab: Vocab, words: Sequence[bytes]) -> None:
        if not words:
            return
        table = np.frombuffer(b"".join(words), dtype="uint64").reshape(len(words), -1)
        (found,) = self._layer.predict([NewWords(vocab, (*self._columns, _find_key(vocab)), table)])
        first = len(self._places) + 1
        while first + len(words) > len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[first : first + len(words)] = found
        self._places |= zip(words, range(first, first + len(words)), strict=True)


def _find_key(vocab: Vocab) -> int:
    """What a word's vector is found by."""
    return int(vocab.vectors.attr)
