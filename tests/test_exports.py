"""What is handed on: read back by strict parsers it is what was held; parts of it are what was asked for."""

import csv
import json
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from samples import DOCUMENTS, HOSTILE, RUN, SAID, STATEMENTS, sample_store

from kg.cli import cli
from kg.errors import GraphError, QueryError
from kg.exports import make_export
from kg.model import Document, Evidence, Factuality, Passage, Statement
from kg.ontology import ONTOLOGY_FOLDER, load_ontology
from kg.rdf.cut import cut_by_query, cut_since
from kg.rdf.dataset import make_store, write_quads
from kg.rdf.export import FORMATS, export_graph
from kg.rdf.files import read_store, to_bytes
from kg.rdf.followthemoney import write_entities
from kg.rdf.shacl import validate
from kg.rdf.terms import make_prefixes
from kg.views.exchange import EDGE, NODE, exchange_tables
from kg.views.network import to_network

STORE = sample_store()
FACTS = NamedNode("https://example.org/kg/graph/facts")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
READ = {
    "turtle": (RdfFormat.TURTLE, "turtle"),
    "ntriples": (RdfFormat.N_TRIPLES, "nt"),
    "rdfxml": (RdfFormat.RDF_XML, "xml"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
}
DATASETS = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}


def facts(store: Store) -> set[Triple]:
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, FACTS)}


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("kind", [kind for kind in READ if kind != "jsonld"])
def test_triples_are_read_back_by_two_strict_parsers(kind: str, whole: bool):
    content = export_graph(STORE, kind, whole=whole)
    held = {quad.triple for quad in STORE} if whole else facts(STORE)
    ours, theirs = READ[kind]
    assert {quad.triple for quad in parse(content, format=ours)} == held
    wanted = Graph().parse(data=to_bytes(held, RdfFormat.N_TRIPLES).decode(), format="nt")
    assert isomorphic(Graph().parse(data=content.decode(), format=theirs), wanted)


def test_jsonld_is_compact_and_read_back_by_two_strict_parsers():
    content = export_graph(STORE, "jsonld")
    assert {quad.triple for quad in parse(content, format=RdfFormat.JSON_LD)} == facts(STORE)
    wanted = Graph().parse(data=to_bytes(facts(STORE), RdfFormat.N_TRIPLES).decode(), format="nt")
    assert isomorphic(Graph().parse(data=content.decode(), format="json-ld"), wanted)
    ann = next(node for node in json.loads(content)["@graph"] if node["id"] == "kgr:person/ann-bo")
    assert ann["type"] == ["Agent", "Person", "Politician", "President"]
    assert ann["presidentOf"] == "kgr:place/chile"
    assert ann["bornOn"] == {"@value": "1960-05", "@type": "xsd:gYearMonth"}
    assert ann["altLabel"] == HOSTILE


@pytest.mark.parametrize("kind", DATASETS)
def test_datasets_are_read_back_with_their_graphs(kind: str):
    content = export_graph(STORE, kind, whole=True)
    assert set(parse(content, format=DATASETS[kind])) == set(STORE)
    assert {
        quad.graph_name for quad in parse(export_graph(STORE, "nquads", whole=False), format=RdfFormat.N_QUADS)
    } == {FACTS}


def test_trig_is_read_by_rdflib():
    dataset = Dataset()
    dataset.parse(data=export_graph(STORE, "trig").decode(), format="trig")
    assert sum(1 for _ in dataset.quads()) == len(STORE)


def test_turtle12_names_the_triple_of_a_statement_as_a_term():
    content = export_graph(STORE, "turtle12")
    assert b"rdf:reifies <<( " in content
    assert b"rdf:subject" not in content
    read = {quad.triple for quad in parse(content, format=RdfFormat.TURTLE)}
    parts = [NamedNode(f"{RDF}{part}") for part in ("subject", "predicate", "object")]
    back = {triple for triple in read if triple.predicate.value != f"{RDF}reifies"}
    for triple in read - back:
        terms = (triple.object.subject, triple.object.predicate, triple.object.object)
        back |= {Triple(triple.subject, part, term) for part, term in zip(parts, terms, strict=True)}
        if "/statement/" in triple.subject.value:
            back.add(Triple(triple.subject, NamedNode(f"{RDF}type"), NamedNode(f"{RDF}Statement")))
    assert back == {quad.triple for quad in STORE}


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_triples_give_the_same_bytes(kind: str):
    other = Store()
    other.extend(sorted(STORE, key=lambda quad: hash(str(quad))))
    assert export_graph(other, kind) == export_graph(STORE, kind)


def test_the_context_has_every_term_of_the_ontology():
    ontology = load_ontology()
    context = json.loads((ONTOLOGY_FOLDER / "context.jsonld").read_text())["@context"]
    named = {value if isinstance(value, str) else value["@id"] for value in context.values()}
    annotations = {"kg:becomes", "kg:category", "kg:transitiveOver"}
    terms = {
        term for term in ontology.ancestors if term.startswith("kg:") and not term.endswith(("Category", "Categories"))
    }
    datatypes = {"kg:Date", "kg:Duration", "kg:Money", "kg:Number", "kg:Percentage"}
    assert terms - named == annotations | datatypes


def test_the_context_has_every_prefix_that_iris_are_shortened_by(tmp_path: Path):
    context = json.loads((ONTOLOGY_FOLDER / "context.jsonld").read_text())["@context"]
    assert make_prefixes().items() <= context.items()
    (tmp_path / "context.jsonld").write_text('{"@context": {"id": "@id", "type": "@type"}}')
    bare = export_graph(STORE, "jsonld", ontology_folder=tmp_path)
    assert {quad.triple for quad in parse(bare, format=RdfFormat.JSON_LD)} == facts(STORE)


def read_tables(whole: bool) -> dict[str, list[dict[str, str]]]:
    tables = exchange_tables(to_network(STORE), whole=whole)
    return {name: list(csv.DictReader(StringIO(content.decode()))) for name, content in tables.items()}


def test_tables_of_nodes_and_edges():
    tables = read_tables(whole=False)
    assert [tuple(rows[0]) for rows in tables.values()] == [NODE, EDGE]
    assert {row["id"] for row in tables["nodes.csv"]} == {"kgr:person/ann-bo", "kgr:place/chile"}
    assert [(row["source"], row["predicate"], row["target"]) for row in tables["edges.csv"]] == [
        ("kgr:person/ann-bo", "kg:presidentOf", "kgr:place/chile")
    ]
    said = {row["predicate"]: row["factuality"] for row in read_tables(whole=True)["edges.csv"]}
    assert said == {"kg:presidentOf": "CT+", "kg:target": "CT-"}


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(label: str):
    network = to_network(STORE)
    network.nodes["kgr:place/chile"]["label"] = label
    for rows in (csv.reader(StringIO(content.decode())) for content in exchange_tables(network).values()):
        assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]


@pytest.mark.slow
def test_entities_are_those_of_followthemoney(example_graph: Path):
    followthemoney = pytest.importorskip("followthemoney")
    lines = write_entities(read_store(example_graph), ONTOLOGY_FOLDER / "followthemoney.csv").splitlines()
    entities = {entity["id"]: entity for entity in map(json.loads, lines)}
    assert len(entities) == len(lines) > 300
    for entity in entities.values():
        schema = followthemoney.model.get(entity["schema"])
        schema.validate(entity)
        assert set(entity["properties"]) <= set(schema.properties)
        assert set(schema.required) <= set(entity["properties"])
        clean = followthemoney.model.get_proxy(entity, cleaned=False).to_dict()["properties"]
        assert {name: sorted(values) for name, values in clean.items()} == entity["properties"]
        for name, values in entity["properties"].items():
            wanted = schema.get(name).range
            for other in values if wanted else ():
                assert followthemoney.model.get(entities[other]["schema"]).is_a(wanted)


def test_entities_carry_their_proof():
    entities = [json.loads(line) for line in export_graph(STORE, "ftm").splitlines()]
    by_schema = {entity["schema"]: entity["properties"] for entity in entities}
    assert set(by_schema) == {"Person", "Territory", "UnknownLink", "Article"}
    assert by_schema["Person"]["birthDate"] == ["1960-05"]
    assert by_schema["UnknownLink"]["role"] == ["president of"]
    assert by_schema["UnknownLink"]["summary"] == ["Ann Bo is president of Chile."]
    article = next(entity["id"] for entity in entities if entity["schema"] == "Article")
    assert by_schema["UnknownLink"]["proof"] == [article]
    with pytest.raises(GraphError, match="no place for what is no fact"):
        export_graph(STORE, "ftm", whole=True)


def test_annotations_of_facts_alone():
    whole, part = (json.loads(export_graph(STORE, "webannotation", whole=whole))["items"] for whole in (True, False))
    assert 0 < len(part) < len(whole)
    assert not any("kg:target" in item["body"][1]["value"] for item in part)


def test_what_documents_since_a_day_say():
    assert facts(cut_since(STORE, date(2010, 10, 1))) == facts(STORE)
    late = cut_since(STORE, date(2010, 10, 2))
    assert not [t for t in facts(late) if "ann-bo" in str(t)]
    assert export_graph(cut_since(STORE, date(2010, 10, 1)), "webannotation") == export_graph(STORE, "webannotation")


ALLEGED = "The police may have claimed that Ann Bo is president of Chile. Ann Bo is in Chile."
LATER = Document("b.md", ALLEGED, title="Another day", source="Post", published=date(2015, 1, 1))
CLAIM = Evidence(Passage("b.md", 0, 62, ALLEGED[:62]), Factuality.POSSIBLE, "president-noun “president”", 0.9)
SEEN = Evidence(Passage("b.md", 63, 82, ALLEGED[63:]), Factuality.FACT, "name", 0.9)


def make_later() -> Store:
    """What the sample says of Ann Bo and Chile, and a later text that only alleges the presidency."""
    said = (replace(one, evidence=(*one.evidence, *_later(one))) for one in STATEMENTS)
    return make_store(said, (*DOCUMENTS, LATER), run=RUN, ontology_folder=ONTOLOGY_FOLDER)


def _later(statement: Statement) -> tuple[Evidence, ...]:
    if SAID not in statement.evidence:
        return ()
    if statement.predicate == "rdf:type":
        return (CLAIM,) if statement.object in ("kg:President", "kg:Politician") else (SEEN,)
    return (CLAIM,) if statement.predicate == "kg:presidentOf" else ()


def test_a_part_holds_what_its_documents_assert_and_nothing_older():
    part = cut_since(make_later(), date(2014, 1, 1))
    predicates = {triple.predicate.value.rpartition("/")[2] for triple in facts(part)}
    assert "ontology#presidentOf" not in predicates and "22-rdf-syntax-ns#type" in predicates
    assert not [quad for quad in part if "a.md" in str(quad.object) or quad.object.value == SAID.passage.text]
    assert [problem for problem in validate(part) if not problem.warning] == []
    rows = {(row["predicate"], row["factuality"]) for row in exchange_rows(part, whole=True)}
    assert rows == {("kg:presidentOf", "PS+")}
    nodes = csv.DictReader(StringIO(exchange_tables(to_network(part))["nodes.csv"].decode()))
    assert {row["kind"] for row in nodes} == {"person", "country"}
    ann = NamedNode("https://example.org/kg/id/person/ann-bo")
    assert not [triple for triple in facts(part) if triple.subject == ann and triple.object.value == HOSTILE]


@pytest.mark.parametrize("kind", ["turtle", "ntriples", "rdfxml", "jsonld", "graphml", "gexf", "cypher", "csv", "ftm"])
def test_no_format_of_a_part_has_an_older_fact(kind: str):
    def write(store: Store) -> str:
        made = make_export(store, kind, None, ONTOLOGY_FOLDER)
        told = b"".join(made.values()) if isinstance(made, dict) else made
        return told.decode().replace("_", "").lower()

    word = {"ftm": "president of", "jsonld": '"presidentof": "kgr:'}.get(kind, "presidentof")
    assert word in write(make_later())
    assert word not in write(cut_since(make_later(), date(2014, 1, 1)))


def test_what_later_documents_assert_too_is_counted_anew():
    store = sample_store()
    said = [*STATEMENTS[:-1], replace(STATEMENTS[-1], evidence=(SAID, SEEN))]
    assert len(said) == len(STATEMENTS)
    both = replace(STATEMENTS[5], evidence=(SAID, replace(SEEN, score=0.8)))
    said[5] = both
    store = make_store(
        [replace(one, evidence=(*one.evidence, SEEN)) if one.predicate == "rdf:type" else one for one in said],
        (*DOCUMENTS, LATER),
        run=RUN,
        ontology_folder=ONTOLOGY_FOLDER,
    )
    (whole,), (row,) = exchange_rows(store), exchange_rows(cut_since(store, date(2014, 1, 1)))
    assert (whole["predicate"], whole["score"], whole["sources"]) == ("kg:presidentOf", "0.9", "2")
    assert (row["predicate"], row["score"], row["sources"]) == ("kg:presidentOf", "0.8", "1")


def test_an_edge_counts_the_sources_of_its_statement():
    network = to_network(STORE)
    (edge,) = (edge for *_, edge in network.edges(data=True) if edge["predicate"] == "kg:presidentOf")
    edge["sources"] = 3  # in documents of one title
    (row,) = csv.DictReader(StringIO(exchange_tables(network)["edges.csv"].decode()))
    assert row["sources"] == "3"


@pytest.mark.slow
def test_a_part_since_a_day_holds_no_older_fact(example_graph: Path):
    store = read_store(example_graph)
    part = cut_since(store, date(2018, 1, 1))
    assert 0 < len(facts(part)) < len(facts(store))
    assert facts(part) < facts(store)
    names = ("id/person/fabian-alarcon", "ontology#memberOf", "id/organization/radical-alfarist-front")
    old = Triple(*(NamedNode(f"https://example.org/kg/{name}") for name in names))
    assert old in facts(store) - facts(part)
    assert to_network(part).number_of_edges() > 0


def test_what_a_query_gives():
    text = "CONSTRUCT { ?p kg:presidentOf ?c } WHERE { ?p kg:presidentOf ?c }"
    part = cut_by_query(STORE, text)
    names = {NamedNode(f"{RDF}type"), *(triple.predicate for triple in facts(part) if "label" in str(triple).lower())}
    assert len([triple for triple in facts(part) if triple.predicate not in names]) == 1
    assert [problem for problem in validate(part) if not problem.warning] == []
    (row,) = exchange_rows(part)
    assert (row["source"], row["target"], row["sentence"]) == (
        "kgr:person/ann-bo",
        "kgr:place/chile",
        "Ann Bo is president of Chile.",
    )
    with pytest.raises(QueryError, match="gives no graph"):
        cut_by_query(STORE, "SELECT ?s { ?s ?p ?o }")


def exchange_rows(store: Store, *, whole: bool = False) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(exchange_tables(to_network(store), whole=whole)["edges.csv"].decode())))


def test_kg_export_writes_files_folders_and_parts(tmp_path: Path):
    write_quads(STORE, tmp_path / "graph.nq")

    def run(*words: str) -> str:
        done = CliRunner().invoke(cli, ["export", "-g", str(tmp_path), *words])
        return done.output if done.exit_code == 0 else f"{done.exception} {done.output}"

    assert "kg:presidentOf" in run()
    assert "csv" in run("--to", "csv") and "--output FOLDER" in run("--to", "csv")
    assert run("--to", "csv", "-o", str(tmp_path / "tables")) == ""
    assert {path.name for path in (tmp_path / "tables").iterdir()} == {"nodes.csv", "edges.csv"}
    assert run("--to", "trig", "--facts", "-o", str(tmp_path / "facts.trig")) == ""
    assert b"kg:target" not in (tmp_path / "facts.trig").read_bytes()
    assert "kg:target" in run("--to", "cypher", "--all").replace("`TARGET`", "kg:target")
    assert "presidentOf" not in run("--since", "2010-10-02")
    assert "presidentOf" in run("--query", "about", "ann bo")
    assert "VALUES are of a named --query" in run("ann bo")
    endless = "CONSTRUCT { ?a kg:bornIn ?c } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s }"
    assert "no answer within 1 seconds" in run("--query", endless, "--timeout", "1")
    assert "no format xls" in run("--to", "xls")


@pytest.mark.parametrize("kind", ["graphml", "gexf", "cypher", "csv"])
def test_triples_that_a_query_makes_are_no_edges(tmp_path: Path, kind: str):
    write_quads(STORE, tmp_path / "graph.nq")
    words = ["export", "-g", str(tmp_path), "--to", kind, "-o", str(tmp_path / "made"), "--query"]
    done = CliRunner().invoke(cli, [*words, "CONSTRUCT { ?c kg:knows ?p } WHERE { ?p kg:presidentOf ?c }"])
    assert done.exit_code != 0
    assert f"{kind}: triples of the query with no sentence behind them: 1" in f"{done.exception} {done.output}"
    assert not (tmp_path / "made").exists()
    for text in ("CONSTRUCT { ?p kg:presidentOf ?c } WHERE { ?p kg:presidentOf ?c }", "DESCRIBE kg:President"):
        assert CliRunner().invoke(cli, [*words, text]).exit_code == 0


def test_kg_export_says_where_nothing_matches(tmp_path: Path):
    write_quads(STORE, tmp_path / "graph.nq")

    def complain(*words: str) -> str:
        done = CliRunner().invoke(cli, ["export", "-g", str(tmp_path), *words], catch_exceptions=False)
        return done.stderr

    for words in (("--query", "about", "Nobody"), ("--since", "2030-01-01")):
        assert complain(*words) == "kg: nothing matches\n"
    made = "CONSTRUCT { <http://x.example/> kg:presidentOf ?c } { ?p kg:presidentOf ?c }"
    for words in ((), ("--query", "about", "ann bo"), ("--query", made), ("--since", "2010-10-01")):
        assert complain(*words) == ""


def test_rdflib_takes_the_terms_as_they_are():
    graph = Graph().parse(data=export_graph(STORE, "turtle").decode(), format="turtle")
    ann = URIRef("https://example.org/kg/id/person/ann-bo")
    assert Literal(HOSTILE) in set(graph.objects(ann, URIRef("http://www.w3.org/2004/02/skos/core#altLabel")))
    assert (
        Quad(NamedNode(str(ann)), NamedNode(f"{RDF}type"), NamedNode("https://example.org/kg/ontology#Person"), FACTS)
        in STORE
    )
