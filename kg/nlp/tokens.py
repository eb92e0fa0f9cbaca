"""Texts to tokens, and where sentences end at the latest: what is no prose takes no more time than prose does."""

import re

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
    stops = {doc.vocab.strings[stop] for stop in _STOPS}
    begun = stopped = 0
    rows: list[list[int]] = doc.to_array(["ORTH", "IS_SPACE"]).tolist()
    for i, (form, blank) in enumerate(rows[:-1], 1):  # what stands before the word ``i``
        if form in stops:
            stopped = i
        overdue = i - begun >= _LONG and stopped == i and doc[i].is_title
        if (
            (blank and is_blank_line(doc[i - 1]))
            or overdue
            or i - max(begun, stopped) >= _STOPLESS
            or i - begun >= 2 * _LONG
        ):
            doc[i].is_sent_start = True
            begun = stopped = i
    return doc
