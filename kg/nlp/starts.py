"""Whether a text has a word that a pattern of several may begin with: most have none, and need not be matched."""

from collections.abc import Mapping, Sequence
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

_KEPT = 1 << 16
"""Forms; then all are forgotten."""


class Starts:
    """First words of patterns, each known by form or else by label; any other may begin anywhere."""

    def __init__(self, vocab: Vocab, words: Sequence[Mapping[str, Any]]) -> None:
        """``words`` are what spaCy's patterns say of their first words."""
        formed = [word for word in words if "LOWER" in word and "OP" not in word]
        labels = [word["DEP"] for word in words if word not in formed and isinstance(word.get("DEP"), str)]
        self._anywhere = len(formed) + len(labels) < len(words) or any("OP" in word for word in words)
        self._labels = frozenset(map(vocab.strings.add, labels))
        self._matcher = Matcher(vocab)
        self._matcher.add("start", [[{"LOWER": word["LOWER"]}] for word in formed] or [[{"LOWER": ""}]])
        self._known: dict[int, bool] = {}

    def are_in(self, doc: Doc) -> bool:
        """False where no pattern can match."""
        table: Any = doc.to_array(["LOWER", "DEP"])
        forms, labels = table.T.tolist()
        if len(self._known) > _KEPT:
            self._known.clear()
        for i, form in enumerate(forms):
            if form not in self._known:
                self._known[form] = bool(self._matcher(doc[i : i + 1]))
        return self._anywhere or not self._labels.isdisjoint(labels) or any(map(self._known.__getitem__, forms))
