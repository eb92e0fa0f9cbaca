"""spaCy's English lemmatizer with its answers kept: the same form, part of speech and features have the same lemma."""

from typing import Any

from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.tokens import Doc

LEMMATIZER = "lemmatizer"
"""That of a model of spaCy."""
_ASKED = ("LEMMA", "ORTH", "POS", "MORPH")
_KEPT = 1 << 16
"""Words; then all are forgotten."""


def replace_lemmatizer(nlp: Language) -> None:
    """Puts ours before the model's, which is out of use then; if that goes by rules and keeps lemmas that are there."""
    found: Any = nlp.get_pipe(LEMMATIZER) if LEMMATIZER in nlp.pipe_names else None
    if type(found) is EnglishLemmatizer and found.mode == "rule" and not found.overwrite:
        nlp.add_pipe("kg_lemmas", before=LEMMATIZER)
        nlp.disable_pipe(LEMMATIZER)


class KnownLemmas:
    """A component that gives each word without a lemma that of ``lemmatizer``."""

    def __init__(self, lemmatizer: EnglishLemmatizer) -> None:
        """Nothing is known yet."""
        _index(lemmatizer)
        self._lemmatizer = lemmatizer
        self._known: dict[tuple[int, int, int], int] = {}

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with its lemmas."""
        table: Any = doc.to_array(list(_ASKED))
        lemmas: list[int] = []
        for i, (lemma, *word) in enumerate(table.tolist()):
            lemmas.append(lemma or self._find(doc, i, tuple(word)))
        table[:, 0] = lemmas
        doc.from_array(list(_ASKED[:1]), table[:, :1])
        return doc

    def _find(self, doc: Doc, i: int, word: Any) -> int:  # noqa: ANN401
        found = self._known.get(word)
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            found = self._known[word] = doc.vocab.strings.add(self._lemmatizer.lemmatize(doc[i])[0])
        return found


def _index(lemmatizer: EnglishLemmatizer) -> None:
    """Lemmas that are looked for among all as sets: as lists of up to 57,000, one new noun takes a millisecond."""
    table: Any = lemmatizer.lookups.get_table("lemma_index", {})
    for part, lemmas in table.items():
        table[part] = frozenset(lemmas)
