"""The network and its page."""

import json
import re
from html import unescape
from html.parser import HTMLParser

from samples import ANN, ARREST, CHILE, HOSTILE, sample_store

from kg.views.layout import place_nodes
from kg.views.network import to_network
from kg.views.page import to_html

NETWORK = to_network(sample_store())


def page() -> str:
    return to_html(NETWORK, title=HOSTILE)


def data(html: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def tags_of(html: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    found = []
    parser = HTMLParser()
    parser.handle_starttag = lambda name, attributes: found.append((name, attributes))
    parser.feed(html)
    return found


def test_nodes_are_entities_with_their_narrowest_kind():
    assert {name: NETWORK.nodes[name]["kind"] for name in NETWORK} == {
        ANN: "president",
        CHILE: "country",
        ARREST: "arrest",
    }
    assert NETWORK.nodes[ANN]["values"] == ("born on: 1960-05",)
    assert [NETWORK.nodes[name]["asserted"] for name in (ANN, ARREST)] == [True, False]


def test_edges_carry_their_evidence():
    edge = NETWORK.edges[ARREST, ANN, "kg:target"]
    assert (edge["label"], edge["factuality"]) == ("target", "CT-")
    assert edge["evidence"][0]["text"] == "The police deny the arrest of Ann Bo."
    assert edge["evidence"][0]["says"] == "The police"


def test_the_same_network_gives_the_same_bytes_and_places():
    assert page() == page()
    assert place_nodes(NETWORK) == place_nodes(NETWORK)
    assert len(set(place_nodes(NETWORK).values())) == 3


def test_the_page_loads_nothing_and_runs_only_its_own_scripts():
    html = page()
    assert "default-src 'none'" in unescape(html)
    tags = tags_of(html)
    assert [name for name, _ in tags].count("script") == 3
    assert not [name for name, attributes in tags if {"src", "href", "data"} & set(dict(attributes))]
    assert not {"link", "iframe", "object", "base", "form"} & {name for name, _ in tags}


def test_texts_are_data_and_never_markup():
    html = page()
    assert "<img src=x" not in html
    assert [node["names"] for node in data(html)["nodes"] if node["curie"] == ANN] == [[HOSTILE]]
