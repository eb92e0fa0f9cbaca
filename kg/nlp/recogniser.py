"""spaCy's recogniser of names, to the same names in a fraction of the time.

What it scores at a word depends, of all that it did before, on where the open name begins: so the moves at all words of
many texts are scored at once as if none were open, and then those within each name that might begin.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from kg.nlp.moves import Kinds, Numbers, list_moves, number_kinds
from kg.nlp.states import Scores, StateScorer, can_score

Truths = NDArray[np.bool_]
NER = "ner"
"""The recogniser of a model of spaCy."""
_PLACES = 3
"""Words of a state: the one that it is at, the first of the open name and the one before."""


def replace_recogniser(nlp: Language) -> None:
    """Puts ours before the model's, which is out of use then; if that is of the sort that is known."""
    if NER in nlp.pipe_names and _is_known(nlp.get_pipe(NER)):
        nlp.add_pipe("kg_names", before=NER)
        nlp.disable_pipe(NER)


def _is_known(pipe: object) -> bool:
    """True of one that decides word by word, by three of them, and whose moves are known."""
    if not isinstance(pipe, EntityRecognizer) or not can_score(pipe):
        return False
    return pipe.model.get_ref("lower").get_dim("nF") == _PLACES and number_kinds(list_moves(pipe.moves)) is not None


def _number_moves(pipe: EntityRecognizer) -> Kinds:
    found = number_kinds(list_moves(pipe.moves))
    if found is None:
        raise ValueError(f"other moves than those of names: {pipe.move_names}")
    return found


class Name(NamedTuple):
    """Where it starts and ends among the words of all Docs, and the number of its kind."""

    start: int
    end: int
    kind: int


class Recogniser:
    """A component that finds what the model's own finds."""

    def __init__(self, model: EntityRecognizer) -> None:
        """``model`` is one of the known sort."""
        self._model, self._scorer = model, StateScorer(model.model)
        self._moves = _number_moves(model)
        self._kinds = [model.vocab.strings.add(kind) for kind in self._moves.names]

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its names."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """The Docs with their names."""
        docs = iter(docs)
        while batch := list(islice(docs, batch_size)):
            if any(len(doc) and doc.has_annotation("ENT_IOB") for doc in batch):  # some names are given
                yield from self._model.pipe(batch, batch_size=batch_size)
            else:
                _annotate(batch, self._find_names(batch) if any(map(len, batch)) else iter(()))
                yield from batch

    def _find_names(self, docs: Sequence[Doc]) -> Iterator[Name]:
        """In their order; of two that overlap the one that is there first."""
        blank, last = _read_words(docs)
        features = self._scorer.read(docs)
        moves = self._choose_outside(self._score_outside(features), blank, last)
        starts, kinds = (moves[:, None] == self._moves.begin).nonzero()
        names = list(zip(starts.tolist(), self._find_ends(features, starts, kinds, last), kinds.tolist(), strict=True))
        starts, kinds = (moves[:, None] == self._moves.alone).nonzero()
        names += zip(starts.tolist(), (starts + 1).tolist(), kinds.tolist(), strict=True)
        reached = 0
        for start, end, kind in sorted(names):
            if start >= reached:
                yield Name(start, end, self._kinds[kind])
                reached = end

    def _score_outside(self, features: Any) -> Scores:  # noqa: ANN401
        """The moves at each word where no name is open."""
        return self._scorer.score(features[1:, 0] + features[0, 1] + features[0, 2])

    def _score_within(self, features: Any, at: Numbers, begun: Numbers) -> Scores:  # noqa: ANN401
        """The moves at some words where a name is open that began at others."""
        return self._scorer.score(features[at + 1, 0] + features[begun + 1, 1] + features[at, 2])

    def _choose_outside(self, scores: Scores, blank: Truths, last: Truths) -> Numbers:
        """The best move at each word of those that may be where no name is open."""
        scores[:, self._moves.closed] = -np.inf
        scores[np.ix_(blank | last, self._moves.begin)] = -np.inf
        scores[np.ix_(blank, self._moves.alone)] = -np.inf
        moves: Numbers = scores.argmax(axis=1)
        return moves

    def _find_ends(self, features: Any, starts: Numbers, kinds: Numbers, last: Truths) -> list[int]:  # noqa: ANN401
        """Where each name of those that begin ends, all a word further at a time."""
        at, inside, end = starts + 1, self._moves.inside[kinds], self._moves.end[kinds]
        open = np.arange(len(at))
        while len(open):
            scores = self._score_within(features, at[open], starts[open])
            rows, on, off = np.arange(len(open)), inside[open], end[open]
            ahead = scores[rows, on] - scores[rows, off]
            open = open[((ahead > 0) | ((ahead == 0) & (on < off))) & ~last[at[open]]]
            at[open] += 1
        found: list[int] = (at + 1).tolist()
        return found


def _read_words(docs: Sequence[Doc]) -> tuple[Truths, Truths]:
    """Which words are white space, and behind which a sentence or a Doc ends."""
    blank, starts = np.concatenate([doc.to_array(["IS_SPACE", "SENT_START"]) for doc in docs]).T == 1
    starts[np.cumsum([len(doc) for doc in docs if len(doc)])[:-1]] = True
    return blank, np.append(starts[1:], True)


def _annotate(docs: Sequence[Doc], names: Iterator[Name]) -> None:
    name, end = next(names, None), 0
    for doc in docs:
        begun, end = end, end + len(doc)
        found: list[Span] = []
        while name and name.start < end:
            found.append(Span(doc, name.start - begun, name.end - begun, name.kind))
            name = next(names, None)
        doc.set_ents(found, default="outside")
