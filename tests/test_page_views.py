"""Timeline, map, table and what can be taken away, in a real browser, used as a person would."""

import csv
import io
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import browsed, find_middle, open_page, search_for
from pyoxigraph import RdfFormat, parse
from samples import ANN, CHILE, DOCUMENTS, HOSTILE, RUN, SAID, STATEMENTS, sample_store

from kg.model import Statement, Value
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.dataset import make_store
from kg.views.network import to_network
from kg.views.page import to_html

pytestmark = [pytest.mark.browser, browsed, pytest.mark.slow]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def small(browser, tmp_path: Path) -> Iterator:
    """One place with a position, and labels that are hostile."""
    link = Statement(CHILE, "owl:sameAs", "geonames:3895114/", (SAID,))
    formula = Statement(ANN, "rdfs:label", Value('=HYPERLINK("x")"\n\\', "xsd:string"), (SAID,))
    kept = [s for s in STATEMENTS if (s.subject, s.predicate) != (ANN, "rdfs:label")]
    store = make_store([*kept, link, formula], DOCUMENTS, run=RUN, ontology_folder=ONTOLOGY_FOLDER)
    path = tmp_path / "graph.html"
    path.write_text(to_html(to_network(store), title=HOSTILE), encoding="utf-8")
    with open_page(browser, path) as opened:
        yield opened


def look_at(page, view: str) -> None:
    page.click(f"#views button:has-text('{view}')")


def find_only(page) -> tuple[float, float]:
    """Where the only place of a map lies: in the middle above the notes."""
    x, y = find_middle(page)
    return x, y - 40


def take(page, label: str) -> bytes:
    page.click(".menu summary")
    with page.expect_download() as started:
        page.click(f".menu button:has-text('{label}')")
    return Path(started.value.path()).read_bytes()


def read_csv(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode(), newline="")))


def test_events_stand_by_category_and_in_order(page):
    look_at(page, "Timeline")
    lane = page.locator(".lane", has=page.locator("h2", has_text="coercion"))
    first, last = (
        lane.locator(".happening", has_text=name) for name in ("emergency in Quito", "Arrest of Julian Assange")
    )
    assert first.bounding_box()["x"] < last.bounding_box()["x"]
    assert page.locator(".lane", has=page.locator("h2", has_text="elections")).locator(".happening .span").count() > 0
    assert "without a date" in page.inner_text(".undated h2")


def test_no_name_on_the_timeline_covers_another(page):
    look_at(page, "Timeline")
    boxes = [it.bounding_box() for it in page.locator(".happening").all()]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            beside = one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
            assert beside or abs(one["y"] - other["y"]) > 20


def test_with_the_filters_folded_away_the_timeline_takes_their_place(page):
    look_at(page, "Timeline")
    before = page.locator(".sheet").bounding_box()["width"]
    last = page.locator(".happening >> nth=-1")
    x = last.bounding_box()["x"]
    page.click("#toggle-filters")
    page.wait_for_function("(before) => document.querySelector('.timeline').dataset.width > before", arg=before)
    assert last.bounding_box()["x"] != x


def test_on_a_phone_too_every_name_of_the_timeline_is_within_it(browser, example_graph: Path):
    phone = {"width": 390, "height": 780}
    with open_page(browser, example_graph / "graph.html", fragment="#view=timeline", viewport=phone) as page:
        boxes = [it.bounding_box() for it in page.locator(".happening").all()]
        assert boxes
        assert all(box["x"] >= 0 and box["x"] + box["width"] <= 391 for box in boxes)


def test_an_event_is_opened_by_click_and_reached_by_keys(page):
    look_at(page, "Timeline")
    page.click(".happening:has-text('Arrest of Julian Assange')")
    assert "Arrest of Julian Assange" in page.inner_text("#panel h2")
    focused = "document.activeElement.dataset.day"
    page.focus(".happening.chosen")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(focused) >= "2019-04-11"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(focused) <= "2019-04-11"
    page.keyboard.press("Enter")
    assert "Arrest of Julian Assange" not in page.inner_text("#panel h2")
    assert page.locator(".happening:focus").count() == 1


def test_what_is_only_alleged_is_no_event_until_asked_for_and_says_so(page):
    look_at(page, "Timeline")
    assert page.locator(".happening.doubted").count() == 0
    page.click("#filters .check:has-text('alleged')")
    page.click("#filters .check:has-text('planned')")
    doubted = page.locator(".happening.doubted")
    assert doubted.count() > 0
    assert re.search(r"\((alleged|planned)\)", doubted.first.get_attribute("aria-label"))
    assert all(re.match("(alleged|planned): ", name) for name in doubted.locator(".name").all_inner_texts())


def test_the_range_of_dates_is_that_of_the_timeline(browser, example_graph: Path):
    with open_page(
        browser, example_graph / "graph.html", fragment="#view=timeline&since=2019-01-01&until=2019-12-31"
    ) as page:
        days = page.eval_on_selector_all(".happening", "all => all.map((it) => it.dataset.day)")
        assert days
        assert all(day.startswith("2019") for day in days)
        assert "2019-10" in page.inner_text(".axis")


def test_places_are_reached_by_keys_on_the_map(page):
    look_at(page, "Map")
    page.focus(".map")
    page.keyboard.press("ArrowRight")
    first = page.inner_text("#told")
    assert first.startswith("Ecuador, country, ")
    page.keyboard.press("ArrowUp")
    assert page.inner_text("#told") != first
    page.keyboard.press("Enter")
    assert page.inner_text("#told").startswith(page.inner_text("#panel h2"))
    assert page.locator(".map:focus").count() == 1


def test_a_click_on_a_place_opens_it_and_what_has_no_position_is_listed(page, small):
    look_at(small, "Map")
    small.mouse.click(*find_only(small))
    assert small.inner_text("#panel h2") == "Chile"
    look_at(page, "Map")
    page.click(".lost summary")
    page.click(".lost .link >> nth=0")
    assert page.inner_text("#panel .over").strip()


def test_the_map_is_moved_and_zoomed(small):
    look_at(small, "Map")
    x, y = find_only(small)
    small.mouse.move(x, y)
    small.mouse.down()
    small.mouse.move(x + 120, y + 60)
    small.mouse.up()
    assert small.inner_text("#panel h2") != "Chile"
    small.mouse.click(x + 120, y + 60)
    assert small.inner_text("#panel h2") == "Chile"
    small.mouse.move(x + 120, y + 60)
    small.mouse.wheel(0, -600)
    small.click(".zoom button >> nth=1")
    small.click("#tools .fit")
    small.click("#panel .close")
    small.mouse.click(x, y)
    assert small.inner_text("#panel h2") == "Chile"


def test_the_outline_is_drawn_behind_the_places(page):
    look_at(page, "Map")
    colours = page.evaluate("""() => {
        const canvas = document.querySelector(".map canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const found = new Map();
        for (let i = 0; i < data.length; i += 4) {
            const colour = data.slice(i, i + 3).join();
            found.set(colour, (found.get(colour) ?? 0) + 1);
        }
        return [...found].sort((a, b) => b[1] - a[1]).slice(0, 2).map(([colour]) => colour);
    }""")
    assert sorted(colours) == ["226,223,213", "243,245,246"]


def test_where_nothing_has_a_position_the_map_says_so(browser, tmp_path: Path):
    path = tmp_path / "graph.html"
    path.write_text(to_html(to_network(sample_store()), title="t"), encoding="utf-8")
    with open_page(browser, path) as page:
        look_at(page, "Map")
        assert "known position" in page.inner_text(".empty")
        look_at(page, "Timeline")
        assert "no event" in page.inner_text(".empty")


def test_the_table_holds_the_selection_and_is_sorted_by_a_column(page):
    look_at(page, "Table")
    told = int(re.search(r"(\d+) statements", page.inner_text("#filters .summary"))[1])
    page.click(".table .rest")
    assert page.locator(".table tbody tr").count() == told
    page.click(".table thead button:has-text('Object')")
    objects = page.locator(".table tbody tr td:nth-child(4)").all_inner_texts()
    assert page.get_attribute(".table thead th:nth-child(4)", "aria-sort") == "ascending"
    letters = [text.strip()[0] for text in objects]
    first = [letter for letter in letters if letter in "Aa"]
    together = letters[: max(i for i, letter in enumerate(letters) if letter in "Aa") + 1]
    assert set(first) == {"A", "a"} and set(together) <= set("AaÁáÀà")  # whatever their case
    page.click(".table thead button:has-text('Object')")
    assert page.locator(".table tbody tr td:nth-child(4)").first.inner_text() != objects[0]


def test_the_table_opens_statements_and_things(page):
    look_at(page, "Table")
    page.click(".table tbody tr:has-text('Townsville') td:nth-child(2) a")
    assert "Townsville" in page.inner_text("#panel h2")
    assert page.locator("#panel blockquote").count() > 0
    page.click(".choice button:has-text('things')")
    page.click(".table tbody th a:has-text('Abdalá Bucaram')")
    assert page.inner_text("#panel h2") == "Abdalá Bucaram"
    assert page.locator(".table tr.chosen").count() == 1


def test_the_focus_stays_in_the_table(page):
    look_at(page, "Table")
    page.focus(".table tbody tr >> nth=3 >> td:nth-child(2) a")
    page.keyboard.press("Enter")
    assert page.locator(".table tr.chosen a:focus").count() == 1
    page.focus(".table thead button:has-text('Object')")
    page.keyboard.press("Enter")
    assert page.locator(".table thead button:focus").inner_text() == "Object"


@pytest.mark.parametrize("view", ["Graph", "Timeline", "Map"])
def test_a_picture_is_the_view_with_its_names(page, view: str):
    look_at(page, view)
    svg = ElementTree.fromstring(take(page, "SVG"))  # noqa: S314  # our own page made it
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert "undefined" not in " ".join(filter(None, texts))
    assert {"Graph": "Rafael Correa", "Timeline": "Arrest of Jorge Glas", "Map": "Ecuador"}[view] in texts
    assert len(list(svg.iter(f"{SVG}path"))) > 5
    png = take(page, "PNG")
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20]) == 2 * int(float(svg.get("width")))


def test_a_table_has_no_picture(page):
    look_at(page, "Table")
    page.click(".menu summary")
    page.wait_for_selector(".menu li")
    assert page.locator(".menu li").all_inner_texts() == ["Statements (CSV)", "Things (CSV)", "Facts (Turtle)"]
    page.keyboard.press("Escape")
    assert page.locator(".menu[open]").count() == 0


def test_the_facts_of_the_selection_are_facts_of_the_graph(page, example_graph: Path):
    page.click("#filters .check:has-text('alleged')")
    page.click("#filters .check:has-text('candidate')")
    taken = {(t.subject, t.predicate, t.object) for t in parse(take(page, "Turtle"), format=RdfFormat.TURTLE)}
    known = {
        (t.subject, t.predicate, t.object)
        for t in parse((example_graph / "facts.ttl").read_bytes(), format=RdfFormat.TURTLE)
    }
    assert len(taken) > 800
    assert taken <= known


def test_statements_and_things_are_taken_away_as_tables(page):
    page.click("#filters .check:has-text('denied')")
    rows = read_csv(take(page, "Statements"))
    row = next(row for row in rows if (row["subject"], row["object"]) == ("Julian Assange", "Townsville"))
    assert (row["relation"], row["certainty"]) == ("born in", "fact")
    assert "Townsville" in row["sentence"]
    assert row["subject id"] == "https://example.org/kg/id/person/julian-assange"
    assert {row["certainty"] for row in rows} == {"fact", "denied"}
    places = {row["label"]: row for row in read_csv(take(page, "Things"))}
    assert float(places["Quito"]["latitude"]) == pytest.approx(-0.2, abs=0.1)


def test_hostile_texts_are_taken_away_as_texts(small):
    things = read_csv(take(small, "Things"))
    label = '=HYPERLINK("x")"\n\\'
    assert f"'{label}" in [row["label"] for row in things]
    triples = list(parse(take(small, "Turtle"), format=RdfFormat.TURTLE))
    texts = {getattr(triple.object, "value", "") for triple in triples}
    assert {label, HOSTILE} <= texts
    assert b"onerror" in take(small, "SVG")


def test_a_fact_is_cited_with_its_sentence_and_source(page):
    search_for(page, "Julian Assange")
    fact = page.locator("#panel .statement", has_text="born in")
    fact.locator(".more").first.click()
    fact.locator(".cite button").click()
    cited = fact.locator("textarea").input_value()
    assert fact.locator("blockquote").inner_text() in cited
    assert "Julian Assange — born in — Townsville." in cited
    assert re.search(r"characters \d+–\d+", cited)


@pytest.mark.parametrize("view", ["Timeline", "Map", "Table"])
def test_everybody_can_use_each_view(page, view: str):
    from axe_playwright_python.sync_playwright import Axe

    look_at(page, view)
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()


@pytest.mark.parametrize(("view", "last"), [("Table", ".table tbody tr >> nth=-1"), ("Timeline", ".lane >> nth=-1")])
def test_on_paper_a_view_is_as_long_as_what_it_holds(page, view: str, last: str):
    look_at(page, view)
    page.emulate_media(media="print")
    page.wait_for_function("() => document.documentElement.scrollHeight > 860")
    box = page.locator(last).bounding_box()
    assert box["y"] + box["height"] > 850
    assert page.evaluate("document.documentElement.scrollHeight") >= box["y"] + box["height"]


def test_the_map_without_a_place_says_so_and_the_page_goes_on(page):
    page.click("#filters .check:has(.mark.place)")
    look_at(page, "Map")
    assert "known position" in page.inner_text(".empty")
    page.click("#filters .check:has(.mark.place)")
    page.focus(".map")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#told").startswith("Ecuador")


def test_rows_and_order_of_the_table_are_in_the_address(browser, page, example_graph: Path):
    look_at(page, "Table")
    page.click(".choice button:has-text('things')")
    page.click(".table thead button:has-text('Kind')")
    page.click(".table thead button:has-text('Kind')")
    first = page.inner_text(".table tbody tr")
    with open_page(browser, example_graph / "graph.html", fragment=page.evaluate("location.hash")) as other:
        assert other.inner_text(".table tbody tr") == first
    page.go_back()
    assert page.get_attribute(".table thead th:nth-child(2)", "aria-sort") == "ascending"


def test_a_picture_says_what_is_no_fact(page):
    page.click("#filters .check:has-text('alleged')")
    svg = ElementTree.fromstring(take(page, "SVG"))  # noqa: S314  # our own page made it
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert {"alleged", "People", "Events"} <= set(texts)


def test_the_menu_closes_when_the_focus_leaves_it(page):
    page.click(".menu summary")
    page.focus("#search")
    assert page.locator(".menu[open]").count() == 0
