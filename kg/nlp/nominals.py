"""Things called by a common noun: 'the former finance minister', and what such a noun stands for."""

from collections.abc import Iterable, Iterator, Mapping

from spacy.tokens import Doc, Span, Token

from kg.model import Curie, Form
from kg.nlp.paths import walk_all, walk_paths
from kg.nlp.spans import is_nominal, lemma, lemmas_of, make_span
from kg.nlp.tree import children_of, tokens_of
from kg.ontology import Ontology

_NOUNS = frozenset({"NOUN", "PROPN"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "det", "nummod", "punct"})
_POSTPOSED = frozenset({"amod", "advmod", "appos"})
_OWNERS = ("amod", "compound", "nmod", "poss", "prep:of pobj")
_NAMED_AT = ("prep:of pobj", "appos", "poss", "compound")
_REACH = 80  # tokens, about three sentences


def find_nominals(doc: Doc, ontology: Ontology, spans: Iterable[Span]) -> Iterator[Span]:
    """'the former finance minister'; a country's institution is known by both: 'the Ecuadorian police'."""
    taken = {i for span in spans for i in range(span.start, span.end)}
    countries = {span.root.i: span.kb_id_ for span in spans if span.label_ == "kg:Country" and span.kb_id_}
    for token, word in zip(tokens_of(doc), lemmas_of(doc), strict=True):
        kind = ontology.nominals.get(word, "") if token.pos_ in _NOUNS else ""
        if kind and token.i not in taken and not _is_part(token, ontology):
            yield _nominal(doc, _left_edge(token, taken), token, kind, countries, ontology)


def _is_part(token: Token, ontology: Ontology) -> bool:
    """'the *opposition* leader', 'the *secretary*-general' are one person; 'the *police* chief' shows the police."""
    after = tokens_of(token.doc)[token.i + 1 : token.i + 3]
    joined = not token.whitespace_ and len(after) == 2 and after[0].text == "-"
    head = after[1] if joined else token.head
    inside = joined or (token.dep_ == "compound" and head.i == token.i + 1)
    return inside and lemma(head) in ontology.nominals and lemma(token) not in ontology.words["lex:Institution"]


def _left_edge(token: Token, taken: set[int]) -> int:
    start = token.i
    while start and start - 1 not in taken and _belongs(token.doc[start - 1], token):
        start -= 1
    return start


def _right_edge(noun: Token) -> int:
    """Behind 'president', behind 'president-*elect*' and 'attorney *general*'."""
    after = tokens_of(noun.doc)[noun.i + 1 : noun.i + 3]
    if (
        len(after) == 2
        and after[0].text == "-"
        and after[1].lower_ in ("elect", "designate")
        and not after[0].whitespace_
    ):
        return noun.i + 3
    return noun.i + (2 if after and after[0].text == "general" and after[0].dep_ in _POSTPOSED else 1)


def _belongs(left: Token, noun: Token) -> bool:
    """A modifier, or a part with a hyphen: '*vice-*president'."""
    joined = not left.whitespace_ and (left.text == "-" or left.nbor(1).text == "-")
    modifies = left.dep_ in _MODIFIERS and (left.head == noun or (left.head.head == noun and left.head.i < noun.i))
    return joined or modifies


def _nominal(doc: Doc, start: int, noun: Token, kind: Curie, countries: dict[int, str], ontology: Ontology) -> Span:
    institution = lemma(noun) in ontology.words["lex:Institution"] and not _is_indefinite(noun)
    if institution and (owner := _owner(noun, countries)):
        return make_span(doc, start, noun.i + 1, kind, Form.NAME, f"{lemma(noun).capitalize()} of {owner}")
    return make_span(doc, start, _right_edge(noun), kind, Form.NOMINAL)


def _is_indefinite(noun: Token) -> bool:
    """'an Ecuadorian newspaper', 'Ecuadorian courts': some of many, not the one of the country."""
    return noun.tag_ in {"NNS", "NNPS"} or any(
        child.lower_ in {"a", "an", "some", "any", "no"} for child in children_of(noun)
    )


def _owner(noun: Token, countries: dict[int, str]) -> str:
    return next((countries[end.i] for end in walk_all(noun, _OWNERS) if end.i in countries), "")


def resolve_token(token: Token, mentions: Mapping[int, Span], ontology: Ontology) -> Span | None:
    """The mention a word stands for: 'the city of *Quito*', 'the government of *Ann Bo*', or itself."""
    mention = mentions.get(token.i)
    if mention is not None and not is_nominal(mention):
        return mention
    return _look_through(token, mentions, ontology) or _look_back(token, mentions, ontology) or mention


def _look_back(token: Token, mentions: Mapping[int, Span], ontology: Ontology) -> Span | None:
    """'The government of Ann Bo fell. *The government* had …': the same noun, said with a name just before."""
    if lemma(token) not in ontology.words["lex:Metonym"] or any(
        c.dep_ in ("prep", "poss", "amod") for c in children_of(token)
    ):
        return None
    for earlier in reversed(token.doc[max(0, token.i - _REACH) : token.i]):
        if lemma(earlier) == lemma(token) and (found := _look_through(earlier, mentions, ontology)):
            return found
    return None


def _look_through(token: Token, mentions: Mapping[int, Span], ontology: Ontology) -> Span | None:
    wanted = "kg:Place" if lemma(token) in ontology.words["lex:Transparent"] else ""
    wanted = "kg:Person" if lemma(token) in ontology.words["lex:Metonym"] else wanted
    if not wanted:
        return None
    for path, ends in walk_paths(token, _NAMED_AT):
        for end in ends:
            mention = mentions.get(end.i)
            if (
                mention is not None
                and ontology.is_a(mention.label_, wanted)
                and (path != "poss" or wanted == "kg:Person")
            ):
                return mention
    return None
