"""spaCy's tokens with what rules ask of them again and again read off once: spaCy makes text and head anew each time.

To be made once the Doc has its last tokens and its tree is repaired; what changes behind that is not seen.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import repeat

from spacy.strings import StringStore
from spacy.tokens import Doc, Token

_TEXTS = ("text", "lower_", "lemma_", "pos_", "tag_", "dep_")
_COLUMNS: list[int | str] = ["ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP"]
_KEPT = 1 << 16  # strings, which spaCy looks up and decodes anew each time


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
    words = tuple(map(Word, repeat(doc.vocab), repeat(doc), range(len(doc))))
    heads = doc.to_array("HEAD").astype("int64").tolist()
    for word, (i, offset), texts in zip(words, enumerate(heads), _read_texts(doc), strict=True):
        word.doc, word.i, word.head = doc, i, words[i + offset] if offset else doc[i]
        word.text, word.lower_, word.lemma_, word.pos_, word.tag_, word.dep_ = texts
    return words


def _read_texts(doc: Doc) -> Iterator[tuple[str, ...]]:
    """A row a token."""
    columns: list[list[int]] = doc.to_array(_COLUMNS).astype("uint64").T.tolist()
    texts = _keep_texts(doc.vocab.strings)
    if len(texts) > _KEPT:
        texts.clear()
    return zip(*(map(texts.__getitem__, column) for column in columns), strict=True)


class Texts(dict[int, str]):
    """The strings that spaCy has numbers for, each once it is asked for."""

    def __init__(self, strings: StringStore) -> None:
        """Nothing is known yet."""
        self._strings = strings

    def __missing__(self, number: int) -> str:
        """Looked up and kept."""
        self[number] = text = str(self._strings[number])
        return text


@lru_cache(maxsize=2)
def _keep_texts(strings: StringStore) -> Texts:
    return Texts(strings)
