"""Places and their identifiers: linked where name, class and country agree, and else not at all."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse
from samples import RUN, serialize_facts

from kg.facts.reduction import reduce_extractions
from kg.model import Document, Evidence, Extraction, Factuality, Form, Mention, Passage, Relation, Statement, Value
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.dataset import make_store
from kg.rdf.shacl import validate

KINDS = {
    "city": "kg:City",
    "area": "kg:AdministrativeArea",
    "country": "kg:Country",
    "place": "kg:Place",
    "person": "kg:Person",
    "party": "kg:PoliticalParty",
}
LISTED = {"Quito": "Quito", "Guayas": "Guayas", "London": "London", "Washington": "Washington", "Valencia": "Valencia"}
COUNTRIES = {"Ecuador", "Peru", "United States", "Canada", "Argentina", "Georgia", "Soviet Union", "Russia"}


def mention(document: str, words: str, start: int) -> Mention:
    """'city Cuenca', 'country Ecuador': names of our lists carry the list's name."""
    kind, _, text = words.partition(" ")
    listed = text if kind == "country" and text in COUNTRIES else LISTED.get(text, "")
    return Mention(Passage(document, start, start + len(text), text), KINDS[kind], Form.NAME, known_as=listed)


def evidence(document: str, text: str) -> Evidence:
    return Evidence(Passage(document, 0, len(text), text), Factuality.FACT, "name", 0.9)


def read(document: str, *things: str, said: tuple[str, str, str] | None = None) -> Extraction:
    """A text that names ``things`` in their order; ``said`` is a relation between two of them."""
    names = [mention(document, words, 100 * place) for place, words in enumerate(things)]
    kinds = [
        Relation(name, "rdf:type", name.type, evidence(document, f"{name.passage.text} was named.")) for name in names
    ]
    called = {name.passage.text: name for name in names}
    if said:
        subject, predicate, target = said
        sentence = evidence(document, f"{subject} lies in {target}.")
        kinds.append(Relation(called[subject], predicate, called[target], sentence))
    return Extraction(Document(document, "text"), tuple((name,) for name in names), tuple(kinds))


def links_of(*extractions: Extraction) -> list[tuple[str, str, str]]:
    """Label, predicate and object of each link."""
    entities, fusion = reduce_extractions(extractions)
    labels = {entity.id: entity.label for entity in entities}
    return sorted(
        (
            labels[s.subject],
            s.predicate.partition(":")[2],
            s.object.lexical if isinstance(s.object, Value) else s.object,
        )
        for s in fusion.statements
        if s.predicate in ("owl:sameAs", "kg:isoCode")
    )


def about(document: str, *extractions: Extraction) -> list[str]:
    """The links of the first thing."""
    return [f"{predicate} {target}" for label, predicate, target in links_of(*extractions) if label == document]


ECUADOR = ("country Ecuador", "country Ecuador")
ONE_TEXT = [
    ("a country by its name", ["country Ecuador"], ["isoCode EC", "sameAs geonames:3658394/"]),
    ("a state that is no more", ["country Soviet Union"], []),
    ("a listed city by its listed country", ["city Quito"], ["sameAs geonames:3652462/"]),
    ("a listed province has a code of ISO alone", ["area Guayas"], ["isoCode EC-G"]),
    ("a city by what the text is about", ["city Riobamba", *ECUADOR], ["sameAs geonames:3652350/"]),
    ("a thing of unknown class by the one that is there", ["place Riobamba", *ECUADOR], ["sameAs geonames:3652350/"]),
    ("a city is no province", ["area Riobamba", *ECUADOR], []),
    ("a city and a province of one name", ["place Esmeraldas", *ECUADOR], []),
    ("… told apart by class", ["area Esmeraldas", *ECUADOR], ["isoCode EC-E"]),
    ("the noun of a province is no name", ["place Cotopaxi province", *ECUADOR], ["isoCode EC-X"]),
    ("a name of several countries", ["city Victoria"], []),
    (
        "… with one of them around it",
        ["city Victoria", "country Canada", "country Canada"],
        ["sameAs geonames:6174041/"],
    ),
    ("… with a third one around it", ["city Victoria", *ECUADOR], []),
    ("one mention of a country is no context", ["city Victoria", "country Canada"], []),
    ("two countries alike are none", ["city Victoria", "country Canada", "country Peru"] * 2, []),
    ("two of a name in one country", ["city Springfield", "country United States", "country United States"], []),
    ("the only place of a name, without context", ["city Zwickau"], ["sameAs geonames:2803560/"]),
    ("the only place of a name, elsewhere", ["city Zwickau", *ECUADOR], []),
    ("of a listed city the great one is meant", ["city Washington"], ["sameAs geonames:4140963/"]),
    ("a listed city whatever is around it", ["city London", *ECUADOR], ["sameAs geonames:2643743/"]),
    ("… but for its namesake's country", ["city London", "country Canada", "country Canada"], []),
    ("a surname is no city", ["city Valencia", "person José Valencia"], []),
    ("a body is no place", ["party Ecuador"], []),
    ("a country by class", ["country Georgia"], ["isoCode GE", "sameAs geonames:614540/"]),
    (
        "… in texts on its neighbour",
        ["country Georgia", "country Russia", "country Russia"],
        ["isoCode GE", "sameAs geonames:614540/"],
    ),
    ("a country or a state", ["country Georgia", "country United States", "country United States"], []),
    (
        "a state by class",
        ["area Georgia", "country United States", "country United States"],
        ["isoCode US-GA", "sameAs geonames:4197000/"],
    ),
]


@pytest.mark.parametrize(("why", "things", "expected"), ONE_TEXT, ids=[why for why, _, _ in ONE_TEXT])
def test_a_place_is_linked_where_all_agrees(why: str, things: list[str], expected: list[str]):
    assert about(things[0].partition(" ")[2], read("a", *things)) == expected


SAID = [
    (
        "in a country",
        ["city Victoria", "country Argentina"],
        ("Victoria", "kg:locatedIn", "Argentina"),
        ["sameAs geonames:3832934/"],
    ),
    (
        "capital of a province",
        ["city Riobamba", "area Guayas"],
        ("Riobamba", "kg:capitalOf", "Guayas"),
        ["sameAs geonames:3652350/"],
    ),
    (
        "in a province one country alone has",
        ["city Riobamba", "area Chimborazo"],
        ("Riobamba", "kg:locatedIn", "Chimborazo"),
        ["sameAs geonames:3652350/"],
    ),
    ("against the list", ["city London", "country Canada"], ("London", "kg:locatedIn", "Canada"), []),
    (
        "against what the text is about",
        ["city Victoria", "country Argentina", *["country Canada"] * 9],
        ("Victoria", "kg:locatedIn", "Argentina"),
        ["sameAs geonames:3832934/"],
    ),
]


@pytest.mark.parametrize(("why", "things", "said", "expected"), SAID, ids=[why for why, *_ in SAID])
def test_what_a_text_says_goes_before_what_it_is_about(
    why: str, things: list[str], said: tuple[str, str, str], expected: list[str]
):
    assert about(said[0], read("a", *things, said=said)) == expected


def test_a_place_that_texts_on_two_countries_name_is_not_linked():
    peru = read("b", "city Victoria", "country Peru", "country Peru")
    canada = read("a", "city Victoria", "country Canada", "country Canada")
    assert about("Victoria", canada) == ["sameAs geonames:6174041/"]
    assert about("Victoria", canada, peru) == []


def test_a_link_stands_on_the_sentence_that_names_the_place():
    _, fusion = reduce_extractions([read("a", "city Quito", *ECUADOR)])
    held = {s.predicate: s for s in fusion.statements if s.subject == "kgr:place/quito"}
    link = held["owl:sameAs"]
    assert [(item.passage.text, item.rule, item.score, item.factuality) for item in link.evidence] == [
        ("Quito was named.", "gazetteer: name, class and listed country agree", 0.9, Factuality.FACT)
    ]


def make_turtle(*statements: Statement) -> str:
    store = make_store(statements, [Document("a", "text")], run=RUN, ontology_folder=ONTOLOGY_FOLDER)
    assert [problem for problem in validate(store) if not problem.focus.startswith("kgr:passage/")] == []  # no text
    return serialize_facts(store).decode()


def test_links_are_written_as_iris_and_conform():
    turtle = make_turtle(*reduce_extractions([read("a", "country Ecuador", "city Quito")])[1].statements)
    same = {
        quad.object for quad in parse(turtle, format=RdfFormat.TURTLE) if str(quad.predicate).endswith("owl#sameAs>")
    }
    assert same == {NamedNode("https://sws.geonames.org/3658394/"), NamedNode("https://sws.geonames.org/3652462/")}
    assert 'kg:isoCode "EC"' in turtle


def test_a_wrong_code_breaks_the_shape():
    said = evidence("a", "Quito was named.")
    wrong = Statement("kgr:place/quito", "kg:isoCode", Value("Ecuador", "xsd:string"), (said,))
    store = make_store([wrong], [Document("a", "text")], run=RUN, ontology_folder=ONTOLOGY_FOLDER)
    assert any("ISO code" in problem.message for problem in validate(store))


@given(seed=st.integers(0, 1000))
def test_the_order_of_documents_changes_no_link(seed: int):
    made = [
        read("a", "city Victoria", "country Canada", "country Canada"),
        read("b", "city Quito", *ECUADOR),
        read("c", "city Riobamba", "area Guayas", said=("Riobamba", "kg:locatedIn", "Guayas")),
        read("d", "city Victoria"),
    ]
    shuffled = random.Random(seed).sample(made, len(made))  # noqa: S311
    assert links_of(*shuffled) == links_of(*made)
