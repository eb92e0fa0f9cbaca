"""Your own names: recognised, one node in all texts, linked as you say; and one clear line where the table is wrong."""

import sys
from dataclasses import fields
from pathlib import Path

import pytest

from kg.__main__ import main
from kg.build import build_graph, extract_documents
from kg.documents import read_documents
from kg.errors import OntologyError
from kg.facts.reduction import reduce_extractions
from kg.model import Document, Evidence, Extraction, Factuality, Form, Mention, Passage, Relation
from kg.ontology import ONTOLOGY_FOLDER, load_ontology
from kg.wordlists import Name, fold

WIKIDATA = "http://www.wikidata.org/entity/"
HEADER = "name,type,aliases,identifier\n"
OWN = f"""{HEADER}Rafael Correa,Person,Mashi Rafael;Rafael Vicente Correa Delgado,{WIKIDATA}Q3092559
Pachakutik Nuevo País,kg:PoliticalParty,PNP;al-Pachakutik,https://parties.example/pnp#it
United Kingdom,Country,Albion,
"""


def table(folder: Path, text: str | bytes, name: str = "own.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_all_names_of_a_row_stand_for_one_thing(tmp_path: Path):
    names = load_ontology(ONTOLOGY_FOLDER, [table(tmp_path, OWN)]).names
    known = {text: (name.type, name.known_as) for text, name in names.items() if name.identifier}
    correa, party = ("kg:Person", "Rafael Correa"), ("kg:PoliticalParty", "Pachakutik Nuevo País")
    assert known == {
        "Rafael Correa": correa,
        "Mashi Rafael": correa,
        "Rafael Vicente Correa Delgado": correa,
        "Pachakutik Nuevo País": party,
        "Pachakutik Nuevo Pais": party,
        "PNP": party,
        "al-Pachakutik": party,
    }


def test_what_our_lists_know_keeps_its_name_its_other_names_and_its_country(tmp_path: Path):
    own = f"{HEADER}Britain,Country,Albion,{WIKIDATA}Q145\nQuito,City,Carita de Dios,{WIKIDATA}Q2900\n"
    names = load_ontology(ONTOLOGY_FOLDER, [table(tmp_path, own)]).names
    assert {names[text].known_as for text in ("Britain", "Albion", "UK", "British")} == {"United Kingdom"}
    assert names["United Kingdom"].identifier == f"{WIKIDATA}Q145"
    quito = Name("Carita de Dios", "kg:City", "Quito", country="Ecuador", identifier=f"{WIKIDATA}Q2900")
    assert names["Carita de Dios"] == quito


def test_your_word_goes_before_our_lists(tmp_path: Path):
    names = load_ontology(ONTOLOGY_FOLDER, [table(tmp_path, "name,type\nGeorgia,Person\n")]).names
    assert names["Georgia"] == Name("Georgia", "kg:Person", "Georgia")


def test_the_hash_is_of_what_the_files_say_not_of_their_order_or_place(tmp_path: Path):
    (tmp_path / "other").mkdir()
    one, two = table(tmp_path, OWN), table(tmp_path, "name,type\nAnn Bo,Person\n", "two.csv")
    copy = table(tmp_path / "other", OWN)
    first = load_ontology(ONTOLOGY_FOLDER, [one, two])
    again = load_ontology(ONTOLOGY_FOLDER, [two, copy])
    assert all(getattr(again, field.name) == getattr(first, field.name) for field in fields(first))
    assert first.hash not in {load_ontology().hash, load_ontology(ONTOLOGY_FOLDER, [one]).hash}
    assert len(first.hash) == len(load_ontology().hash)


MISTAKES = [
    ("other columns", "title,type\nAnn Bo,Person\n", "row 1: title,type: not the columns", "name,type,aliases"),
    ("semicolons for commas", "name;type\nAnn Bo;Person\n", "row 1: name;type: not the columns", "name,type,aliases"),
    ("a column too much", "name,type,note\nAnn Bo,Person,x\n", "row 1: name,type,note: not the", "name,type,aliases"),
    ("a column twice", "name,type,type\nAnn Bo,Person,x\n", "row 1: name,type,type: not the", "name,type,aliases"),
    ("nothing", "", "row 1: nothing: not the columns", "name,type,aliases"),
    ("an unknown class", f"{HEADER}Ann Bo,Person,,\nCy Do,Persn,,\n", "row 3: Persn: no class", "did you mean Person?"),
    ("no class", f"{HEADER}Ann Bo,,,\n", "row 2: no type: no class", "kg ontology"),
    ("a class of no things", f"{HEADER}Ann Bo,Passage,,\n", "row 2: Passage: no class", "kg ontology"),
    ("no name", f"{HEADER},Person,,\n", "row 2: no name", "one thing"),
    ("no IRI", f"{HEADER}Ann Bo,Person,,Q42\n", "row 2: Q42: no IRI", f"{WIKIDATA}Q"),
    ("an IRI with a space", f"{HEADER}Ann Bo,Person,,http://a b\n", "row 2: http://a b: no IRI", f"{WIKIDATA}Q"),
    (
        "an IRI that is none of the web",
        f"{HEADER}Ann Bo,Person,,javascript:x\n",
        "row 2: javascript:x: no IRI",
        WIKIDATA,
    ),
    ("not in UTF-8", HEADER.encode() + b"Len\xedn Moreno,Person,,\n", "row 2: no UTF-8", "CSV in UTF-8"),
    ("a quote left open", f'{HEADER}"Ann Bo,Person,,\n', "unexpected end of data", "quote"),
    ("a comma in a name", f"{HEADER}Bo, Ann,Person,,\n", "row 2: more cells than columns", "quote"),
    ("a small name", f"{HEADER}the ann bo,Person,,\n", "row 2: the ann bo: no capital", "first or second word"),
    ("a long name", f"{HEADER}Ann{' Bo' * 12},Person,,\n", "row 2: Ann Bo", "at most 12 words"),
    ("one name, two things", f"{HEADER}Ann Bo,Person,AB,\nAl Ba,Person,AB,\n", "row 3: AB stands for", "one thing"),
    ("one thing, two classes", f"{HEADER}Ann Bo,Person,,\nAnn Bo,Company,,\n", "row 3: Ann Bo stands", "one type"),
]


@pytest.mark.parametrize(("why", "text", "told", "hint"), MISTAKES, ids=[why for why, *_ in MISTAKES])
def test_a_mistake_is_told_with_its_file_row_and_the_way_out(
    tmp_path: Path, why: str, text: str | bytes, told: str, hint: str
):
    path = table(tmp_path, text)
    with pytest.raises(OntologyError) as error:
        load_ontology(ONTOLOGY_FOLDER, [path])
    assert str(error.value).startswith(str(path))
    assert told in str(error.value)
    assert hint in error.value.hint
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(OntologyError, match=r"none\.csv: No such file"):
        load_ontology(ONTOLOGY_FOLDER, [tmp_path / "none.csv"])


def test_a_table_from_a_spreadsheet_is_read(tmp_path: Path):
    text = b"\xef\xbb\xbfname,type,aliases,identifier\r\n Ann  Bo ,Person, AB ; ;A. Bo,\r\n"
    names = load_ontology(ONTOLOGY_FOLDER, [table(tmp_path, text)]).names
    assert {text for text, name in names.items() if name.known_as == "Ann Bo"} == {"Ann Bo", "AB", "A. Bo"}


def test_a_mistake_ends_the_command_with_2_and_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    text, own = table(tmp_path, "It rained.", "a.txt"), table(tmp_path, f"{HEADER}Ann Bo,Persn,,\n")
    monkeypatch.setattr(sys, "argv", ["kg", "build", str(text), "-o", str(tmp_path / "out"), "--names", str(own)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith(f"kg: {own}, row 2: Persn: no class of things")
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


def read(document: str, text: str, known_as: str = "", kind: str = "kg:Person") -> Extraction:
    name = Mention(Passage(document, 0, len(text), text), kind, Form.NAME, known_as=known_as)
    said = Evidence(Passage(document, 0, len(text) + 7, f"{text} spoke."), Factuality.FACT, "name list", 0.9)
    return Extraction(Document(document, "text"), ((name,),), (Relation(name, "rdf:type", kind, said),))


def test_two_names_of_one_person_are_one_node_and_a_stranger_is_not(tmp_path: Path):
    own = [table(tmp_path, OWN)]
    texts = [
        read("a", "Mashi Rafael", "Rafael Correa"),
        read("b", "Rafael Vicente Correa Delgado", "Rafael Correa"),
        read("c", "Rafael Moreno"),
    ]
    entities, fusion = reduce_extractions(texts, names=own)
    assert [(entity.id, entity.label, entity.aliases) for entity in entities] == [
        ("kgr:person/rafael-correa", "Rafael Correa", ("Mashi Rafael", "Rafael Vicente Correa Delgado")),
        ("kgr:person/rafael-moreno", "Rafael Moreno", ()),
    ]
    links = [statement for statement in fusion.statements if statement.predicate == "owl:sameAs"]
    assert [(link.subject, link.object) for link in links] == [("kgr:person/rafael-correa", f"{WIKIDATA}Q3092559")]
    assert [(item.rule, item.passage.text) for item in links[0].evidence] == [("your own names", "Mashi Rafael spoke.")]


TEXTS = {
    "a.txt": "Mashi Rafael was born in Guayaquil. Rafael Correa is a member of al-Pachakutik.",
    "b.txt": "The police arrested Mashi Rafael in Albion. The PNP protested.",
}


@pytest.mark.slow
def test_own_names_are_read_in_texts(tmp_path: Path):
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        table(tmp_path / "texts", text, name)
    own = [table(tmp_path, OWN)]
    extractions = list(extract_documents(read_documents([tmp_path / "texts"]).documents, names=own))
    assert [
        [sorted({m.passage.text for m in chain}) for chain in item.chains if chain[0].known_as == "Rafael Correa"]
        for item in extractions
    ] == [[["Mashi Rafael", "Rafael Correa"]], [["Mashi Rafael"]]]
    build_graph([tmp_path / "texts"], tmp_path / "one", names=own)
    turtle = (tmp_path / "one" / "facts.ttl").read_text(encoding="utf-8")
    assert "owl:sameAs wd:Q3092559" in turtle
    assert "owl:sameAs <https://parties.example/pnp#it>" in turtle
    assert 'skos:altLabel "Mashi Rafael"' in turtle
    assert "kg:memberOf organization:pachakutik-nuevo-pais" in turtle
    build_graph([tmp_path / "texts"], tmp_path / "two", names=own)
    assert (tmp_path / "two" / "graph.nq").read_bytes() == (tmp_path / "one" / "graph.nq").read_bytes()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("J. R.  Ortega", "j r ortega"),
        ("Iván Muñoz", "ivan munoz"),
        ("Iva\u0301n Mun\u0303oz", "ivan munoz"),
        ("Łódź", "lodz"),
        ("Đặng", "dang"),
        ("Ørsted", "orsted"),
        ("Ǿrsted", "orsted"),  # has an accent besides
        ("Ægir Œuvre", "aegir oeuvre"),
        ("Straße", "strasse"),
        ("“Кий”", "“кии”"),
    ],
)
def test_accents_case_and_dots_never_tell_two_names_apart(text: str, folded: str):
    assert fold(text) == folded
