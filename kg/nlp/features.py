"""What can be seen of two mentions in one sentence, as strings a person can read.

Each is a kind and what was seen: ``between “was born in”``, ``path bear<nsubjpass >prep:in>pobj``. The mentions
stand in the order of the text where a feature does not name them; ``>`` or ``<`` says whether the subject comes first.
Kinds after Mintz et al. 2009 and Zhou et al. 2005 (words, mentions, dependency path), chosen by ablation on KnowledgeNet.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from spacy.tokens import Span, Token

from kg.nlp.spans import is_name, is_pronoun, lemma
from kg.ontology import Ontology

_KINDS = ("kg:Person", "kg:Country", "kg:Place", "kg:PoliticalParty", "kg:Organization", "kg:Date", "kg:Event")
_LENGTHS = ((0, "0"), (1, "1"), (2, "2"), (4, "3-4"), (8, "5-8"), (16, "9-16"))
_WHOLE = 6  # longest stretch between that is a feature as a whole
_LONGEST = 25  # tokens between that are looked at one by one
_STEPS = 7  # longest path that is a feature as a whole
_OWN = frozenset({"kg:Organization", "kg:PoliticalParty"})  # kinds whose own words tell: 'University', 'Party'

Places = Mapping[int, Span]
"""Token index → the mention that covers it."""


def find_features(subject: Span, target: Span, places: Places, ontology: Ontology) -> frozenset[str]:
    """All that is seen of the pair."""
    first, second = sorted((subject, target), key=lambda span: span.start)
    order = ">" if subject is first else "<"
    path = find_path(subject.root, target.root)
    found = {
        *_types(subject, target, ontology),
        *_between(first, second, order, places, ontology),
        *_around(subject, "subject", places, ontology),
        *_around(target, "object", places, ontology),
        *_path(path, subject, target, places, ontology),
        *_own_words(subject, "subject", ontology),
        *_own_words(target, "object", ontology),
        *_brackets(first, second, order),
    }
    return frozenset(found)


def kind_of(span: Span, ontology: Ontology) -> str:
    """The coarse class, without prefix: what takes the place of a mention's words."""
    return next((kind for kind in _KINDS if ontology.is_a(span.label_, kind)), span.label_).removeprefix("kg:")


def _types(subject: Span, target: Span, ontology: Ontology) -> Iterator[str]:
    one, other = kind_of(subject, ontology), kind_of(target, ontology)
    order = ">" if subject.start < target.start else "<"
    yield f"types {one}, {other}"
    yield f"order {one} {order} {other}"
    yield f"forms {subject.id_}, {target.id_}"
    yield f"class of object {target.label_.removeprefix('kg:')}"
    yield f"class of subject {subject.label_.removeprefix('kg:')}"
    if target.label_ == "kg:Date":
        yield f"date of {len(target.kb_id_)} characters"


def _mask(first: int, end: int, span: Span, places: Places, ontology: Ontology) -> list[str]:
    """The words from ``first`` to ``end``, a mention in the place of its own."""
    words: list[str] = []
    i = first
    while i < end:
        inside = places.get(i)
        if inside is not None and not _is_bare(inside):
            words.append(kind_of(inside, ontology).upper())
            i = max(i + 1, inside.end)
        else:
            token = span.doc[i]
            words += [] if token.is_space else [token.lower_]
            i += 1
    return words


def _is_bare(span: Span) -> bool:
    """'the former *minister*', 'his': words that say more than their class."""
    return not is_name(span) and span.id_ != "value"


def _between(first: Span, second: Span, order: str, places: Places, ontology: Ontology) -> Iterator[str]:
    words = _mask(first.end, second.start, first, places, ontology)
    yield f"distance {_length(len(words))}"
    inside = {places[i] for i in range(first.end, second.start) if i in places}
    kinds = [kind_of(span, ontology) for span in sorted(inside, key=lambda span: span.start)]
    yield f"mentions between {min(len(kinds), 4)}"
    for role, span in (("nearer", first), ("farther", second)):
        if kind_of(span, ontology) in kinds:
            yield f"another {role} {order} {kind_of(span, ontology)} between"
    if len(words) <= _WHOLE:
        yield f"between {order} “{' '.join(words)}”"
    if len(words) <= _LONGEST:
        yield from (f"word between {order} “{word}”" for word in words)
        yield from (f"words between {order} “{one} {other}”" for one, other in pairwise(words))


def _length(number: int) -> str:
    return next((name for most, name in _LENGTHS if number <= most), "17+")


def _around(span: Span, role: str, places: Places, ontology: Ontology) -> Iterator[str]:
    """Two words either side, in the sentence."""
    sentence = span.sent
    before = _mask(max(sentence.start, span.start - 4), span.start, span, places, ontology)[-2:]
    after = _mask(span.end, min(sentence.end, span.end + 4), span, places, ontology)[:2]
    for where, words in (("before", before[::-1]), ("after", after)):
        yield from (f"{role} {n} {where} “{word}”" for n, word in enumerate(words, 1))
        if len(words) == 2:
            shown = words[::-1] if where == "before" else words
            yield f"{role} {where} “{' '.join(shown)}”"
        else:
            yield f"{role} at edge, {where}"


def find_path(one: Token, other: Token) -> tuple[list[Token], Token, list[Token]]:
    """The tokens up from ``one`` to below the join, the join, and those down to ``other``; one sentence's tree."""
    above = [one, *one.ancestors]
    ranks = {token.i: n for n, token in enumerate(above)}
    down: list[Token] = []
    token = other
    while token.i not in ranks and token.head is not token:
        down.append(token)
        token = token.head
    rank = ranks.get(token.i, len(above) - 1)
    return above[:rank], above[rank], down[::-1]


def _path(
    path: tuple[list[Token], Token, list[Token]], subject: Span, target: Span, places: Places, ontology: Ontology
) -> Iterator[str]:
    up, join, down = path
    inside = range(subject.start, subject.end), range(target.start, target.end)
    name = "self" if any(join.i in each for each in inside) else lemma(join)
    rising, falling = [_step(token) for token in up], [_step(token) for token in down]
    if len(up) + len(down) <= _STEPS:
        yield f"path {' '.join(rising)} ^ {' '.join(falling)}"
        yield f"path {' '.join(rising)} ^{name} {' '.join(falling)}"
    yield f"path length {_length(len(up) + len(down))}"
    yield f"join {name}"
    nodes = [*up[1:], *([] if name == "self" else [join]), *down[:-1]]
    yield from (f"on path {lemma(token)}" for token in nodes if not any(token.i in each for each in inside))
    for role, steps in (("subject", rising), ("object", falling[::-1])):
        if steps:
            yield f"{role} leaves by {steps[0]}"
            yield f"{role} leaves by {' '.join(steps[:2])} from {name}"
    for token in join.children:
        if not any(token.i in each for each in inside) and token.i not in places:
            yield f"join {name} has {token.dep_} {lemma(token)}"
            yield f"join has {token.dep_} {lemma(token)}"
    yield from _governor(subject, "subject")
    yield from _governor(target, "object")


def _step(token: Token) -> str:
    """A dependency, with the word where it is a preposition or another small one."""
    return f"{token.dep_}:{token.lower_}" if token.pos_ in {"ADP", "PART", "SCONJ"} else token.dep_


def _governor(span: Span, role: str) -> Iterator[str]:
    head = span.root.head
    if head is span.root:
        yield f"{role} is root"
        return
    yield f"{role} under {lemma(head)} as {span.root.dep_}"
    if head.head is not head:
        yield f"{role} under {lemma(head.head)} {lemma(head)}"


def _own_words(span: Span, role: str, ontology: Ontology) -> Iterator[str]:
    if is_pronoun(span):
        yield f"{role} is “{span.text.lower()}”"
    elif not is_name(span) or any(ontology.is_a(span.label_, kind) for kind in _OWN):
        yield from (f"{role} says “{token.lower_}”" for token in span if token.is_alpha)
        yield f"{role} ends in “{span[-1].lower_}”"


def _brackets(first: Span, second: Span, order: str) -> Iterator[str]:
    opened = [token.text for token in span_between(first, second) if token.text in "()"]
    if opened == ["("]:
        yield f"second in brackets {order}"
    elif opened == [")"]:
        yield f"first in brackets {order}"
    elif opened:
        yield "brackets between"


def span_between(first: Span, second: Span) -> Span:
    """The tokens between two spans in text order."""
    return first.doc[first.end : max(first.end, second.start)]
