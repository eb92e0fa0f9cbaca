"""Who speaks in quotation marks: 'I' and 'my' are the speaker, 'he' and 'her' are not."""

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from kg.nlp.breaks import blank_lines_between
from kg.nlp.salience import SUBJECTS
from kg.nlp.spans import lemma
from kg.nlp.tree import children_of, index_texts
from kg.ontology import Ontology

FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself"})
_CLOSING = {'"': ('"',), "“": ("”",), "„": ("“", "”"), "«": ("»",), "`": ("''",), "'": ("'",), "‘": ("’",)}
"""Opening mark → the marks that close it; spaCy makes two tokens of a typewriter's ``."""
_MARKS = frozenset(_CLOSING).union(*_CLOSING.values())
_SINGLE = frozenset({"'", "‘"})
_REACH = 60  # tokens, more than stand between single marks


@lru_cache(maxsize=2)
def find_quotations(doc: Doc) -> tuple[Span, ...]:
    """Stretches between quotation marks, marks included; none runs over a blank line.

    A mark that opens anew where none has closed, as at each paragraph of a long quotation, ends the stretch before.
    """
    return tuple(doc[start:end] for start, end in _find_stretches(doc))


def _find_stretches(doc: Doc) -> Iterator[tuple[int, int]]:
    opening = ""
    start = 0
    for mark in sorted(mark for text in _MARKS for mark in index_texts(doc).get(text, ())):
        if opening and blank_lines_between(doc, start, mark.i):
            opening = ""
        text = mark.text
        if opening and text in _CLOSING[opening] and (opening not in _SINGLE or _is_joined(mark)):
            yield start, mark.i + 1
            opening = ""
        elif text in _CLOSING and _opens(mark) and (not opening or (text == opening and mark.i > start + 1)):
            if opening:
                yield start, mark.i
            opening, start = text, mark.i


def _opens(mark: Token) -> bool:
    """A single mark is an apostrophe unless it stands before a word and one behind a word follows: 'in the '90s'."""
    if mark.text not in _SINGLE:
        return True
    after = mark.doc[mark.i + 1 : mark.i + _REACH]
    if mark.whitespace_ or _is_joined(mark) or not after or after[0].is_digit:
        return False
    return any(end.text in _CLOSING[mark.text] and _is_joined(end) for end in after[1:])


def _is_joined(mark: Token) -> bool:
    """No space before it."""
    return mark.i > 0 and not mark.nbor(-1).whitespace_ and not mark.nbor(-1).is_space and mark.nbor(-1).text != "("


def find_first_persons(doc: Doc) -> Iterator[Token]:
    """'I', 'my' and the like within quotation marks."""
    for quotation in find_quotations(doc):
        yield from (token for token in quotation if token.lower_ in FIRST_PERSON)


@lru_cache(maxsize=2)
def find_speakers(doc: Doc, ontology: Ontology) -> dict[int, Token]:
    """Token within quotation marks → the subject of the verb of saying beside; else of the quotation before."""
    speakers: dict[int, Token] = {}
    last: Token | None = None
    quotations = find_quotations(doc)
    quoted = {token.i for quotation in quotations for token in quotation}
    for quotation in quotations:
        beside = [token for token in _find_beside(quotation) if token.i not in quoted]
        own = next((speaker for token in beside if (speaker := _find_speaker(token, ontology))), None)
        last = own if own is not None else _carry(last, quotation)
        if last is not None:
            speakers.update(dict.fromkeys(range(quotation.start, quotation.end), last))
    return speakers


def _find_beside(quotation: Span) -> list[Token]:
    """What stands in the sentences of the quotation's ends, the nearest first."""
    after = [token for token in quotation[-1].sent if token.i >= quotation.end]
    before = [token for token in quotation[0].sent if token.i < quotation.start]
    return [*after, *reversed(before)]


def _find_speaker(verb: Token, ontology: Ontology) -> Token | None:
    cue = ontology.cues.get((lemma(verb), "verb"))
    if cue is None or not cue.sourced:
        return None
    return next((child for child in children_of(verb) if child.dep_ in SUBJECTS), None)


def _carry(last: Token | None, quotation: Span) -> Token | None:
    """The speaker goes on within a paragraph."""
    return last if last is not None and not blank_lines_between(quotation.doc, last.i, quotation.start) else None
