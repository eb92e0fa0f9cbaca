"""What may be an end of a relation and is no mention of ours: 'I', 'where', capitalised words of no known kind."""

from collections.abc import Container, Iterator

from spacy.tokens import Doc, Span, Token

from kg.model import Form
from kg.nlp.spans import MENTIONS, is_name, is_pronoun, make_span, read_spans
from kg.ontology import Ontology

_SPEAKERS = {"i": "I", "me": "I", "my": "I", "myself": "I", "we": "we", "us": "we", "our": "we"}
"""What the one who speaks is called by, and a name for all of it in one sentence."""


def find_strays(doc: Doc, ontology: Ontology) -> Iterator[Span]:
    """They teach, and are scored where all of a text is asked for, but are never stated.

    What touches a person's name is of it: '*Princess* Ann Bo', 'Ann Bo *MBE*'.
    """
    mentions = read_spans(doc, MENTIONS)
    persons = [span for span in mentions if is_name(span) and ontology.is_a(span.label_, "kg:Person")]
    touched = {place for span in persons for place in (span.start, span.end)}
    for stray in _find_unread(doc, {i for span in mentions for i in range(span.start, span.end)}):
        if is_pronoun(stray) or touched.isdisjoint((stray.start, stray.end)):
            yield stray


def _find_unread(doc: Doc, taken: Container[int]) -> Iterator[Span]:
    start = -1
    for token in doc:
        if start >= 0 and (token.i in taken or not _is_capital(token)):
            yield make_span(doc, start, token.i, "kg:Organization", Form.NAME)
            start = -1
        if token.i in taken:
            continue
        if token.lower_ in _SPEAKERS or (token.lower_ == "where" and token.tag_ == "WRB"):
            yield make_span(doc, token.i, token.i + 1, "kg:Entity", Form.PRONOUN)
        elif start < 0 and _is_capital(token):
            start = token.i
    if start >= 0:
        yield make_span(doc, start, len(doc), "kg:Organization", Form.NAME)


def find_speaker(span: Span) -> str:
    """'I' of '*my*' and '*me*', which are one in a sentence; '' of all else."""
    return _SPEAKERS.get(span.text.lower(), "")


def _is_capital(token: Token) -> bool:
    """A word that may be of a name: 'Petalina', '宮本'."""
    return token.pos_ == "PROPN" or (token.is_alpha and not token.text.islower() and not token.is_ascii)
