"""What breaks a shape is told in words with its sentence, and nothing else is told."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Store
from samples import HOSTILE, sample_store

from kg.cli import cli
from kg.errors import OntologyError, QueryError
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.dataset import write_quads
from kg.rdf.files import read_store
from kg.rdf.findings import Finding, format_finding, format_findings, tell
from kg.rdf.shacl import validate
from kg.rdf.terms import BASE, make_prefixes

_, *BLOCKS = Path(__file__).with_name("faults.txt").read_text(encoding="utf-8").split("\n\n")
FAULTS = [block.splitlines() for block in BLOCKS]
PLANT = """
INSERT {{
  GRAPH kgg:facts {{ {0} {1} {2} }}
  GRAPH kgg:statements {{ ?new a rdf:Statement ; rdf:subject {0} ; rdf:predicate {1} ; rdf:object {2} ;
    kg:factuality "CT+" ; kg:score 0.9 ; kg:sources 1 ; kg:evidence ?e }}
}} WHERE {{
  BIND(IRI(CONCAT(STR(kgr:), "statement/", SHA1(CONCAT(STR({0}), STR({1}), STR({2}))))) AS ?new)
  GRAPH kgg:statements {{ ?old rdf:subject {0} ; rdf:predicate rdf:type ; kg:evidence ?e }}
}}"""


def patch(store: Store, text: str):
    before = set(store)
    subject, predicate, target = text.removeprefix("+ ").split(" ", 2)
    planted = PLANT.format(subject, predicate.replace(" a ", "rdf:type") if predicate != "a" else "rdf:type", target)
    store.update(planted if text.startswith("+ ") else text, prefixes=dict(make_prefixes(BASE)))
    assert set(store) != before, text


def find(store: Store) -> list[Finding]:
    return list(tell(store, validate(store)))


@pytest.mark.slow
def test_the_graph_of_the_examples_is_clean(example_graph: Path):
    assert find(read_store(example_graph)) == []


@pytest.mark.slow
def test_each_planted_fault_is_found_and_nothing_else(example_graph: Path):
    store = read_store(example_graph)
    for _, text, *_ in FAULTS:
        patch(store, text)
    expected = sorted(line.removeprefix("> ") for _, _, *lines in FAULTS for line in lines)
    assert len(FAULTS) >= 30
    assert sorted(map(format_finding, find(store))) == expected


def test_a_fault_comes_with_its_sentence_and_place():
    store = sample_store()
    patch(store, r"+ kgr:person\/ann-bo kg:bornIn kgr:person\/ann-bo")
    (first, second) = find(store)
    assert first.about == second.about == "Ann Bo — born in — Ann Bo"
    assert [found.message for found in (first, second)] == [
        "Nothing is so related to itself.",
        "“born in” leads to a place.",
    ]
    assert (first.sentence, first.place) == ("Ann Bo is president of Chile.", "a.md:0-29")
    assert format_findings([first, second]).endswith("    a.md:0-29\n2 problems\n")


TOLD = """
evidence of Arrest of Ann Bo — is a — arrest: Evidence names the rule it was read by.
    “The police deny the arrest of Ann Bo.”
    gone.md:30-67, {evidence}
passage behind Arrest of Ann Bo — is a — arrest: “document” leads to a document. Found: kgr:document/gone.md
    “The police deny the arrest of Ann Bo.”
    gone.md:30-67, {passage}
2 problems
"""


def test_faults_of_evidence_and_passages_name_the_statement_they_stand_behind():
    store = sample_store()
    prefixes = dict(make_prefixes(BASE))
    behind = "?s rdf:subject ?x ; rdf:predicate kg:target ; kg:evidence ?e . ?e kg:passage ?p . ?p kg:document ?d"
    (row,) = store.query(f"SELECT ?e ?p {{ GRAPH kgg:statements {{ {behind} }} }}", prefixes=prefixes)
    evidence, passage = (term.value.replace(f"{BASE}id/", "kgr:") for term in row)
    store.update(f"DELETE WHERE {{ GRAPH kgg:statements {{ {row['e']} kg:rule ?r }} }}", prefixes=prefixes)
    moved = f"{row['p']} kg:document"
    store.update(
        f"DELETE {{ GRAPH ?g {{ {moved} ?d }} }} INSERT {{ GRAPH ?g {{ {moved} <{BASE}id/document/gone.md> }} }}"
        f" WHERE {{ GRAPH ?g {{ {moved} ?d }} }}",
        prefixes=prefixes,
    )
    assert format_findings(find(store)) == TOLD.lstrip().format(evidence=evidence, passage=passage)


def test_evidence_of_no_statement_is_told_by_its_id():
    store = sample_store()
    store.update(
        r"INSERT DATA { GRAPH kgg:statements { kgr:evidence\/stray a kg:Evidence ; kg:factuality 'CT+' ; kg:rule 'x' ;"
        " kg:score 0.9 } }",
        prefixes=dict(make_prefixes(BASE)),
    )
    (found,) = find(store)
    assert format_finding(found) == "kgr:evidence/stray: Evidence is one passage."


@pytest.mark.parametrize(("sources", "count"), [(1, 0), (2, 1), (7, 1)])
def test_a_statement_has_at_most_as_many_sources_as_documents(sources: int, count: int):
    store = sample_store()
    store.update(
        f"DELETE {{ GRAPH ?g {{ ?s kg:sources ?n }} }} INSERT {{ GRAPH ?g {{ ?s kg:sources {sources} }} }}"
        " WHERE { GRAPH ?g { ?s rdf:predicate kg:presidentOf ; kg:sources ?n } }",
        prefixes=dict(make_prefixes(BASE)),
    )
    told = [f"Ann Bo — president of — Chile: A statement has no more sources than documents. Found: {sources}"]
    assert [format_finding(found) for found in find(store)] == told * count


def test_warnings_come_last_and_break_nothing(tmp_path: Path):
    store = sample_store()
    patch(store, r'+ kgr:person\/ann-bo kg:bornOn "1961"^^xsd:gYear')
    write_quads(store, tmp_path / "graph.nq")
    done = CliRunner().invoke(cli, ["validate", "-g", str(tmp_path)])
    assert done.exit_code == 0
    assert "warning: Ann Bo — born on — 1960-05: Two dates" in done.output
    assert done.output.endswith("conforms, 1 warning\n")


def test_what_is_found_as_json(tmp_path: Path):
    store = sample_store()
    patch(store, r"+ kgr:person\/ann-bo kg:presidentOf kgr:person\/ann-bo")
    write_quads(store, tmp_path / "graph.nq")
    done = CliRunner().invoke(cli, ["validate", "-g", str(tmp_path), "--json"])
    assert done.exit_code == 1
    found = json.loads(done.output)
    assert {item["path"] for item in found} == {"kg:presidentOf"}
    assert {item["severity"] for item in found} == {"problem"}


MINE = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://example.org/kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<urn:mine> a sh:NodeShape ; sh:targetClass kg:Country ; %s .
"""


def test_shapes_of_your_own_are_checked_too(tmp_path: Path):
    mine = tmp_path / "mine.ttl"
    mine.write_text(MINE % 'sh:property [ sh:path kg:isoCode ; sh:minCount 1 ; sh:message "No code." ]')
    for base in (BASE, "https://news.example/kg/"):
        (found,) = validate(sample_store(base), shapes=[mine], base=base)
        assert (found.focus, found.path, found.message) == ("kgr:place/chile", "kg:isoCode", "No code.")


@pytest.mark.parametrize(
    ("text", "refusal", "said"),
    [
        ("no turtle at all", OntologyError, "mine.ttl: is no Turtle"),
        (MINE % "sh:property [ sh:minCount 1 ]", OntologyError, "shapes: "),
        (
            MINE % 'sh:sparql [ sh:select "SELECT $this { SERVICE <http://example.org/> { $this ?p ?o } }" ]',
            QueryError,
            "SERVICE asks another server",
        ),
    ],
)
def test_shapes_that_are_broken_or_reach_out_are_one_line(tmp_path: Path, text: str, refusal: type, said: str):
    mine = tmp_path / "mine.ttl"
    mine.write_text(text)
    with pytest.raises(refusal, match=said) as caught:
        validate(sample_store(), shapes=[mine])
    assert "\n" not in str(caught.value)


def test_shapes_that_are_not_there_are_one_line(tmp_path: Path):
    with pytest.raises(OntologyError, match=r"mine\.ttl: No such file"):
        validate(sample_store(), shapes=[tmp_path / "mine.ttl"])


def test_a_property_of_your_own_has_its_shape(tmp_path: Path):
    shutil.copytree(ONTOLOGY_FOLDER, tmp_path / "ontology")
    store = sample_store()
    store.update(
        "INSERT DATA { GRAPH kgg:ontology { kg:adviserOf a owl:ObjectProperty ; rdfs:label 'adviser of'@en ;"
        " rdfs:domain kg:Person ; rdfs:range kg:Person } }",
        prefixes=dict(make_prefixes(BASE)),
    )
    patch(store, r"+ kgr:place\/chile kg:adviserOf kgr:person\/ann-bo")
    assert [format_finding(found) for found in find(store)] == [
        "Chile — adviser of — Ann Bo: Only a person can be subject of “adviser of”."
    ]


def test_labels_are_data(tmp_path: Path):
    store = sample_store()
    store.update(
        "DELETE WHERE { GRAPH kgg:statements { ?s rdf:predicate skos:altLabel ; kg:evidence ?e } }",
        prefixes=dict(make_prefixes(BASE)),
    )
    told = format_findings(find(store))
    assert HOSTILE.split()[0] in told
