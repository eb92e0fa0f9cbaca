"""Named queries, ways and differences on the graph of the examples, with answers written out."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from kg.errors import DecisionError, QueryError
from kg.graph import Graph
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.answers import format_answer
from kg.rdf.difference import find_changes, format_changes
from kg.rdf.files import read_store
from kg.rdf.queries import bind_parameters, find_query, load_queries
from kg.rdf.sparql import run_query
from kg.rdf.terms import BASE, make_prefixes
from kg.rdf.ways import find_ways, format_ways

QUERIES = load_queries(ONTOLOGY_FOLDER)
CASES = [
    ("in-office", ("vice president", "2010-05-01"), "Lenín Moreno,vice president,,2007,2013"),
    ("in-office", ("vice president", "2007"), "Lenín Moreno,vice president,,2007,2013"),
    ("in-office", ("president", "2005-05-01"), "Alfredo Palacio,president,Ecuador,2005-04-20,not told"),
    ("in-office", ("vice", "2005-03"), "Alfredo Palacio,vice president,,2003-01,not told"),
    ("derived", (), "Lenín Moreno,born in,Amazon,transitive-over,Lenín Moreno — born in — Nuevo Rocafuerte"),
    ("successions", (), "Rafael Correa,Lenín Moreno"),
    ("life", ("Lenín Moreno",), "2013,vice president ends,"),
    ("life", ("moreno",), '2019-10-07,"Accusation against Rafael Correa by Lenín Moreno, 2019-10-07",'),
    ("between", ("2010", "2010-10", "arrest", ""), '2010-10-04,arrest,"Arrest of Fidel Araujo, 2010-10-04",'),
    ("members", ("patriotic",), "Lucio Gutiérrez,Patriotic Society Party,founder of,,"),
]
ABSENT = [
    ("in-office", ("vice president", "2014"), "Lenín Moreno"),
    ("in-office", ("vice president", "1999"), "Lenín Moreno"),
    ("in-office", ("president", "2005-05-01"), "Gustavo Noboa"),
    ("in-office", ("president", "2005-05-01"), "vice president"),
    ("in-office", ("vice", "2005-05-01"), "Alfredo Palacio"),
    ("between", ("2011", "2012", "", ""), "Fidel Araujo"),
    ("between", ("2010", "2010", "election", ""), "Fidel Araujo"),
    ("between", ("2010", "2010", "", "Chile"), "Fidel Araujo"),
    ("members", ("labour",), "Patriotic Society Party"),
]


@pytest.fixture(scope="module")
def store(example_graph: Path) -> Store:
    return read_store(example_graph)


def ask(store: Store, name: str, values: tuple[str, ...]) -> list[str]:
    return format_answer(run_query(store, bind_parameters(QUERIES[name], values)), "csv").splitlines()[1:]


@pytest.mark.parametrize(("name", "values", "row"), CASES)
def test_a_named_query_answers(store: Store, name: str, values: tuple[str, ...], row: str):
    assert row in ask(store, name, values)


@pytest.mark.parametrize(("name", "values", "words"), ABSENT)
def test_a_named_query_leaves_out_what_was_not_asked_for(store: Store, name: str, values: tuple[str, ...], words: str):
    assert [row for row in ask(store, name, values) if words in row] == []


def test_a_name_of_no_query_is_told_with_the_one_that_was_meant(store: Store):
    for find in (Graph(store, BASE).query, lambda query: find_query(query, (), ONTOLOGY_FOLDER)):
        with pytest.raises(QueryError, match=r"^no query presidnts; did you mean presidents\?"):
            find("presidnts")
        with pytest.raises(QueryError, match=r"^no query xyzzy \(see `kg query --list`"):
            find("xyzzy")


def test_the_query_for_members_finds_each_row_once(store: Store):
    text = bind_parameters(QUERIES["members"], ("",)).replace("SELECT DISTINCT ?person", "SELECT ?person")
    rows = format_answer(run_query(store, text), "csv").splitlines()[1:]
    assert len(rows) == len(set(rows)) > 0


def test_accusations_come_with_who_accuses_whom_in_which_words(store: Store):
    rows = [row for row in ask(store, "accusations", ()) if row.startswith("Jorge Glas,Lenín Moreno,")]
    assert len(rows) == 1
    assert "accused him in an open letter" in rows[0]


TWO_AT_A_TIME = """
@prefix kg: <https://example.org/kg/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <https://example.org/kg/id/> .
<https://example.org/kg/graph/facts> {
  :chile a kg:Country ; rdfs:label "Chile" . :post a kg:Position ; rdfs:label "president" .
  :ann rdfs:label "Ann Bo" ; kg:bornOn "1950"^^xsd:gYear , "1951-03-02"^^xsd:date , "1951"^^xsd:gYear .
  :bo rdfs:label "Bo Cy" . :di rdfs:label "Di Fo" .
  :t1 a kg:Tenure ; rdfs:label "Ann's" ; kg:holder :ann ; kg:position :post ; kg:place :chile ;
    kg:begin "2000"^^xsd:gYear ; kg:until "2006"^^xsd:gYear .
  :t2 a kg:Tenure ; rdfs:label "Bo's" ; kg:holder :bo ; kg:position :post ; kg:place :chile ;
    kg:begin "2004"^^xsd:gYear .
  :t3 a kg:Tenure ; rdfs:label "Di's" ; kg:holder :di ; kg:position :post ; kg:place :chile ;
    kg:begin "2006"^^xsd:gYear .
}
"""


def test_contradictions_are_overlaps_and_differing_dates_not_coarser_ones():
    made = Store()
    made.load(TWO_AT_A_TIME, format=RdfFormat.TRIG)
    made.load(path=str(ONTOLOGY_FOLDER / "kg.ttl"), format=RdfFormat.TURTLE)
    found = format_answer(
        made.query(QUERIES["contradictions"].text, prefixes=PREFIXES, use_default_graph_as_union=True)
    )
    assert [line.split("  ")[0] for line in found.splitlines()[2:-1]] == [
        "two at a time: president of Chile",
        "two births of Ann Bo",
        "two births of Ann Bo",
    ]


PREFIXES = {
    "kg": "https://example.org/kg/ontology#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}


def test_a_way_between_two_things_has_a_sentence_for_each_step(store: Store):
    ways = find_ways(store, "Rafael Correa", "Lenín Moreno")
    assert [len(way) for way in ways] == [1]
    assert "Moreno accused his predecessor, Rafael Correa" in format_ways(ways)
    assert find_ways(store, "Rafael Correa", "Jeremy Corbyn") == ()
    with pytest.raises(DecisionError, match="no such thing"):
        find_ways(store, "Rafael Correa", "Nobody At All")


def test_two_builds_of_the_same_differ_in_nothing(store: Store, example_graph: Path):
    assert find_changes(store, read_store(example_graph)) == ()
    assert format_changes(()) == "no difference\n"


def test_what_came_went_and_changed_is_told(store: Store, example_graph: Path):
    other = read_store(example_graph)
    quads = list(other.quads_for_pattern(None, None, None, None))
    fact = next(
        quad for quad in quads if "successorOf" in str(quad.predicate) and "graph/facts" in str(quad.graph_name)
    )
    other.remove(fact)
    changes = find_changes(store, other)
    assert [(change.mark, change.note) for change in changes] == [("~", "fact → unsure or disputed")]
    empty = Store()
    assert {change.mark for change in find_changes(empty, store)} == {"+"}
    assert {change.mark for change in find_changes(store, empty)} == {"-"}


CHANGED = {
    "DELETE { GRAPH ?g { ?d kg:published ?x } } INSERT { GRAPH ?g { ?d kg:published '1999-12-31'^^xsd:date } }"
    " WHERE { GRAPH ?g { ?d kg:published ?x FILTER(STRENDS(STR(?d), 'palacio-takes-over.md')) } }": [
        ("~", "document 2005-04-21-palacio-takes-over.md", "published 2005-04-21 → 1999-12-31")
    ],
    "DELETE { GRAPH ?g { ?d kg:sha256 ?x } } INSERT { GRAPH ?g { ?d kg:sha256 '0' } }"
    " WHERE { GRAPH ?g { ?d kg:sha256 ?x FILTER(STRENDS(STR(?d), 'palacio-takes-over.md')) } }": [
        ("~", "document 2005-04-21-palacio-takes-over.md", "another text")
    ],
    "DELETE { GRAPH ?g { ?e kg:factuality ?f } } INSERT { GRAPH ?g { ?e kg:factuality 'PR+' } } WHERE { GRAPH ?g {"
    r" ?s rdf:subject kgr:person\/jorge-glas ; rdf:predicate kg:bornIn ; kg:evidence ?e . ?e kg:factuality ?f } }": [
        ("~", "Jorge Glas — born in — Guayaquil", "1 read otherwise")
    ],
    r"DELETE WHERE { GRAPH kgg:derivations { ?n rdf:subject kgr:person\/jorge-glas ; ?p ?o } }": [
        ("-", "Jorge Glas — born in — Guayas", "follows: transitive-over")
    ],
}


@pytest.mark.parametrize(("update", "told"), CHANGED.items())
def test_changes_of_texts_of_readings_and_of_what_follows_are_told(
    store: Store, example_graph: Path, update: str, told: list[tuple[str, str, str]]
):
    other = read_store(example_graph)
    other.update(update, prefixes=dict(make_prefixes(BASE)))
    assert [(change.mark, change.statement, change.note) for change in find_changes(store, other)] == told
