"""The SPARQL 1.1 Protocol, feature by feature, over HTTP: kg serve and, in the same test, the oxigraph server.

W3C Recommendation of 2013-03-21; the number before each case is the section it is of. Where the two servers may differ
stands in DIFFERENCES, with the reason; all else has to be the same.
"""

import csv
import json
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from urllib.parse import quote

import httpx
import pytest
from pyoxigraph import (
    DefaultGraph,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)
from samples import ANN, CHILE, sample_store
from servers import BASE, OXIGRAPH, serve_graph, serve_reference

from kg.rdf.dataset import write_quads

FACTS, STATEMENTS, ONTOLOGY = (f"{BASE}graph/{name}" for name in ("facts", "statements", "ontology"))
PRESIDENT = f"<{BASE}ontology#presidentOf>"
SELECT = f"SELECT ?who ?of WHERE {{ ?who {PRESIDENT} ?of }}"
ASK, NO = f"ASK {{ ?who {PRESIDENT} ?of }}", f"ASK {{ ?who {PRESIDENT} ?who }}"
CONSTRUCT = f"CONSTRUCT {{ ?of <http://x/by> ?who }} WHERE {{ ?who {PRESIDENT} ?of }}"
DESCRIBE = f"DESCRIBE <{BASE}id/place/chile>"
FROM = f"ASK FROM <{FACTS}> {{ ?s {PRESIDENT} ?o }}"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
IN_GRAPH = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
ACCENTS = 'SELECT ("Ñandú \U0001f40e &+%" AS ?x) WHERE {}'
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
TURTLE, NTRIPLES, JSONLD, RDFXML = "text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
SECOND = f"&query={quote(ASK)}"


class Case(NamedTuple):
    """A request, the status it has, and the media type of the answer, if that matters."""

    name: str
    status: int = 200
    media: str = ""
    query: str | bytes | None = SELECT
    method: str = "GET"
    accept: str | None = None
    content: str = FORM
    parameters: str = ""
    encoding: str = ""


def plain(*graphs: str) -> str:
    return "".join(f"&default-graph-uri={quote(graph)}" for graph in graphs)


def named(*graphs: str) -> str:
    return "".join(f"&named-graph-uri={quote(graph)}" for graph in graphs)


CASES = (
    Case("2.1.1 query by GET", media=JSON),
    Case("2.1.1 query by GET, other parameters are ignored", parameters="&colour=red", media=JSON),
    Case("2.1.1 query by GET, percent-encoded UTF-8", query=ACCENTS, media=JSON),
    Case("2.1.2 query by POST, URL-encoded", method="POST", media=JSON),
    Case("2.1.2 query by POST, URL-encoded UTF-8", method="POST", query=ACCENTS, media=JSON),
    Case("2.1.2 query by POST, content type with charset", method="POST", content=f"{FORM}; charset=UTF-8"),
    Case("2.1.3 query by POST, directly", method="POST", content=DIRECT, media=JSON),
    Case("2.1.3 query by POST, directly, UTF-8", method="POST", content=DIRECT, query=ACCENTS, media=JSON),
    Case("2.1.3 query by POST, directly, charset", method="POST", content=f"{DIRECT}; charset=utf-8"),
    Case("2.1 two queries by GET", 400, parameters=SECOND),
    Case("2.1 two queries by POST", 400, method="POST", parameters=SECOND),
    Case("2.1 a query in the URL and one in the body", 400, method="POST", content=DIRECT, parameters=SECOND),
    Case("2.1 no query by POST", 400, method="POST", query=None),
    Case("2.1 no query, but graphs", 400, query=None, parameters=plain(FACTS)),
    Case("2.1.4 a default graph", query=COUNT, parameters=plain(FACTS)),
    Case("2.1.4 two default graphs", query=COUNT, parameters=plain(FACTS, ONTOLOGY)),
    Case("2.1.4 a default graph, by POST", query=COUNT, method="POST", parameters=plain(STATEMENTS)),
    Case("2.1.4 a default graph, directly", query=COUNT, method="POST", content=DIRECT, parameters=plain(FACTS)),
    Case("2.1.4 a named graph", query=IN_GRAPH, parameters=named(FACTS)),
    Case("2.1.4 two named graphs", query=IN_GRAPH, parameters=named(FACTS, STATEMENTS)),
    Case("2.1.4 a named graph leaves the default graph empty", query=COUNT, parameters=named(FACTS)),
    Case("2.1.4 a default graph leaves no named graph", query=IN_GRAPH, parameters=plain(FACTS)),
    Case("2.1.4 both", query=IN_GRAPH, parameters=plain(ONTOLOGY) + named(FACTS)),
    Case("2.1.4 no graph is said", query=IN_GRAPH),
    Case("2.1.4 the name of a graph that is no IRI", 400, parameters="&default-graph-uri=no%20name"),
    Case("2.1.4 a graph that is not here", 400, query=COUNT, parameters=plain("http://x.example/g")),
    Case("2.1.4 FROM", 400, query=FROM),
    Case("2.1.5 SELECT as JSON", accept=JSON, media=JSON),
    Case("2.1.5 SELECT as XML", accept=XML, media=XML),
    Case("2.1.5 SELECT as CSV", accept=CSV, media=CSV),
    Case("2.1.5 SELECT as TSV", accept=TSV, media=TSV),
    Case("2.1.5 SELECT as nothing we have", 406, accept="image/png"),
    Case("2.1.5 SELECT as a graph", 406, accept=TURTLE),
    Case("2.1.5 SELECT as anything", accept="*/*", media=JSON),
    Case("2.1.5 SELECT with weights", accept=f"{CSV};q=0.3, {XML};q=0.8, {TSV};q=0.5", media=XML),
    Case("2.1.5 SELECT with a pattern", accept="image/png, text/csv;q=0.5, application/*;q=0.1", media=CSV),
    Case("2.1.5 SELECT, one form unwanted", accept=f"{JSON};q=0, {XML};q=0.1", media=XML),
    Case("2.1.5 SELECT, spaces within the header", accept=f"{XML} ; q=1.0 ,\t{CSV};q=0.9", media=XML),
    Case("2.1.5 ASK as JSON", query=ASK, accept=JSON, media=JSON),
    Case("2.1.5 ASK as XML", query=ASK, accept=XML, media=XML),
    Case("2.1.5 ASK that is no", query=NO, accept=JSON, media=JSON),
    Case("2.1.5 ASK as CSV", query=ASK, accept=CSV, media=CSV),
    Case("2.1.5 ASK as a graph", 406, query=ASK, accept=TURTLE),
    Case("2.1.5 CONSTRUCT as Turtle", query=CONSTRUCT, accept=TURTLE, media=TURTLE),
    Case("2.1.5 CONSTRUCT as N-Triples", query=CONSTRUCT, accept=NTRIPLES, media=NTRIPLES),
    Case("2.1.5 CONSTRUCT as RDF/XML", query=CONSTRUCT, accept=RDFXML, media=RDFXML),
    Case("2.1.5 CONSTRUCT as JSON-LD", query=CONSTRUCT, accept=JSONLD, media=JSONLD),
    Case("2.1.5 CONSTRUCT as TriG", query=CONSTRUCT, accept="application/trig", media="application/trig"),
    Case("2.1.5 CONSTRUCT as N-Quads", query=CONSTRUCT, accept="application/n-quads", media="application/n-quads"),
    Case("2.1.5 CONSTRUCT with weights", query=CONSTRUCT, accept=f"{TURTLE};q=0.1, {JSONLD};q=0.2", media=JSONLD),
    Case("2.1.5 CONSTRUCT as results", 406, query=CONSTRUCT, accept=CSV),
    Case("2.1.5 CONSTRUCT, no form is said", query=CONSTRUCT, media=TURTLE),
    Case("2.1.5 DESCRIBE as Turtle", query=DESCRIBE, accept=TURTLE, media=TURTLE),
    Case("2.1.5 a browser's wishes, with a query", accept=BROWSER, media="application/xml"),
    Case("2.1.6 not SPARQL", 400, query="SELEKT * {}"),
    Case("2.1.6 not SPARQL, by POST", 400, method="POST", query="SELECT * {"),
    Case("2.1.6 not SPARQL, directly", 400, method="POST", content=DIRECT, query="}"),
    Case("2.1.6 an empty query", 400, method="POST", content=DIRECT, query=""),
    Case("2.1.6 a prefix nobody declared", 400, query="SELECT * { ?s nobody:knows ?o }"),
    Case("2.1.6 no UTF-8 in the body", 400, method="POST", content=DIRECT, query=b"ASK {} # \xff"),
    Case("2.1.6 no UTF-8 in a literal of the URL", 400, query=b'ASK { ?s ?p "\xff" }'),
    Case("2.1.6 a content type that is none of ours", 415, method="POST", content="text/plain"),
    Case("2.1.6 a form of parts", 415, method="POST", content="multipart/form-data; boundary=x"),
    Case("2.1.6 no content type", 415, method="POST", content=""),
    Case("2.1.6 a charset that is not UTF-8", 415, method="POST", content=f"{DIRECT}; charset=latin1"),
    Case("2.1.6 an encoded body", 415, method="POST", encoding="gzip"),
    Case("2.2 an update, directly", 415, method="POST", content="application/sparql-update", query="CLEAR ALL"),
    Case("2.2 an update, URL-encoded", 400, method="POST", query=None, parameters="&update=CLEAR+ALL"),
    Case("2.2 an update by GET", 400, query=None, parameters="&update=CLEAR+ALL"),
    Case("2.2 an update as a query", 400, query="INSERT DATA { <http://x/a> <http://x/b> <http://x/c> }"),
    Case("RFC 9110 HEAD", method="HEAD", media=JSON),
    Case("RFC 9110 OPTIONS", 204, method="OPTIONS"),
    Case("RFC 9110 PUT", 405, method="PUT"),
    Case("RFC 9110 DELETE", 405, method="DELETE"),
    Case("RFC 9110 a method nobody knows", 405, method="GARBAGE"),
    Case("SD: no query, as Turtle", query=None, accept=TURTLE, media=TURTLE),
    Case("SD: no query, as JSON-LD", query=None, accept=JSONLD, media=JSONLD),
    Case("SD: no query, as RDF/XML", query=None, accept=RDFXML, media=RDFXML),
    Case("SD: no query, as nothing we have", 406, query=None, accept="image/png"),
    Case("SD: no query, a browser", query=None, accept=BROWSER, media="text/html"),
)  # fmt: skip

DIFFERENCES = {
    # name of the case: (status and media type of oxigraph 0.5, why ours differs)
    "2.1.4 a graph that is not here": (200, "", "a misspelt graph is an error here, an empty graph there"),
    "2.1.4 FROM": (200, "", "kg query refuses FROM, and so does its endpoint; name graphs by the parameters"),
    "2.1.5 a browser's wishes, with a query": (200, XML, "what was accepted is what is said: application/xml"),
    "2.1.5 CONSTRUCT, no form is said": (200, "application/n-quads", "Turtle is what people read"),
    "2.1.6 no content type": (400, "", "415 is for content of a type that is not supported, or not said"),
    "2.1.6 no UTF-8 in a literal of the URL": (200, "", "a broken letter is replaced there, an error here"),
    "2.1.6 a charset that is not UTF-8": (200, "", "the parameter is ignored there, an error here"),
    "2.1.6 an encoded body": (500, "", "tried and failed there, refused here"),
    "RFC 9110 HEAD": (404, "", "not supported there, and answered with a body"),
    "RFC 9110 OPTIONS": (404, "", "not supported there"),
    "RFC 9110 PUT": (404, "", "404 there, 405 with Allow here"),
    "RFC 9110 DELETE": (404, "", "404 there, 405 with Allow here"),
    "RFC 9110 a method nobody knows": (404, "", "404 there, 405 with Allow here"),
    "SD: no query, a browser": (200, "application/rdf+xml", "people get the editor here, at / there"),
}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("protocol")
    write_quads(sample_store(), folder / "graph.nq")
    with serve_graph(folder) as client:
        yield client


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    if not OXIGRAPH:
        pytest.skip("no oxigraph server here: pip install 'kg[dev]'")
    with serve_reference(sample_store(), tmp_path_factory.mktemp("reference")) as client:
        yield client


def send(client: httpx.Client, path: str, case: Case) -> httpx.Response:
    client.headers.pop("Accept", None)
    told = {"Accept": case.accept, "Content-Encoding": case.encoding, "Connection": "close" * (case.method == "HEAD")}
    headers = {name: value for name, value in told.items() if value}
    query = f"query={quote(case.query)}" if case.query is not None else ""
    if case.method != "POST":
        return client.request(case.method, f"{path}?{query}{case.parameters}".removesuffix("?"), headers=headers)
    headers |= {"Content-Type": case.content} if case.content else {}
    if case.content.startswith(DIRECT) or "update" in case.content:
        return client.post(f"{path}?{case.parameters[1:]}", content=case.query, headers=headers)
    return client.post(path, content=f"{query}{case.parameters}".strip("&"), headers=headers)


def read(response: httpx.Response) -> object:
    """What an answer says, whatever its form: so that two servers can be compared."""
    media = response.headers.get("content-type", "").partition(";")[0]
    kinds = {JSON: QueryResultsFormat.JSON, XML: QueryResultsFormat.XML, "application/xml": QueryResultsFormat.XML,
             TSV: QueryResultsFormat.TSV}  # fmt: skip
    if media in kinds:
        results = parse_query_results(BytesIO(response.content), format=kinds[media])
        if isinstance(results, QueryBoolean):
            return bool(results)
        assert isinstance(results, QuerySolutions)
        names = [variable.value for variable in results.variables]
        return names, sorted(str([row[name] for name in names]) for row in results)
    if media == CSV:
        return sorted(csv.reader(response.text.splitlines()))
    kind = RdfFormat.from_media_type(media)
    assert kind, media
    return {Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in parse(response.content, format=kind)}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_kg_and_oxigraph_answer_alike(case: Case, ours: httpx.Client, reference: httpx.Client):
    answer, other = send(ours, "/sparql", case), send(reference, "/query", case)
    assert answer.status_code == case.status, answer.text
    if case.media:
        assert answer.headers["content-type"].startswith(case.media)
    status, media, _ = DIFFERENCES.get(case.name, (case.status, case.media, ""))
    assert other.status_code == status, other.text
    assert other.headers.get("content-type", "").startswith(media)
    if answer.status_code == 200 == other.status_code and case.query and case.method != "HEAD":
        assert read(answer) == read(other)


def test_no_difference_is_told_that_is_none():
    assert set(DIFFERENCES) <= {case.name for case in CASES}


@pytest.mark.parametrize("case", [case for case in CASES if case.status >= 400], ids=lambda case: case.name)
def test_an_error_is_one_line_of_text(case: Case, ours: httpx.Client):
    answer = send(ours, "/sparql", case)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith("kg: ") and answer.text.count("\n") == 1 and answer.text.endswith("\n")


def test_the_answers_are_right(ours: httpx.Client):
    rows = ours.get("/sparql", params={"query": SELECT}).json()["results"]["bindings"]
    assert [(row["who"]["value"], row["of"]["value"]) for row in rows] == [
        (f"{BASE}id/{ANN.removeprefix('kgr:')}", f"{BASE}id/{CHILE.removeprefix('kgr:')}")
    ]
    assert (
        ours.get("/sparql", params={"query": ACCENTS}).json()["results"]["bindings"][0]["x"]["value"]
        == "Ñandú \U0001f40e &+%"
    )
    assert ours.get("/sparql", params={"query": ASK}).json()["boolean"] is True
    assert ours.get("/sparql", params={"query": NO}).json()["boolean"] is False


def test_our_prefixes_need_no_declaration(ours: httpx.Client):
    answer = ours.get("/sparql", params={"query": "SELECT ?n { kgr:person/ann-bo rdfs:label ?n }"})
    assert answer.status_code == 400  # a slash ends a local name in SPARQL
    answer = ours.get("/sparql", params={"query": "SELECT ?n { ?p kg:presidentOf ?c ; rdfs:label ?n }"})
    assert [row["n"]["value"] for row in answer.json()["results"]["bindings"]] == ["Ann Bo"]


def test_the_graphs_of_a_form_are_named_in_the_form_not_in_the_address(ours: httpx.Client):
    for name in ("default-graph-uri", "named-graph-uri", "query"):
        answer = ours.post("/sparql", params={name: FACTS}, data={"query": COUNT})
        assert (answer.status_code, name in answer.text) == (400, True)
    assert ours.post("/sparql", params={"colour": "red"}, data={"query": COUNT}).status_code == 200


def test_methods_that_are_not_allowed_are_told_which_are(ours: httpx.Client):
    assert set(ours.put("/sparql").headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}
    assert set(ours.post("/query").headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert set(ours.options("/sparql").headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_head_has_no_body_and_the_same_length(ours: httpx.Client):
    head, get = (ours.request(method, "/sparql", params={"query": SELECT}) for method in ("HEAD", "GET"))
    assert head.content == b""
    assert head.headers["content-length"] == get.headers["content-length"] == str(len(get.content))


def test_the_description_names_the_endpoint_and_its_graphs(ours: httpx.Client):
    answer = ours.get("/sparql", headers={"Accept": "application/ld+json"})
    told = json.dumps(answer.json())
    assert f'"{ours.base_url}sparql"' in told
    assert all(graph in told for graph in (FACTS, STATEMENTS, ONTOLOGY))
    assert "SPARQL11Query" in told and "SPARQL11Update" not in told
    sizes = ours.get("/sparql", params={"query": COUNT, "default-graph-uri": STATEMENTS}).json()
    assert f'"@value": "{sizes["results"]["bindings"][0]["n"]["value"]}"' in told


def test_no_other_site_may_read_an_answer(ours: httpx.Client):
    answer = ours.get("/sparql", params={"query": SELECT}, headers={"Origin": "https://evil.example"})
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["vary"] == "Accept"
