"""The served page of a graph that its file holds only a part of: the rest comes from the store."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from browsers import browsed, open_page, search_for
from servers import serve_graph

from kg.rdf.files import read_store
from kg.views.network import to_network
from kg.views.page import to_html

pytestmark = pytest.mark.slow
CORREA = "person/rafael-correa"


@pytest.fixture(scope="module")
def part(example_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Serves the graph of the examples with a page that holds its twenty most important things."""
    folder = tmp_path_factory.mktemp("part")
    (folder / "graph.nq").write_bytes((example_graph / "graph.nq").read_bytes())
    page = to_html(to_network(read_store(example_graph)), title="A part", most=20)
    (folder / "graph.html").write_text(page, encoding="utf-8")
    with serve_graph(folder) as client:
        yield client


def test_a_neighbourhood_is_a_thing_with_all_that_is_said_of_it(part: httpx.Client):
    told = part.get(f"/neighbourhood/{CORREA}").json()
    names = [node["curie"] for node in told["nodes"]]
    centre = names.index(f"kgr:{CORREA}")
    assert len(told["edges"]) > 20
    assert all(centre in (edge["from"], edge["to"]) for edge in told["edges"])
    assert all(edge["evidence"] for edge in told["edges"])
    assert told["nodes"][centre]["weight"] >= len(told["edges"])
    assert any(node["begin"] for node in told["nodes"] if node["group"] == "event")


def test_what_is_not_there_has_no_neighbourhood(part: httpx.Client):
    answer = part.get("/neighbourhood/person/nobody")
    assert (answer.status_code, answer.text) == (404, "kg: kgr:person/nobody: no such thing in the graph\n")


@pytest.mark.parametrize(("named", "first"), [("lenin mor", "Lenín Moreno"), ("GUAYAQUIL", "Guayaquil"), ("", None)])
def test_things_are_found_by_name_whatever_the_accents(part: httpx.Client, named: str, first: str | None):
    found = part.get("/things", params={"named": named}).json()
    assert (found[0]["label"] if found else None) == first
    assert len(found) <= 12


@pytest.mark.browser
@browsed
def test_expanding_loads_what_the_file_does_not_hold(part: httpx.Client, browser):
    with open_page(browser, str(part.base_url), asks=True) as page:
        assert "20 most important of" in page.inner_text("#filters .summary")
        assert int(page.get_attribute("html", "data-ready")) <= 20
        search_for(page, "Rafael Correa")
        before = page.locator("#panel .statement").count()
        page.click("#panel button:text-is('Expand')")
        page.wait_for_selector("html[data-ready^='3'], html[data-ready^='4'], html[data-ready^='5']")
        assert page.locator("#panel .statement").count() > before


@pytest.mark.browser
@browsed
def test_a_name_that_only_the_store_knows_is_found_and_loaded(part: httpx.Client, browser):
    with open_page(browser, str(part.base_url), asks=True) as page:
        page.fill("#search", "Townsville")
        page.wait_for_selector("#found [role=option]")
        page.press("#search", "Enter")
        page.wait_for_selector("#panel h2:text-is('Townsville')")
        assert "born in" in page.inner_text("#panel")
