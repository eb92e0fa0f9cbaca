"""Resolution and fusion on records: one thing, one node; nothing merged on weak evidence."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.facts.identity import mint, slug, tell_apart
from kg.facts.reduction import reduce_extractions
from kg.model import Document, Evidence, Extraction, Factuality, Form, Mention, Passage, Relation, Value


def mention(document: str, text: str, start: int, kind: str, **fields: str) -> Mention:
    form = Form(fields.pop("form", "name"))
    return Mention(Passage(document, start, start + len(text), text), kind, form, **fields)


def typed(name: Mention) -> Relation:
    sentence = Passage(name.passage.document, 0, 99, f"{name.passage.text} spoke.")
    return Relation(name, "rdf:type", name.type, Evidence(sentence, Factuality.FACT, "name", 0.9))


def extraction(document: str, *names: Mention) -> Extraction:
    return Extraction(Document(document, "text"), tuple((name,) for name in names), tuple(map(typed, names)))


def entity_labels(*extractions: Extraction) -> list[str]:
    return [entity.label for entity in reduce_extractions(extractions)[0]]


def country(document: str, name: str) -> Mention:
    return mention(document, name, 50, "kg:Country", known_as=name)


def person(document: str, name: str) -> Mention:
    return mention(document, name, 0, "kg:Person")


SAME = [
    ("accents and case", "Lenín Moreno", "Lenin Moreno"),
    ("more names", "Lucio Gutiérrez", "Lucio Edwin Gutiérrez Borbúa"),
    ("surname, same country", "Rafael Correa", "Correa"),
]


@pytest.mark.parametrize(("why", "one", "other"), SAME, ids=[why for why, _, _ in SAME])
def test_one_person_is_one_node(why: str, one: str, other: str):
    made = entity_labels(
        extraction("a", person("a", one), country("a", "Ecuador")),
        extraction("b", person("b", other), country("b", "Ecuador")),
    )
    assert len(made) == 2


def test_a_surname_in_texts_on_another_country_is_another_node():
    made = entity_labels(
        extraction("a", person("a", "Rafael Correa"), country("a", "Ecuador")),
        extraction("b", person("b", "Correa"), country("b", "Portugal")),
    )
    assert sorted(made) == ["Correa", "Ecuador", "Portugal", "Rafael Correa"]


def test_a_surname_of_two_persons_joins_neither():
    made = entity_labels(
        extraction("a", person("a", "Rafael Correa"), country("a", "Ecuador")),
        extraction("b", person("b", "Pierina Correa"), country("b", "Ecuador")),
        extraction("c", person("c", "Correa"), country("c", "Ecuador")),
    )
    assert sorted(made) == ["Correa", "Ecuador", "Pierina Correa", "Rafael Correa"]


def test_names_of_one_listed_country_are_one_node():
    uk = mention("a", "UK", 0, "kg:Country", known_as="United Kingdom")
    britain = mention("b", "Britain", 0, "kg:Country", known_as="United Kingdom")
    assert entity_labels(extraction("a", uk), extraction("b", britain)) == ["United Kingdom"]


def test_identifiers_are_readable_and_only_homonyms_carry_a_hash():
    assert mint("kg:Person", "Lenín Moreno") == "kgr:person/lenin-moreno"
    assert slug("  a/../<b> ") == "a-b"
    ids = tell_apart([("kg:Person", "Correa", "Ecuador"), ("kg:Person", "Correa", "Portugal"), ("kg:Person", "Bo", "")])
    assert ids["kg:Person", "Bo", ""] == "kgr:person/bo"
    assert len(set(ids.values())) == 3


def named(document: str, *names: str) -> Extraction:
    """A text on Ecuador with one person, called ``names`` in sentences of their own."""
    made = [mention(document, text, 100 * place, "kg:Person") for place, text in enumerate(names)]
    kinds = [
        Relation(
            name,
            "rdf:type",
            name.type,
            Evidence(Passage(document, 100 * place, 100 * place + 99, f"… {text} …"), Factuality.FACT, "name", 0.9),
        )
        for place, (name, text) in enumerate(zip(made, names, strict=True))
    ]
    home = country(document, "Ecuador")
    return Extraction(Document(document, "text"), (tuple(made), (home,)), (*kinds, typed(home)))


def test_each_name_stands_on_the_first_sentence_that_has_it():
    texts = [named("b", "Rafael Correa", "Correa"), named("c", "Correa", "Rafael Correa", "Rafael Vicente Correa")]
    texts.append(named("a", "Rafael Correa"))
    for ordered in (texts, texts[::-1]):
        _, fusion = reduce_extractions(ordered)
        shown = {
            (s.predicate, s.object.lexical): [(e.passage.document, e.passage.start) for e in s.evidence]
            for s in fusion.statements
            if s.subject.startswith("kgr:person/") and isinstance(s.object, Value)
        }
        assert shown == {
            ("rdfs:label", "Rafael Vicente Correa"): [("c", 200)],
            ("skos:altLabel", "Rafael Correa"): [("a", 0)],
            ("skos:altLabel", "Correa"): [("b", 100)],
        }


def test_a_name_no_text_has_stands_on_the_evidence_of_the_class():
    _, fusion = reduce_extractions([extraction("a", mention("a", "UK", 0, "kg:Country", known_as="United Kingdom"))])
    shown = {s.object: [e.passage.text for e in s.evidence] for s in fusion.statements if isinstance(s.object, Value)}
    assert shown[Value("United Kingdom", "xsd:string")] == shown[Value("UK", "xsd:string")] == ["UK spoke."]


def event(document: str, factuality: Factuality, *, day: str = "") -> Extraction:
    target = person(document, "Ann Bo")
    trigger = mention(document, "arrest", 20, "kg:Arrest", form="event")
    evidence = Evidence(Passage(document, 0, 99, "The arrest of Ann Bo."), factuality, "arrest", 0.9)
    relations = [
        typed(target),
        Relation(trigger, "rdf:type", "kg:Arrest", evidence),
        Relation(trigger, "kg:target", target, evidence),
    ]
    if day:
        relations.append(
            Relation(trigger, "kg:date", mention(document, day, 40, "kg:Date", form="value", value=day), evidence)
        )
    return Extraction(Document(document, "text"), ((target,), (trigger,)), tuple(relations))


def test_reports_of_one_arrest_are_one_event_and_a_second_arrest_is_another():
    same = reduce_extractions(
        [event("a", Factuality.FACT, day="2010-10-01"), event("b", Factuality.FACT, day="2010-10")]
    )
    other = reduce_extractions(
        [event("a", Factuality.FACT, day="2010-10-01"), event("b", Factuality.FACT, day="2012-03-04")]
    )
    assert [entity.label for entity in same[0]] == ["Arrest of Ann Bo, 2010-10-01", "Ann Bo"]
    assert len(other[0]) == 3


COPIED = (
    "After a week of marches the crowds took over the palace one by one and the people of Ecuador have risen up again."
)


def uprising(document: str, text: str, *, day: str = "") -> Extraction:
    start = text.index("risen")
    trigger = mention(document, "risen", start, "kg:Uprising", form="event")
    place = country(document, "Ecuador")
    evidence = Evidence(Passage(document, 0, len(text), text), Factuality.FACT, "rise", 0.9)
    relations = [
        typed(place),
        Relation(trigger, "rdf:type", "kg:Uprising", evidence),
        Relation(trigger, "kg:place", place, evidence),
    ]
    if day:
        when = mention(document, day, 0, "kg:Date", form="value", value=day)
        relations.append(Relation(trigger, "kg:date", when, evidence))
    return Extraction(Document(document, text), ((place,), (trigger,)), tuple(relations))


REPORTS = [
    ("one paragraph in two texts", [("a", COPIED, ""), ("b", f"Elsewhere.\n\n{COPIED}\n\nAs ever.", "")], 1),
    ("… over a third one", [("a", COPIED, ""), ("b", f"{COPIED}\n\nNo.", ""), ("c", f"Yes.\n \n{COPIED}", "")], 1),
    ("… wrapped otherwise", [("a", COPIED, ""), ("b", COPIED.replace(" and ", "\nand "), "")], 1),
    ("two paragraphs", [("a", COPIED, ""), ("b", COPIED.replace("week", "month"), "")], 2),
    ("a few words that anybody says", [("a", "Ecuador has risen.", ""), ("b", "Ecuador has risen.", "")], 2),
    ("days that differ", [("a", COPIED, "2005-04-20"), ("b", COPIED, "2006-03-13")], 2),
]


def accusation(document: str, accuser: str, accused: str) -> Extraction:
    deed = mention(document, "accused", 20, "kg:Accusation", form="event")
    names = person(document, accuser), mention(document, accused, 30, "kg:Person")
    sentence = Passage(document, 0, 60, f"{accuser} accused {accused}.")
    said = [
        Relation(deed, predicate, target, Evidence(sentence, Factuality.FACT, "rule", 0.9))
        for predicate, target in (
            ("rdf:type", "kg:Accusation"),
            ("kg:actor", names[0]),
            ("kg:target", names[1]),
        )
    ]
    return Extraction(
        Document(document, "text"), tuple((name,) for name in (*names, deed)), (*map(typed, names), *said)
    )


def test_who_accuses_is_never_shown_as_accused_and_answers_with_another_accusation():
    labels = entity_labels(
        accusation("a", "Ann Marsh", "Bo Hall"),
        accusation("b", "Bo Hall", "Ann Marsh"),
        accusation("c", "Ann Marsh", "Bo Hall"),
    )
    assert sorted(label for label in labels if "Accusation" in label) == [
        "Accusation against Ann Marsh by Bo Hall",
        "Accusation against Bo Hall by Ann Marsh",
    ]


@pytest.mark.parametrize(("why", "texts", "events"), REPORTS, ids=[why for why, *_ in REPORTS])
def test_undated_reports_of_one_place_are_one_event_where_one_is_copied(
    why: str, texts: list[tuple[str, str, str]], events: int
):
    made = [uprising(document, text, day=day) for document, text, day in texts]
    found = [entity for entity in reduce_extractions(made)[0] if entity.type == "kg:Uprising"]
    assert len(found) == events
    assert reduce_extractions(made[::-1]) == reduce_extractions(made)


def test_a_place_of_another_class_than_the_listed_one_is_its_namesake():
    area = mention("b", "Georgia", 0, "kg:AdministrativeArea")
    more = mention("c", "Georgia", 0, "kg:AdministrativeArea")
    loose = mention("d", "Georgia", 0, "kg:Place")
    made = [extraction(each.passage.document, each) for each in (country("a", "Georgia"), area, more, loose)]
    found = {entity.id: [m.passage.document for m in entity.mentions] for entity in reduce_extractions(made)[0]}
    assert found == {"kgr:place/georgia": ["a", "d"], "kgr:place/georgia-8042ab": ["b", "c"]}


def test_what_one_text_says_and_another_denies_is_disputed_and_no_fact():
    _, fusion = reduce_extractions([event("a", Factuality.FACT), event("b", Factuality.COUNTERFACT)])
    held = {(statement.predicate, statement.factuality, statement.disputed) for statement in fusion.statements}
    assert ("kg:target", Factuality.UNCOMMITTED, True) in held
    assert not any(predicate == "kg:target" and value is Factuality.FACT for predicate, value, _ in held)


def test_what_the_ontology_forbids_is_refused_with_its_reason():
    ann, bo = person("a", "Ann Bo"), person("a", "Cy Do")
    evidence = Evidence(Passage("a", 0, 99, "Ann Bo, president of Cy Do."), Factuality.FACT, "title", 0.9)
    wrong = Relation(ann, "kg:presidentOf", bo, evidence)
    _, fusion = reduce_extractions([Extraction(Document("a", "t"), ((ann,), (bo,)), (typed(ann), typed(bo), wrong))])
    assert [rejection.reason for rejection in fusion.rejected] == [
        "kg:presidentOf leads to a kg:Country, not to a kg:Person"
    ]
    assert not any(statement.predicate == "kg:presidentOf" for statement in fusion.statements)


@given(seed=st.integers(0, 1000))
def test_the_order_of_documents_changes_nothing(seed: int):
    made = [
        extraction("a", person("a", "Rafael Correa"), country("a", "Ecuador")),
        extraction("b", person("b", "Correa"), country("b", "Ecuador")),
        event("c", Factuality.FACT, day="2010-10-01"),
        event("d", Factuality.COUNTERFACT),
    ]
    shuffled = random.Random(seed).sample(made, len(made))  # noqa: S311
    assert reduce_extractions(shuffled) == reduce_extractions(made)
