"""The documents behind the evidence: what a view shows of each, its text included."""

from collections.abc import Container, Iterable
from typing import TypedDict, cast

from pyoxigraph import NamedNode, Store

from kg.model import Curie, Document
from kg.rdf.terms import to_curie, to_iri

_TOLD = {
    "rdfs:label": "title",
    "kg:source": "source",
    "kg:published": "published",
    "kg:url": "url",
    "kg:fullText": "text",
}
MOST_TEXT = 8_000_000
"""Characters of documents in a page; of more it holds only the sentences that are evidence."""


class Text(TypedDict):
    """A document; what is not known of it is empty."""

    title: str
    source: str
    published: str
    url: str
    text: str


UNKNOWN = Text(title="", source="", published="", url="", text="")


def read_texts(store: Store, documents: Iterable[Curie], base: str) -> dict[Curie, Text]:
    """Document → what is known of it, sorted."""
    return {curie: _read_text(store, curie, base) for curie in sorted(documents)}


def _read_text(store: Store, curie: Curie, base: str) -> Text:
    node, graph = NamedNode(to_iri(curie, base)), NamedNode(to_iri("kgg:documents", base))
    quads = store.quads_for_pattern(node, None, None, graph)
    values = {to_curie(quad.predicate.value, base): str(getattr(quad.object, "value", "")) for quad in quads}
    told = {name: values[property_] for property_, name in _TOLD.items() if property_ in values}
    return cast("Text", {**UNKNOWN, **told})


def keep_texts(documents: Iterable[Document], wanted: Container[str]) -> dict[str, str] | None:
    """The texts of the ``wanted`` documents by their ids; None where a page can't hold them all."""
    texts, room = dict[str, str](), MOST_TEXT
    for document in documents:
        if document.id in wanted:
            texts[document.id] = document.text
            room -= len(document.text)
        if room < 0:
            return None
    return texts


def add_text(told: Text, text: str) -> Text:
    """The same document with its text."""
    return {**told, "text": text}
