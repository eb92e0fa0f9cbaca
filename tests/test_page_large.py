"""The page of a graph with more things than a person can look at."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import browsed, find_middle, open_page, search_for

from kg.views.network import to_network
from kg.views.page import to_html

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import pagegraph

pytestmark = [pytest.mark.browser, browsed, pytest.mark.slow]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "graph.html"
    path.write_text(to_html(to_network(pagegraph.make_graph(1300)), title="Large"), encoding="utf-8")
    return path


@pytest.fixture
def page(browser, large: Path) -> Iterator:
    with open_page(browser, large) as opened:
        yield opened


def test_it_begins_with_the_most_important_part_and_says_so(page):
    assert "Showing 300 of 1," in page.inner_text("#filters .summary")
    page.click("#filters button:has-text('Show all')")
    assert int(page.get_attribute("html", "data-ready")) > 1100
    assert "all=true" in page.evaluate("location.hash")


def test_one_of_very_many_is_still_moved_by_itself(page):
    page.click("#filters button:has-text('Show all')")
    search_for(page, "Person 3")
    x, y = find_middle(page)
    page.mouse.move(x + 1, y + 1)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=4)
    page.mouse.move(x + 90, y + 70, steps=4)
    page.mouse.up()
    page.click("#panel .close")
    page.mouse.move(x, y)
    page.mouse.click(x + 89, y + 69)
    assert page.inner_text("#panel h2") == "Person 3"


def test_the_timeline_has_all_events_and_names_where_there_is_room(page):
    page.click("#views button:has-text('Timeline')")
    assert page.locator(".happening").count() > 250
    assert page.locator(".happening .name:not(:empty)").count() > 100


def test_the_same_graph_gives_the_same_page(large: Path):
    assert to_html(to_network(pagegraph.make_graph(1300)), title="Large") == large.read_text(encoding="utf-8")
