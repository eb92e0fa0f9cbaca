"""Words that stand for what is named elsewhere: pronouns, and 'the former' and 'the latter'."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.model import Curie, Form
from kg.nlp.latter import is_latter
from kg.nlp.quotations import find_first_persons
from kg.nlp.spans import lemma, make_span
from kg.nlp.tree import children_of, tokens_of

_PERSONAL = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_NEUTRAL = frozenset({"it", "its", "itself", "they", "them", "their", "theirs", "themselves"})
_RELATIVE = frozenset({"who", "whom", "which", "whose", "that"})
_PRONOUNS = _PERSONAL | _NEUTRAL | _RELATIVE


def find_pronouns(doc: Doc) -> Iterator[Span]:
    """Each as a mention; what is meant by it is for coreference to find."""
    quoted = frozenset(token.i for token in find_first_persons(doc))
    for token in tokens_of(doc):
        if (token.lower_ in _PRONOUNS or token.i in quoted) and (kind := _pronoun_type(token, quoted)):
            yield make_span(doc, token.i, token.i + 1, kind, Form.PRONOUN)
        elif is_latter(token):
            yield make_span(doc, token.i, token.i + 1, "kg:Entity", Form.PRONOUN)


def _pronoun_type(token: Token, quoted: frozenset[int]) -> Curie:
    word = token.lower_
    if word in _PERSONAL or token.i in quoted:
        return "kg:Person"
    if word in _NEUTRAL:
        return "" if _is_expletive(token) else "kg:Entity"
    return "kg:Entity" if word in _RELATIVE and _is_relative(token) else ""


def _is_relative(token: Token) -> bool:
    clause = any(head.dep_ == "relcl" for head in (token.head, *token.ancestors))
    return clause and token.tag_ in {"WP", "WP$", "WDT"}


def _is_expletive(token: Token) -> bool:
    """'*it* is clear that', '*it* seems that': the clause is what is meant."""
    clauses = ("ccomp", "xcomp", "advcl", "csubj")
    complements = [child for child in children_of(token.head) if child.dep_ in ("acomp", "attr", *clauses)]
    return token.dep_ == "expl" or (
        token.lower_ == "it"
        and token.dep_ in ("nsubj", "nsubjpass")
        and lemma(token.head) in ("be", "seem", "appear", "become", "agree")
        and any(
            c.dep_ in clauses or any(g.dep_ in (*clauses, "relcl", "acl") for g in children_of(c)) for c in complements
        )
    )
