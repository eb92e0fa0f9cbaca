"""What stands beside a name and tells where it belongs: 'Ann Bo, *of Oslo*,', '*Chad's* Ann Bo', 'Mbeya, *Chad*'."""

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Span

from kg.model import Curie, Factuality
from kg.nlp.assertions import is_quoted
from kg.nlp.peoples import find_citizens, is_people
from kg.nlp.rows import Row, make_row
from kg.nlp.spans import is_name, list_mentions
from kg.nlp.tree import text_of
from kg.ontology import Ontology

_TIES = (
    ("kg:Country", "kg:citizenOf"),
    ("kg:PoliticalParty", "kg:memberOf"),
    ("kg:MediaOrganization", "kg:worksFor"),
    ("kg:Company", "kg:worksFor"),
    ("kg:Organization", "kg:affiliatedWith"),
)
_HOMES = (*_TIES, ("kg:Facility", ""), ("kg:Place", "kg:livesIn"))
_LANDS = ("kg:Country", "kg:AdministrativeArea")
_OF = re.compile(r"(?:, of |, (?:aged )?\d\d?, (?:of|from) )(?:the )?")
_BRACKET = re.compile(r" \((?:the )?(?=[^()]*\))")
_PARTISAN = re.compile(r" of (?:the )?")
_COMMA = re.compile(r", ")
_CLOSED = re.compile(r"[,.;)]|$")
_ANYTHING = re.compile("")
_WHOLE = re.compile(r"(?!['’]s| \w+['’]s)")  # not 'of the Red Party's rivals', 'of the Red Party leader's brother'


def find_beside(doc: Doc, mentions: Mapping[int, Span], ontology: Ontology) -> Iterator[Row]:
    """Land, town, party or body that a person is named with; land of a town, town of a building."""
    for span in list_mentions(doc):
        if is_people(span, ontology):
            yield from find_citizens(span, mentions, ontology)
        elif not is_name(span) or is_quoted(span.root, ontology):
            continue
        elif ontology.is_a(span.label_, "kg:Person"):
            yield from _find_ties(span, mentions, ontology)
        elif ontology.is_a(span.label_, "kg:Place"):
            yield from _find_places(span, mentions, ontology)


def _find_ties(person: Span, mentions: Mapping[int, Span], ontology: Ontology) -> Iterator[Row]:
    """'Ann Bo, 34, *of Oslo*,', 'Ann Bo *(Red Party)*', 'Ann Bo *of the Red Party*', '*Red Party's* Ann Bo'."""
    titled = person.start > 0 and person[0].nbor(-1).lower_ in ontology.words["lex:Title"]
    if not titled:  # 'King Bo, of Norway'
        yield from _tie(person, _find_behind(person, _OF, mentions), _HOMES, ontology)
    yield from _tie(person, _find_behind(person, _BRACKET, mentions), _TIES[:2], ontology)
    yield from _tie(person, _find_behind(person, _PARTISAN, mentions, _WHOLE), _TIES[1:2], ontology)
    if len(person) > 1:  # 'the BBC's *Jackanory*' is a show
        yield from _tie(person, _find_owner(person, mentions), _TIES, ontology)


def _find_places(place: Span, mentions: Mapping[int, Span], ontology: Ontology) -> Iterator[Row]:
    """'in Mbeya, *Tanzania*', '*Oslo's* Ullern Hall'."""
    land, owner = _find_behind(place, _COMMA, mentions, _ANYTHING), _find_owner(place, mentions)
    if land is not None and land.label_ in _LANDS and place.label_ != "kg:Country" and _is_apposed(land, place):
        yield _row(place, "kg:locatedIn", land)
    if owner is not None and place.label_ == "kg:Facility" and ontology.is_a(owner.label_, "kg:Place"):
        yield _row(place, "kg:locatedIn", owner)


def _is_apposed(land: Span, place: Span) -> bool:
    """True of 'Mbeya, *Tanzania*'; not of 'Rome, *Spain* and Portugal'."""
    row = [child.dep_ for word in (place.root, land.root) for child in word.children]
    hung = land.root.dep_ == "appos" and land.root.head.i in range(place.start, place.end)
    return hung and "conj" not in row and "cc" not in row


def _find_behind(
    name: Span, shape: re.Pattern[str], mentions: Mapping[int, Span], end: re.Pattern[str] = _CLOSED
) -> Span | None:
    """The name that follows such words and that such an end follows."""
    text = text_of(name.doc)
    found = shape.match(text, name.end_char)
    word = name.doc.char_span(found.end(), found.end() + 1, alignment_mode="expand") if found else None
    other = mentions.get(word.start) if word is not None else None
    if found is None or other is None or not is_name(other) or other.start_char != found.end():
        return None
    return other if end.match(text, other.end_char) else None


def _find_owner(name: Span, mentions: Mapping[int, Span]) -> Span | None:
    """'*Norway's* Ann Bo'; not 'Norway's Ann Bo problem'."""
    mark = name[0].nbor(-1) if name.start > 1 else name[0]
    other = mentions.get(mark.i - 1) if mark.tag_ == "POS" else None
    if other is None or not is_name(other) or name.root.dep_ in ("compound", "nmod", "poss"):
        return None
    return other if other.root.dep_ == "poss" and other.root.head.i in range(name.start, name.end) else None


def _tie(person: Span, other: Span | None, ties: tuple[tuple[Curie, Curie], ...], ontology: Ontology) -> Iterator[Row]:
    """The row of the first class in ``ties`` that the other is of, if that ties anything."""
    tie = next((tie for kind, tie in ties if other is not None and ontology.is_a(other.label_, kind)), "")
    if other is not None and tie:
        yield _row(person, tie, other)


def _row(subject: Span, predicate: Curie, target: Span) -> Row:
    rule, fact = f"beside “{target.text}”", Factuality.FACT.value
    return make_row(subject, predicate, target, target.root, rule=rule, factuality=fact)
