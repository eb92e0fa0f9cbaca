"""What the endpoint can do, in the words of SPARQL 1.1 Service Description."""

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from kg.rdf.files import to_bytes
from kg.rdf.terms import to_iri
from kg.serve.answers import GRAPHS, list_graphs

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads", "N3",
)  # fmt: skip
_RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_INTEGER = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
_PREFIXES = {"sd": _SD, "void": _VOID, "formats": "http://www.w3.org/ns/formats/"}


def describe_service(endpoint: str, base: str, graphs: Mapping[str, int], media: str) -> bytes:
    """The description in the form ``media``; ``graphs`` are the sizes of the named graphs, by CURIE."""
    triples = [*_describe_endpoint(endpoint), *_describe_dataset(endpoint, base, graphs)]
    return to_bytes(triples, GRAPHS[media], _PREFIXES)


def _describe_endpoint(endpoint: str) -> Iterator[Triple]:
    service = NamedNode(endpoint)
    yield Triple(service, _RDF_TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), service)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    for name in _FORMATS:
        yield Triple(service, _sd("resultFormat"), NamedNode(f"http://www.w3.org/ns/formats/{name}"))
    yield Triple(service, _sd("defaultDataset"), NamedNode(f"{endpoint}#dataset"))


def _describe_dataset(endpoint: str, base: str, graphs: Mapping[str, int]) -> Iterator[Triple]:
    dataset, plain = NamedNode(f"{endpoint}#dataset"), NamedNode(f"{endpoint}#default")
    yield Triple(dataset, _RDF_TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), plain)
    sizes = {to_iri(curie, base): size for curie, size in graphs.items()}
    yield from _describe_graph(plain, sum(sizes.get(name, 0) for name in list_graphs(base)))
    for name, size in sizes.items():
        named, graph = NamedNode(f"{endpoint}#{name.rpartition('/')[2]}"), NamedNode(name)
        yield Triple(dataset, _sd("namedGraph"), named)
        yield Triple(named, _RDF_TYPE, _sd("NamedGraph"))
        yield Triple(named, _sd("name"), graph)
        yield Triple(named, _sd("graph"), graph)
        yield from _describe_graph(graph, size)


def _describe_graph(graph: NamedNode, size: int) -> Iterator[Triple]:
    yield Triple(graph, _RDF_TYPE, _sd("Graph"))
    yield Triple(graph, NamedNode(f"{_VOID}triples"), Literal(str(size), datatype=_INTEGER))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
