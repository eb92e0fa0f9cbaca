"""The page for everybody: axe-core finds nothing in any state of it, in the light and in the dark."""

from pathlib import Path

import pytest
from browsers import browsed, open_page

pytestmark = [pytest.mark.browser, browsed, pytest.mark.slow]
CORREA, ASSANGE = "kgr:person/rafael-correa", "kgr:person/julian-assange"
STATES = {
    "whole": "",
    "node": f"#node={CORREA}",
    "claims": f"#node={ASSANGE}&show=alleged&show=planned&show=denied&show=candidate&steps=1",
    "statement": f"#edge={ASSANGE} kg:bornIn kgr:place/townsville",
    "document": "#document=kgr:document/2019-04-11-assange-arrested-london.md&at=1",
    "way": f"#path={CORREA}&path={ASSANGE}",
    "nothing": "#since=1900&until=1901",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation(browser, example_graph: Path, state: str, scheme: str):
    from axe_playwright_python.sync_playwright import Axe

    options = {"color_scheme": scheme, "bypass_csp": True}  # axe is put into the page, which the policy forbids
    with open_page(browser, example_graph / "graph.html", fragment=STATES[state], **options) as page:
        page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })")
        for button in page.locator("#panel .more").all()[:3]:
            button.click()
        found = Axe().run(page).response["violations"]
        assert [(it["id"], it["nodes"][0]["html"]) for it in found] == []


def test_axe_finds_no_violation_on_a_phone(browser, example_graph: Path):
    from axe_playwright_python.sync_playwright import Axe

    options = {"viewport": {"width": 390, "height": 800}, "bypass_csp": True}
    with open_page(browser, example_graph / "graph.html", fragment=f"#node={CORREA}", **options) as page:
        assert [it["id"] for it in Axe().run(page).response["violations"]] == []


def test_every_control_is_reached_by_the_tab_key_and_shows_it(page):
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", seen
    assert {"skip", "toggle-filters", "search", "graph"} <= set(seen)
    assert seen.count("graph") == 1


def test_the_print_has_the_graph_and_the_details(browser, example_graph: Path):
    with open_page(browser, example_graph / "graph.html", fragment=f"#node={CORREA}") as page:
        page.emulate_media(media="print")
        assert page.is_visible("#panel h2")
        assert page.is_visible("#stage canvas")
        assert page.is_hidden("#filters")
