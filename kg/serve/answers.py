"""A SPARQL operation answered from the store, in a form the client takes."""

from collections.abc import Mapping
from itertools import islice

from pyoxigraph import (
    NamedNode,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
)

from kg.errors import QueryError
from kg.rdf.answers import Answer, refuse_more, write_rows
from kg.rdf.files import to_bytes
from kg.rdf.sparql import Scope, run_query
from kg.rdf.terms import make_prefixes, to_iri
from kg.serve.holding import Holding
from kg.serve.negotiation import choose_media
from kg.serve.replies import Reply, refuse

RESULTS: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
}
"""Forms of SELECT and ASK; those before the aliases, in the order we like them."""
GRAPHS: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "text/n3": RdfFormat.N3,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
}
"""Forms of CONSTRUCT, DESCRIBE and the descriptions of things."""
BYTES = 1 << 26


def answer_query(
    holding: Holding, *, query: str, accept: str, default: list[str], named: list[str], rows: int
) -> Reply:
    """The answer to ``query`` over the graphs ``default`` and ``named`` (ours where neither is said).

    400 where the query is refused, 406 where the client takes no form it can have.
    """
    store, base = holding.store, holding.base
    try:
        scope = _make_scope(store, default, named, base) if default or named else None
        answer = run_query(store, query, base=base, scope=scope)
        offered = GRAPHS if isinstance(answer, QueryTriples) else RESULTS
        media = choose_media(accept, offered)
        if media is None:
            return refuse(406, f"no form of the answer is acceptable; there is {', '.join(offered)}")
        return Reply(200, name_charset(media), write_answer(answer, media, base=base, rows=rows))
    except QueryError as error:
        return refuse(400, str(error))


def _make_scope(store: Store, default: list[str], named: list[str], base: str) -> Scope:
    """QueryError where a graph is not here: nothing is fetched."""
    try:
        scope = Scope(tuple(map(NamedNode, default)), tuple(map(NamedNode, named)))
    except ValueError as error:
        raise QueryError(f"query: the name of a graph is no IRI: {error}") from error
    for graph in (*scope.default, *scope.named):
        if not store.contains_named_graph(graph):
            ours = ", ".join(sorted(node.value for node in store.named_graphs() if isinstance(node, NamedNode)))
            raise QueryError(f"query: no graph {graph} here, and none is fetched", hint=f"there is {ours}")
    return scope


def write_answer(answer: Answer, media: str, *, base: str, rows: int) -> bytes:
    """The answer in the form ``media``; QueryError where it has more than ``rows`` rows or triples, or is too long."""
    if isinstance(answer, QueryTriples):
        triples = list(islice(answer, rows + 1))
        refuse_more(len(triples), rows, "triples")
        return write_graph(triples, media, base)
    return write_rows(answer, RESULTS[media], rows=rows, most=BYTES)


def write_graph(triples: list[Triple], media: str, base: str) -> bytes:
    """Sorted triples in the form ``media``, our prefixes declared; QueryError where they are too long."""
    written = to_bytes(sorted(triples, key=str), GRAPHS[media], make_prefixes(base))
    if len(written) > BYTES:
        raise QueryError(f"query: the answer is longer than {BYTES >> 20} MB", hint="ask for less, or add LIMIT")
    return written


def name_charset(media: str) -> str:
    """Text is UTF-8 here, always."""
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def list_graphs(base: str) -> list[str]:
    """The graphs that plain patterns ask where a request names none."""
    return [to_iri(f"kgg:{name}", base) for name in ("facts", "ontology")]
