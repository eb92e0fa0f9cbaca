"""Mentions as spaCy spans: one way to make, find and read them.

``label_`` holds the class, ``id_`` the form, ``kb_id_`` the gazetteer's name or a value's lexical form.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter

from spacy.tokens import Doc, Span, Token

from kg.model import Curie, Form
from kg.nlp.tree import text_of, tokens_of

MENTIONS = "mentions"
FRAMES = "frames"
EVENTS = "events"
POSITIONS = "positions"
TENURES = "tenures"
EVENT_NAMES = "event_names"
POLITICIANS = "politicians"
CHAIN = "coref_clusters_"
_BY_START = attrgetter("start")
_NAME, _PRONOUN, _NOMINAL = Form.NAME.value, Form.PRONOUN.value, Form.NOMINAL.value


class Stretch(Span):
    """spaCy's span with what it carries as plain attributes, and its text and head kept once they are asked for."""

    __slots__ = ("doc", "end", "id_", "kb_id_", "label_", "root", "start", "text")
    doc: Doc
    start: int
    end: int
    label_: str
    id_: str
    kb_id_: str
    text: str
    root: Token

    def __init__(self, doc: Doc, start: int, end: int, *, label: Curie, kb_id: str = "", span_id: str = "") -> None:
        """Takes what spaCy's own takes, by name."""
        self.doc, self.start, self.end = doc, start, end
        self.label_, self.kb_id_, self.id_ = label, kb_id, span_id

    def __getattr__(self, name: str) -> str | Token:
        """What is asked for the first time."""
        if name == "text":
            self.text = text_of(self.doc)[self.start_char : self.end_char]
            return self.text
        if name == "root":
            words = tokens_of(self.doc)
            self.root = words[self.start if self.end - self.start == 1 else Span.root.__get__(self).i]
            return self.root
        raise AttributeError(name)

    def __iter__(self) -> Iterator[Token]:
        """Its words."""
        return iter(tokens_of(self.doc)[self.start : self.end])


def make_span(doc: Doc, start: int, end: int, kind: Curie, form: Form, known_as: str = "") -> Span:
    """A span that carries a mention."""
    return Stretch(doc, start, end, label=kind, kb_id=known_as, span_id=form.value)


def relabel(span: Span, *, kind: Curie | None = None, form: Form | None = None, known_as: str | None = None) -> Span:
    """The same stretch of text with another class, form or gazetteer name; itself where it has them."""
    carried = (span.label_, span.kb_id_, span.id_)
    label = carried[0] if kind is None else kind
    name = carried[1] if known_as is None else known_as
    value = carried[2] if form is None else form.value
    if (label, name, value) == carried:
        return span
    return Stretch(span.doc, span.start, span.end, label=label, kb_id=name, span_id=value)


def write_spans(doc: Doc, key: str, spans: Iterable[Span]) -> None:
    """Fills a group of the Doc."""
    given = list(spans)
    doc.spans[key] = _known_spans(doc)[key] = given


def read_spans(doc: Doc, key: str) -> list[Span]:
    """The mentions of a group, as they were written."""
    known = _known_spans(doc)
    if key not in known:
        known[key] = [
            Stretch(doc, span.start, span.end, label=span.label_, kb_id=span.kb_id_, span_id=span.id_)
            for span in doc.spans.get(key, ())
        ]
    return list(known[key])


@lru_cache(maxsize=2)
def _known_spans(doc: Doc) -> dict[str, list[Span]]:
    """The groups of the Doc that were written or read: spaCy makes their spans anew each time."""
    return {}


def is_name(span: Span) -> bool:
    """True where the thing is called by its name."""
    return bool(span.id_ == _NAME)


def is_pronoun(span: Span) -> bool:
    """True of 'he', 'its', 'who'."""
    return bool(span.id_ == _PRONOUN)


def is_nominal(span: Span) -> bool:
    """True of 'the former minister', and of 'Ecuadorian' for the country."""
    return bool(span.id_ == _NOMINAL)


def keep_longest(spans: Iterable[Span]) -> list[Span]:
    """Spans without overlap in text order; of two that overlap the *earlier given* one stays."""
    taken: set[int] = set()
    kept = []
    for span in spans:
        if taken.isdisjoint(range(span.start, span.end)):
            kept.append(span)
            taken.update(range(span.start, span.end))
    return sorted(kept, key=_BY_START)


@lru_cache(maxsize=2)
def list_chains(doc: Doc) -> Mapping[str, Sequence[Span]]:
    """The mentions of each chain by its key, in the order of the keys' numbers."""
    return {key: tuple(read_spans(doc, key)) for key in doc.spans if key.startswith(CHAIN)}


@lru_cache(maxsize=2)
def list_mentions(doc: Doc) -> Sequence[Span]:
    """The mentions in text order, each of which stands in a chain; to be used, as what follows from them, once
    coreference has written them."""
    return tuple(sorted(chain.from_iterable(list_chains(doc).values()), key=_BY_START))


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
    return {(span.start, span.end): key for key, found in list_chains(doc).items() for span in found}


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
    return [lemma(token) for token in tokens_of(doc)]


def lemma(token: Token) -> str:
    """The lemma in lower case: titles are tagged as names and keep their capitals."""
    lowered: str = token.lemma_.lower()
    return lowered
