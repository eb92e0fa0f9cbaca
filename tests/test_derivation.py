"""What follows from facts is derived, told apart from them, and says what it follows from."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Store
from samples import DENIED, DOCUMENTS, RUN, SAID, serialize_facts

from kg.cli import cli
from kg.errors import OntologyError
from kg.model import Evidence, Statement
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.conclusions import find_conclusions, format_conclusions
from kg.rdf.dataset import make_store, write_quads
from kg.rdf.derivation import derive, read_rules
from kg.rdf.files import read_store
from kg.rdf.tables import ask

Triple = tuple[str, str, str]
DERIVED = "SELECT ?s ?p ?o { GRAPH kgg:derived { ?s ?p ?o } }"
PLACES = [("kgr:a", "kg:locatedIn", "kgr:b"), ("kgr:b", "kg:locatedIn", "kgr:c"), ("kgr:c", "kg:locatedIn", "kgr:d")]


def hold(*triples: Triple, evidence: Evidence = SAID) -> list[Statement]:
    return [Statement(*triple, (evidence,)) for triple in triples]


def make(statements: list[Statement], **options: object) -> Store:
    return make_store(statements, DOCUMENTS, run=RUN, ontology_folder=ONTOLOGY_FOLDER, **options)


def derived(store: Store) -> set[Triple]:
    return {(row["s"], row["p"], row["o"]) for row in ask(store, DERIVED)}


FOLLOWS = {
    "subclass": ([("kgr:a", "rdf:type", "kg:Court")], {("rdf:type", "kg:GovernmentBody"), ("rdf:type", "kg:Agent")}),
    "subproperty": ([("kgr:a", "kg:capitalOf", "kgr:b")], {("kg:locatedIn", "kgr:b")}),
    "symmetric": ([("kgr:b", "kg:relativeOf", "kgr:a")], {("kg:relativeOf", "kgr:b")}),
    "inverse": ([("kgr:b", "kg:successorOf", "kgr:a")], {("kg:predecessorOf", "kgr:b")}),
    "inverse, backwards": ([("kgr:b", "kg:parentOf", "kgr:a")], {("kg:childOf", "kgr:b")}),
    "transitive": ([("kgr:a", "kg:partOf", "kgr:b"), ("kgr:b", "kg:partOf", "kgr:c")], {("kg:partOf", "kgr:c")}),
    "transitive over": (
        [("kgr:a", "kg:bornIn", "kgr:b"), ("kgr:b", "kg:locatedIn", "kgr:c")],
        {("kg:bornIn", "kgr:c")},
    ),
    "role": ([("kgr:a", "kg:presidentOf", "kgr:b")], {("rdf:type", "kg:President"), ("rdf:type", "kg:Politician")}),
}


@pytest.mark.parametrize("name", FOLLOWS)
def test_what_follows_by_each_rule(name: str):
    facts, expected = FOLLOWS[name]
    assert expected <= {(p, o) for s, p, o in derived(make(hold(*facts))) if s == "kgr:a"}


def test_rules_are_applied_to_what_they_derive_until_nothing_is_new():
    assert {(s, o) for s, _, o in derived(make(hold(*PLACES)))} == {
        ("kgr:a", "kgr:c"),
        ("kgr:a", "kgr:d"),
        ("kgr:b", "kgr:d"),
    }
    circle = [*PLACES, ("kgr:d", "kg:locatedIn", "kgr:a")]
    assert len(derived(make(hold(*circle)))) == 4 * 3 - 4, "each lies in each other; none in itself"


def test_nothing_is_derived_twice_or_that_a_statement_tells():
    store = make(hold(*PLACES, ("kgr:a", "kg:locatedIn", "kgr:c")))
    assert ("kgr:a", "kg:locatedIn", "kgr:c") not in derived(store)
    assert derive(store, ONTOLOGY_FOLDER / "rules") == 0


def test_what_texts_deny_is_not_derived_nor_from_what_they_deny():
    denied = hold(("kgr:a", "kg:locatedIn", "kgr:c"), evidence=DENIED)
    assert ("kgr:a", "kg:locatedIn", "kgr:c") not in derived(make([*hold(*PLACES[:2]), *denied]))
    assert derived(make(hold(*PLACES, evidence=DENIED))) == set()
    assert derived(make(hold(*PLACES, evidence=replace(SAID, score=0.4)))) == set()


def test_what_the_user_refuses_is_not_derived():
    refused = [("kgr:a", "kg:locatedIn", "kgr:c")]
    assert {(s, o) for s, _, o in derived(make(hold(*PLACES), refused=refused))} == {
        ("kgr:b", "kgr:d"),
        ("kgr:a", "kgr:d"),
    }


def test_a_derived_fact_is_explained_down_to_the_sentences():
    store = make(hold(*PLACES[:2], ("kgr:x", "kg:bornIn", "kgr:a")))
    (found,) = find_conclusions(store, ["kgr:x", "bornIn", "kgr:c"])
    assert format_conclusions([found]).splitlines() == [
        "kgr:x — born in — kgr:c   [follows: transitive-over]",
        "    kgr:x — born in — kgr:a",
        "        “Ann Bo is president of Chile.”",
        "        a.md:0-29",
        "    kgr:a — located in — kgr:c   [follows: transitive]",
        "        kgr:a — located in — kgr:b",
        "            “Ann Bo is president of Chile.”",
        "            a.md:0-29",
        "        kgr:b — located in — kgr:c",
        "            “Ann Bo is president of Chile.”",
        "            a.md:0-29",
    ]
    assert find_conclusions(store, ["kgr:x", "bornIn", "kgr:a"]) == ()


def test_kg_explain_tells_what_follows(tmp_path: Path):
    write_quads(make(hold(*PLACES[:2])), tmp_path / "graph.nq")
    done = CliRunner().invoke(cli, ["explain", "kgr:a", "locatedIn", "kgr:c", "-g", str(tmp_path)])
    assert done.exit_code == 0
    assert done.output.startswith("kgr:a — located in — kgr:c   [follows: transitive]")


def test_derived_facts_are_no_facts():
    store = make(hold(*PLACES))
    assert serialize_facts(store) == serialize_facts(make_without_rules(PLACES))
    facts = NamedNode("https://example.org/kg/graph/facts")
    assert not [
        q
        for q in store.quads_for_pattern(NamedNode("https://example.org/kg/id/b"), None, None, facts)
        if "id/d" in str(q.object)
    ]


def make_without_rules(triples: list[Triple]) -> Store:
    store = make(hold(*triples))
    for name in ("derived", "derivations"):
        store.remove_graph(NamedNode(f"https://example.org/kg/graph/{name}"))
    return store


@pytest.mark.slow
def test_the_build_draws_itself_what_one_sentence_implies(example_graph: Path):
    """Classes, wider relations, both ways and roles are facts on the evidence of the sentence; the rules agree."""
    rows = ask(read_store(example_graph), "SELECT ?rule { GRAPH kgg:derivations { ?d kg:rule ?rule } }")
    assert {row["rule"] for row in rows} == {"inverse", "transitive-over"}


def test_each_rule_says_what_it_tells_and_from_what():
    rules = read_rules(ONTOLOGY_FOLDER / "rules")
    assert [rule.name for rule in rules] == [
        "inverse", "role", "subclass", "subproperty", "symmetric", "transitive", "transitive-over"
    ]  # fmt: skip
    assert all(rule.query.startswith("# ") and rule.premises for rule in rules)


@pytest.mark.parametrize("text", ["ASK { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } WHERE { ?o ?p ?s }"])
def test_what_is_no_rule_is_refused(text: str, tmp_path: Path):
    (tmp_path / "mine.rq").write_text(text)
    with pytest.raises(OntologyError, match=r"mine\.rq: is no rule"):
        read_rules(tmp_path)


@pytest.mark.parametrize(
    "rule",
    [
        "CONSTRUCT { ?s ?p ?o } WHERE { ?o kg:partOf ?s } VALUES ?p { kg:relativeOf }",
        "CONSTRUCT { ?s ?p ?o } WHERE {\n  # the parts\n  SELECT * { ?o kg:partOf ?s VALUES ?p { kg:relativeOf } }\n}",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?o kg:partOf ?s BIND(kg:relativeOf AS ?p) FILTER NOT EXISTS { ?s ?p ?o } }",
    ],
)
def test_a_rule_of_the_users_is_asked_as_it_stands(rule: str, tmp_path: Path):
    """However it binds its triple, and whatever else holds between the two."""
    (tmp_path / "mine.rq").write_text(f"# premise: ?o kg:partOf ?s\n{rule}\n")
    store = make_without_rules([("kgr:a", "kg:partOf", "kgr:b"), ("kgr:b", "kg:locatedIn", "kgr:a")])
    assert derive(store, tmp_path) == 1
    assert derived(store) == {("kgr:b", "kg:relativeOf", "kgr:a")}


def test_the_rules_leave_out_themselves_what_is_told_already():
    """Nearly all that most of them find: left to the code, it takes several times as long."""
    assert all("FILTER NOT EXISTS { ?s ?p ?o }" in rule.query for rule in read_rules(ONTOLOGY_FOLDER / "rules"))
