"""The dataset as files and as answers."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse
from rdflib import Graph
from samples import ARREST, DOCUMENTS, HOSTILE, RUN, SAID, SOURCES, STATEMENTS, sample_store, serialize_facts

from kg.errors import GraphError, QueryError
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf import turtle
from kg.rdf.answers import format_answer
from kg.rdf.base import find_base
from kg.rdf.dataset import make_store, write_quads
from kg.rdf.explanation import explain, format_proofs
from kg.rdf.export import FORMATS, export_graph
from kg.rdf.files import read_store, write_atomically
from kg.rdf.quads import name_document
from kg.rdf.queries import bind_parameters, load_queries
from kg.rdf.shacl import validate
from kg.rdf.sparql import run_query
from kg.rdf.terms import to_curie, to_iri
from kg.rdf.turtle import serialize, write_facts

STORE = sample_store()
QUERIES = load_queries(ONTOLOGY_FOLDER)


def answer(text: str, kind: str = "csv") -> str:
    return format_answer(run_query(STORE, text), kind)


def named(name: str, *values: str) -> list[str]:
    text = format_answer(run_query(STORE, bind_parameters(QUERIES[name], values)), "tsv")
    return text.splitlines()[1:]


def test_facts_hold_what_is_asserted_and_only_that():
    turtle = serialize_facts(STORE).decode()
    assert "person:ann-bo a kg:Agent , kg:Person , kg:Politician , kg:President ;" in turtle
    assert "kg:presidentOf place:chile" in turtle
    assert '"1960-05"^^xsd:gYearMonth' in turtle
    assert "arrest" not in turtle.lower()


def test_turtle_is_read_back_by_strict_parsers_with_the_same_triples():
    turtle = serialize_facts(STORE)
    ours = {str(quad.triple) for quad in parse(input=turtle, format=RdfFormat.TURTLE)}
    assert len(ours) == len(Graph().parse(data=turtle, format="turtle"))
    assert ours == {str(quad.triple) for quad in STORE if str(quad.graph_name).endswith("graph/facts>")}
    assert b"_:" not in turtle


@pytest.mark.parametrize("store", [STORE, Store()], ids=["facts", "none"])
@pytest.mark.parametrize("subjects", [1, 2, 1000])
def test_facts_are_the_same_in_parts(subjects: int, store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turtle, "_SUBJECTS", subjects)
    assert serialize_facts(store) == serialize(store, [NamedNode(to_iri("kgg:facts"))])


def test_facts_of_any_base_have_classes_first():
    base = "http://a.example/"  # comes before that of rdf:type
    store = sample_store(base)
    facts = serialize_facts(store, base)
    assert facts == serialize(store, [NamedNode(to_iri("kgg:facts", base))], base)
    assert all(b" a " in block.splitlines()[0] for block in facts.split(b"\n\n")[1:] if b" a " in block)


def test_facts_without_our_prefixes_are_the_same_in_parts(monkeypatch: pytest.MonkeyPatch):
    store = Store()
    store.extend(
        Quad(*(NamedNode(f"urn:{name}{n}") for name in "spo"), NamedNode(to_iri("kgg:facts"))) for n in range(5)
    )
    monkeypatch.setattr(turtle, "_SUBJECTS", 2)
    assert serialize_facts(store) == serialize(store, [NamedNode(to_iri("kgg:facts"))])


def test_statements_carry_evidence_with_offsets_and_source():
    rows = answer(
        "SELECT ?f ?start ?end ?text ?says ?who WHERE { GRAPH kgg:statements { ?s rdf:predicate kg:target ;"
        " kg:factuality ?f ; kg:evidence ?e . ?e kg:sourceText ?says ; kg:attributedTo ?who ; kg:passage ?p ."
        " ?p kg:start ?start ; kg:end ?end ; kg:text ?text } }"
    ).splitlines()[1:]
    assert rows == [
        "CT-,30,67,The police deny the arrest of Ann Bo.,The police,https://example.org/kg/id/organization/police"
    ]


ACTIVITY = "SELECT ?p ?o { GRAPH kgg:%s { ?run a prov:Activity ; ?p ?o } } ORDER BY ?p"


def test_what_made_the_graph_is_told_once_a_run_without_a_clock():
    told = dict(line.split(",", 1) for line in answer(ACTIVITY % "statements").splitlines()[1:])
    assert {iri.rpartition("#")[2]: value for iri, value in told.items() if "/ontology#" in iri} == {
        "tool": "kg 0",
        "model": "none 0",
        "ontologyHash": "0" * 16,
        "inputHash": "1" * 16,
        "settings": "base b; names none; decisions 0",
    }
    assert told["http://www.w3.org/ns/prov#used"].endswith("document/a.md")
    assert "Time" not in str(told)
    for graph in ("facts", "statements"):
        assert answer(f"ASK {{ GRAPH kgg:{graph} {{ kgg:{graph} prov:wasGeneratedBy ?run }} }}", "table") == "yes\n"


def test_a_stamped_graph_has_the_times_of_its_run_and_is_else_the_same():
    times = ("2020-01-01T00:00:00Z", "2020-01-01T00:01:00Z")
    stamped = make_store(
        STATEMENTS, DOCUMENTS, run=replace(RUN, times=times), ontology_folder=ONTOLOGY_FOLDER, sources=SOURCES
    )
    added = {str(quad.object) for quad in set(stamped) - set(STORE)}
    assert added == {f'"{time}"^^<http://www.w3.org/2001/XMLSchema#dateTime>' for time in times}


def test_low_scores_are_candidates_not_facts():
    weak = [replace(item, evidence=(replace(SAID, score=0.4),)) for item in STATEMENTS]
    store = make_store(weak, DOCUMENTS, run=RUN, ontology_folder=ONTOLOGY_FOLDER)
    assert b"presidentOf" not in serialize_facts(store)


def test_what_is_written_is_read_back(tmp_path: Path):
    write_quads(STORE, tmp_path / "graph.nq")
    assert set(map(str, read_store(tmp_path))) == set(map(str, STORE))
    assert (tmp_path / "graph.nq").read_text().splitlines() == sorted((tmp_path / "graph.nq").read_text().splitlines())


def test_order_of_statements_changes_no_byte(tmp_path: Path):
    other = make_store(reversed(STATEMENTS), DOCUMENTS, run=RUN, ontology_folder=ONTOLOGY_FOLDER, sources={})
    write_facts(STORE, tmp_path / "a.ttl")
    write_facts(other, tmp_path / "b.ttl")
    assert (tmp_path / "a.ttl").read_bytes() == (tmp_path / "b.ttl").read_bytes()


def test_the_base_is_ones_own():
    store = sample_store("https://news.example/graph/")
    assert find_base(store) == "https://news.example/graph/"
    assert b"example.org" not in serialize_facts(store, "https://news.example/graph/")


@pytest.mark.parametrize("local", ["a b", "<x>", 'q"', "a\nb", "ñandú", "\u202e", "a\\b", "{}", "\ud800", "%41"])
def test_iris_are_minted_whole(local: str):
    iri = to_iri(f"kgr:person/{local}")
    assert not set(iri) & set('<>" {}|\\^`\n\u202e\ud800')
    assert to_curie("https://example.org/kg/id/person/a") == "kgr:person/a"


REFUSED = [
    ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT changes the graph"),
    ("SELECT * WHERE { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE asks another server"),
    ("SELECT * FROM <http://example.org/> WHERE { ?s ?p ?o }", "FROM names another dataset"),
    ("SELECT * { ?s ?p 1SERVICE <http://example.org/> { ?a ?b ?c } }", "column 19: SERVICE asks another server"),
    ("SELECT * { ?s ?p .5e5SERVICE <http://example.org/> { ?a ?b ?c } }", "SERVICE asks another server"),
    ("SELECT * { ?s ?p trueSERVICE <http://example.org/> { ?a ?b ?c } }", "SERVICE asks another server"),
    ("SELECT * { ?s ?p 'a'@en--ltrSERVICE <http://example.org/> { ?a ?b ?c } }", "SERVICE asks another server"),
    ("SELECT * { ServiceSilent <http://example.org/> { ?s ?p ?o } }", "SERVICE asks another server"),
    ("SELECT * { SERVICEkg:x { ?s ?p ?o } }", "SERVICE asks another server"),
    ("SELECT * { ?s ?p kg:o.\nSERVICE kg:x { ?s ?p ?o } }", "line 2, column 1: SERVICE asks another server"),
    ("SELECT * { ?s ?p true.SERVICEkg:x { ?a ?b ?c } }", "SERVICE asks another server"),
    ("ASKFROM <http://example.org/> { ?s ?p ?o }", "FROM names another dataset"),
    ("# a comment\ndelete where { ?s ?p ?o }", "line 2, column 1: DELETE"),
    ("SELECT * WHERE { ?s ?p }", "line 1, column 25: expected"),
    ("SELECT * WHERE { ?s ?p ?o", "line 1, column 26: a bracket is not closed"),
    ("SELEC * WHERE { ?s ?p ?o }", r"line 1, column 1: SELEC; did you mean SELECT\?"),
    ("SELECT *\nWHER { ?s ?p ?o }", r"line 2, column 1: WHER; did you mean WHERE\?"),
    ("SELECT (MIN(?o) AS ?x) { ?s ?p ?o", "line 1, column 34: a bracket is not closed"),
    ("SELECT * { ?s ?p ?o FILTER(REGX(?o, 'a')) }", r"column 28: REGX; did you mean REGEX\?"),
    ("SELECT (COUNT(?x)) { ?x ?y ?z }", "column 23: expected"),
    ("SELECT * { ?s ?p }", "column 19: expected something else before this"),
    (" # nothing", "^query: it is empty"),
    ("", "^query: it is empty"),
    ("SELECT * { ?s my:own ?o }", "no prefix my:; declare it with PREFIX"),
    ("SELECT ?s ?s { ?s ?p ?o }", "Duplicated variable name"),
    ("SELECT * { ?s kg:presidntOf ?o }", r"column 15: no property kg:presidntOf; did you mean kg:presidentOf\?"),
    ("SELECT * {\n ?s a kg:Persn }", r"line 2, column 7: no class kg:Persn; did you mean kg:Person\?"),
    ("SELECT * { ?s kg:zzzzzzzz ?o }", r"no property kg:zzzzzzzz \(see"),
    ("CONSTRUCT { ?x kg:mine ?y } { ?x kg:presidntOf ?y }", r"no property kg:presidntOf; did you mean"),
    ("CONSTRUCT WHERE { ?x kg:presidntOf ?y }", "no property kg:presidntOf"),
    ("PREFIX kg: <https://example.org/kg/ontology#> SELECT * { ?s kg:zzz ?o }", "no property kg:zzz"),
    ("SELECT * { ?s kg:zzz 'PREFIX kg: <http://other.example/>' }", "no property kg:zzz"),
    ("SELECT * " + "{" * 300, "more than 200 brackets deep"),
    ("ASK { ?s ?p '" + "x" * (1 << 20) + "' }", "longer than 1,048,576 characters"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[text[:60] for text, _ in REFUSED])
def test_queries_that_write_reach_out_or_are_broken_are_refused(text: str, message: str):
    with pytest.raises(QueryError, match=message):
        run_query(STORE, text)


ALLOWED = [
    'SELECT ?x WHERE { ?x rdfs:label "SERVICE DELETE" }',
    "SELECT ?x WHERE { ?x a <http://example.org/INSERT> } # DROP",
    "SELECT ?insert WHERE { ?insert a kg:Person }",
    "CONSTRUCT { ?x kg:mine true } WHERE { ?x a kg:Person }",
    "CONSTRUCT # {\n{ ?x kg:mine [ kg:own true ] . ?x kg:new 1 } WHERE { ?x a kg:Person }",
    "prefix kg: # ours is another\n<http://other.example/> SELECT ?x WHERE { ?x kg:bar ?y }",
    "SELECT ?x WHERE { GRAPH ?g { ?x kg:factuality ?f } }",
    "SELECT ?x WHERE { ?x rdfs:label 'kg:nothing' }",
    "SELECT ?x WHERE { kgr:place\\/load ?x kgr:drop%2Fclear }",
    "PREFIX ex.add: <http://example.org/> SELECT ?x WHERE { ex.add:add.drop ?x ex.add:a-b.from }",
    "SELECT ?x WHERE { ?x rdfs:label 'a'@en-service }",
]


@pytest.mark.parametrize("text", ALLOWED)
def test_words_in_strings_iris_comments_and_variables_are_no_keywords(text: str):
    run_query(STORE, text)


def test_answers_in_every_form():
    assert answer("ASK { kgr:person\\/ann-bo kg:presidentOf ?c }", "table") == "yes\n"
    assert (
        answer("SELECT ?c WHERE { ?p kg:presidentOf ?c }", "table") == "c\n---------------\nkgr:place/chile\n(1 row)\n"
    )
    assert '"value":"https://example.org/kg/id/place/chile"' in answer(
        "SELECT ?c WHERE { ?p kg:presidentOf ?c }", "json"
    )
    assert "presidentOf" in answer("CONSTRUCT { ?p kg:presidentOf ?c } WHERE { ?p kg:presidentOf ?c }", "turtle")
    with pytest.raises(QueryError, match="only CONSTRUCT"):
        answer("ASK { ?s ?p ?o }", "turtle")


def test_tables_are_cut_and_say_so_and_graphs_are_whole_or_not_given():
    query, told = "SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", "(2 rows, and more: add LIMIT and OFFSET)\n"
    assert format_answer(run_query(STORE, query), rows=2).endswith(told)
    assert format_answer(run_query(STORE, query), "markdown", rows=2).endswith(told)
    whole = "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }"
    with pytest.raises(QueryError, match="more than 2 triples"):
        format_answer(run_query(STORE, whole), "turtle", rows=2)
    with pytest.raises(QueryError, match="give a graph, no csv"):
        format_answer(run_query(STORE, whole), "csv")


@pytest.mark.parametrize("kind", ["csv", "tsv", "json", "xml"])
def test_rows_for_programs_are_whole_or_not_given(kind: str):
    query = 'SELECT ?x { VALUES ?x { "two\\nlines" 2 3 } }'
    assert format_answer(run_query(STORE, query), kind, rows=3) == answer(query, kind)
    with pytest.raises(QueryError, match="more than 2 rows"):
        format_answer(run_query(STORE, query), kind, rows=2)


def test_markdown_is_text_and_no_markup():
    shown = answer('SELECT ?x { VALUES ?x { "a|b <script> `c` _d_" } }', "markdown")
    assert shown == "| x |\n| --- |\n| a\\|b &lt;script&gt; \\`c\\` \\_d\\_ |\n"


def test_a_table_holds_no_control_characters():
    shown = answer("SELECT ?x WHERE { ?s skos:altLabel ?x }", "table")
    assert "\u202e" not in shown
    assert len(shown.splitlines()) == 4


def test_named_queries():
    assert named("presidents") == ['"Ann Bo"\t"Chile"\t1']
    assert named("events") == []
    assert named("relations") == ['"Ann Bo"\t"president of"@en\t"Chile"']
    assert named("places") == ['"Chile"\t"country"@en\t']
    assert named("single-source") == ['"Ann Bo"\t"president of"@en\t"Chile"\t"A day"']
    assert '"Ann Bo"\t"president of"@en\t"Chile"' in named("who-is", "ann b")
    assert named("disputed") == named("timeline") == named("organizations") == []
    assert any("Arrest of Ann Bo — target — Ann Bo" in row and '"The police"' in row for row in named("claims"))
    assert any('"CT-"' in row for row in named("evidence", "ann bo"))


def test_every_named_query_says_what_it_answers():
    assert len(QUERIES) >= 10
    assert [query.name for query in QUERIES.values() if not query.description.endswith(".")] == []


@pytest.mark.parametrize("value", ['" } SELECT', "\\", "a\nb", "}", HOSTILE])
def test_parameters_are_terms_and_never_syntax(value: str):
    found = named("who-is", value)
    assert bool(found) == (value in HOSTILE)


def test_a_value_can_not_reach_into_another():
    values = ("2005", "2006", "VALUES ?area { UNDEF }", '} SELECT * { ?s ?p ?o } #"')
    text = bind_parameters(QUERIES["between"], values)
    assert format_answer(run_query(STORE, text), "csv").splitlines() == ["date,type,event,place"]
    assert text.count("UNDEF") == 1, "what looks like a parameter in a value is the value's"
    with pytest.raises(QueryError, match="half of a character"):
        bind_parameters(QUERIES["who-is"], ("\ud800",))


@pytest.mark.parametrize("name", ["a b.txt", "100%.txt", "a%20b.txt", "ñ/ü.txt", '"<>.txt'])
def test_a_document_is_named_as_its_iri_is_shortened(name: str):
    curie = name_document(name)
    iri = NamedNode(to_iri(curie)).value
    assert to_curie(iri) == curie
    assert unquote(iri.partition("/id/document/")[2]) == name


def test_parameters_are_counted():
    with pytest.raises(QueryError, match="who-is takes NAME"):
        bind_parameters(QUERIES["who-is"], ())


@pytest.mark.parametrize("day", ["yesterday", "2005-13", "2005-04-32", "", '2005" } #'])
def test_a_day_that_is_none_is_refused(day: str):
    with pytest.raises(QueryError, match="in-office: DAY is a date as 2005-04-20"):
        bind_parameters(QUERIES["in-office"], ("president", day))


def test_explaining_a_fact_and_a_denied_thing():
    proofs = explain(STORE, ["ann bo", "presidentOf", "Chile"])
    assert [(proof.text, proof.document, proof.start, proof.end) for proof in proofs] == [
        (SAID.passage.text, "a.md", 0, 29)
    ]
    shown = format_proofs(explain(STORE, [ARREST]))
    assert "[not a fact: CT-]" in shown
    assert "said by The police" in shown
    assert explain(STORE, ["Nobody"]) == ()
    with pytest.raises(QueryError, match="no predicate 'presidntOf'; did you mean 'presidentOf'"):
        explain(STORE, ["ann bo", "presidntOf", "Chile"])


def test_the_names_of_a_thing_come_first_each_with_its_sentence():
    proofs = explain(STORE, ["Ann Bo"])
    assert [(proof.predicate, proof.object, proof.start) for proof in proofs[:3]] == [
        ("is called", "Ann Bo", 0),
        ("is also called", HOSTILE, 0),
        ("is a", "agent", 0),
    ]
    assert "is called" not in {proof.predicate for proof in explain(STORE, [ARREST])}, "no text says 'Arrest of Ann Bo'"


def test_a_sound_graph_conforms_and_a_broken_one_is_told_in_words():
    assert validate(STORE) == ()
    broken = make_store(
        [replace(STATEMENTS[5], object="kgr:person/ann-bo"), *STATEMENTS[:4]],
        DOCUMENTS,
        run=RUN,
        ontology_folder=ONTOLOGY_FOLDER,
    )
    assert any("president of" in problem.message for problem in validate(broken))


@pytest.mark.parametrize("kind", FORMATS)
def test_exports(kind: str):
    content = export_graph(STORE, kind)
    assert b"Ann Bo" in content
    assert b"presidentOf" in content or b"president of" in content


def test_an_unknown_format_is_refused():
    with pytest.raises(GraphError, match="no format xls"):
        export_graph(STORE, "xls")


def test_a_graph_that_is_missing_broken_or_foreign_is_one_line(tmp_path: Path):
    with pytest.raises(GraphError, match="no such graph"):
        read_store(tmp_path)
    (tmp_path / "graph.nq").write_text("not rdf")
    with pytest.raises(GraphError, match="is no N-Quads"):
        read_store(tmp_path)
    (tmp_path / "graph.nq").write_text("<a:a> <a:b> <a:c> <a:d> .\n")
    with pytest.raises(GraphError, match="is no graph of kg"):
        read_store(tmp_path)


def test_a_file_that_cannot_be_written_is_one_line_and_leaves_nothing(tmp_path: Path):
    with pytest.raises(GraphError, match="choose a folder"):
        write_atomically(tmp_path / "none" / "a.ttl", b"x")
    assert list(tmp_path.iterdir()) == []
