"""The documents behind the evidence: what a view shows of each, its text included."""

from typing import TypedDict, cast

from pyoxigraph import NamedNode, Store

from kg.model import Curie
from kg.rdf.terms import to_curie, to_iri

_TOLD = {"rdfs:label": "title", "kg:source": "source", "kg:published": "published", "kg:url": "url"}
_TEXT = "kg:fullText"


class Text(TypedDict):
    """A document; what is not known of it is empty."""

    title: str
    source: str
    published: str
    url: str
    text: str


UNKNOWN = Text(title="", source="", published="", url="", text="")


def read_texts(store: Store, base: str) -> dict[Curie, Text]:
    """Document → what is known of it, sorted."""
    graph = NamedNode(to_iri("kgg:documents", base))
    names = {to_iri(curie, base): name for curie, name in {**_TOLD, _TEXT: "text"}.items()}
    found: dict[Curie, dict[str, str]] = {}
    for quad in store.quads_for_pattern(None, None, None, graph):
        document = found.setdefault(to_curie(str(getattr(quad.subject, "value", "")), base), {})
        if quad.predicate.value in names:
            document[names[quad.predicate.value]] = str(getattr(quad.object, "value", ""))
    return {curie: cast("Text", {**UNKNOWN, **found[curie]}) for curie in sorted(found)}
