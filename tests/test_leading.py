"""What is shown first for a fact is a sentence that asserts it, wherever it is shown."""

import csv
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from pyoxigraph import Store
from samples import ANN, CHILE, DOCUMENTS, RUN, SAID, STATEMENTS

from kg.model import Document, Evidence, Factuality, Passage
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.dataset import make_store
from kg.rdf.difference import find_changes
from kg.rdf.explanation import explain, prove
from kg.rdf.terms import BASE
from kg.rdf.ways import find_ways
from kg.serve.claims import read_claims
from kg.serve.holding import Holding
from kg.views.exchange import exchange_tables
from kg.views.network import to_network

TEXT = "Ann Bo is expected to become president of Chile. Ann Bo, president of Chile."
EARLIER = Document("0.md", TEXT, title="An earlier day", source="Post", published=date(2009, 1, 1))
EXPECTED = Evidence(Passage("0.md", 0, 48, TEXT[:48]), Factuality.PROBABLE, "president-noun “president”", 0.9)
UNSURE = Evidence(Passage("0.md", 49, 76, TEXT[49:]), Factuality.FACT, "learned", 0.3)
PRESIDENT = (ANN, "kg:presidentOf", CHILE)


@pytest.fixture(scope="module")
def store() -> Store:
    """The sample, where an earlier text expects the presidency, and may be read to assert it."""
    said = [
        replace(one, evidence=(EXPECTED, UNSURE, SAID)) if one.predicate == PRESIDENT[1] else one for one in STATEMENTS
    ]
    return make_store(said, (EARLIER, *DOCUMENTS), run=RUN, ontology_folder=ONTOLOGY_FOLDER)


def test_a_proof_is_led_by_what_asserts(store: Store):
    assert explain(store, PRESIDENT)[0].text == SAID.passage.text
    ((step,),) = find_ways(store, ANN, CHILE)
    assert step.text == SAID.passage.text
    statement = next(one for one in STATEMENTS if one.predicate == PRESIDENT[1])
    assert prove(store, f"kgr:statement/{statement.id}", {}).text == SAID.passage.text


def test_an_edge_is_led_by_what_asserts(store: Store):
    (row,) = csv.DictReader(StringIO(exchange_tables(to_network(store))["edges.csv"].decode()))
    assert (row["factuality"], row["sentence"], row["document"]) == ("CT+", SAID.passage.text, "A day")


def test_a_claim_is_led_by_what_asserts(store: Store):
    claims, _ = read_claims(Holding(store, BASE, {}, {}), ANN, "s")
    (claim,) = (claim for claim in claims if claim.predicate.curie == PRESIDENT[1])
    assert claim.fact
    assert claim.quotes[0].text == SAID.passage.text
    assert len(claim.quotes) == 3


def test_a_change_is_led_by_what_asserts(store: Store):
    sentences = {change.sentence for change in find_changes(Store(), store) if "president of" in change.statement}
    assert sentences == {SAID.passage.text}
