"""From a spaCy Doc to an Extraction: the only place where offsets in tokens become offsets in text."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.model import Evidence, Extraction, Factuality, Form, Mention, Passage, Relation
from kg.nlp.parts import Part
from kg.nlp.rows import Place, Row, place_of
from kg.nlp.spans import EVENTS, POSITIONS, TENURES, list_chains, read_spans

_SINGLE = (EVENTS, POSITIONS, TENURES)  # groups of mentions that are chains of their own
_FORMS = {form.value: form for form in Form}
_FACTUALITIES = {kind.value: kind for kind in Factuality}


def read_extraction(doc: Doc, part: Part) -> Extraction:
    """Chains and relations of ``doc``; every passage is a slice of the text of the part's document."""
    if not doc.spans:
        return Extraction(part.document, (), ())
    groups = [*list_chains(doc).values(), *([span] for group in _SINGLE for span in read_spans(doc, group))]
    mentions = {place_of(span): _mention(span, part) for group in groups for span in group}
    chains = [tuple(mentions[place_of(span)] for span in group) for group in groups]
    return Extraction(
        part.document,
        tuple(sorted(chains, key=lambda chain: chain[0].passage)),
        tuple(_read_relations(doc, part, mentions)),
    )


def _mention(span: Span, part: Part) -> Mention:
    form = _FORMS[span.id_]
    value, known_as = (span.kb_id_, "") if form is Form.VALUE else ("", span.kb_id_)
    return Mention(_passage(span, part), span.label_, form, value, known_as)


def _passage(span: Span, part: Part) -> Passage:
    """The span without white space at its edges."""
    text = part.text[span.start_char : span.end_char]
    start = part.start + span.start_char + len(text) - len(text.lstrip())
    text = text.strip()
    return Passage(part.document.id, start, start + len(text), text)


def _read_relations(doc: Doc, part: Part, mentions: dict[Place, Mention]) -> Iterator[Relation]:
    rows: list[Row] = doc._.relations
    sentences = {sentence: _passage(doc[slice(*sentence)], part) for sentence in {row.sentence for row in rows}}
    sources = _read_sources(doc, part, mentions)
    for row in rows:
        factuality, source = _FACTUALITIES[row.factuality], sources.get(row.source)
        evidence = Evidence(sentences[row.sentence], factuality, row.rule, row.score, source)
        yield Relation(mentions[row.subject], row.predicate, row.kind or mentions[row.object], evidence)


def _read_sources(doc: Doc, part: Part, mentions: dict[Place, Mention]) -> dict[tuple[int, int], Mention]:
    """The mention that ends a stretch naming a source, or the stretch itself as a nominal."""
    ending = {end: mention for (_, end, _), mention in reversed(mentions.items())}
    stretches = {row.source for row in doc._.relations} - {(0, 0)}
    return {
        (start, end): ending.get(end) or Mention(_passage(doc[start:end], part), "kg:Agent", Form.NOMINAL)
        for start, end in stretches
    }
