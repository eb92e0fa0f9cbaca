"""Mentions as spaCy spans: one way to make, find and read them.

``label_`` holds the class, ``id_`` the form, ``kb_id_`` the gazetteer's name or a value's lexical form.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from spacy.strings import get_string_id
from spacy.tokens import Doc, Span, Token

from kg.model import Curie, Form

MENTIONS = "mentions"
FRAMES = "frames"
EVENTS = "events"
POSITIONS = "positions"
TENURES = "tenures"
EVENT_NAMES = "event_names"
POLITICIANS = "politicians"
CHAIN = "coref_clusters_"
_NAME, _PRONOUN, _NOMINAL = (get_string_id(form.value) for form in (Form.NAME, Form.PRONOUN, Form.NOMINAL))


def make_span(doc: Doc, start: int, end: int, kind: Curie, form: Form, known_as: str = "") -> Span:
    """A span that carries a mention."""
    return Span(doc, start, end, label=kind, kb_id=known_as, span_id=form.value)


def relabel(span: Span, *, kind: Curie | None = None, form: Form | None = None, known_as: str | None = None) -> Span:
    """The same stretch of text with another class, form or gazetteer name."""
    return Span(
        span.doc,
        span.start,
        span.end,
        label=span.label_ if kind is None else kind,
        kb_id=span.kb_id_ if known_as is None else known_as,
        span_id=span.id_ if form is None else form.value,
    )


def is_name(span: Span) -> bool:
    """True where the thing is called by its name."""
    return bool(span.id == _NAME)


def is_pronoun(span: Span) -> bool:
    """True of 'he', 'its', 'who'."""
    return bool(span.id == _PRONOUN)


def is_nominal(span: Span) -> bool:
    """True of 'the former minister', and of 'Ecuadorian' for the country."""
    return bool(span.id == _NOMINAL)


def keep_longest(spans: Iterable[Span]) -> list[Span]:
    """Spans without overlap in text order; of two that overlap the *earlier given* one stays."""
    taken: set[int] = set()
    kept = []
    for span in spans:
        if taken.isdisjoint(range(span.start, span.end)):
            kept.append(span)
            taken.update(range(span.start, span.end))
    return sorted(kept, key=lambda span: span.start)


@lru_cache(maxsize=2)
def list_mentions(doc: Doc) -> Sequence[Span]:
    """The mentions in text order; to be used, as what follows from them, once coreference has written them."""
    return tuple(doc.spans.get(MENTIONS, ()))


@lru_cache(maxsize=2)
def index_mentions(doc: Doc) -> Mapping[int, Span]:
    """Token index → mention, by its places."""
    return {i: span for span in list_mentions(doc) for i in places_of(span)}


def places_of(span: Span) -> Iterable[int]:
    """Where a mention is looked for: at every token of a name or value, at the head alone of a nominal."""
    return (span.root.i,) if is_nominal(span) else range(span.start, span.end)


@lru_cache(maxsize=2)
def index_chains(doc: Doc) -> Mapping[tuple[int, int], str]:
    """Start and end of a mention → its chain."""
    return {(span.start, span.end): key for key in doc.spans if key.startswith(CHAIN) for span in doc.spans[key]}


def find_chain(start: int, end: int, chains: Mapping[tuple[int, int], str]) -> str:
    """A mention in no chain is one of its own."""
    return chains.get((start, end), str(start))


def index_heads(mentions: Sequence[Span]) -> dict[int, int]:
    """Token index → number of the mention: every token of a name, the head of any other."""
    places = (range(span.start, span.end) if is_name(span) else (span.root.i,) for span in mentions)
    return {place: i for i, found in enumerate(places) for place in found}


@lru_cache(maxsize=2)
def lemmas_of(doc: Doc) -> Sequence[str]:
    """The lemmas of the tokens, in lower case."""
    return [lemma(token) for token in doc]


def lemma(token: Token) -> str:
    """The lemma in lower case: titles are tagged as names and keep their capitals."""
    lowered: str = token.lemma_.lower()
    return lowered
