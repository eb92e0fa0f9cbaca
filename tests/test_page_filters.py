"""What the filters of the page let pass, used as a person would."""

import re
from pathlib import Path

import pytest
from browsers import browsed, open_page, search_for

pytestmark = [pytest.mark.browser, browsed, pytest.mark.slow]


def counts(page) -> tuple[int, int]:
    """How many things and statements it says that it shows."""
    told = re.findall(r"[\d,]+", page.inner_text("#filters .summary p"))
    return int(told[0].replace(",", "")), int(told[-1].replace(",", ""))


def unfold(page, title: str) -> None:
    page.click(f"#filters .fold > summary:text-is('{title}')")


@pytest.mark.parametrize("status", ["alleged", "denied", "planned", "possible", "candidate"])
def test_what_is_no_fact_is_switched_on_kind_by_kind_and_off_again(page, status: str):
    before = counts(page)
    page.click(f"#filters .certainty .check:has-text('{status}')")
    assert counts(page)[1] > before[1]
    page.click(f"#filters .certainty .check:has-text('{status}')")
    assert counts(page) == before


def test_a_thing_that_is_no_fact_says_so_in_a_word_wherever_it_is_named(page):
    page.fill("#search", "extradition")
    assert "alleged" in page.inner_text("#found li >> nth=0")
    page.press("#search", "Enter")
    assert "alleged" in page.inner_text("#panel .head")
    assert page.locator("#panel h3:text-is('Facts')").count() == 0


def test_a_kind_can_be_left_out_alone(page):
    before = counts(page)
    page.click("#filters .group:has(.mark.event) summary")
    page.click("#filters .kinds .check:has-text('election')")
    assert counts(page)[0] < before[0]
    assert page.evaluate("document.querySelector('#filters .group:has(.mark.event) input').indeterminate")
    assert page.locator("#filters .kinds[open]").count() == 1


def test_a_relation_can_be_left_out(page):
    before = counts(page)
    unfold(page, "Relations")
    page.click("#filters .check:has-text('holds position')")
    assert counts(page)[1] < before[1]


def test_sources_and_documents_narrow_what_is_shown(page):
    before = counts(page)
    unfold(page, "Sources and documents")
    page.click("#filters .check:has-text('Pacific Wire')")
    without = counts(page)
    assert without[1] < before[1]
    page.select_option("#filters select", index=1)
    assert 0 < counts(page)[1] < without[1]


def test_a_least_number_of_sources_leaves_what_several_tell(page):
    unfold(page, "Sources and documents")
    page.fill("#filters input[type=number]", "2")
    page.press("#filters input[type=number]", "Tab")
    assert 0 < counts(page)[1] < 100
    search_for(page, "Rafael Correa")
    assert "sources" in page.inner_text("#panel .statement:has-text('president of')")


def test_dragging_over_the_years_looks_at_their_events_and_whom_they_touch(page):
    before = counts(page)
    bars = page.locator("#brush .bar")
    first, last = bars.nth(3).bounding_box(), bars.nth(5).bounding_box()
    page.mouse.move(first["x"] + 2, first["y"] + 10)
    page.mouse.down()
    page.mouse.move(last["x"] + 2, last["y"] + 10, steps=4)
    page.mouse.up()
    assert 0 < counts(page)[0] < before[0]
    assert "since=1999&until=2001" in page.evaluate("location.hash")
    page.go_back()
    assert counts(page) == before


def test_dates_are_narrowed_by_keys_too(page):
    before = counts(page)
    page.focus("#brush .since")
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    assert counts(page)[0] < before[0]
    unfold(page, "Dates")
    assert page.input_value("#filters [data-key=since]") == "2006"
    page.click("#filters button:text-is('All dates')")
    assert counts(page) == before


def test_all_filters_are_reset_at_once(page):
    before = counts(page)
    page.click("#filters .check:has(.mark.person)")
    page.click("#filters .certainty .check >> nth=0")
    page.click("#filters button:text-is('Reset all filters')")
    assert counts(page) == before


def test_a_document_shows_as_facts_only_what_it_asserts(browser, example_graph: Path):
    fragment = "#only=kgr:document/2017-04-05-moreno-wins-lasso-cries-fraud.md&node=kgr:person/lenin-moreno&view=table"
    with open_page(browser, example_graph / "graph.html", fragment=fragment) as page:
        rows = page.locator(".table tbody tr").all_inner_texts()
        assert rows
        assert not [row for row in rows if "Lenín Moreno" in row and "president of" in row]


@pytest.mark.parametrize("fragment", ["#steps=2.5", "#since=abc", "#since=2010-13", "#least=-1", "#until=x"])
def test_an_address_that_makes_no_sense_changes_nothing(browser, example_graph: Path, fragment: str):
    with open_page(browser, example_graph / "graph.html", fragment=fragment) as page:
        assert counts(page)[0] > 200


def test_the_numbers_of_the_legend_add_up_to_what_is_shown(page):
    numbers = page.locator("#filters .legend > .check .number, #filters .group > .check .number").all_inner_texts()
    assert sum(int(number.replace(",", "")) for number in numbers) == counts(page)[0]
    assert f"{counts(page)[0]} things" in page.inner_text("#panel .head")
