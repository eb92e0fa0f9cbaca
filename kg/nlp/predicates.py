"""What a copula says somebody is, where more is said of it: 'Ann Bo is a *politician who* led the party'."""

from spacy.tokens import Span, Token

from kg.nlp.chains import compatible
from kg.nlp.partition import Chains, join
from kg.nlp.spans import is_nominal
from kg.ontology import Ontology

_CLAUSES = frozenset({"relcl", "acl"})
_SUBJECTS = frozenset({"nsubj"})
_BARS = frozenset({"neg", "mark"})


def match_predicates(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """Each predicate noun with a clause of its own to the subject, where the copula is plain: no 'not', 'may', 'if'."""
    heads = {span.root.i: i for i, span in enumerate(mentions)}
    for i, span in enumerate(mentions):
        if is_nominal(span) and not span.kb_id_ and any(child.dep_ in _CLAUSES for child in span.root.children):
            subject = _find_subject(_find_first(span.root))
            j = heads.get(subject.i) if subject is not None else None
            if j is not None and compatible(span.label_, mentions[j].label_, ontology):
                join(chains, j, i)


def _find_first(noun: Token) -> Token:
    """The first of coordinated nouns: 'a *lawyer* and politician who'."""
    while noun.dep_ == "conj":
        noun = noun.head
    return noun


def _find_subject(noun: Token) -> Token | None:
    verb = noun.head
    if noun.dep_ != "attr" or verb.lemma_ != "be" or not _is_plain(verb):
        return None
    return next((child for child in verb.children if child.dep_ in _SUBJECTS), None)


def _is_plain(verb: Token) -> bool:
    modal = any(child.dep_ == "aux" and child.lemma_ != "have" for child in verb.children)
    asked = verb.sent[-1].text == "?"
    return not modal and not asked and not any(child.dep_ in _BARS for child in verb.children)
