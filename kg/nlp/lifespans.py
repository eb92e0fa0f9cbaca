"""Years of birth and death in brackets behind a name: 'Sigurd Tangen (1898–1972)', '(born 4 May 1950)'."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

from kg.model import Factuality
from kg.nlp.rows import Row, make_row
from kg.nlp.spans import is_name, list_mentions
from kg.nlp.subjects import SUBJECTS
from kg.nlp.tree import children_of, text_of, tokens_of
from kg.nlp.values import find_values
from kg.ontology import Ontology

_REACH = 60  # characters a bracket with a lifespan may have
_DASH = re.compile(r"\s[-–—]\s|(?<=\d)[-–—](?=\d)|[–—]")
_BORN = re.compile(r"^(?:born|b\.)\s", re.IGNORECASE)
_DIED = re.compile(r"^(?:died|d\.|†)\s", re.IGNORECASE)
_ROLE = re.compile(r"^(?!born|died|near|circa|about|around|baptised|baptized)[a-z]{3,}")
_SMALL = frozenset({"in", "on", "at", "near", "the", "of", "early", "late", "mid", "night", "morning"})
"""What may stand between 'born' and its date beside places: 'born in Oslo, *died* on 3 May' tells no day of birth."""
_OPEN = re.compile(r" (?:or|and)\b")


def find_lifespans(doc: Doc, ontology: Ontology) -> Iterator[Row]:
    """bornOn and diedOn of each person whose name is followed by such a bracket."""
    text = text_of(doc)
    for person in list_mentions(doc):
        if is_name(person) and ontology.is_a(person.label_, "kg:Person"):
            for predicate, value in _read_bracket(text, person):
                yield make_row(
                    person, predicate, value, person.root, rule="lifespan", factuality=Factuality.FACT.value
                )  # fmt: skip


def _read_bracket(text: str, person: Span) -> Iterator[tuple[str, Span]]:
    behind = text[person.end_char : person.end_char + _REACH]
    found = re.match(r"\s?\(([^()]+)\)", behind) or re.match(r", ((?:born|b\.|died|d\.) [^(;]+)", behind)
    if not found or _is_anothers(person):
        return
    start = person.end_char + found.start(1)
    if re.search(r"\b(?:and|respectively)\b", found[1]):
        return  # two persons
    dates = [
        span for span in find_values(person.doc) if start <= span.start_char and span.end_char <= start + len(found[1])
    ]
    dates = [span for span in dates if span.kb_id_ and span.label_ == "kg:Date"]
    if _ROLE.match(found[1]):
        return  # '(president 1981–1984)'
    if len(dates) == 2 and _DASH.search(text[dates[0].end_char - 1 : dates[1].start_char + 1]):
        yield from zip(("kg:bornOn", "kg:diedOn"), dates, strict=True)
    elif dates and _leads(text[start : dates[0].start_char]) and not _OPEN.match(text[dates[0].end_char :]):
        yield ("kg:bornOn" if _BORN.match(found[1]) else "kg:diedOn"), dates[0]


def _is_anothers(person: Span) -> bool:
    """'Ann Bo, the heir of *Cy Di*, died in May': it is she who did."""
    behind = tokens_of(person.doc)[person.end + 1 : person.end + 2]
    subjects = [child for word in behind for child in children_of(word) if child.dep_ in SUBJECTS]
    return bool(subjects) and all(subject.i < person.start for subject in subjects)


def _leads(text: str) -> bool:
    """True of 'born in Oslo, Norway, on', not of 'born in Oslo, died on' and 'born around'."""
    verb, *words = text.replace(",", " ").split() or [""]
    stated = bool(_BORN.match(f"{verb} ") or _DIED.match(f"{verb} "))
    return stated and all(word in _SMALL or word[0].isupper() for word in words)
