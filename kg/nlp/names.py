"""Names by list: 'Ecuador', 'Ecuadorian', 'United Nations'."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from kg.model import Form
from kg.nlp.paths import walk_all
from kg.nlp.spans import keep_longest, lemma, make_span
from kg.nlp.tree import children_of, labels_below, text_between, text_of, tokens_of
from kg.ontology import Ontology
from kg.wordlists import Name, opening_of

_STANCES = frozenset({"anti", "pro", "non"})
_PLURAL = frozenset({"NNS", "NNPS"})
_SOME = frozenset({"nummod", "amod", "prep", "acl", "relcl"})  # 'two Danes', 'Danes in Oslo'
_BE = frozenset({"be", "become", "remain"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})


def match_names(doc: Doc, ontology: Ontology) -> list[Span]:
    """Every listed name in the text, the longest first; a demonym stands for its country."""
    found = match_list(doc, ontology.names, ontology.openings)
    return [_settle_voters(span, ontology) for span in found if not _is_within_name(span, ontology)]


def _settle_voters(people: Span, ontology: Ontology) -> Span:
    """'*Danes* rejected it in a referendum': a people that votes is its country, some of it is not."""
    votes = people.label_ == "kg:Group" and walk_all(people.root, ontology.positions["lex:Voting"])
    whole = people.root.tag_ in _PLURAL or "det" in labels_below(people.root)  # 'the *French*'
    if not votes or not whole or labels_below(people.root) & _SOME:
        return people
    name = ontology.names[people.text]
    return make_span(people.doc, people.start, people.end, name.type, Form.NOMINAL, name.known_as)


def _is_within_name(span: Span, ontology: Ontology) -> bool:
    """'*America* Socialista', 'Hands Off *Venezuela*': no place where the model sees none, in a longer name."""
    name = ontology.names[span.text]
    if name.adjective or span.root.ent_type_ or not ontology.is_a(name.type, "kg:Place"):
        return False
    beside = [child for child in children_of(span.root) if child.dep_ == "compound" and child.i == span.start - 1]
    if span.root.dep_ == "compound" and span.root.head.i == span.end:
        beside.append(span.root.head)
    return any(_is_unknown_name(token, ontology) for token in beside) and not _is_heading(span.sent)


def _is_unknown_name(token: Token, ontology: Ontology) -> bool:
    """Capitalised, no title, role or body, and nothing the model or a list knows."""
    known = token.lower_ in ontology.words["lex:Title"] or lemma(token) in ontology.nominals
    listed = token.text in ontology.names or token.text in ontology.heads
    return token.pos_ == "PROPN" and token.text[0].isupper() and not (token.ent_type_ or known or listed)


def _is_heading(sentence: Span) -> bool:
    """True where most words have a capital, so that one says nothing."""
    words = [token for token in sentence if token.is_alpha]
    return sum(token.text[0].isupper() for token in words) * 2 > len(words)


def match_list(doc: Doc, names: Mapping[str, Name], openings: Mapping[str, int]) -> list[Span]:
    """Every name of ``names`` in the text, the longest first; ``openings`` are those of the names, or of more."""
    return keep_longest(sorted(_match_all(doc, names, openings), key=lambda span: (span.start - span.end, span.start)))


def _match_all(doc: Doc, names: Mapping[str, Name], openings: Mapping[str, int]) -> Iterator[Span]:
    text, tokens, ends = text_of(doc), tokens_of(doc), _list_ends(doc)
    small = [token.is_lower for token in tokens]
    for token, lower, following in zip(tokens, small, [*small[1:], False], strict=True):
        if lower and following:
            continue  # a name has a capital at its start: 'Al Jazeera', 'al-Shabaab'
        longest = openings.get(opening_of(text, token.idx))
        if longest is None:
            continue
        for end in range(bisect_right(ends, token.idx + longest), token.i, -1):
            name = names.get(text[token.idx : ends[end - 1]])
            if name:
                yield _listed(doc, token.i, end, name)
                break


@lru_cache(maxsize=2)
def _list_ends(doc: Doc) -> Sequence[int]:
    """Where each token ends in the text."""
    return [token.idx + len(token) for token in tokens_of(doc)]


def _listed(doc: Doc, start: int, end: int, name: Name) -> Span:
    if not name.adjective:
        return make_span(doc, start, end, name.type, Form.NAME, name.known_as)
    born = text_between(doc, end, end + 2) in ("-born", "-based")
    root = doc[start:end].root
    if (born or _find_first(root).dep_ in _MODIFIERS or _is_of_people(root)) and not _is_stance(doc, start):
        return make_span(doc, start, end, name.type, Form.NOMINAL, name.known_as)
    return make_span(doc, start, end, "kg:Group", Form.NOMINAL)


def _is_of_people(word: Token) -> bool:
    """'Ann Bo is *Norwegian*', 'Ann Bo, a *Dane*': the one whose land it is stands beside."""
    said = word.dep_ in ("attr", "acomp") and lemma(word.head) in _BE
    one = any(child.lower_ in ("a", "an") for child in children_of(word))
    return (said and (one or word.tag_ not in ("NNS", "NNPS"))) or (word.dep_ == "appos" and one)


def _is_stance(doc: Doc, start: int) -> bool:
    """'an anti-*American* activist': who is for or against a country, or anything but of it, is not told by it."""
    return start > 1 and doc[start - 1].text == "-" and doc[start - 2].lower_ in _STANCES


def _find_first(token: Token) -> Token:
    """The first of coordinated adjectives: 'the *Danish* and Swedish ministers'."""
    while token.dep_ == "conj" and token.tag_ == "JJ":
        token = token.head
    return token
