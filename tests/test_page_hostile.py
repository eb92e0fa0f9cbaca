"""A graph whose every text is an attack is shown as text, in all that the page can show; nothing runs."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from browsers import browsed, find_middle, open_page, search_for
from samples import RUN

from kg.model import Document, Evidence, Factuality, Form, Mention, Passage, Statement, Value
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.dataset import make_store
from kg.views.network import to_network
from kg.views.page import to_html

pytestmark = [pytest.mark.browser, browsed, pytest.mark.slow]
RUNS = "window.ran=true"
MARKS = (
    f"</script><script>{RUNS}</script>",
    f'" onmouseover="{RUNS}" href="x',
    f"' autofocus onfocus='{RUNS}'",
    f"javascript:{RUNS}",
    "{{ 7 * 7 }}{% raw %}${7*7}<%= 7*7 %>",
    "\u202egnp.exe\u2066 \u2067شمال\u2069",
    f"<img src=x onerror={RUNS}>&lt;b&gt;<svg onload={RUNS}>",
    "]]><!--<!DOCTYPE html>-->",
    "__proto__ constructor toString",
)
MARKED = "<b>href</b> " + " ".join(MARKS)
EVIL = 'kgr:person/"><img src=x onerror=window.ran=true>/{{7*7}}/ä?q#f&node=x'
PLAIN, EVENT = "kgr:place/chile", "kgr:event/__proto__"
LONG = "W" * 10_000
TEXT = f"{MARKED} is president of Chile, {LONG}."
ID = "<b>&.md"
PROOF = Evidence(Passage(ID, 0, len(TEXT), TEXT), Factuality.FACT, f"rule-noun “{MARKED}”", 0.9)
SPEAKER = Mention(Passage(ID, 0, 11, TEXT[:11]), "kg:Person", Form.NAME)
CLAIM = Evidence(PROOF.passage, Factuality.UNCOMMITTED, MARKED, 0.9, SPEAKER)
DOCUMENT = Document(ID, TEXT, title=MARKED, source=MARKED, published=date(2010, 1, 1), url=f"javascript:{RUNS}")


def name(curie: str, kind: str, label: str, *proof: Evidence) -> Iterator[Statement]:
    yield Statement(curie, "rdf:type", kind, proof)
    yield Statement(curie, "rdfs:label", Value(label, "xsd:string"), proof)


STATEMENTS = (
    *name(EVIL, "kg:Person", MARKED, PROOF),
    *name(PLAIN, "kg:Country", LONG, PROOF),
    *name(EVENT, "kg:Arrest", MARKS[0], CLAIM),
    *(Statement(EVIL, "skos:altLabel", Value(mark, "xsd:string"), (PROOF,)) for mark in (*MARKS, LONG)),
    Statement(EVIL, "kg:presidentOf", PLAIN, (PROOF,)),
    Statement(EVIL, "kg:bornOn", Value(MARKS[1], "xsd:string"), (PROOF,)),
    Statement(EVENT, "kg:target", EVIL, (CLAIM,)),
    Statement(EVENT, "kg:date", Value(MARKS[0], "xsd:string"), (CLAIM,)),
)
FRAGMENTS = (
    "#show=alleged&unlinked=true",
    f"#node={'kgr:person/%22%3E%3Cimg src=x onerror=window.ran=true%3E'}",
    "#view=constructor&node=__proto__&kinds=%3Cimg src=x onerror=window.ran=true%3E&steps=NaN&least=-1&path=a&path=b",
    f"#document=kgr:document/%3Cb%3E%26.md&at=0&since={MARKS[0]}".replace("<", "%3C"),
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = make_store(STATEMENTS, [DOCUMENT], run=RUN, ontology_folder=ONTOLOGY_FOLDER)
    path = tmp_path_factory.mktemp("hostile") / "graph.html"
    mentions = {SPEAKER: EVIL, Mention(Passage(ID, 5, 10**9, "x"), "kg:Person", Form.NAME): EVIL}
    path.write_text(to_html(to_network(store), title=MARKED, mentions=mentions), encoding="utf-8")
    return path


def check_harmless(page) -> None:
    assert page.evaluate("window.ran") is None
    assert page.locator("body img, body iframe, body object, body svg[onload], [onmouseover], [onfocus]").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator("script").count() == 3


def test_hostile_names_sentences_and_titles_are_shown_as_they_are(browser, hostile: Path):
    with open_page(browser, hostile, fragment="#show=alleged") as page:
        assert page.title() == MARKED
        search_for(page, "href")
        assert page.text_content("#panel h2") == MARKED[:299] + "…" if len(MARKED) > 300 else MARKED
        for button in page.locator("#panel .more").all():
            button.click()
        assert MARKS[0] in page.text_content("#panel blockquote >> nth=0")
        page.mouse.move(*find_middle(page))
        page.locator("#panel cite .link").first.click()
        assert page.text_content("#panel .text") == TEXT
        check_harmless(page)


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_hostile_address_is_only_an_address(browser, hostile: Path, fragment: str):
    with open_page(browser, hostile, fragment=fragment) as page:
        check_harmless(page)
        page.click("#filters .check >> nth=0")
        check_harmless(page)


def test_a_name_of_ten_thousand_letters_breaks_nothing(browser, hostile: Path):
    with open_page(browser, hostile, fragment=f"#node={PLAIN}") as page:
        assert page.inner_text("#panel h2").startswith("WWWW")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1360
        assert page.evaluate(
            "document.getElementById('panel').scrollWidth <= document.getElementById('panel').clientWidth"
        )
