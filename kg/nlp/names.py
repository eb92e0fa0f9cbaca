"""Names by list: 'Ecuador', 'Ecuadorian', 'United Nations'."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import zip_longest

from spacy.tokens import Doc, Span

from kg.model import Form
from kg.nlp.spans import keep_longest, make_span
from kg.nlp.tree import text_of, tokens_of
from kg.ontology import Ontology
from kg.wordlists import Name, opening_of

_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})


def match_names(doc: Doc, ontology: Ontology) -> list[Span]:
    """Every listed name in the text, the longest first; a demonym stands for its country."""
    return match_list(doc, ontology.names, ontology.openings)


def match_list(doc: Doc, names: Mapping[str, Name], openings: Mapping[str, int]) -> list[Span]:
    """Every name of ``names`` in the text, the longest first; ``openings`` are those of the names, or of more."""
    return keep_longest(sorted(_match_all(doc, names, openings), key=lambda span: (span.start - span.end, span.start)))


def _match_all(doc: Doc, names: Mapping[str, Name], openings: Mapping[str, int]) -> Iterator[Span]:
    text, tokens = text_of(doc), tokens_of(doc)
    ends = [token.idx + len(token) for token in tokens]
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.is_lower and following is not None and following.text.islower():
            continue  # a name has a capital at its start: 'Al Jazeera', 'al-Shabaab'
        longest = openings.get(opening_of(text, token.idx), 0)
        for end in range(bisect_right(ends, token.idx + longest), token.i, -1):
            name = names.get(text[token.idx : ends[end - 1]])
            if name:
                yield _listed(doc, token.i, end, name)
                break


def _listed(doc: Doc, start: int, end: int, name: Name) -> Span:
    if not name.adjective:
        return make_span(doc, start, end, name.type, Form.NAME, name.known_as)
    if doc[start:end].root.dep_ in _MODIFIERS:
        return make_span(doc, start, end, name.type, Form.NOMINAL, name.known_as)
    return make_span(doc, start, end, "kg:Group", Form.NOMINAL)
