"""Where a text stops and starts anew: its sentences and paragraphs, counted once for each Doc."""

from functools import lru_cache
from itertools import accumulate, chain, repeat

from spacy.tokens import Doc, Token

from kg.nlp.tree import forms_of, index_texts, tokens_of


def is_blank_line(token: Token) -> bool:
    """True of white space that ends a paragraph."""
    return token.is_space and token.text.count("\n") > 1


@lru_cache(maxsize=2)
def _count_blank_lines(doc: Doc) -> tuple[int, ...]:
    """Token index → blank lines before it; one more entry for the end."""
    return tuple(accumulate(map(is_blank_line, tokens_of(doc)), initial=0))


@lru_cache(maxsize=2)
def _count_sentences(doc: Doc) -> tuple[int, ...]:
    """Token index → sentences that begin before it; one more entry for the end."""
    return tuple(accumulate((token.is_sent_start or 0 for token in tokens_of(doc)), initial=0))


@lru_cache(maxsize=2)
def list_sentences(doc: Doc) -> tuple[tuple[int, int], ...]:
    """The tokens ``start:end`` of each sentence."""
    return tuple((sentence.start, sentence.end) for sentence in doc.sents)


@lru_cache(maxsize=2)
def _find_sentences(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Token index → first token of its sentence and the token after the last."""
    return tuple(chain.from_iterable(repeat((start, end), end - start) for start, end in list_sentences(doc)))


def blank_lines_between(doc: Doc, start: int, end: int) -> int:
    """How many of the tokens ``start:end`` are blank lines."""
    counts = _count_blank_lines(doc)
    return counts[max(end, start)] - counts[start]


def sentence_starts_between(doc: Doc, start: int, end: int) -> int:
    """How many of the tokens ``start:end`` begin a sentence."""
    counts = _count_sentences(doc)
    return counts[max(end, start)] - counts[start]


def is_in_question(token: Token) -> bool:
    """True where the sentence of ``token`` ends in a question mark, whatever white space is behind it."""
    if "?" not in index_texts(token.doc):
        return False
    start, end = sentence_of(token)
    words = (word for word in reversed(tokens_of(token.doc)[start:end]) if not word.is_space)
    return next(words, token).text == "?"


def sentence_of(token: Token) -> tuple[int, int]:
    """The tokens ``start:end`` of the sentence that ``token`` stands in."""
    return _find_sentences(token.doc)[token.i]


def is_ordered(token: Token) -> bool:
    """True where the sentence of ``token`` pairs rows one by one: 'Ann and Bo succeeded Cy and Di *respectively*'."""
    if "respectively" not in forms_of(token.doc):
        return False
    start, end = sentence_of(token)
    return any(word.lower_ == "respectively" for word in tokens_of(token.doc)[start:end])
