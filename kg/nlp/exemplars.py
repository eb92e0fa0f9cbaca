"""Some of many, by name: 'four people, *including Ann Bo*'; what is said of all is said of each of them."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.nlp.paths import walk
from kg.nlp.spans import is_name, lemma
from kg.nlp.tree import children_of
from kg.ontology import Ontology

_PLURAL = frozenset({"NNS", "NNPS"})
_ALL = frozenset({"them", "whom", "which", "these"})


def find_exemplars(token: Token) -> Iterator[Token]:
    """The first words of what names some of what a plural stands for."""
    for noun in (token, *walk(token, "prep:of pobj")):
        if noun.tag_ in _PLURAL:
            for opener in children_of(noun):
                yield from _read_list(opener, noun)
    if token.tag_ in _PLURAL:
        for opener in children_of(token.head):
            if opener.i > token.i:
                yield from _read_list(opener, token)


def _read_list(opener: Token, noun: Token) -> Iterator[Token]:
    """What stands behind 'including', 'such as', 'among them'."""
    if opener.dep_ != "prep":
        return
    taken = walk(opener, "pobj")
    if opener.lower_ == "including" or (opener.lower_ == "as" and opener.nbor(-1).lower_ == "such"):
        yield from taken[:1]
    elif opener.lower_ == "among" and taken and taken[0].lower_ in _ALL:
        behind = taken[0].i + 1
        near = (*children_of(opener), *children_of(opener.head))
        yield from (word for word in near if word.left_edge.i == behind)


def is_exemplar(span: Span, token: Token, ontology: Ontology) -> bool:
    """True of a name of the kind that the plural is of: of 'two people in three cities, including *Ann*' no city."""
    nouns = (token, *walk(token, "prep:of pobj"))
    kinds = {ontology.nominals.get(lemma(noun), "") for noun in nouns}
    kinds = {"kg:Person" if kind == "kg:Group" else kind for kind in kinds}
    return is_name(span) and any(kind and ontology.is_a(span.label_, kind) for kind in kinds)
