"""The ontology is knowledge, and tested as such."""

import re
import shutil
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, Namespace, URIRef

from kg.errors import OntologyError
from kg.lint import find_faults, list_terms
from kg.nlp.paths import parse_path
from kg.ontology import ONTOLOGY_FOLDER, load_ontology

KG = Namespace("https://example.org/kg/ontology#")
LEX = Namespace("https://example.org/kg/lexicon#")
SCHEMA = Graph().parse(ONTOLOGY_FOLDER / "kg.ttl")
LEXICON = Graph().parse(ONTOLOGY_FOLDER / "lexicon.ttl")
ONTOLOGY = load_ontology()
CLASSES = sorted(SCHEMA.subjects(RDF.type, OWL.Class))
PROPERTIES = sorted({*SCHEMA.subjects(RDF.type, OWL.ObjectProperty), *SCHEMA.subjects(RDF.type, OWL.DatatypeProperty)})
FIXED = """
Entity Agent Person Politician President Group Organization PoliticalParty GovernmentBody Legislature Court
Ministry SecurityForce InternationalOrganization MediaOrganization SocialMovement LabourUnion
ReligiousOrganization EducationalInstitution Company Place Country AdministrativeArea City Region Facility
Position Law Work Tenure Event Election Referendum Coup Uprising Protest Strike RemovalFromOffice Resignation
Appointment StateOfEmergency Arrest Trial Extradition Expulsion Killing Attack War Meeting Agreement Legislation
Accusation Sanction Statement Epidemic Disaster Crisis presidentOf headOfGovernmentOf ministerOf officialOf
holdsPosition leaderOf founderOf memberOf worksFor spokespersonOf successorOf spouseOf childOf relativeOf bornIn
diedIn citizenOf livesIn educatedAt bornOn diedOn foundedOn locatedIn capitalOf headquarteredIn partOf
subsidiaryOf supports opposes actor target participant winner place date endDate topic cause
"""


@pytest.mark.parametrize("name", FIXED.split())
def test_the_names_people_query_are_there(name: str):
    assert f"kg:{name}" in ONTOLOGY.ancestors


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES], ids=str)
def test_each_term_has_a_label_and_a_definition(term: URIRef):
    assert len(list(SCHEMA.objects(term, RDFS.label))) == 1
    assert len(list(SCHEMA.objects(term, RDFS.comment))) == 1


@pytest.mark.parametrize("term", PROPERTIES, ids=str)
def test_each_property_has_one_domain_and_one_range(term: URIRef):
    assert len(list(SCHEMA.objects(term, RDFS.domain))) == 1
    assert len(list(SCHEMA.objects(term, RDFS.range))) == 1


def test_each_event_class_has_a_category():
    events = [
        term for term in CLASSES if KG.Event in SCHEMA.transitive_objects(term, RDFS.subClassOf) and term != KG.Event
    ]
    assert [term for term in events if not SCHEMA.value(term, KG.category)] == []


def test_the_schema_has_no_blank_nodes():
    assert not any(isinstance(term, BNode) for triple in SCHEMA for term in triple)


def test_each_path_of_the_lexicon_can_be_walked():
    for path in LEXICON.objects(None, LEX.path):
        assert all(label for _, label, _ in parse_path(str(path)))


@pytest.mark.parametrize("kind", ["verb", "noun", "modifier", "auxiliary", "marker", "preposition"])
def test_a_word_is_a_cue_of_one_class(kind: str):
    words = sorted(str(word) for word in LEXICON.objects(None, LEX[kind]))
    assert sorted(set(words)) == words


def test_a_word_class_stands_for_its_words_among_the_triggers():
    evoked = {frame.id for _, frame in load_ontology().frames["curator"]}
    assert evoked >= {"lex:trade-noun", "lex:national-noun"}
    assert "@Trade" not in load_ontology().frames


def test_the_ontology_has_no_faults():
    assert find_faults(ONTOLOGY) == ()
    assert "kg:presidentOf" in list_terms(ONTOLOGY)


def test_the_names_of_countries_are_of_one_country_each():
    assert ONTOLOGY.names["Ecuadorean"].known_as == "Ecuador"
    assert ONTOLOGY.names["U.K."].known_as == "United Kingdom"


BREAKS = [
    ("kg.ttl", "\nkg:x a", "kg.ttl"),
    ("lexicon.ttl", "\nlex:f lex:evokes kg:noSuchTerm .\n", "kg:noSuchTerm"),
]


@pytest.mark.parametrize(("name", "added", "message"), BREAKS)
def test_a_fault_is_named_with_its_file(tmp_path: Path, name: str, added: str, message: str):
    folder = tmp_path / "ontology"
    shutil.copytree(ONTOLOGY_FOLDER, folder)
    with (folder / name).open("a", encoding="utf-8") as stream:
        stream.write(added)
    with pytest.raises(OntologyError, match=message):
        load_ontology(folder)


@pytest.mark.parametrize(
    ("name", "row"), [("given_names.csv", "zzz\n"), ("genders.csv", "zzz\n"), ("gazetteer.csv", "Zzz,kg:Place\n")]
)
def test_a_row_that_ends_too_soon_is_named_with_its_line(tmp_path: Path, name: str, row: str):
    folder = tmp_path / "ontology"
    shutil.copytree(ONTOLOGY_FOLDER, folder)
    path = folder / "names" / name
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole + row, encoding="utf-8")
    said = f"{name}:{whole.count(chr(10)) + 1}: is not of a table with the columns "
    with pytest.raises(OntologyError, match=re.escape(said)):
        load_ontology(folder)
    path.write_text(f"other{whole}", encoding="utf-8")
    with pytest.raises(OntologyError, match=re.escape(f"{name}:1: is not of a table")):
        load_ontology(folder)


def test_a_folder_without_a_schema_is_named(tmp_path: Path):
    with pytest.raises(OntologyError, match=r"kg\.ttl: no such file"):
        load_ontology(tmp_path)


def test_every_position_is_an_argument_or_is_asked_for_by_name():
    held = {str(value) for _, _, value in LEXICON if isinstance(value, URIRef)}
    code = "".join(path.read_text(encoding="utf-8") for path in (ONTOLOGY_FOLDER.parent / "kg").rglob("*.py"))
    unused = [name for name in ONTOLOGY.positions if str(LEX) + name.removeprefix("lex:") not in held]
    assert [name for name in unused if f'"{name}"' not in code] == []
