"""Persons called by their people: 'Ida Berg is *Norwegian*', 'Ida Berg, a *Dane*, won', 'the *Chilean* Ana Ruiz'."""

from collections.abc import Iterator, Mapping

from spacy.tokens import Span, Token

from kg.model import Factuality
from kg.nlp.assertions import read_factuality
from kg.nlp.rows import Row, make_row
from kg.nlp.spans import is_name, lemma
from kg.nlp.tree import children_of
from kg.ontology import Ontology

_BE = frozenset({"be", "become", "remain"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_BARE = frozenset({"det", "punct", "cc"})


def is_people(span: Span, ontology: Ontology) -> bool:
    """True of 'Norwegian' and 'Dane'."""
    entry = ontology.names.get(span.text)
    return span.label_ == "kg:Country" and entry is not None and entry.adjective


def find_citizens(people: Span, mentions: Mapping[int, Span], ontology: Ontology) -> Iterator[Row]:
    """That those of whom it is said, or at whose name it stands, are of the land; 'half Norwegian' says less."""
    word = people.root
    if not {child.dep_ for child in children_of(word)} <= _BARE:
        return
    said = word.dep_ in ("attr", "acomp") and lemma(word.head) in _BE
    firm = read_factuality(word.head, ontology) if said else Factuality.FACT.value
    for token in _find_subjects(word) if said else _find_named(people, word, mentions):
        person = mentions.get(token.i)
        if person is not None and ontology.is_a(person.label_, "kg:Person"):
            rule = f"people “{people.text}”"
            yield make_row(person, "kg:citizenOf", people, word, rule=rule, factuality=firm)


def _find_subjects(word: Token) -> Iterator[Token]:
    """Of 'Ida Berg, *who* is Norwegian' it is the word before the clause, whatever 'who' is taken for elsewhere."""
    for child in (child for child in children_of(word.head) if child.dep_ in _SUBJECTS):
        relative = child.tag_ == "WP" and child.head.dep_ == "relcl"
        yield child.head.head if relative else child


def _find_named(people: Span, word: Token, mentions: Mapping[int, Span]) -> list[Token]:
    """'*Ida Berg*, a Dane,', 'the Chilean *Ana Ruiz*'; not 'the Chilean Ambassador Ana Ruiz'."""
    if word.dep_ == "appos" and any(child.dep_ == "det" for child in children_of(word)):
        return [word.head]
    name = mentions.get(people.end)
    hung = name is not None and is_name(name) and word.head.i in range(name.start, name.end)
    return [name.root] if name is not None and hung and name.start == people.end else []
