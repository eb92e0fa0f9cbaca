"""Texts to tokens, and where sentences end at the latest: what is no prose takes no more time than prose does."""

import re
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from kg.nlp.breaks import is_blank_line

WHOLE_WORDS = {
    verb + ending: verb
    for verb in ("re-elect", "re-appoint", "re-arrest", "rearrest", "court-martial", "co-found")
    for ending in ("", "s", "ed", "ing")
} | {
    "court-martialled": "court-martial",
    "court-martialling": "court-martial",
    "extradited": "extradite",
    "run-off": "runoff",
    "run-offs": "runoff",
}
"""Forms that are no two words, with their lemma: cut at the hyphen, parsers see "elected" hang on "re"; of "rearrested"
and "Extradited" the model knows none."""
_RUN = re.compile(r"\S{200}(?=\S)")
"""A longer run without white space is cut: the tokenizer takes time of the square of its length."""
_STOPS = frozenset({".", "!", "?", "…"})
_LONG = 1000  # tokens after which a sentence ends at the next stop
_STOPLESS = 300  # tokens without any stop, as in lists and tables, after which one ends anyhow


def make_doc(nlp: Language, text: str) -> Doc:
    """The tokens of ``text``; of what has no white space, pieces."""
    if not _RUN.search(text):
        return nlp.make_doc(text)
    docs = [nlp.make_doc(piece) for piece in _RUN.sub(r"\g<0>\0", text).split("\0")]
    words = [token.text for doc in docs for token in doc]
    spaces = [bool(token.whitespace_) for doc in docs for token in doc]
    return Doc(nlp.vocab, words, spaces)


def bound_sentences(doc: Doc) -> Doc:
    """No sentence runs over a blank line, and none goes on for ever."""
    begun = stopped = 0
    for before, token in pairwise(doc):  # which are not its last tokens yet: those of ``kg.nlp.tree`` are
        if before.text in _STOPS:
            stopped = token.i
        overdue = token.i - begun >= _LONG and stopped == token.i and token.is_title
        if (
            is_blank_line(before)
            or overdue
            or token.i - max(begun, stopped) >= _STOPLESS
            or token.i - begun >= 2 * _LONG
        ):
            token.is_sent_start = True
            begun = stopped = token.i
    return doc
