"""Names of bodies and places that the model does not see, by the noun beside: 'the *charity* Open Hands was set up'."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from kg.model import Form
from kg.nlp.spans import lemma, make_span
from kg.nlp.tree import children_of, tokens_of
from kg.ontology import Ontology

_BESIDE = ("appos", "compound", "nmod", "nsubj", "nsubjpass", "dobj")


def match_by_noun(doc: Doc, ontology: Ontology, taken: Iterable[Span]) -> Iterator[Span]:
    """Capitalised words that no other way of reading took for a name, beside a noun for a kind of body or place."""
    inside = {i for span in taken for i in range(span.start, span.end)}
    for token in tokens_of(doc):
        if token.pos_ != "PROPN" or token.i in inside or not _ends_run(token):
            continue
        start = _first_of_run(token, inside)
        kind = _kind_beside(doc[start : token.i + 1], ontology)
        if kind:
            yield make_span(doc, start, token.i + 1, kind, Form.NAME)


def _is_part(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[0].isupper() and token.text.isalpha()


def _ends_run(token: Token) -> bool:
    return _is_part(token) and not (token.i + 1 < len(token.doc) and _is_part(token.nbor()))


def _first_of_run(token: Token, inside: set[int]) -> int:
    start = token.i
    while start and start - 1 not in inside and _is_part(token.doc[start - 1]):
        start -= 1
    return start


def _kind_beside(name: Span, ontology: Ontology) -> str:
    """What the nouns beside call it, where all of them call it one kind of body or place."""
    kinds = {ontology.nominals.get(lemma(noun), "") for noun in _nouns(name)} - {""}
    kind = kinds.pop() if len(kinds) == 1 else ""
    common = len(name) == 1 and (name.text in ontology.heads or lemma(name[0]) in ontology.nominals)
    return kind if not common and any(ontology.is_a(kind, each) for each in ("kg:Organization", "kg:Place")) else ""


def _nouns(name: Span) -> Iterator[Token]:
    """'the *charity* Open Hands', 'Radio Norte, a *unit* of': as apposition or, to some parsers, a second subject."""
    root = name.root
    yield from (child for child in children_of(root) if child.dep_ == "appos" and child.text.islower())
    if root.dep_ == "appos" and root.head.text.islower():
        yield root.head
    before = name[0].nbor(-1) if name.start else root
    if before.text.islower() and before.head in (root, root.head) and before.dep_ in _BESIDE:
        yield before
