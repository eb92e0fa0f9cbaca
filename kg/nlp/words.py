"""spaCy's tokens with what rules ask of them again and again read off once: spaCy makes text and head anew each time.

To be made once the Doc has its last tokens and its tree is repaired; what changes behind that is not seen.
"""

from collections.abc import Iterator
from itertools import chain

from spacy.tokens import Doc, Token

_TEXTS = ("text", "lower_", "lemma_", "pos_", "tag_", "dep_")
_COLUMNS: list[int | str] = ["ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP"]


class Word(Token):
    """A token that spaCy takes for its own, with some attributes as plain ones.

    The head of a root is spaCy's token of it, since a word that held itself would stay until the collector comes.
    """

    __slots__ = ("doc", "head", "i", *_TEXTS)
    doc: Doc
    head: Token
    i: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str

    @property
    def ancestors(self) -> Iterator[Token]:
        """The words above it, from below."""
        word: Token = self
        while word.head.i != word.i:
            word = word.head
            yield word


def read_words(doc: Doc) -> tuple[Word, ...]:
    """The tokens of the Doc."""
    words = tuple(Word(doc.vocab, doc, i) for i in range(len(doc)))
    rows: list[list[int]] = doc.to_array(_COLUMNS).astype("uint64").tolist()
    texts = {key: doc.vocab.strings[key] for key in set(chain.from_iterable(rows))}
    heads = doc.to_array("HEAD").astype("int64").tolist()
    for word, (i, offset), row in zip(words, enumerate(heads), rows, strict=True):
        word.doc, word.i, word.head = doc, i, words[i + offset] if offset else doc[i]
        word.text, word.lower_, word.lemma_, word.pos_, word.tag_, word.dep_ = [texts[key] for key in row]
    return words
