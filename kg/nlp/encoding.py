"""What spaCy's models of words do before a tagger, parser or recogniser, to the same numbers in half the time.

A word without its neighbours is the same vector each time, so that it is kept; and a layer over a word and its two
neighbours needs neither new memory for each of its steps nor what only training asks for. All products of matrices are
those of thinc's own operations, whose rows do not depend on how many there are: the vectors are equal to the last bit.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

from kg.nlp.known_words import KnownWords

Vectors = NDArray[np.float32]
"""A row a word."""
_LAYER = "maxout>>layernorm"
_WINDOW = rf"residual\(expand_window>>{_LAYER}>>dropout\)"
_ENCODER = re.compile(rf"with_array\({_WINDOW}(>>{_WINDOW})*\)")
_EMBEDDER = re.compile(
    r"extract_features>>list2ragged>>with_array\((ints-getitem>>hashembed\|?)+\)(\|static_vectors)?"
    rf">>with_array\({_LAYER}>>dropout\)>>ragged2list"
)
_ROWS = 2000
"""Words that go through the layers together: what is made of them stays in the cache of a core."""


def quicken(nlp: Language) -> None:
    """Each model of words whose layers are known does the same in less time; where nothing is taught."""
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        for node in list(model.walk()) if isinstance(model, Model) else ():
            if node.has_ref("embed") and node.has_ref("encode") and _is_known(node):
                node.layers[:] = [_join(node.get_ref("embed"), node.get_ref("encode"))]


def _is_known(node: Model[Any, Any]) -> bool:
    """True where words become vectors one by one, and these go through layers over three neighbours."""
    embed, encode = node.get_ref("embed"), node.get_ref("encode")
    if node.layers != [embed, encode] or not isinstance(node.ops, NumpyOps) or not _EMBEDDER.fullmatch(embed.name):
        return False
    windows = [part.attrs["window_size"] for part in encode.walk() if part.name == "expand_window"]
    return bool(_ENCODER.fullmatch(encode.name)) and set(windows) == {1} and encode.attrs["pad"] == len(windows)


def _join(embed: Model[Any, Any], encode: Model[Any, Any]) -> Model[Any, Any]:
    layers = [Layer(part) for part in encode.walk() if part.name == _LAYER]
    words, pad = KnownWords(embed, layers[0].width), encode.attrs["pad"]

    def forward(_: object, docs: Sequence[Doc], is_train: bool) -> tuple[list[Vectors], Callable[[Any], Any]]:
        texts = words.read(docs) if docs else []
        found = [
            vectors for group in _group(texts) for vectors in _encode(words.look_up(group, pad), layers, group, pad)
        ]
        return found, lambda d_vectors: []

    return Model("known_words", forward)


def _group(texts: Iterable[list[int]]) -> Iterator[list[list[int]]]:
    """Texts one after another, until they have so many words."""
    held: list[list[int]] = []
    for text in texts:
        held.append(text)
        if sum(map(len, held)) > _ROWS:
            yield held
            held = []
    if held:
        yield held


def _encode(rows: Vectors, layers: Sequence["Layer"], texts: Sequence[Sequence[int]], pad: int) -> Iterator[Vectors]:
    """The vectors of each text, without what stands around it."""
    for layer in layers:
        layer.add(rows)
    start = 0
    for text in texts:
        start += pad
        yield rows[start : start + len(text)]
        start += len(text)


class Layer:
    """Of a word and its neighbours the largest of some sums, around their mean and by their deviation."""

    def __init__(self, layer: Model[Any, Any]) -> None:
        """``layer`` is a maxout with a layernorm behind it."""
        maxout, norm = list[Any](layer.layers)
        weights: NDArray[np.float32] = maxout.get_param("W")
        self.width, self._pieces = weights.shape[:2]
        self._ops: Any = layer.ops
        # one piece of all outputs after another, so that they are compared by the row
        self._weights = np.ascontiguousarray(weights.swapaxes(0, 1)).reshape(self.width * self._pieces, -1)
        self._bias = np.ascontiguousarray(maxout.get_param("b").T).ravel()
        self._scale, self._shift = norm.get_param("G"), norm.get_param("b")

    def add(self, rows: Vectors) -> None:
        """Adds to each row what is made of it and of those beside it."""
        sums: Vectors = self._ops.gemm(_see_neighbours(rows), self._weights, trans2=True)
        sums += self._bias
        made = self._normalise(self._choose(sums))
        made *= self._scale
        made += self._shift
        rows += made

    def _choose(self, sums: Vectors) -> Vectors:
        best = sums[:, : self.width]
        for piece in range(1, self._pieces):
            np.maximum(best, sums[:, piece * self.width : (piece + 1) * self.width], out=best)
        return best

    def _normalise(self, rows: Vectors) -> Vectors:
        rows = rows - rows.mean(axis=1, keepdims=True)
        variance: Vectors = (rows * rows).mean(axis=1, keepdims=True)
        variance += 1e-08
        rows *= variance ** (-1.0 / 2.0)  # as in thinc, to the last bit
        return rows


def _see_neighbours(rows: Vectors) -> Vectors:
    """Each row between the one before and the one behind it."""
    count, width = rows.shape
    seen = np.empty((count, 3 * width), dtype="float32")
    seen[:1, :width] = seen[-1:, 2 * width :] = 0
    seen[1:, :width] = rows[:-1]
    seen[:, width : 2 * width] = rows
    seen[:-1, 2 * width :] = rows[1:]
    return seen
