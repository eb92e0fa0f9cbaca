"""What is known of a chain in the making: name, gender, roles; and of the nouns in it."""

from collections.abc import Sequence
from itertools import chain

from spacy.tokens import Span, Token

from kg.model import Curie
from kg.nlp.genders import name_gender, title_gender
from kg.nlp.partition import Chains
from kg.nlp.spans import is_name, is_nominal, lemma
from kg.ontology import Ontology

_STATUS = frozenset({"acting", "caretaker", "current", "deposed", "elected", "former", "impeached", "incoming",
                     "incumbent", "interim", "jailed", "late", "new", "newly", "ousted", "outgoing", "retired",
                     "sitting", "then"})  # fmt: skip
"""Words that say when somebody has a role, not which."""


def has_name(mentions: Sequence[Span], chains: Chains, leader: int) -> bool:
    """True where the thing is named, or told by an adjective of a listed country."""
    return any(is_name(mentions[i]) or mentions[i].kb_id_ for i in chains.members[leader])


def find_gender(mentions: Sequence[Span], chains: Chains, leader: int, ontology: Ontology) -> str:
    """'m', 'f' or '' of a chain: what a title tells, else the longest of its names: 'Darko' alone may be a surname."""
    members = [mentions[i] for i in chains.members[leader]]
    told = (title_gender(span, ontology) for span in members)
    named = sorted(members, key=lambda span: (-len(span), span.start))
    return next(filter(None, chain(told, (name_gender(span, ontology) for span in named))), "")


def find_roles(mentions: Sequence[Span], chains: Chains, leader: int) -> frozenset[str]:
    """What the nouns of a chain call it: 'minister' of 'the former finance minister'."""
    return frozenset(lemma(noun_of(mentions[i])) for i in chains.members[leader] if is_nominal(mentions[i]))


def noun_of(span: Span) -> Token:
    """The noun of a nominal: 'president' of 'vice-president', 'president-elect', 'attorney' of 'attorney general'."""
    end = len(span)
    if end > 2 and span[end - 2].text == "-" and span[end - 1].lower_ in ("elect", "designate"):
        end -= 2
    return (
        span[end - 2] if end > 1 and span[end - 1].lower_ == "general" and span[end - 2].text != "-" else span[end - 1]
    )


def content(span: Span) -> frozenset[str]:
    """The lemmas that say which one: 'finance', 'minister' of 'the former finance minister'."""
    words = (lemma(token) for token in span if token.dep_ not in {"det", "poss", "case"} and token.is_alpha)
    return frozenset(words) - _STATUS


def is_past(span: Span) -> bool:
    """True of 'the former minister' and 'the deposed president'."""
    return any(lemma(token) in {"former", "deposed", "ousted", "late", "then"} for token in span)


def compatible(kind: Curie, other: Curie, ontology: Ontology) -> bool:
    """True where one class is the other or below it."""
    return ontology.is_a(kind, other) or ontology.is_a(other, kind)
