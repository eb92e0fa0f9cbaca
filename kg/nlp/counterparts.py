"""Offices said by those of others: 'met his Spanish *counterpart*, Ann Bo': she is there what he is at home."""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Span, Token

from kg.nlp.frames import Filler, fill
from kg.nlp.rows import Row, make_row
from kg.nlp.spans import lemmas_of, list_chains
from kg.nlp.tree import children_of
from kg.ontology import Ontology

_RULE = "counterpart “{}”"


def find_counterparts(doc: Doc, rows: Sequence[Row], mentions: Mapping[int, Span], ontology: Ontology) -> Iterator[Row]:
    """The office of each counterpart, by the office that ``rows`` give the other person."""
    offices = {row.subject[:2]: row for row in rows if ontology.range.get(row.predicate) == "kg:Country"}
    nouns = (doc[i] for i, word in enumerate(lemmas_of(doc)) if word == "counterpart")
    for noun in nouns if offices else ():
        office = next((offices[at] for at in _places_of(_other(noun, mentions), doc) if at in offices), None)
        if office is not None:
            yield from _transfer(noun, office, mentions, ontology)


def _other(noun: Token, mentions: Mapping[int, Span]) -> Span | None:
    """'*his* Spanish counterpart'."""
    return next((mentions.get(child.i) for child in children_of(noun) if child.dep_ == "poss"), None)


def _places_of(span: Span | None, doc: Doc) -> Iterator[tuple[int, int]]:
    """Where the chain of the mention stands."""
    if span is None:
        return
    for _, chain in sorted(list_chains(doc).items()):
        if any(span.start == other.start for other in chain):
            yield from ((other.start, other.end) for other in chain)


def _transfer(noun: Token, office: Row, mentions: Mapping[int, Span], ontology: Ontology) -> Iterator[Row]:
    holders = fill([noun], "lex:Holder", "kg:Person", mentions, ontology)
    countries: tuple[Filler, ...] = fill([noun], "lex:Complement", "kg:Country", mentions, ontology)
    for holder in holders:
        for country in countries:
            rule = _RULE.format(noun.text)
            yield make_row(holder.span, office.predicate, country.span, noun, rule=rule, factuality=office.factuality)
