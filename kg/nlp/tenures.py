"""Positions and the time somebody held them: 'was *foreign minister* from 2005 to 2007'."""

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Span, Token

from kg.model import Curie, Factuality, Form
from kg.nlp.assertions import source_of
from kg.nlp.frames import Filler, Hit, fill
from kg.nlp.ranges import find_bracketed
from kg.nlp.rows import Row, make_row
from kg.nlp.spans import POSITIONS, TENURES, lemma, make_span, read_spans, write_spans
from kg.nlp.tree import tokens_of
from kg.ontology import Ontology

_PARTS = frozenset({"compound", "amod", "nmod"})
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")


def find_tenure(
    hit: Hit, subject: Filler, place: Span | None, firm: str, mentions: Mapping[int, Span], ontology: Ontology
) -> Iterator[Row]:
    """That the subject holds the position its office noun names, and the tenure where the text gives its time."""
    position = _find_position(hit, mentions, ontology)
    rows: list[tuple[Span, Curie, Span | Curie]] = [
        (subject.span, "kg:holdsPosition", position),
        (position, "rdf:type", "kg:Position"),
    ]
    times = _find_times(hit.trigger, mentions, ontology)
    if times:
        tenure = make_span(hit.trigger.doc, *_find_stretch(hit, subject.span.root), "kg:Tenure", Form.EVENT)
        _keep(hit.trigger.doc, TENURES, tenure)
        rows += [
            (tenure, "rdf:type", "kg:Tenure"),
            (tenure, "kg:holder", subject.span),
            (tenure, "kg:position", position),
            *((tenure, "kg:place", place) for place in (place,) if place and ontology.is_a(place.label_, "kg:Place")),
            *((tenure, role, span) for role, span in times),
        ]
    rule = f"{hit.frame.id.removeprefix('lex:')} “{position.text}”"
    source = source_of(hit.trigger, ontology) if firm != Factuality.FACT.value else (0, 0)
    for thing, predicate, target in rows:
        yield make_row(thing, predicate, target, hit.trigger, rule=rule, factuality=firm, source=source)


def _find_stretch(hit: Hit, holder: Token) -> tuple[int, int]:
    """The words of the office; for who is named behind another holder, those from him to them: each has his own."""
    while holder.dep_ == "appos":
        holder = holder.head
    if holder.dep_ != "conj":
        return hit.start, hit.end
    return min(hit.start, holder.i), max(hit.end, holder.i + 1)


def _find_times(noun: Token, mentions: Mapping[int, Span], ontology: Ontology) -> list[tuple[Curie, Span]]:
    """Role and date of begin and end, as far as the text gives them."""
    bracketed = find_bracketed(noun, mentions)
    if bracketed is not None:
        return list(zip(("kg:begin", "kg:until"), bracketed, strict=True))
    found = ((role, fill([noun], at, "kg:Date", mentions, ontology)) for role, at in ontology.tenure_arguments)
    return [(role, fillers[0].span) for role, fillers in found if fillers]


def _find_position(hit: Hit, mentions: Mapping[int, Span], ontology: Ontology) -> Span:
    """'*foreign minister*' of 'the former Peruvian foreign minister'."""
    doc, start = hit.trigger.doc, hit.start
    while start and _belongs(doc[start - 1], hit.trigger, mentions, ontology):
        start -= 1
    known_as = " ".join(
        lemma(token) if token.i == hit.end - 1 else token.lower_ for token in tokens_of(doc)[start : hit.end]
    )
    position = make_span(doc, start, hit.end, "kg:Position", Form.NOMINAL, known_as.replace(" - ", "-"))
    _keep(doc, POSITIONS, position)
    return position


def _belongs(left: Token, trigger: Token, mentions: Mapping[int, Span], ontology: Ontology) -> bool:
    halved = (
        left.tag_ in ("VBN", "VBG") and left.lower_ not in ontology.words["lex:Acting"]
    )  # 'Chilean-*born* minister'
    if left.dep_ not in _PARTS or halved or trigger not in (left.head, left.head.head):
        return False
    mention = mentions.get(left.i)
    named = mention is not None and (bool(mention.kb_id_) or mention.id_ == Form.NAME.value)
    return not named and not _ORDINAL.match(left.lower_) and left.lower_ not in ontology.words["lex:NoPartOfOffice"]


def _keep(doc: Doc, group: str, span: Span) -> None:
    """Each stretch once; 'president' and 'president of the board' are two, though both begin alike."""
    stretch = (span.start, span.end)
    others = (other for other in read_spans(doc, group) if (other.start, other.end) != stretch)
    write_spans(doc, group, [*others, span])
