"""spaCy's parser, to the same trees in half the time: all texts of a batch go a move on at once.

spaCy's own adds up the words of each state by calls that lock and unlock, which take longer than the sums.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from types import SimpleNamespace
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.ml.parser_model import ParserStepModel  # type: ignore[import-not-found]  # compiled, without types
from spacy.pipeline import DependencyParser
from spacy.tokens import Doc

from kg.nlp.states import StateScorer, can_score

PARSER = "parser"
"""That of a model of spaCy."""


def replace_parser(nlp: Language) -> None:
    """Puts ours before the model's, which is out of use then; if that is of the sort that is known."""
    pipe = nlp.get_pipe(PARSER) if PARSER in nlp.pipe_names else None
    if isinstance(pipe, DependencyParser) and can_score(pipe):
        nlp.add_pipe("kg_parser", before=PARSER)
        nlp.disable_pipe(PARSER)


class QuickParser:
    """A component that makes the trees that the model's own parser makes."""

    def __init__(self, parser: DependencyParser) -> None:
        """``parser`` is one that ``can_score``."""
        self._parser: Any = parser
        self._scorer = StateScorer(parser.model)
        self._places = np.arange(self._scorer.places, dtype="int32")
        # all that spaCy asks of its model to tell the words of states is how many each has
        self._model: Any = SimpleNamespace(state2vec=SimpleNamespace(nF=self._scorer.places))

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its tree."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """The Docs with their trees."""
        docs = iter(docs)
        while batch := list(islice(docs, batch_size)):
            self._parser.set_annotations(batch, self._parse(batch))
            yield from batch

    def _parse(self, docs: Sequence[Doc]) -> list[Any]:
        """The last states."""
        states: list[Any] = self._parser.moves.init_batch(docs)
        going = [state for state in states if not state.is_final()]
        if going:
            table = self._scorer.read(docs)
            rows = table.reshape(-1, table.shape[2])
            while going:
                going = self._parser.transition_states(going, self._scorer.score(self._sum(going, rows)))
        return states

    def _sum(self, states: Sequence[Any], rows: Any) -> Any:  # noqa: ANN401
        """What the words of each state add, in the order of their places."""
        words = ParserStepModel.get_token_ids(self._model, states) + 1
        words *= len(self._places)
        words += self._places
        return np.add.reduce(rows.take(words, axis=0), axis=1)
