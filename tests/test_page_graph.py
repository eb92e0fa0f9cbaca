"""The graph view in a real browser, used as a person would; the console stays silent, and nothing is requested."""

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from browsers import browsed, find_middle, open_page, search_for
from samples import HOSTILE, sample_store

from kg.views.network import Network, to_network
from kg.views.page import to_html

pytestmark = [pytest.mark.browser, browsed, pytest.mark.slow]


def test_it_begins_with_facts_alone_and_says_what_it_shows(page):
    assert "things and" in page.inner_text("#filters .summary")
    assert page.locator("#filters .certainty input:checked").count() == 0
    assert "alleged" in page.inner_text("#filters .certainty")


def test_a_name_is_found_without_its_accents_and_by_its_aliases(page):
    page.fill("#search", "lenin mor")
    assert "Lenín Moreno" in page.inner_text("#found li >> nth=0")
    page.press("#search", "Enter")
    assert page.inner_text("#panel h2") == "Lenín Moreno"
    search_for(page, "Correa")
    assert page.inner_text("#panel h2") == "Rafael Correa"


def test_a_click_on_a_node_opens_it_and_a_click_beside_it_closes_it(page):
    search_for(page, "Julian Assange")
    page.click("#panel .close")
    assert page.inner_text("#panel h2") == "Knowledge graph"
    page.mouse.click(*find_middle(page))
    assert page.inner_text("#panel h2") == "Julian Assange"


def test_a_fact_opens_onto_its_sentence_with_the_mentions_marked(page):
    search_for(page, "Julian Assange")
    fact = page.locator("#panel .statement", has_text="born in")
    fact.locator(".more").click()
    quote = fact.locator("blockquote").inner_text()
    assert "Townsville" in quote
    assert "Townsville" in fact.locator("mark").all_inner_texts()
    assert "Read" in fact.locator(".how").inner_text()


def test_a_document_opens_at_the_sentence_with_all_its_mentions_marked(page):
    search_for(page, "Julian Assange")
    fact = page.locator("#panel .statement", has_text="born in")
    fact.locator(".more").click()
    sentence = fact.locator("blockquote").inner_text()
    fact.locator("cite .link").click()
    assert "asylum" in page.inner_text("#panel h2")
    assert "".join(page.locator("#panel .asked").all_inner_texts()) == sentence
    assert page.locator("#panel .text mark").count() > 20
    only = page.locator("#panel button", has_text="Only this document")
    only.click()
    assert only.get_attribute("aria-pressed") == "true"


def test_the_legend_is_the_filter_of_types(page):
    before = page.inner_text("#filters .summary")
    page.click("#filters .check:has(.mark.event)")
    assert page.inner_text("#filters .summary") != before
    page.go_back()
    assert page.inner_text("#filters .summary") == before


def test_the_address_is_the_view(browser, page, example_graph: Path):
    search_for(page, "Quito")
    page.click("#filters .check:has-text('alleged')")
    fragment = page.evaluate("location.hash")
    with open_page(browser, example_graph / "graph.html", fragment=fragment) as other:
        assert other.inner_text("#panel h2") == "Quito"
        assert other.is_checked("#filters .check:has-text('alleged') input")


def test_the_page_draws_and_hostile_labels_stay_text(browser, tmp_path: Path):
    path = tmp_path / "graph.html"
    path.write_text(to_html(to_network(sample_store()), title=HOSTILE), encoding="utf-8")
    with open_page(browser, path) as page:
        assert page.get_attribute("html", "data-ready") == "2"
        assert page.locator("#stage canvas").count() == 1
        assert "<img src=x" in page.inner_text("h1")
        assert page.locator("img").count() == 0


@pytest.fixture
def pair(browser, tmp_path: Path) -> Iterator:
    """Ann Bo and Chile, and the line between them across the middle of the graph."""
    path = tmp_path / "graph.html"
    path.write_text(to_html(to_network(sample_store()), title="Two"), encoding="utf-8")
    with open_page(browser, path) as opened:
        yield opened


def test_a_click_on_a_line_opens_every_sentence_that_says_so(pair):
    pair.mouse.click(*find_middle(pair))
    assert pair.inner_text("#panel .over") == "Statement"
    assert "president of" in pair.inner_text("#panel h2")
    assert pair.inner_text("#panel blockquote") == "Ann Bo is president of Chile."


def test_a_node_can_be_dragged_and_is_found_where_it_was_left(pair):
    search_for(pair, "Ann Bo")
    x, y = find_middle(pair)
    pair.mouse.move(x, y)
    pair.mouse.down()
    pair.mouse.move(x + 90, y + 130, steps=5)
    pair.mouse.up()
    pair.click("#panel .close")
    pair.mouse.click(x + 90, y + 130)
    assert pair.inner_text("#panel h2") == "Ann Bo"


def test_a_graph_of_hundreds_begins_with_its_most_important_part(browser, tmp_path: Path):
    path = tmp_path / "graph.html"
    path.write_text(to_html(make_star(400), title="Many"), encoding="utf-8")
    with open_page(browser, path) as page:
        assert "Showing 300 of 401 things; search or expand" in page.inner_text("#filters .summary")
        search_for(page, "Thing 399")
        assert page.get_attribute("html", "data-ready") == "301"
        search_for(page, "Centre")
        page.click("#panel button:text-is('Expand')")
        assert page.get_attribute("html", "data-ready") == "401"
        page.go_back()
        page.click("#filters button:text-is('Show all 401')")
        assert page.get_attribute("html", "data-ready") == "401"


def make_star(count: int) -> Network:
    """A thing that many others support, each on the word of one sentence."""
    piece = {
        "text": "So it is.",
        "document": "kgr:document/a",
        "start": "0",
        "end": "9",
        "status": "fact",
        "score": "0.9",
    }
    evidence = (
        {**piece, "title": "A", "source": "", "published": "", "rule": "name", "says": "", "factuality": "CT+"},
    )
    told = {"label": "supports", "predicate": "kg:supports", "status": "fact", "fact": True, "score": 0.9, "sources": 1}
    common = {
        "type": "kg:Person",
        "kind": "person",
        "group": "person",
        "status": "fact",
        "category": "",
        "asserted": True,
    }
    network: Network = nx.MultiDiGraph()
    network.add_node("kgr:person/centre", label="Centre", aliases=(), values=(), details=(), **common)
    for number in range(count):
        name = f"kgr:person/{number}"
        network.add_node(name, label=f"Thing {number}", aliases=(), values=(), details=(), **common)
        network.add_edge(name, "kgr:person/centre", key="kg:supports", disputed=False, evidence=evidence, **told)
    return network


def test_a_sentence_is_quoted_once_and_what_it_does_not_assert_is_told_apart(browser, example_graph: Path):
    fragment = "#edge=kgr:person/gustavo-noboa kg:holdsPosition kgr:position/president"
    with open_page(browser, example_graph / "graph.html", fragment=fragment) as page:
        quotes = page.locator("#panel blockquote").all_inner_texts()
        assert len(quotes) == len(set(quotes))
        assert "does not assert it" in page.inner_text("#panel h3")
        doubted = page.locator("#panel .evidence.doubted").last
        assert "alleged" in doubted.inner_text()
        doubted.locator(".cite button").click()
        assert "This sentence alone: alleged" in doubted.locator("textarea").input_value()


def test_a_mention_of_what_is_no_fact_says_so_in_the_document(browser, example_graph: Path):
    fragment = "#document=kgr:document/2017-04-05-moreno-wins-lasso-cries-fraud.md"
    with open_page(browser, example_graph / "graph.html", fragment=fragment) as page:
        assert page.locator("#panel mark[data-status=alleged]", has_text="won").count() == 1
