"""What the page is told of a network: statements in the word that says how sure they are, and each thing once."""

from dataclasses import replace

import pytest
from samples import ANN, ARREST, CHILE, DENIED, DOCUMENTS, POLICE, RUN, SAID, STATEMENTS, sample_store

from kg.model import Evidence, Factuality, Form, Mention, Passage, Statement, Value
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.dataset import make_store
from kg.views import payload
from kg.views.certainty import judge
from kg.views.groups import find_group
from kg.views.layout import place_nodes
from kg.views.network import Network, to_network
from kg.views.payload import make_payload
from kg.views.vocabulary import climb, read_vocabulary

BASE = "https://example.org/kg/"


def make_network(*more: Statement) -> Network:
    return to_network(make_store([*STATEMENTS, *more], DOCUMENTS, run=RUN, ontology_folder=ONTOLOGY_FOLDER))


def tell(network: Network, **options: object) -> dict:
    return make_payload(network, place_nodes(network), title="t", **options)


def by_curie(told: dict) -> dict[str, dict]:
    return {node["curie"]: node for node in told["nodes"]}


@pytest.mark.parametrize(
    ("factuality", "says", "word"),
    [
        ("CT+", "", "candidate"),
        ("PR+", "", "possible"),
        ("PS+", "The police", "possible"),
        ("CT-", "The police", "denied"),
        ("PS-", "", "denied"),
        ("Uu", "The police", "alleged"),
        ("Uu", "", "planned"),
    ],
)
def test_what_is_no_fact_has_a_word_for_why(factuality: str, says: str, word: str):
    assert judge(factuality, says=says) == word


def test_statements_say_how_sure_they_are():
    told = tell(make_network())
    assert [(edge["predicate"], edge["status"]) for edge in told["edges"]] == [
        ("kg:target", "denied"),
        ("kg:presidentOf", "fact"),
    ]
    assert {curie: node["status"] for curie, node in by_curie(told).items()} == {
        ANN: "fact",
        CHILE: "fact",
        ARREST: "denied",
    }


def test_what_is_asserted_and_contradicted_is_disputed():
    no = replace(SAID, factuality=Factuality.COUNTERFACT)
    told = tell(make_network(Statement(ANN, "kg:citizenOf", CHILE, (SAID, no))))
    assert [edge["status"] for edge in told["edges"] if edge["predicate"] == "kg:citizenOf"] == ["disputed"]


def test_evidence_names_its_passage_and_a_passage_its_document():
    told = tell(make_network())
    (edge,) = (edge for edge in told["edges"] if edge["predicate"] == "kg:target")
    piece = edge["evidence"][0]
    passage = told["passages"][piece["passage"]]
    assert (passage["text"], passage["start"]) == ("The police deny the arrest of Ann Bo.", 30)
    assert (piece["says"], piece["status"], piece["score"]) == ("The police", "denied", 0.9)
    assert told["documents"][passage["document"]]["title"] == "A day"


def test_a_participant_that_is_said_to_be_the_target_is_one_line():
    so = replace(DENIED, rule=f"{DENIED.rule}, so participant")
    told = tell(make_network(Statement(ARREST, "kg:participant", ANN, (so,))))
    assert "kg:participant" not in {edge["predicate"] for edge in told["edges"]}


def test_a_fact_that_follows_from_a_mere_claim_stays():
    sure = replace(SAID, rule="arrest-noun “arrest”, so participant")
    told = tell(make_network(Statement(ARREST, "kg:participant", ANN, (sure,))))
    assert "kg:participant" in {edge["predicate"] for edge in told["edges"]}


def test_dates_are_iso_8601_or_none():
    when = (Statement(ARREST, "kg:date", Value(text, "xsd:string"), (DENIED,)) for text in ("2010-10", "</script>"))
    node = by_curie(tell(make_network(*when)))[ARREST]
    assert (node["begin"], node["end"]) == ("2010-10", "")
    assert (
        by_curie(tell(make_network(Statement(ARREST, "kg:date", Value("x", "xsd:string"), (DENIED,)))))[ARREST]["begin"]
        == ""
    )


def test_mentions_are_told_where_their_thing_is():
    mentions = {
        Mention(Passage("a.md", 0, 6, "Ann Bo"), "kg:Person", Form.NAME): ANN,
        POLICE: "kgr:organization/police",
    }
    told = tell(make_network(), mentions=mentions)
    assert told["documents"][0]["mentions"] == [(0, 6, list(by_curie(told)).index(ANN))]


def test_of_too_much_text_only_the_sentences_are_told(monkeypatch: pytest.MonkeyPatch):
    assert tell(make_network())["documents"][0]["text"].startswith("Ann Bo is president")
    monkeypatch.setattr(payload, "MOST_TEXT", 10)
    told = tell(make_network(), mentions={POLICE: ANN})
    assert (told["documents"][0]["text"], told["documents"][0]["mentions"]) == ("", [])
    assert told["passages"]


def test_of_a_network_that_is_not_whole_no_mentions_are_told():
    network = make_network()
    network.graph["whole"] = False
    assert tell(network, mentions={POLICE: ANN})["documents"][0]["mentions"] == []


def test_only_what_has_a_place_is_told_and_of_how_many():
    network = make_network()
    told = make_payload(network, {ANN: (0, 0), CHILE: (1, 1)}, title="t")
    assert (len(told["nodes"]), told["total"], len(told["edges"])) == (2, 3, 1)
    assert by_curie(told)[ANN]["weight"] == 2


def test_groups_follow_from_the_classes_above():
    terms = read_vocabulary(sample_store(), BASE)
    assert list(climb(terms, "kg:Resignation"))[:3] == ["kg:Resignation", "kg:RemovalFromOffice", "kg:Event"]
    kinds = ("kg:President", "kg:Country", "kg:Court", "kg:Coup", "kg:Tenure", "kg:Entity", "kg:Unknown")
    assert [find_group(terms, kind) for kind in kinds] == [
        "person",
        "place",
        "organization",
        "event",
        "position",
        "thing",
        "thing",
    ]


def test_a_circle_of_classes_is_climbed_once():
    terms = read_vocabulary(sample_store(), BASE)
    circle = {
        "kg:A": terms["kg:Event"]._replace(parents=("kg:B",)),
        "kg:B": terms["kg:Event"]._replace(parents=("kg:A",)),
    }
    assert list(climb(circle, "kg:A")) == ["kg:A", "kg:B"]


def test_a_piece_of_evidence_that_is_firm_is_a_fact_though_the_statement_is_none():
    weak = Evidence(SAID.passage, Factuality.FACT, "learned: x", 0.3)
    told = tell(make_network(Statement(ANN, "kg:memberOf", CHILE, (weak,))))
    (edge,) = (edge for edge in told["edges"] if edge["predicate"] == "kg:memberOf")
    assert (edge["status"], edge["evidence"][0]["status"]) == ("candidate", "fact")
