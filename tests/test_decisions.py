"""The user has the last word: what is decided holds at every build, in any order, until it is deleted."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import DecisionError
from kg.facts.decisions import check_decisions, tell
from kg.facts.duplicates import find_duplicates
from kg.facts.fusion import Fusion
from kg.facts.reduction import reduce_extractions
from kg.facts.things import describe, describe_whole, part_by_documents, part_by_names
from kg.model import (
    Decision,
    Document,
    Entity,
    Evidence,
    Extraction,
    Factuality,
    Form,
    Mention,
    Passage,
    Relation,
    Thing,
    Value,
    Verdict,
)
from kg.ontology import ONTOLOGY_FOLDER, load_ontology
from kg.rdf.dataset import make_store
from kg.rdf.decisions import add_decision, read_decisions
from kg.rdf.quads import Run
from kg.rdf.things import find_class, find_statement, find_thing, read_entities, read_ties

FACT = Factuality.FACT


def name(document: str, text: str, start: int = 0, kind: str = "kg:Person", known_as: str = "") -> Mention:
    return Mention(Passage(document, start, start + len(text), text), kind, Form.NAME, known_as=known_as)


def relate(subject: Mention, predicate: str, target: Mention | str, rule: str = "verb") -> Relation:
    end = target if isinstance(target, str) else target.passage.text
    sentence = f"{subject.passage.text} {predicate} {end}."
    passage = Passage(subject.passage.document, subject.passage.start, subject.passage.start + len(sentence), sentence)
    return Relation(subject, predicate, target, Evidence(passage, FACT, rule, 0.9))


def text(document: str, *names: Mention, relations: tuple[Relation, ...] = (), home: str = "Ecuador") -> Extraction:
    country = name(document, home, 900, "kg:Country", known_as=home)
    typed = tuple(relate(mention, "rdf:type", mention.type, "name") for mention in (*names, country))
    chains = tuple((mention,) for mention in (*names, country))
    return Extraction(Document(document, "text"), chains, (*typed, *relations))


def build(texts: list[Extraction], *decisions: Decision) -> dict[str, Entity]:
    entities, _ = reduce_extractions(texts, decisions=decisions)
    return {entity.id: entity for entity in entities if entity.type != "kg:Country"}


def places(entities: dict[str, Entity]) -> dict[str, list[str]]:
    return {curie: [m.passage.document for m in entity.mentions] for curie, entity in entities.items()}


RAFAEL, ANOTHER = text("a", name("a", "Rafael Correa")), text("b", name("b", "Correa"), home="Portugal")
TWO = [RAFAEL, ANOTHER]
ALVARO = text("a", name("a", "Álvaro Noboa"))
DANIEL = text("b", name("b", "Daniel Noboa"))
SAME = Decision(
    Verdict.SAME,
    Thing("kgr:person/rafael-correa", "Rafael Correa", ("a",)),
    Thing("kgr:person/correa", "Correa", ("b",)),
    when="2026-01-01T00:00:00Z",
)


def test_same_makes_one_thing_that_keeps_the_first_name():
    assert places(build(TWO)) == {"kgr:person/rafael-correa": ["a"], "kgr:person/correa": ["b"]}
    made = build(TWO, SAME)
    assert places(made) == {"kgr:person/rafael-correa": ["a", "b"]}
    assert made["kgr:person/rafael-correa"].aliases == ("Correa",)


def test_same_goes_on_from_one_to_the_next():
    texts = [text(n, name(n, full)) for n, full in (("a", "Ann Bo"), ("b", "Cy Do"), ("c", "Ed Fu"))]
    ann, cy, ed = (describe(entity) for entity in build(texts).values())
    made = build(texts, Decision(Verdict.SAME, ann, cy), Decision(Verdict.SAME, cy, ed))
    assert places(made) == {"kgr:person/ann-bo": ["a", "b", "c"]}
    assert made["kgr:person/ann-bo"].aliases == ("Cy Do", "Ed Fu")


def test_a_decision_deleted_is_undone(tmp_path: Path):
    file = tmp_path / "decisions.ttl"
    add_decision(file, SAME)
    assert len(build(TWO, *read_decisions(file))) == 1
    head, _, _ = file.read_text().partition("decision:same-")
    file.write_text(head)
    assert build(TWO, *read_decisions(file)) == build(TWO)


def test_a_thing_is_found_by_what_its_documents_call_it_when_its_id_is_another_now():
    stale = Decision(Verdict.RENAME, Thing("kgr:person/correa-000000", "correa", ("b",)), Value("Jo", "xsd:string"))
    assert places(build(TWO, stale)) == {"kgr:person/rafael-correa": ["a"], "kgr:person/jo": ["b"]}


def test_a_thing_is_found_by_its_id_when_its_document_is_gone():
    gone = Decision(Verdict.RENAME, Thing("kgr:person/correa", "Correa", ("x",)), Value("Jo", "xsd:string"))
    assert places(build(TWO, gone)) == {"kgr:person/rafael-correa": ["a"], "kgr:person/jo": ["b"]}


def test_a_decision_on_what_is_not_there_is_told_and_changes_nothing():
    lost = Decision(Verdict.RENAME, Thing("kgr:person/nobody", "Nobody", ("x",)), Value("Jo", "xsd:string"))
    entities, fusion = reduce_extractions(TWO, decisions=[lost])
    assert (entities, fusion.idle) == (reduce_extractions(TWO)[0], (lost,))


# ---- homonyms


def test_two_noboas_stay_apart_and_a_decision_joins_them():
    texts = [ALVARO, DANIEL]
    assert places(build(texts)) == {"kgr:person/alvaro-noboa": ["a"], "kgr:person/daniel-noboa": ["b"]}
    daniel, alvaro = (describe(entity) for _, entity in sorted(build(texts).items(), reverse=True))
    assert places(build(texts, Decision(Verdict.SAME, daniel, alvaro))) == {"kgr:person/daniel-noboa": ["a", "b"]}


def correas() -> list[Extraction]:
    return [text(n, name(n, "Jo Correa")) for n in ("a", "b", "c")]


def test_two_correas_of_one_name_are_parted_by_document_and_the_rest_keeps_its_id():
    (whole,) = build(correas()).values()
    apart = Decision(Verdict.DIFFERENT, *part_by_documents(whole, ["b"]))
    assert places(build(correas(), apart)) == {
        "kgr:person/jo-correa": ["a", "c"],
        "kgr:person/jo-correa-77c0bf": ["b"],
    }


def test_a_later_document_stays_with_the_thing_that_kept_its_id():
    (whole,) = build(correas()).values()
    apart = Decision(Verdict.DIFFERENT, *part_by_documents(whole, ["b"]))
    later = [*correas(), text("aa", name("aa", "Jo Correa"))]
    assert places(build(later, apart))["kgr:person/jo-correa"] == ["a", "aa", "c"]


def test_one_node_of_two_names_is_parted_by_name():
    texts = [
        text("a", name("a", "Jo Paz", known_as="Jo")),
        text("b", name("b", "Jon Paz", known_as="Jo"), name("b", "Jo Paz", 50, known_as="Jo")),
    ]
    (whole,) = build(texts).values()
    apart = Decision(Verdict.DIFFERENT, *part_by_names(whole, "Jo Paz", "Jon Paz"))
    made = build(texts, apart)
    assert sorted(len(entity.mentions) for entity in made.values()) == [1, 2]
    assert {m.passage.text for entity in made.values() if len(entity.mentions) == 1 for m in entity.mentions} == {
        "Jon Paz"
    }


def georgias() -> list[Extraction]:
    return [text(n, name(n, "Georgia", 0, "kg:Country", "Georgia"), home="Chile") for n in ("tbilisi", "atlanta")]


def test_georgia_the_state_is_parted_from_georgia_the_country_and_retyped():
    whole = next(entity for entity in reduce_extractions(georgias())[0] if entity.label == "Georgia")
    assert len(whole.mentions) == 2
    country, state = part_by_documents(whole, ["atlanta"])
    retyped = Decision(Verdict.RETYPE, state, "kg:AdministrativeArea")
    entities, _ = reduce_extractions(georgias(), decisions=[Decision(Verdict.DIFFERENT, country, state), retyped])
    found = {(e.type, e.label, m.passage.document) for e in entities for m in e.mentions if e.label == "Georgia"}
    assert found == {("kg:Country", "Georgia", "tbilisi"), ("kg:AdministrativeArea", "Georgia", "atlanta")}
    joined = reduce_extractions(georgias())[0]
    assert [entity.id for entity in joined] == ["kgr:place/chile", "kgr:place/georgia"]


def test_what_is_different_is_not_joined_by_a_later_document():
    surname = text("b", name("b", "Correa"), home="Ecuador")
    assert places(build([RAFAEL, surname])) == {"kgr:person/rafael-correa": ["a", "b"]}
    one, other = (describe_whole(entity) for entity in build(TWO).values())
    apart = Decision(Verdict.DIFFERENT, other, one)
    assert sorted(places(build([RAFAEL, surname], apart)).values()) == [["a"], ["b"]]


# ---- names and classes


def test_rename_gives_name_and_id_and_keeps_the_old_name():
    (whole,) = build([RAFAEL]).values()
    made = build([RAFAEL], Decision(Verdict.RENAME, describe(whole), Value("Mashi", "xsd:string")))
    assert [(e.id, e.label, e.aliases) for e in made.values()] == [("kgr:person/mashi", "Mashi", ("Rafael Correa",))]


def test_a_name_that_is_taken_leaves_two_things():
    daniel = describe(build([DANIEL])["kgr:person/daniel-noboa"])
    made = build([ALVARO, DANIEL], Decision(Verdict.RENAME, daniel, Value("Álvaro Noboa", "xsd:string")))
    assert places(made) == {"kgr:person/alvaro-noboa": ["a"], "kgr:person/alvaro-noboa-57b40b": ["b"]}


def test_retype_moves_a_thing_to_another_class_and_id():
    (whole,) = build([RAFAEL]).values()
    entities, fusion = reduce_extractions(
        [RAFAEL], decisions=[Decision(Verdict.RETYPE, describe(whole), "kg:PoliticalParty")]
    )
    assert ("kgr:organization/rafael-correa", "kg:PoliticalParty") in {(e.id, e.type) for e in entities}
    assert ("kgr:organization/rafael-correa", "kg:PoliticalParty") in classes(fusion)
    assert ("kgr:organization/rafael-correa", "kg:Person") not in classes(fusion)


def test_the_later_word_counts():
    (whole,) = build([RAFAEL]).values()
    early, late = (
        Decision(Verdict.RENAME, describe(whole), Value(text, "xsd:string"), when=when)
        for text, when in (("Late", "2026-02-02T00:00:00Z"), ("Early", "2026-01-01T00:00:00Z"))
    )
    assert [entity.label for entity in build([RAFAEL], early, late).values()] == ["Late"]


# ---- statements


def classes(fusion: Fusion) -> set[tuple[str, object]]:
    return {(item.subject, item.object) for item in fusion.statements if item.predicate == "rdf:type"}


def president() -> list[Extraction]:
    ann, chile = name("a", "Ann Bo"), name("a", "Chile", 500, "kg:Country", known_as="Chile")
    return [text("a", ann, chile, relations=(relate(ann, "kg:presidentOf", chile),))]


ANN, CHILE = Thing("kgr:person/ann-bo", "Ann Bo", ("a",)), Thing("kgr:place/chile", "Chile", ("a",))


@pytest.mark.parametrize("predicate", ["kg:presidentOf", "kg:officialOf"])
def test_what_is_rejected_goes_with_what_follows_from_it_and_what_implies_it(predicate: str):
    wrong = Decision(Verdict.REJECT, ANN, CHILE, predicate, who="ana", why="she was not")
    _, fusion = reduce_extractions(president(), decisions=[wrong])
    assert not {item.predicate for item in fusion.statements} & {"kg:presidentOf", "kg:officialOf"}
    assert ("kgr:person/ann-bo", "kg:President") not in classes(fusion)
    assert [rejection.reason for rejection in fusion.rejected] == ["ana rejects it: she was not"]


def test_a_class_is_rejected_without_what_it_follows_from():
    wrong = Decision(Verdict.REJECT, ANN, "kg:Politician", "rdf:type")
    _, fusion = reduce_extractions(president(), decisions=[wrong])
    assert "kg:presidentOf" in {item.predicate for item in fusion.statements}
    assert {kind for curie, kind in classes(fusion) if curie == ANN.id} == {"kg:Agent", "kg:Person"}


# ---- order, contradiction


@given(seed=st.integers(0, 1000))
def test_neither_the_order_of_documents_nor_of_decisions_changes_anything(seed: int):
    texts = [*correas(), text("d", name("d", "Álvaro Noboa")), text("e", name("e", "Daniel Noboa"))]
    found = build(texts)
    decisions = [
        SAME,
        Decision(Verdict.DIFFERENT, *part_by_documents(found["kgr:person/jo-correa"], ["b"])),
        Decision(Verdict.SAME, describe(found["kgr:person/daniel-noboa"]), describe(found["kgr:person/alvaro-noboa"])),
        Decision(Verdict.RENAME, describe(found["kgr:person/daniel-noboa"]), Value("Noboa", "xsd:string")),
    ]
    shuffle = random.Random(seed)  # noqa: S311
    other = reduce_extractions(shuffle.sample(texts, len(texts)), decisions=shuffle.sample(decisions, len(decisions)))
    assert other == reduce_extractions(texts[::-1], decisions=decisions)


def test_a_contradiction_names_both_lines(tmp_path: Path):
    file = tmp_path / "decisions.ttl"
    apart = Decision(Verdict.DIFFERENT, *SAME.things)
    assert add_decision(file, SAME)
    assert add_decision(file, apart)
    lines = file.read_text().splitlines()
    numbers = [n for n, line in enumerate(lines, 1) if line.startswith("decision:")]
    with pytest.raises(DecisionError) as raised:
        build(TWO, *read_decisions(file))
    for number, verdict in zip(numbers, ("same", "different"), strict=True):
        assert f"decisions.ttl:{number} says {verdict} “Rafael Correa”" in str(raised.value)


def test_a_contradiction_over_a_third_thing_is_found():
    a, b, c = (Thing(f"kgr:person/{letter}") for letter in "abc")
    with pytest.raises(DecisionError, match="same kgr:person/b kgr:person/c, but different kgr:person/a kgr:person/c"):
        check_decisions(
            [
                Decision(Verdict.SAME, a, b, when="1"),
                Decision(Verdict.SAME, b, c, when="2"),
                Decision(Verdict.DIFFERENT, a, c),
            ]
        )


# ---- the file


EVERY = [
    SAME,
    Decision(
        Verdict.DIFFERENT, Thing("kgr:x/1", 'say "no"', ("c\\d.md", "ä b.md")), Thing("kgr:x/2"), who="Ana", why="é\n"
    ),
    Decision(Verdict.RENAME, ANN, Value("</script>", "xsd:string")),
    Decision(Verdict.RETYPE, ANN, "kg:Politician"),
    Decision(Verdict.REJECT, ANN, CHILE, "kg:presidentOf"),
    Decision(Verdict.REJECT, ANN, Value("1960-01-02", "xsd:date"), "kg:bornOn"),
    Decision(Verdict.REJECT, ANN, "kg:President", "rdf:type"),
]


@pytest.mark.parametrize("base", ["https://example.org/kg/", "https://news.example/g/"])
def test_what_is_written_is_read_back_and_written_once(tmp_path: Path, base: str):
    file = tmp_path / "decisions.ttl"
    assert [add_decision(file, decision, base) for decision in EVERY] == [True] * len(EVERY)
    once = file.read_bytes()
    assert [add_decision(file, decision, base) for decision in EVERY] == [False] * len(EVERY)
    assert file.read_bytes() == once
    assert b"_:" not in once
    assert sorted(read_decisions(file), key=tell) == sorted(read_decisions(file)[::-1], key=tell)
    assert {decision.id: decision for decision in read_decisions(file)} == {item.id: item for item in EVERY}


def test_what_the_user_wrote_in_the_file_stays(tmp_path: Path):
    file = tmp_path / "decisions.ttl"
    add_decision(file, SAME)
    file.write_text(file.read_text() + "# my note\n")
    add_decision(file, EVERY[2])
    assert "# my note" in file.read_text()
    assert len(read_decisions(file)) == 2


PREFIX = "@prefix kg: <https://example.org/kg/ontology#> . @prefix kgr: <https://example.org/kg/id/> .\n"
PREFIX += "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
FAULTS = [
    ("kgr:d1 a kg:Same ; rdf:subject kgr:x", ":3"),
    ("kgr:d1 a kg:Same ; rdf:subject kgr:x .", "same what"),
    ("kgr:d1 a kg:Sane ; rdf:subject kgr:x ; rdf:object kgr:y .", "kg:Same"),
    ("kgr:d1 a kg:Same ; rdf:object kgr:y .", "rdf:subject"),
    ("kgr:d1 a kg:Rename ; rdf:subject kgr:x ; rdf:object kgr:y .", "rename what"),
    ("kgr:d1 a kg:Retype ; rdf:subject kgr:x ; rdf:object 'Person' .", "retype what"),
    ("kgr:d1 a kg:Reject ; rdf:subject kgr:x ; rdf:object kgr:y .", "rdf:predicate"),
]


@pytest.mark.parametrize(("line", "told"), FAULTS, ids=[line for line, _ in FAULTS])
def test_a_fault_in_the_file_is_told_with_its_line(tmp_path: Path, line: str, told: str):
    (tmp_path / "decisions.ttl").write_text(PREFIX + line)
    with pytest.raises(DecisionError) as raised:
        read_decisions(tmp_path / "decisions.ttl")
    assert "decisions.ttl:3" in str(raised.value)
    assert told in str(raised.value)


# ---- the built graph


def store(texts: list[Extraction]) -> Store:
    _, fusion = reduce_extractions(texts)
    documents = [extraction.document for extraction in texts]
    return make_store(fusion.statements, documents, run=Run("kg", "m", "h", "i"), ontology_folder=ONTOLOGY_FOLDER)


def test_a_thing_is_found_by_name_curie_and_iri():
    graph = store(TWO)
    for written in ("Rafael Correa", "rafael córrea", "kgr:person/rafael-correa"):
        assert find_thing(graph, written) == "kgr:person/rafael-correa"
    assert find_thing(graph, "https://example.org/kg/id/person/correa") == "kgr:person/correa"


def test_an_unknown_name_is_told_with_those_like_it_and_an_ambiguous_one_with_its_ids():
    with pytest.raises(DecisionError, match=r"Rafael Corea: no such thing in the graph .there is Rafael Correa"):
        find_thing(store(TWO), "Rafael Corea")
    with pytest.raises(DecisionError, match=r"kgr:person/correa-\w+, kgr:person/correa-\w+ .say which one"):
        find_thing(store([text("a", name("a", "Correa")), ANOTHER]), "Correa")


def test_classes_and_statements_are_found_by_their_words():
    graph = store(president())
    assert find_class(graph, "political party") == find_class(graph, "PoliticalParty") == "kg:PoliticalParty"
    for words in (("Ann Bo", "president of", "Chile"), ("Ann Bo", "presidentOf", "kgr:place/chile")):
        assert find_statement(graph, words) == ("kgr:person/ann-bo", "kg:presidentOf", "kgr:place/chile")
    assert find_statement(graph, ("Ann Bo", "is a", "President"))[2] == "kg:President"
    with pytest.raises(DecisionError, match="kg retype"):
        find_statement(graph, ("Ann Bo", "is a", "Person"))
    with pytest.raises(DecisionError, match="is not in the graph"):
        find_statement(graph, ("Ann Bo", "capitalOf", "Chile"))


def test_things_read_from_the_graph_stand_where_their_names_stand():
    entities = {entity.id: entity for entity in read_entities(store(TWO))}
    correa = entities["kgr:person/rafael-correa"]
    assert (correa.label, correa.type, describe(correa)) == ("Rafael Correa", "kg:Person", SAME.subject)


ALIKE = [
    ("kg:Person", "Rafael Correa", "R. Correa", "initials"),
    ("kg:Person", "Lucio Gutiérrez", "Gutiérrez", "one name holds the other"),
    ("kg:Person", "Daniel Noboa", "Daniel Novoa", "spelled alike"),
    ("kg:Organization", "World Health Organization", "WHO", "acronym"),
    ("kg:Organization", "Ministry of Defence", "Ministry of Defense", "spelled alike"),
]


def related(kind: str, *names: str) -> list[Extraction]:
    made = []
    for document, called in zip("xy", names, strict=True):
        thing = name(document, called, 0, kind)
        country = name(document, "Chile", 500, "kg:Country", known_as="Chile")
        link = "kg:citizenOf" if kind == "kg:Person" else "kg:locatedIn"
        home = "Peru" if document == "x" else "Bolivia"
        made.append(text(document, thing, country, relations=(relate(thing, link, country),), home=home))
    return made


def pairs(texts: list[Extraction], *decisions: Decision) -> list[tuple[str, str, str]]:
    graph = store(texts)
    found = find_duplicates(read_entities(graph), read_ties(graph), decisions, load_ontology())
    return [(pair.first.label, pair.second.label, pair.reasons[0]) for pair in found]


@pytest.mark.parametrize(("kind", "one", "other", "why"), ALIKE, ids=[other for _, _, other, _ in ALIKE])
def test_pairs_that_may_be_one_are_told_with_the_reason_until_decided(kind: str, one: str, other: str, why: str):
    texts = related(kind, one, other)
    ((first, second, reason),) = pairs(texts)
    assert ({first, second}, reason) == ({one, other}, why)
    things = [describe(entity) for entity in build(texts).values()]
    assert pairs(texts, Decision(Verdict.DIFFERENT, *things)) == []


UNLIKE = [("Rafael Correa", "Pierina Correa"), ("Álvaro Noboa", "Daniel Noboa"), ("Antonio Vargas", "Jaime Vargas")]


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_two_first_names_are_two_persons(one: str, other: str):
    assert pairs(related("kg:Person", one, other)) == []
