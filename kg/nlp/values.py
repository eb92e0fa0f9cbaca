"""What a text counts and when it says things were: dates, durations, money, percentages, numbers."""

import re
from datetime import date

from spacy.tokens import Doc, Span

from kg.nlp.dates import find_dates
from kg.nlp.quantities import find_quantities
from kg.nlp.spans import read_spans, write_spans
from kg.nlp.tree import text_of

VALUES = "values"
_RANGE = re.compile(r"(\d+)([–—])(\d+)")


def annotate_values(doc: Doc, *, published: date | None = None) -> Doc:
    """Puts every value of the text into ``doc.spans["values"]``; what can't be anchored has no lexical form."""
    _split_ranges(doc)
    dates = find_dates(doc, published)
    taken = {i for span in dates for i in range(span.start, span.end)}
    write_spans(doc, VALUES, sorted((*dates, *find_quantities(doc, taken)), key=lambda span: span.start))
    return doc


def _split_ranges(doc: Doc) -> None:
    """'2009–2011' is two dates, though tokenizers make one word of it."""
    if not _RANGE.search(text_of(doc)):
        return
    ranges = [(token, match) for token in doc if (match := _RANGE.fullmatch(token.text))]
    with doc.retokenize() as retokenizer:
        for token, match in ranges:
            head = (token, 0) if token.head == token else token.head
            retokenizer.split(token, list(match.groups()), heads=[head, (token, 0), (token, 0)])


def find_values(doc: Doc) -> list[Span]:
    """The values of the text, in order."""
    return read_spans(doc, VALUES)
