"""Whole builds: what must hold between the texts that go in and the files that come out."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import EXAMPLES

from kg.build import build_graph, extract_documents
from kg.documents import read_documents
from kg.errors import DocumentError, PipelineError
from kg.facts.reduction import reduce_extractions
from kg.nlp.pipeline import make_pipeline
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.answers import format_answer
from kg.rdf.files import read_store
from kg.rdf.shacl import validate
from kg.rdf.sparql import run_query
from kg.records import read_extractions

pytestmark = pytest.mark.slow

FILES = ("facts.ttl", "graph.nq", "graph.html", "extractions.jsonl")
SOME = sorted(EXAMPLES.iterdir())[4:7]
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
PASSAGES = """
SELECT DISTINCT ?id ?start ?end ?text WHERE {
  GRAPH kgg:statements { ?p kg:document ?d ; kg:start ?start ; kg:end ?end ; kg:text ?text }
  BIND(STRAFTER(STR(?d), '/document/') AS ?id) }
"""
ADVISED = """
kg:adviserOf a owl:ObjectProperty ; rdfs:label "adviser of"@en ;
    rdfs:comment "The person advised the other."@en ; rdfs:domain kg:Person ; rdfs:range kg:Person .
"""
ADVISE = """
lex:advise-verb lex:evokes kg:adviserOf ; lex:lemma "advise" ; lex:pos "VERB" ;
    lex:subject lex:Agent ; lex:object lex:Patient .
"""


def facts(folder: Path, where: str) -> set[str]:
    query = f"SELECT DISTINCT * WHERE {{ {where} }}"
    return set(format_answer(run_query(read_store(folder), query), "csv").splitlines()[1:])


def test_the_examples_are_read_into_facts_of_many_kinds(example_graph: Path):
    assert facts(example_graph, "?p rdfs:label 'Rafael Correa' ; kg:presidentOf/rdfs:label 'Ecuador'")
    for kind in ("President", "Election", "City", "Court", "Arrest", "InternationalOrganization"):
        assert facts(example_graph, f"?thing a kg:{kind}"), kind


def test_every_passage_is_the_slice_it_names(example_graph: Path):
    texts = {document.id: document.text for document in read_documents([EXAMPLES]).documents}
    found = read_extractions(example_graph / "extractions.jsonl")
    passages = [mention.passage for one in found for chain in one.chains for mention in chain]
    assert len(passages) > 100
    for passage in passages:
        assert texts[passage.document][passage.start : passage.end] == passage.text
    rows = run_query(read_store(example_graph), PASSAGES)
    for document, start, end, text in ([term.value for term in row] for row in rows):
        assert texts[document][int(start) : int(end)] == text


def test_the_graph_conforms_to_the_shapes(example_graph: Path):
    assert validate(read_store(example_graph)) == ()


def test_the_order_of_files_and_the_hash_seed_change_no_byte(tmp_path: Path):
    build_graph(SOME, tmp_path / "a")
    build_graph(SOME[::-1], tmp_path / "b")
    command = [sys.executable, "-W", "ignore", "-m", "kg", "build", "-q", *map(str, SOME), "-o", str(tmp_path / "c")]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": "7"})
    for name in FILES:
        assert len({(tmp_path / run / name).read_bytes() for run in "abc"}) == 1


def test_the_order_of_extractions_changes_no_statement():
    extractions = list(extract_documents(read_documents(SOME).documents))
    assert reduce_extractions(extractions[::-1]) == reduce_extractions(extractions)


def test_a_relation_is_taught_by_an_edit_of_the_ontology(tmp_path: Path):
    shutil.copytree(ONTOLOGY_FOLDER, tmp_path / "ontology")
    with (tmp_path / "ontology" / "kg.ttl").open("a") as schema:
        schema.write(ADVISED)
    with (tmp_path / "ontology" / "lexicon.ttl").open("a") as lexicon:
        lexicon.write(ADVISE)
    (tmp_path / "a.txt").write_text("Maria Lopez advised Carlos Pérez. Ana Ruiz has never advised Juan Mora.")
    build_graph([tmp_path / "a.txt"], tmp_path / "out", ontology_folder=tmp_path / "ontology")
    rows = facts(tmp_path / "out", "?a kg:adviserOf ?b . ?a rdfs:label ?x . ?b rdfs:label ?y")
    assert [row.split(",")[-2:] for row in rows] == [["Maria Lopez", "Carlos Pérez"]]
    assert not facts(tmp_path / "out", "?a kg:adviserOf ?b . ?a rdfs:label 'Ana Ruiz'")


def test_a_broken_file_does_not_lose_the_good_one(tmp_path: Path):
    (tmp_path / "good.txt").write_text("Ann Bo is the president of Chile.")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00broken")
    made = build_graph([tmp_path], tmp_path / "out")
    assert [error.args[0].startswith(str(tmp_path / "bad.txt")) for error in made.errors] == [True]
    assert facts(tmp_path / "out", "?p kg:presidentOf ?c")


def test_nothing_to_read_and_an_unknown_model_are_said(tmp_path: Path):
    with pytest.raises(DocumentError, match="document found"):
        build_graph([tmp_path], tmp_path / "out")
    with pytest.raises(PipelineError, match="no_such_model"):
        build_graph(SOME[:1], tmp_path / "out", model="no_such_model")
    assert not (tmp_path / "out").exists()


def test_a_text_that_says_nothing_gives_an_empty_graph(tmp_path: Path):
    (tmp_path / "a.txt").write_text("It rained all day.")
    made = build_graph([tmp_path / "a.txt"], tmp_path / "out")
    assert (made.documents, made.entities, made.statements, made.facts) == (1, 0, 0, 0)


def test_a_graph_without_texts_tells_where_they_are_and_proves_all_the_same(tmp_path: Path):
    build_graph(SOME[:1], tmp_path, texts=False)
    store = read_store(tmp_path)
    assert validate(store) == ()
    assert format_answer(run_query(store, "ASK { GRAPH kgg:documents { ?d kg:fullText ?x } }"), "table") == "no\n"
    rows = format_answer(run_query(store, "SELECT ?x { GRAPH kgg:documents { ?d kg:textAt ?x } }"), "csv")
    assert rows.splitlines()[1:] == [SOME[0].name]
    assert format_answer(run_query(store, PASSAGES), "csv").count("\n") > 10


def test_every_component_declares_what_it_needs_and_gives():
    problems = make_pipeline(ONTOLOGY_FOLDER).analyze_pipes()["problems"]
    assert {name: found for name, found in problems.items() if found} == {}


EXPECTED = [
    ("Rafael Correa", "presidentOf", "Ecuador"),
    ("Lenín Moreno", "presidentOf", "Ecuador"),
    ("Lucio Gutiérrez", "presidentOf", "Ecuador"),
    ("Jamil Mahuad", "presidentOf", "Ecuador"),
    ("Julian Assange", "founderOf", "WikiLeaks"),
    ("Sajid Javid", "officialOf", "United Kingdom"),
    ("Guayaquil", "capitalOf", "Guayas"),
    ("Quito", "capitalOf", "Ecuador"),
    ("Guayas", "locatedIn", "Ecuador"),
]
EVENTS = [
    "kg:Election ; kg:winner/rdfs:label 'Rafael Correa' ; kg:date ?d FILTER(YEAR(?d) = 2006)",
    "kg:Coup ; kg:place/rdfs:label 'Ecuador' ; kg:date '2010-09-30'^^xsd:date",
    "kg:RemovalFromOffice ; kg:target/rdfs:label 'Lucio Gutiérrez'",
    "kg:RemovalFromOffice ; kg:target/rdfs:label ?name FILTER(CONTAINS(?name, 'Bucaram'))",
    "kg:Arrest ; kg:target/rdfs:label 'Julian Assange'",
    "kg:StateOfEmergency ; kg:actor/rdfs:label 'Lenín Moreno'",
]
FORBIDDEN = [("Expulsion", "Julian Assange"), ("Killing", "Rafael Correa"), ("RemovalFromOffice", "Rafael Correa")]


@pytest.fixture(scope="module")
def corpus_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not CORPUS.is_dir():
        pytest.skip(f"{CORPUS} is not here")
    folder = tmp_path_factory.mktemp("corpus")
    build_graph([CORPUS], folder)
    return folder


def test_real_texts_give_what_they_say(corpus_graph: Path):
    for subject, predicate, target in EXPECTED:
        assert facts(corpus_graph, f"?s kg:{predicate}/rdfs:label '{target}' ; rdfs:label '{subject}'"), subject
    for event in EVENTS:
        assert facts(corpus_graph, f"?e a {event}"), event


def test_real_texts_do_not_give_what_they_only_allege(corpus_graph: Path):
    for kind, target in FORBIDDEN:
        assert not facts(corpus_graph, f"?e a kg:{kind} ; kg:target/rdfs:label '{target}'"), kind


def test_real_names_are_one_node_each(corpus_graph: Path):
    for name in ("Lenin Moreno", "Lucio Gutierrez", "US", "UK"):
        assert len(facts(corpus_graph, f"?s skos:altLabel|rdfs:label '{name}'")) == 1, name
    assert not facts(corpus_graph, "?s skos:altLabel 'America'"), "'America Socialista' is a paper"
    assert len(facts(corpus_graph, "?e a kg:Uprising")) == 1, "one paragraph stands in two of the texts"


NAMES = """
?x a ?kind VALUES ?kind { kg:Person kg:Country kg:Organization } ?x skos:altLabel ?alias
GRAPH kgg:statements {
  ?s rdf:subject ?x ; rdf:predicate skos:altLabel ; rdf:object ?alias ; kg:evidence/kg:passage/kg:text ?text }
FILTER(%s REGEX(?text, CONCAT("(^|\\\\W)", ?alias, "($|\\\\W)")))
"""


def test_every_other_name_stands_in_its_sentence(example_graph: Path, corpus_graph: Path):
    for graph in (example_graph, corpus_graph):
        assert len(facts(graph, NAMES % "")) > 10
        assert facts(graph, NAMES % "!") == set()
