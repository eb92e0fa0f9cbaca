"""From a spaCy Doc to an Extraction: the only place where offsets in tokens become offsets in text."""

from spacy.tokens import Doc, Span

from kg.model import Chain, Evidence, Extraction, Factuality, Form, Mention, Passage, Relation
from kg.nlp.parts import Part
from kg.nlp.rows import Place, Row, place_of
from kg.nlp.spans import CHAIN, EVENTS, MENTIONS, POSITIONS, TENURES

_SINGLE = (EVENTS, POSITIONS, TENURES)  # groups of mentions that are chains of their own


def read_extraction(doc: Doc, part: Part) -> Extraction:
    """Chains and relations of ``doc``; every passage is a slice of the text of the part's document."""
    spans = [span for group in (MENTIONS, *_SINGLE) for span in doc.spans.get(group, ())]
    mentions = {place_of(span): _mention(span, part) for span in spans}
    relations = tuple(_relation(row, doc, part, mentions) for row in doc._.relations)
    return Extraction(part.document, _chains(doc, mentions), relations)


def _chains(doc: Doc, mentions: dict[Place, Mention]) -> tuple[Chain, ...]:
    groups = [doc.spans[key] for key in doc.spans if key.startswith(CHAIN)]
    groups.extend([span] for group in _SINGLE for span in doc.spans.get(group, ()))
    chains = [tuple(mentions[place_of(span)] for span in group) for group in groups]
    return tuple(sorted(chains, key=lambda chain: chain[0].passage))


def _mention(span: Span, part: Part) -> Mention:
    form = Form(span.id_)
    value, known_as = (span.kb_id_, "") if form is Form.VALUE else ("", span.kb_id_)
    return Mention(_passage(span, part), span.label_, form, value, known_as)


def _passage(span: Span, part: Part) -> Passage:
    """The span without white space at its edges."""
    text = span.text
    start = part.start + span.start_char + len(text) - len(text.lstrip())
    text = text.strip()
    return Passage(part.document.id, start, start + len(text), text)


def _relation(row: Row, doc: Doc, part: Part, mentions: dict[Place, Mention]) -> Relation:
    evidence = Evidence(
        _passage(doc[slice(*row.sentence)], part),
        Factuality(row.factuality),
        row.rule,
        row.score,
        _source(row, doc, part, mentions),
    )
    return Relation(mentions[row.subject], row.predicate, row.kind or mentions[row.object], evidence)


def _source(row: Row, doc: Doc, part: Part, mentions: dict[Place, Mention]) -> Mention | None:
    """The mention that ends the stretch naming the source, or the stretch itself as a nominal."""
    if row.source == (0, 0):
        return None
    start, end = row.source
    for (_, mention_end, _), mention in mentions.items():
        if mention_end == end:
            return mention
    return Mention(_passage(doc[start:end], part), "kg:Agent", Form.NOMINAL)
