"""Where places lie, and the outline they are drawn on."""

from samples import CHILE, DOCUMENTS, RUN, SAID, STATEMENTS, sample_store

from kg.model import Evidence, Factuality, Passage, Statement
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.dataset import make_store
from kg.views.network import to_network
from kg.views.page import to_html
from kg.views.payload import make_payload
from kg.views.places import find_positions, read_outline

UNSURE = Evidence(Passage("a.md", 0, 29, SAID.passage.text), Factuality.POSSIBLE, "gazetteer", 0.9)


def link(entry: str, evidence: Evidence = SAID):
    statement = Statement(CHILE, "owl:sameAs", f"geonames:{entry}/", (evidence,))
    return to_network(make_store([*STATEMENTS, statement], DOCUMENTS, run=RUN, ontology_folder=ONTOLOGY_FOLDER))


def test_a_place_lies_where_the_gazetteer_has_it():
    latitude, longitude = find_positions(link("3895114"))[CHILE]
    assert -40 < latitude < -30
    assert -75 < longitude < -68


def test_what_is_not_surely_linked_or_not_known_has_no_position():
    assert find_positions(link("3895114", UNSURE)) == {}
    assert find_positions(link("1")) == {}
    assert find_positions(to_network(sample_store())) == {}


def test_the_outline_is_in_the_page_only_where_something_lies_on_it():
    places = {name: (0, 0) for name in link("3895114")}
    with_, without = (make_payload(n, places, title="t", mentions={}) for n in (link("3895114"), link("1")))
    assert with_["outline"] == read_outline()
    assert without["outline"] is None
    assert len(to_html(link("3895114"), title="t")) - len(to_html(link("1"), title="t")) < 60_000


def test_rings_are_made_of_arcs_and_borders_come_first():
    outline = read_outline()
    used = [n if n >= 0 else ~n for ring in outline["rings"] for n in ring]
    assert set(used) == set(range(len(outline["arcs"])))
    assert all(used.count(n) > 1 for n in range(0, outline["borders"], 25))
    assert used.count(outline["borders"]) == 1
