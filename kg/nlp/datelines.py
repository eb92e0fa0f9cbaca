"""Where a report was written: 'LISBON, 30 September -', 'NAIROBI -', 'SAN SALVADOR (Wire) -'."""

import re

from spacy.tokens import Doc, Span

from kg.model import Form
from kg.nlp.spans import make_span
from kg.nlp.tree import text_of
from kg.ontology import Ontology
from kg.wordlists import fold

_DATELINE = re.compile(
    r"\s*(?P<place>[^\W\d_a-z]{2,}(?:[ -][^\W\d_a-z]{2,})*)(?:, [^\n]{1,40}?)? ?(?:\([^)\n]*\) ?)?[-–—]+ "
)


def find_dateline(doc: Doc, ontology: Ontology) -> list[Span]:
    """The place in capitals that opens the text before a dash, as the place lists have it."""
    match = _DATELINE.match(text_of(doc))
    span = doc.char_span(*match.span("place")) if match and match["place"].isupper() else None
    if span is None:
        return []
    written = " ".join(word.capitalize() for word in span.text.split())
    listed = ontology.names.get(written)
    if listed and not listed.adjective:
        return [make_span(doc, span.start, span.end, listed.type, Form.NAME, listed.known_as)]
    known = ontology.gazetteer.get(fold(written), ())
    return [make_span(doc, span.start, span.end, known[0].type if known else "kg:City", Form.NAME)]
