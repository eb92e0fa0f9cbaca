"""Going through the graph: neighbours, focus, ways, pins, history, keys, small screens."""

import re
from pathlib import Path

import pytest
from browsers import browsed, find_middle, open_page, search_for

pytestmark = [pytest.mark.browser, browsed, pytest.mark.slow]
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}


def shown(page) -> int:
    return int(page.get_attribute("html", "data-ready"))


def test_a_fact_leads_to_the_neighbour(page):
    search_for(page, "Julian Assange")
    page.locator("#panel .statement", has_text="born in").locator("a.link").click()
    assert page.inner_text("#panel h2") == "Townsville"
    page.go_back()
    assert page.inner_text("#panel h2") == "Julian Assange"
    page.go_forward()
    assert page.inner_text("#panel h2") == "Townsville"


def test_focus_leaves_what_is_so_many_steps_away(page):
    whole = shown(page)
    search_for(page, "Julian Assange")
    seen = []
    before = page.locator("#stage canvas").screenshot()
    for steps in "123":
        page.click(f"#panel .together button:text-is('{steps}')")
        seen.append(shown(page))
    assert 1 < seen[0] < seen[1] < seen[2] <= whole
    assert page.locator("#stage canvas").screenshot() != before
    page.click("#filters button:text-is('Leave focus')")
    assert shown(page) == whole


def test_the_shortest_way_is_shown_with_the_evidence_of_each_hop(page):
    search_for(page, "Julian Assange")
    page.click("#panel button:text-is('Way to …')")
    search_for(page, "Guayaquil")
    page.wait_for_selector("#panel h2:has-text('Julian Assange → Guayaquil')")
    hops = page.locator("#panel .hop")
    assert page.inner_text("#panel .head + p") == f"{hops.count()} steps"
    assert all(hop.locator("blockquote").count() for hop in hops.all())


def test_who_comes_back_to_the_box_at_once_goes_on_typing(page):
    page.focus("#search")
    page.click("#panel")
    page.fill("#search", "Guayaquil")
    page.wait_for_timeout(400)  # longer than the list stays when the box is left
    page.press("#search", "Enter")
    assert page.inner_text("#panel h2") == "Guayaquil"


def test_a_line_opens_onto_all_its_evidence(page):
    search_for(page, "Julian Assange")
    fact = page.locator("#panel .statement", has_text="born in")
    fact.locator(".more").click()
    assert fact.locator("figure").count() == 1
    page.evaluate("location.hash = 'edge=kgr:person/julian-assange kg:bornIn kgr:place/townsville'")
    page.wait_for_selector("#panel .over:text-is('Statement')")
    assert "Townsville" in page.inner_text("#panel blockquote")


def test_double_click_brings_in_the_neighbours(page):
    search_for(page, "Rafael Correa")
    page.mouse.dblclick(*find_middle(page))
    assert "opened=kgr%3Aperson%2Frafael-correa" in page.evaluate("location.hash")


def test_what_is_hidden_is_gone_until_it_is_shown_again(page):
    before = shown(page)
    search_for(page, "Ecuador")
    page.click("#panel button:text-is('Hide')")
    assert shown(page) < before
    page.click("#filters .fold > summary:text-is('By hand')")
    page.click("#filters button[aria-label='Show Ecuador']")
    assert shown(page) == before


def test_what_is_pinned_stays_whatever_the_filters_say(page):
    search_for(page, "Ecuador")
    page.click("#panel button:text-is('Pin')")
    page.click("#panel .close")
    for group in ("person", "organization", "place", "event", "position", "work"):
        page.click(f"#filters .check:has(.mark.{group})")
    assert shown(page) == 1


def test_the_graph_is_walked_by_keys(page):
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    first = page.inner_text("#panel h2")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#panel h2") != first
    assert re.search(r"\d+ statements?", page.inner_text("#told"))
    page.keyboard.press("1")
    assert page.locator("#panel .together [aria-pressed=true]").inner_text() == "1"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


def test_the_focus_stays_on_what_was_pressed(page):
    search_for(page, "Julian Assange")
    page.focus("#panel button:text-is('Pin')")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Pin"
    page.focus("#filters .check:has(.mark.person) input")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.dataset.key") == "group person"
    page.focus("#panel a.link >> nth=0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"


def test_suggestions_are_chosen_by_keys(page):
    page.fill("#search", "co")
    assert page.get_attribute("#search", "aria-expanded") == "true"
    page.press("#search", "ArrowDown")
    active = page.get_attribute("#search", "aria-activedescendant")
    name = page.inner_text(f"#{active} span:nth-of-type(2)")
    page.press("#search", "Enter")
    assert page.inner_text("#panel h2") == name


def test_a_phone_shows_the_graph_and_brings_details_from_below(browser, example_graph: Path):
    with open_page(browser, example_graph / "graph.html", **PHONE) as page:
        assert page.is_hidden("#panel")
        assert page.is_hidden("#filters")
        search_for(page, "Julian Assange")
        assert page.locator("#panel").bounding_box()["y"] > 200
        page.tap("#toggle-filters")
        assert page.is_visible("#filters")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_way_from_what_is_not_there_says_so(browser, example_graph: Path):
    fragment = "#path=kgr:person/nobody&path=kgr:person/rafael-correa"
    with open_page(browser, example_graph / "graph.html", fragment=fragment) as page:
        assert page.inner_text("#panel h2") == "No such thing"


def test_a_way_is_of_facts_where_it_can_be(browser, example_graph: Path):
    fragment = "#path=kgr:person/rafael-correa&path=kgr:organization/pais-alliance&show=candidate"
    with open_page(browser, example_graph / "graph.html", fragment=fragment) as page:
        assert page.locator("#panel .hop").count() == 1
        assert page.locator("#panel .hop > .flag").count() == 0


def test_the_focus_outlives_what_is_read(page):
    search_for(page, "Julian Assange")
    page.click("#panel .together button:text-is('1')")
    before = shown(page)
    page.locator("#panel .more").first.click()
    page.locator("#panel cite a").first.click()
    assert page.inner_text("#panel .over") == "Document"
    assert shown(page) == before


def test_the_other_end_of_a_way_is_chosen_in_the_panel_too(page):
    search_for(page, "Julian Assange")
    page.click("#panel button:text-is('Way to …')")
    page.click("#panel .close")
    page.go_back()
    page.click("#views button:text-is('Table')")
    page.locator(".table tbody a.link", has_text=re.compile("^Quito$")).first.click()
    assert "Julian Assange → Quito" in page.inner_text("#panel h2")


def test_what_is_hidden_is_hidden_though_it_is_pinned(page):
    search_for(page, "Ecuador")
    page.click("#panel button:text-is('Pin')")
    before = shown(page)
    page.click("#panel button:text-is('Hide')")
    assert shown(page) < before
