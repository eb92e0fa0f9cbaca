"""Names by list and by head word: 'Ecuador', 'Ecuadorian', 'Supreme *Court*', '*Ministry* of Health'."""

from collections.abc import Iterator, Mapping

from spacy.tokens import Doc, Span, Token

from kg.model import Curie, Form
from kg.nlp.spans import keep_longest, make_span
from kg.ontology import Ontology
from kg.wordlists import Name

_LONGEST = 7  # tokens of the longest listed name that is looked up
_CONNECTORS = frozenset({"of", "for", "de", "del", "la", "the", "do", "da", "and", "&"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})


def match_names(doc: Doc, ontology: Ontology) -> list[Span]:
    """Every listed name in the text, the longest first; a demonym stands for its country."""
    return match_list(doc, ontology.names)


def match_list(doc: Doc, names: Mapping[str, Name]) -> list[Span]:
    """Every name of ``names`` in the text, the longest first."""
    return keep_longest(sorted(_match_all(doc, names), key=lambda span: (span.start - span.end, span.start)))


def _match_all(doc: Doc, names: Mapping[str, Name]) -> Iterator[Span]:
    for token in doc:
        if not (token.text[0].isupper() or token.text[0].isdigit()):
            continue
        for end in range(min(len(doc), token.i + _LONGEST), token.i, -1):
            name = names.get(doc[token.i : end].text)
            if name and not doc[end - 1].is_space:
                yield _listed(doc, token.i, end, name)
                break


def _listed(doc: Doc, start: int, end: int, name: Name) -> Span:
    if not name.adjective:
        return make_span(doc, start, end, name.type, Form.NAME, name.known_as)
    if doc[start:end].root.dep_ in _MODIFIERS:
        return make_span(doc, start, end, name.type, Form.NOMINAL, name.known_as)
    return make_span(doc, start, end, "kg:Group", Form.NOMINAL)


def match_heads(doc: Doc, ontology: Ontology) -> list[Span]:
    """Capitalised runs whose head word tells the type: 'Patriotic Society *Party*'."""
    return [found for run in _runs(doc) if (found := _type_run(doc, run, ontology))]


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(doc):
        end = start
        while end < len(doc) and (_capital(doc[end]) or (end > start and _connects(doc, end))):
            end += 1
        if end - start > 1:
            yield start, end
        start = end + 1


def _capital(token: Token) -> bool:
    return bool(token.text[0].isupper() and token.pos_ in {"PROPN", "NOUN", "ADJ", "VERB", "X"})


def _connects(doc: Doc, i: int) -> bool:
    ahead = doc[i + 1 : i + 3]
    if doc[i].lower_ not in _CONNECTORS or not len(ahead):
        return False
    return _capital(ahead[0]) or (ahead[0].lower_ in {"the", "la"} and len(ahead) > 1 and _capital(ahead[1]))


def _type_run(doc: Doc, run: tuple[int, int], ontology: Ontology) -> Span | None:
    start, end = run
    joint = next((i for i in range(start, end) if doc[i].lower_ in _CONNECTORS), end)
    if doc[start].text in ontology.given_names:  # 'Richard *Hall*' is no hall
        return None
    if kind := ontology.heads.get(doc[joint - 1].text):
        end = _cut(doc, start, end, kind, ontology)
        return make_span(doc, start, end, kind, Form.NAME) if end - start > 1 else None
    if joint < end and (kind := ontology.heads.get(doc[end - 1].text)) and doc[joint].lower_ in {"and", "&"}:
        return make_span(doc, start, end, kind, Form.NAME)
    return None


def _cut(doc: Doc, start: int, end: int, kind: Curie, ontology: Ontology) -> int:
    """A run ends before 'and' unless the head takes a list: 'Ministry of Trade and Industry'."""
    if ontology.is_a(kind, "kg:Ministry"):
        return end
    return next((i for i in range(start, end) if doc[i].lower_ in {"and", "&"}), end)


def type_by_head(span: Span, ontology: Ontology) -> Curie:
    """The class its head word gives a name, or '': 'Supreme *Court* of Justice' is a court."""
    words = [token for token in span if not token.is_punct]
    joint = next((n for n, token in enumerate(words) if token.lower_ in {"of", "for", "de"} and n), len(words))
    return ontology.heads.get(words[joint - 1].text, "") if words and joint > 0 and len(words) > 1 else ""
