"""Some of many, by name: 'four people, *including Ann Bo*'; what is said of all is said of each of them."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.model import Curie
from kg.nlp.modality import assess_alone
from kg.nlp.paths import walk
from kg.nlp.spans import is_name, lemma
from kg.nlp.stance import CERTAIN
from kg.nlp.tree import children_of, forms_of, tokens_of
from kg.ontology import Ontology

_PLURAL = frozenset({"NNS", "NNPS"})
_THOSE = "those"
_OPENERS = frozenset({"including", "such", "among", "include", "includes", "included", "one"})
_ALL = frozenset({"them", "whom", "which", "these"})


def find_exemplars(token: Token, ontology: Ontology) -> Iterator[Token]:
    """The first words of what names some of what a plural, or 'dozens of' it, stands for."""
    if _OPENERS.isdisjoint(forms_of(token.doc)):
        return
    for noun in _find_nouns(token, ontology):
        for opener in children_of(noun):
            yield from _read_list(opener)
        for opener in children_of(token.head):
            if opener.i > noun.i and not _has_rival(noun, opener, ontology):
                yield from _read_list(opener)
        yield from _find_said(noun, ontology)


def _find_said(noun: Token, ontology: Ontology) -> Iterator[Token]:
    """Who is said to be one of them; not who 'was *not* among them' or '*may* be one of them'."""
    for path in ontology.positions["lex:OneOfMany"]:
        for name in walk(noun, path)[:1]:
            if assess_alone(name.head, ontology) == CERTAIN:
                yield name


def is_exemplar(span: Span, token: Token, ontology: Ontology) -> bool:
    """True of a name of the kind that the plural is of: of 'two people in three cities, including *Ann*' no city."""
    kinds = (_kind_of(noun, ontology) for noun in _find_nouns(token, ontology))
    return is_name(span) and any(ontology.is_a(span.label_, kind) for kind in kinds)


def _find_nouns(token: Token, ontology: Ontology) -> list[Token]:
    """'*people*', 'dozens of *people*'; but of 'leaders of parties' the leaders."""
    nouns = (token,) if _kind_of(token, ontology) else walk(token, "prep:of pobj")
    return [noun for noun in nouns if (noun.tag_ in _PLURAL or noun.lower_ == _THOSE) and _kind_of(noun, ontology)]


def _kind_of(noun: Token, ontology: Ontology) -> Curie:
    if noun.lower_ == _THOSE:
        return "kg:Person"
    kind = ontology.nominals.get(lemma(noun), "")
    return "kg:Person" if kind == "kg:Group" else kind


def _has_rival(noun: Token, opener: Token, ontology: Ontology) -> bool:
    """'two officers shot three *men*, among them Ann Bo': what hangs on the verb is of the nearest plural of a kind."""
    between = tokens_of(noun.doc)[noun.i + 1 : opener.i]
    return any(word.tag_ in _PLURAL and _kind_of(word, ontology) == _kind_of(noun, ontology) for word in between)


def _read_list(opener: Token) -> Iterator[Token]:
    """What stands behind 'including', 'such as', 'among them'."""
    if opener.dep_ != "prep":
        return
    taken = walk(opener, "pobj")
    if opener.lower_ == "including" or (opener.lower_ == "as" and opener.i and opener.nbor(-1).lower_ == "such"):
        yield from taken[:1]
    elif opener.lower_ == "among" and taken and taken[0].lower_ in _ALL:
        behind = taken[0].i + 1
        near = (*children_of(opener), *children_of(opener.head))
        yield from (word for word in near if word.left_edge.i == behind)
