"""A Doc as look-ups made once, for rules that ask again and again: spaCy makes text and tokens anew each time.

To be used once the Doc has its last tokens, behind ``kg_values``.
"""

from collections.abc import KeysView, Mapping, Sequence
from functools import lru_cache

from spacy.tokens import Doc, Token

from kg.nlp.words import read_words

CHILDLESS: Mapping[str, Sequence[Token]] = {}


@lru_cache(maxsize=2)
def text_of(doc: Doc) -> str:
    """The text of the Doc."""
    return str(doc.text)


@lru_cache(maxsize=2)
def tokens_of(doc: Doc) -> tuple[Token, ...]:
    """The tokens of the Doc."""
    return read_words(doc)


def text_between(doc: Doc, start: int, end: int) -> str:
    """The text of the tokens ``start:end``, as far as there are such."""
    words = tokens_of(doc)[start:end]
    return text_of(doc)[words[0].idx : words[-1].idx + len(words[-1].text)] if words else ""


@lru_cache(maxsize=2)
def index_texts(doc: Doc) -> Mapping[str, Sequence[Token]]:
    """Text → the tokens that have it."""
    found: dict[str, list[Token]] = {}
    for token in tokens_of(doc):
        found.setdefault(token.text, []).append(token)
    return found


@lru_cache(maxsize=2)
def forms_of(doc: Doc) -> frozenset[str]:
    """The words of the Doc in lower case: what none of them is need not be looked for."""
    return frozenset(token.lower_ for token in tokens_of(doc))


def children_of(token: Token) -> tuple[Token, ...]:
    """The syntactic children in text order."""
    return _list_children(token.doc).get(token.i, ())


def children_by_label(token: Token) -> Mapping[str, Sequence[Token]]:
    """The syntactic children by dependency label."""
    return index_children(token.doc).get(token.i, CHILDLESS)


def labels_below(token: Token) -> KeysView[str]:
    """The dependency labels of the children."""
    return children_by_label(token).keys()


def depth_of(token: Token) -> int:
    """The words above it, 0 of a root."""
    return sum(1 for _ in token.ancestors)


@lru_cache(maxsize=2)
def _list_children(doc: Doc) -> Mapping[int, tuple[Token, ...]]:
    found: dict[int, list[Token]] = {}
    for token in tokens_of(doc):
        head = token.head.i
        if head != token.i:
            found.setdefault(head, []).append(token)
    return {i: tuple(children) for i, children in found.items()}


@lru_cache(maxsize=2)
def index_children(doc: Doc) -> Mapping[int, Mapping[str, Sequence[Token]]]:
    """Token index → the syntactic children by dependency label, of tokens that have any."""
    found: dict[int, dict[str, list[Token]]] = {}
    for i, children in _list_children(doc).items():
        labels = found.setdefault(i, {})
        for child in children:
            labels.setdefault(child.dep_, []).append(child)
    return found
