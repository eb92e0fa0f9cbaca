"""What stands beside a name and tells where it belongs: 'Ann Bo, *of Oslo*,', '*Chad's* Ann Bo', 'Bo, *a Dane*,'."""

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Span

from kg.model import Curie, Factuality
from kg.nlp.assertions import is_quoted, read_factuality
from kg.nlp.rows import Row, make_row
from kg.nlp.spans import is_name, lemma, list_mentions
from kg.nlp.tree import children_of, text_of
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
_WITH = re.compile(r" (?:of|from) (?:the )?")
_COMMA = re.compile(r", ")
_CLOSED = re.compile(r"[,.;)]|$")
_ANYTHING = re.compile("")
_BE = frozenset({"be", "become", "remain"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def find_beside(doc: Doc, mentions: Mapping[int, Span], ontology: Ontology) -> Iterator[Row]:
    """Land, town, party or body that a person is named with; land of a town, town of a building."""
    for span in list_mentions(doc):
        if _is_people(span, ontology):
            yield from _find_people(span, mentions, ontology)
        elif not is_name(span) or is_quoted(span.root, ontology):
            continue
        elif ontology.is_a(span.label_, "kg:Person"):
            yield from _find_ties(span, mentions, ontology)
        elif ontology.is_a(span.label_, "kg:Place"):
            yield from _find_places(span, mentions, ontology)


def _find_ties(person: Span, mentions: Mapping[int, Span], ontology: Ontology) -> Iterator[Row]:
    """'Ann Bo, 34, *of Oslo*,', 'Ann Bo *(Red Party)*', '*Red Party's* Ann Bo', 'the *Norwegian* Ann Bo'."""
    titled = person.start > 0 and person[0].nbor(-1).lower_ in ontology.words["lex:Title"]
    if not titled:  # 'King Bo, of Norway'
        yield from _tie(person, _find_behind(person, _OF, mentions), _HOMES, ontology)
    yield from _tie(person, _find_behind(person, _BRACKET, mentions), _TIES[:2], ontology)
    yield from _tie(person, _find_behind(person, _WITH, mentions, _ANYTHING), _TIES[1:2], ontology)
    yield from _tie(person, _find_owner(person, mentions), _TIES, ontology)
    before = mentions.get(person.start - 1)
    if before is not None and _is_people(before, ontology) and before.root.head.i in range(person.start, person.end):
        yield _row(person, "kg:citizenOf", before, Factuality.FACT.value)


def _find_places(place: Span, mentions: Mapping[int, Span], ontology: Ontology) -> Iterator[Row]:
    """'in Mbeya, *Tanzania*', '*Oslo's* Ullern Hall'."""
    land = _find_behind(place, _COMMA, mentions, _ANYTHING)
    hung = land is not None and land.root.dep_ == "appos" and land.root.head.i in range(place.start, place.end)
    listed = any(
        child.dep_ in ("conj", "cc") for word in (place.root, land and land.root) if word for child in word.children
    )
    if land is not None and hung and not listed and land.label_ in _LANDS and place.label_ not in _LANDS[:1]:
        yield _row(place, "kg:locatedIn", land, Factuality.FACT.value)
    owner = _find_owner(place, mentions)
    if owner is not None and place.label_ == "kg:Facility" and ontology.is_a(owner.label_, "kg:Place"):
        yield _row(place, "kg:locatedIn", owner, Factuality.FACT.value)


def _find_behind(
    name: Span, shape: re.Pattern[str], mentions: Mapping[int, Span], end: re.Pattern[str] = _CLOSED
) -> Span | None:
    """The name that follows such words and that such an end follows."""
    text = text_of(name.doc)
    found = shape.match(text, name.end_char)
    word = name.doc.char_span(found.end(), found.end() + 1, alignment_mode="expand") if found else None
    other = mentions.get(word.start) if word is not None else None
    whole = other is not None and found is not None and is_name(other) and other.start_char == found.end()
    return other if other is not None and whole and end.match(text, other.end_char) else None


def _find_owner(name: Span, mentions: Mapping[int, Span]) -> Span | None:
    """'*Norway's* Ann Bo'; not 'Norway's Ann Bo problem'."""
    mark = name[0].nbor(-1) if name.start > 1 else name[0]
    other = mentions.get(mark.i - 1) if mark.tag_ == "POS" else None
    if other is None or not is_name(other) or name.root.dep_ in ("compound", "nmod", "poss"):
        return None
    return other if other.root.dep_ == "poss" and other.root.head.i in range(name.start, name.end) else None


def _is_people(span: Span, ontology: Ontology) -> bool:
    """True of 'Norwegian' and 'Dane'."""
    entry = ontology.names.get(span.text)
    return span.label_ == "kg:Country" and entry is not None and entry.adjective


def _find_people(people: Span, mentions: Mapping[int, Span], ontology: Ontology) -> Iterator[Row]:
    """'Ann Bo is *Norwegian*', 'Ann Bo, a *Dane*, won'."""
    word, below = people.root, {child.dep_ for child in children_of(people.root)}
    if not below <= {"det", "punct", "cc"}:
        return
    if word.dep_ in ("attr", "acomp") and lemma(word.head) in _BE:
        subjects = (mentions.get(child.i) for child in children_of(word.head) if child.dep_ in _SUBJECTS)
        firm = read_factuality(word.head, ontology)
    elif word.dep_ == "appos" and "det" in below:
        subjects, firm = (mentions.get(word.head.i) for _ in (0,)), Factuality.FACT.value
    else:
        return
    for subject in subjects:
        if subject is not None and ontology.is_a(subject.label_, "kg:Person"):
            yield _row(subject, "kg:citizenOf", people, firm)


def _tie(person: Span, other: Span | None, ties: tuple[tuple[Curie, Curie], ...], ontology: Ontology) -> Iterator[Row]:
    kind = other.label_ if other is not None else ""
    tie = next((tie for each, tie in ties if kind and ontology.is_a(kind, each)), "")
    if other is not None and tie:
        yield _row(person, tie, other, Factuality.FACT.value)


def _row(subject: Span, predicate: Curie, target: Span, firm: str) -> Row:
    return make_row(subject, predicate, target, target.root, rule=f"beside “{target.text}”", factuality=firm)
