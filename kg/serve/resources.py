"""What is at a path: a page for people, RDF for programs, as the client likes (W3C, Cool URIs for the Semantic Web)."""

from kg.errors import QueryError
from kg.serve.answers import GRAPHS, name_charset, write_graph
from kg.serve.descriptions import DESCRIBE
from kg.serve.holding import Holding
from kg.serve.negotiation import choose_media
from kg.serve.pages import PAGES
from kg.serve.replies import Reply, refuse

HTML = "text/html"
SHORT = {
    "html": HTML,
    "turtle": "text/turtle",
    "jsonld": "application/ld+json",
    "ntriples": "application/n-triples",
    "rdfxml": "application/rdf+xml",
}
"""``?format=`` for who can't say Accept: a link on a page."""
_SPACES = {"entity": "kgr:", "statement": "kgr:statement/", "document": "kgr:document/", "graph": "kgg:"}


def show_resource(holding: Holding, *, kind: str, name: str, accept: str, root: str) -> Reply:
    """The page or the triples of what is called ``name``; links of the page begin with ``root``.

    404 where there are no triples, 406 where the client likes nothing we have, 507 where they are too many.
    """
    offered = [HTML] * (kind in PAGES) + list(GRAPHS)
    media = choose_media(accept, offered)
    if media is None:
        return refuse(406, f"no form is acceptable; there is {', '.join(offered)}")
    curie = _SPACES.get(kind, "kg:") + name
    triples = DESCRIBE[kind](holding, curie)
    if not triples:
        return refuse(404, f"{curie}: no such thing in the graph")
    if media == HTML:
        page = PAGES[kind](holding, curie, root)
        return Reply(200, name_charset(HTML), page.encode("utf-8", "xmlcharrefreplace"))
    try:
        return Reply(200, name_charset(media), write_graph(list(triples), media, holding.base))
    except QueryError as error:
        return refuse(507, str(error))
