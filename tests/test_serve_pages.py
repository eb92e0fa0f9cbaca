"""Pages for people and RDF for programs at the same address; and texts that stay texts, whatever they hold."""

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urljoin

import httpx
import pytest
from browsers import CHROMIUM, FLAGS
from pyoxigraph import RdfFormat, parse
from samples import RUN, sample_store
from servers import BASE, serve_graph

from kg.model import Document, Evidence, Factuality, Passage, Statement, Value
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.dataset import make_store, write_quads
from kg.serve.links import link
from kg.serve.negotiation import choose_media
from kg.serve.passages import cut_text
from kg.serve.templates import FOLDER

MARKS = (
    "</script><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}${7*7}<%= 7*7 %>",
    "\u202egnp.exe\u2066",
    "<img src=x onerror=alert(1)>&lt;b&gt;",
    "https://x.example/\"><script src='//x.example/'></script>",
)
MARKED = "</title><svg onload=alert(1)> " + " ".join(MARKS)
EVIL = 'kgr:person/"><img src=x onerror=alert(1)>/{{7*7}}/ä?q#f'
TEXT = f"{MARKED} is president of Chile."
PROOF = Evidence(Passage("<b>.md", 0, len(TEXT), TEXT), Factuality.FACT, f"rule “{MARKED}”", 0.9)
DOCUMENT = Document("<b>.md", TEXT, title=MARKED, source=MARKED, published=date(2010, 1, 1), url="javascript:alert(1)")
STATEMENTS = (
    Statement(EVIL, "rdf:type", "kg:Person", (PROOF,)),
    Statement(EVIL, "rdfs:label", Value(MARKED, "xsd:string"), (PROOF,)),
    *(Statement(EVIL, "skos:altLabel", Value(mark, "xsd:string"), (PROOF,)) for mark in MARKS),
    Statement(EVIL, "kg:presidentOf", "kgr:place/chile", (PROOF,)),
    Statement("kgr:place/chile", "rdfs:label", Value("Chile", "xsd:string"), (PROOF,)),
)
DUMPING = ("--headless", "--virtual-time-budget=5000", "--window-size=1280,800", "--dump-dom")
WORDLESS = re.compile(r"\s+")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("pages")
    write_quads(sample_store(), folder / "graph.nq")
    (folder / "graph.html").write_text('<!doctype html>\n<html lang="en">\n<body>the page</body></html>')
    with serve_graph(folder) as client:
        yield client


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("hostile")
    store = make_store(STATEMENTS, [DOCUMENT], run=RUN, ontology_folder=ONTOLOGY_FOLDER)
    write_quads(store, folder / "graph.nq")
    with serve_graph(folder) as client:
        yield client


class Reader(HTMLParser):
    """Tags, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        return [attributes["href"] or "" for tag, attributes in self.tags if tag == "a"]


def get_page(client: httpx.Client, path: str) -> Reader:
    answer = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return Reader(answer.text)


def test_an_iri_leads_to_the_page_about_the_thing(plain: httpx.Client):
    answer = plain.get("/id/person/ann-bo")
    assert (answer.status_code, answer.headers["location"]) == (303, "/entity/person/ann-bo")
    below = plain.get("/kg/id/person/ann-bo", headers={"Host": "example.org"})
    assert (below.status_code, below.headers["location"]) == (303, "/kg/entity/person/ann-bo")
    assert "/kg/entity/place/chile" in get_page(plain, "/kg/entity/person/ann-bo").links()


def test_the_page_of_a_thing_tells_facts_with_their_sentences(plain: httpx.Client):
    page = get_page(plain, "/entity/person/ann-bo")
    words = WORDLESS.sub(" ", page.text)
    assert "Ann Bo — president of → Chile" in words
    assert "Ann Bo is president of Chile." in words
    assert "A day · Wire · 2010-10-01" in words
    assert words.index("Facts 2") < words.index("Ann Bo — born on → 1960-05") < words.index("Not asserted 1")
    assert words.index("Not asserted 1") < words.index("Arrest of Ann Bo — target → Ann Bo denied")
    assert "said by: The police" in words
    assert "/entity/place/chile" in page.links()
    assert "/ontology#President" in page.links()
    assert "/ontology#Person" not in page.links()[:8]  # the narrowest class is its kind


def test_every_link_of_a_page_leads_somewhere(plain: httpx.Client):
    pages = ["/entity/person/ann-bo", "/entity/event/arrest-ann-bo", "/document/a.md", "/ontology"]
    links = {urljoin(page, to).partition("#")[0] for page in pages for to in get_page(plain, page).links()}
    assert {plain.get(to).status_code for to in links if to.startswith("/")} == {200}
    assert len(links) > 10


def test_a_statement_has_a_page_with_all_its_evidence(plain: httpx.Client):
    links = get_page(plain, "/entity/person/ann-bo").links()
    statement = next(to for to in links if to.startswith("/statement/"))
    page = get_page(plain, statement)
    assert "Evidence 1" in WORDLESS.sub(" ", page.text)
    assert plain.get("/id" + statement).headers["location"] == statement


def test_what_is_no_thing_is_shown_by_its_own_triples(plain: httpx.Client):
    query = "SELECT ?e { GRAPH ?g { ?e a kg:Evidence } } ORDER BY ?e LIMIT 1"
    iri = plain.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["e"]["value"]
    page = get_page(plain, iri.removeprefix(BASE.removesuffix("/")))
    assert "president-noun" in page.text or "arrest-noun" in page.text
    assert [to for to in page.links() if to.startswith("/entity/passage/")]


def test_a_document_is_shown_with_what_was_read_in_it(plain: httpx.Client):
    page = get_page(plain, "/document/a.md")
    assert [tag for tag, _ in page.tags].count("mark") == 2
    assert {"c0", "c30"} <= {attributes.get("id") for _, attributes in page.tags}
    assert "Ann Bo is president of Chile. The police deny the arrest of Ann Bo." in page.text


def test_the_ontology_has_an_anchor_for_each_term(plain: httpx.Client):
    anchors = {attributes.get("id") for _, attributes in get_page(plain, "/ontology").tags}
    assert {"Person", "presidentOf", "Arrest"} <= anchors


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples;q=0.9, text/html;q=0.1", "application/n-triples"),
        ("text/html, */*;q=0.1", "text/html; charset=utf-8"),
    ],
)
@pytest.mark.parametrize("path", ["/entity/person/ann-bo", "/document/a.md", "/ontology"])
def test_programs_get_rdf_at_the_same_address(accept: str, media: str, path: str, plain: httpx.Client):
    answer = plain.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"], answer.headers["vary"]) == (200, media, "Accept")
    kind = RdfFormat.from_media_type(media.partition(";")[0])
    assert kind is None or len(list(parse(answer.content, format=kind))) > 5


def test_the_turtle_of_a_thing_has_its_facts(plain: httpx.Client):
    turtle = plain.get("/entity/person/ann-bo?format=turtle").content
    triples = {str(quad.triple) for quad in parse(turtle, format=RdfFormat.TURTLE)}
    assert f"<{BASE}id/person/ann-bo> <{BASE}ontology#presidentOf> <{BASE}id/place/chile>" in triples
    assert f'<{BASE}id/place/chile> <http://www.w3.org/2000/01/rdf-schema#label> "Chile"' in triples


def test_the_turtle_of_a_statement_has_its_evidence_and_no_whole_text(plain: httpx.Client):
    statement = next(to for to in get_page(plain, "/entity/person/ann-bo").links() if to.startswith("/statement/"))
    turtle = plain.get(f"{statement}?format=turtle").text
    assert "kg:Evidence" in turtle and "kg:Passage" in turtle and "kg:Document" in turtle
    assert "fullText" not in turtle


def test_a_named_graph_can_be_fetched(plain: httpx.Client):
    facts = plain.get("/graph/facts", headers={"Accept": "application/n-triples"})
    query = {"query": "CONSTRUCT WHERE { ?s ?p ?o }", "default-graph-uri": f"{BASE}graph/facts"}
    asked = plain.get("/sparql", params=query, headers={"Accept": "application/n-triples"})
    assert facts.text == asked.text != ""


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/entity/person/nobody", 404),
        ("/statement/000", 404),
        ("/document/none.md", 404),
        ("/graph/none", 404),
        ("/nowhere", 404),
        ("/entity/person/ann-bo?format=word", 400),
        ("/queries/none", 404),
        ("/queries/life", 400),
        ("/assets/../endpoints.py", 404),
        ("/assets/%2e%2e/endpoints.py", 404),
    ],
)
def test_what_is_not_there_is_told_in_one_line(path: str, status: int, plain: httpx.Client):
    answer = plain.get(path)
    assert (answer.status_code, answer.text.count("\n")) == (status, 1)
    assert answer.text.startswith("kg: ")


def test_the_network_page_is_served_as_it_is_but_told_so(plain: httpx.Client, hostile: httpx.Client):
    answer = plain.get("/")
    assert answer.text == '<!doctype html>\n<html lang="en" data-served>\n<body>the page</body></html>'
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert hostile.get("/").headers["location"] == "/query"  # where no page was made


def test_every_response_is_strict(plain: httpx.Client):
    for path in (
        "/",
        "/query",
        "/sparql",
        "/entity/person/ann-bo",
        "/assets/serve.css",
        "/assets/theme.css",
        "/nowhere",
    ):
        headers = plain.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


def test_a_named_query_is_bound_by_the_server(plain: httpx.Client):
    mean = '"} } DROP ALL #'
    text = plain.get("/queries/life", params={"name": mean}).text
    assert 'VALUES ?name { "\\"} } DROP ALL #" }' in text
    assert plain.get("/sparql", params={"query": text}).json()["results"]["bindings"] == []


def test_the_vocabulary_is_what_the_editor_completes(plain: httpx.Client):
    told = plain.get("/vocabulary.json").json()
    assert told["prefixes"]["kg"] == f"{BASE}ontology#"
    terms = {term["term"]: term for term in told["terms"]}
    assert terms["kg:presidentOf"]["domain"] == "kg:Person"
    assert {"presidents", "life", "claims"} <= {query["name"] for query in told["queries"]}


ALLOWED = {"html", "head", "meta", "title", "link", "body", "nav", "a", "main", "header", "p", "h1", "h2", "h3", "bdi",
           "code", "section", "article", "span", "blockquote", "cite", "details", "summary", "div", "mark", "table",
           "tbody", "tr", "th", "td"}  # fmt: skip


@pytest.fixture(scope="module")
def hostile_pages(hostile: httpx.Client) -> dict[str, Reader]:
    thing = link(EVIL_CURIE, root="", base=BASE)
    page = get_page(hostile, thing)
    statement = next(to for to in page.links() if to.startswith("/statement/"))
    return {
        "thing": page,
        "statement": get_page(hostile, statement),
        "document": get_page(hostile, "/document/%3Cb%3E.md"),
    }


EVIL_CURIE = "kgr:person/%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E/%7B%7B7*7%7D%7D/ä%3Fq%23f"


@pytest.mark.parametrize("name", ["thing", "statement", "document"])
def test_hostile_texts_are_shown_and_never_run(name: str, hostile_pages: dict[str, Reader]):
    page = hostile_pages[name]
    assert {tag for tag, _ in page.tags} <= ALLOWED
    attributes = [(key, value or "") for _, found in page.tags for key, value in found.items()]
    assert not [key for key, _ in attributes if key.startswith("on") or key in ("style", "src", "srcdoc", "autofocus")]
    schemes = {value.partition(":")[0] for key, value in attributes if key == "href" and ":" in value.partition("/")[0]}
    assert schemes <= {"http", "https", "data"}
    assert [value for key, value in attributes if key == "href" and value.startswith("data")] == ["data:,"]
    assert MARKED in page.text
    assert "49" not in page.text


def test_hostile_names_are_isolated_in_their_direction(hostile_pages: dict[str, Reader]):
    assert [tag for tag, _ in hostile_pages["thing"].tags].count("bdi") > 10


def test_links_go_to_our_pages_or_to_the_web_and_nowhere_else():
    to = partial(link, root="/kg", base=BASE)
    assert to("kgr:person/ann bo") == "/kg/entity/person/ann%20bo"
    assert to("kgr:statement/1") == "/kg/statement/1"
    assert to("kg:Person") == "/kg/ontology#Person"
    assert to("geonames:123/") == "https://sws.geonames.org/123/"
    assert to("https://x.example/a") == "https://x.example/a"
    for name in (
        "javascript:alert(1)",
        "data:text/html,x",
        "Ann Bo",
        "",
        "//x.example",
        "https://x example",
        " http://x",
    ):
        assert to(name) == "", name


def test_templates_escape_everything():
    for path in FOLDER.glob("*.html"):
        assert not re.search(r"\|\s*safe|autoescape|Markup", path.read_text()), path.name


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("", "a/b"),
        ("*/*", "a/b"),
        ("c/d", "c/d"),
        ("c/*;q=0.5, a/b;q=0.4", "c/d"),
        ("*/*;q=0.1, a/b;q=0", "c/d"),
        ("A/B;q=0.2, C/D;Q=0.3", "c/d"),
        ("a/b;charset=utf-8;q=0.1, c/d;q=0.2", "c/d"),
        ("x/y", None),
        ("*/*;q=0", None),
        (";;,,/;q=", None),
        ("a/b;q=nonsense", "a/b"),
        ("a/b" + ", x/y" * 100_000, "a/b"),
    ],
)
def test_the_most_welcome_form_is_chosen(accept: str, chosen: str | None):
    assert choose_media(accept, ("a/b", "c/d")) == chosen


def test_a_text_is_cut_where_it_is_evidence():
    cut = cut_text("one two three four", [(4, 7), (6, 13), (4, 5), (14, 99)])
    assert [(part.text, part.starts, part.marked) for part in cut] == [
        ("one ", (), False),
        ("two three", (4, 6), True),
        (" ", (), False),
        ("four", (14,), True),
        ("", (), False),
    ]
    assert cut_text("none", []) == (("none", (), False),)


def dump(address: str, folder: Path) -> str:
    command = [str(CHROMIUM), *FLAGS.split(), *DUMPING, f"--user-data-dir={folder / 'profile'}", address]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


browser = pytest.mark.skipif(not CHROMIUM, reason="no Chromium here: install the package chromium")


@pytest.mark.browser
@browser
def test_the_editor_shows_hostile_answers_as_text(hostile: httpx.Client, tmp_path: Path):
    query = "SELECT ?s ?o { ?s skos:altLabel ?o }"
    dom = dump(f"{hostile.base_url}query?query={httpx.QueryParams(q=query)!s}".replace("query=q=", "query="), tmp_path)
    assert f'data-ready="{len(MARKS)} rows"' in dom
    assert {tag for tag, _ in Reader(dom.partition("<main")[2]).tags} & {"img", "svg", "script"} == set()
    assert all(mark in Reader(dom).text for mark in MARKS)


@pytest.mark.browser
@browser
def test_the_editor_marks_an_error_where_it_is(plain: httpx.Client, tmp_path: Path):
    dom = dump(f"{plain.base_url}query?query=ASK%20%7B%0A%20%20%3Fp%20kg%3ApresidetOf%20%3Fc%20%7D", tmp_path)
    assert '<span class="name fault">kg:presidetOf</span>' in dom
    assert '<span class="wrong">2</span>' in dom
    assert "did you mean kg:presidentOf?" in dom


COMPLETIONS = """
import { Completion } from "./completion.js";
import { locate, tokenize } from "./tokens.js";
const vocabulary = { prefixes: { kg: "http://kg#", rdf: "http://rdf#" }, terms: [
  { term: "kg:Person", label: "person", comment: "A human being." },
  { term: "kg:presidentOf", label: "president of", comment: "Head of the state." }] };
const area = document.createElement("textarea");
document.body.append(area);
let changed = 0;
const completion = new Completion(area, document.body, vocabulary, () => { changed += 1; });
const offered = (text) => {
  area.value = text;
  area.setSelectionRange(text.length, text.length);
  completion.offer();
  return completion.found.map((item) => item.text);
};
const words = ["SEL", "?p kg:pres", "presi", "rd", "?person ?place { ?p", "x", "kg:Person"];
const found = Object.fromEntries(words.map((text) => [text, offered(text)]));
offered("SELECT * { ?p kg:pres");
completion.press({ key: "Enter", preventDefault() {} });
const out = document.createElement("pre");
out.id = "out";
out.textContent = JSON.stringify({ found, accepted: area.value, changed,
  tokens: tokenize("a ?x # c\\n'l' <i>").map((token) => token.kind), at: locate("ab\\ncd ef", 2, 4) });
document.body.append(out);
"""


@pytest.mark.browser
@browser
def test_the_editor_completes_keywords_prefixes_terms_and_variables(tmp_path: Path):
    for path in (FOLDER.parent / "assets").glob("*.js"):
        (tmp_path / path.name).write_text(path.read_text())
    (tmp_path / "try.js").write_text(COMPLETIONS)
    (tmp_path / "try.html").write_text('<!doctype html><body><script type="module" src="try.js"></script>')
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        dom = dump(f"http://127.0.0.1:{server.server_address[1]}/try.html", tmp_path)
        server.shutdown()
    told = json.loads(Reader(dom.partition('<pre id="out">')[2]).text)
    assert told["found"] == {
        "SEL": ["SELECT"],
        "?p kg:pres": ["kg:presidentOf"],
        "presi": ["kg:presidentOf"],
        "rd": ["rdf:"],
        "?person ?place { ?p": ["?person", "?place"],
        "x": [],
        "kg:Person": [],
    }
    assert (told["accepted"], told["changed"]) == ("SELECT * { ?p kg:presidentOf", 1)
    kinds = ["keyword", "space", "variable", "space", "comment", "space", "literal", "space", "name"]
    assert told["tokens"] == kinds
    assert told["at"] == {"start": 6, "length": 2}


class Quiet(SimpleHTTPRequestHandler):
    """A file server without a log."""

    def log_message(self, format: str, *args: object) -> None:
        pass
