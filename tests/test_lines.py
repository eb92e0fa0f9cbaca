"""N-Quads as we write them line by line, beside those that a store writes."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize
from samples import DOCUMENTS, RUN, SOURCES, STATEMENTS, sample_store

from kg.model import Curie, Document, Evidence, Factuality, Passage, Statement
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.dataset import list_derived, make_blocks, make_facts, write_quads
from kg.rdf.lines import write_text, write_typed
from kg.rdf.sorting import write_sorted
from kg.rdf.terms import BASE
from kg.rdf.turtle import serialize_facts
from kg.views.choice import choose_statements
from kg.views.network import draw_records, to_network
from kg.views.rows import list_rows

NODE = NamedNode("urn:x")


@given(st.text())
def test_a_text_is_written_as_a_store_writes_it(text: str):
    line = serialize([Triple(NODE, NODE, Literal(text))], format=RdfFormat.N_TRIPLES) or b""
    assert f"<urn:x> <urn:x> {write_text(text)} .\n".encode() == line
    (triple,) = parse(line, format=RdfFormat.N_TRIPLES)
    assert triple.object.value == text


@pytest.mark.parametrize(
    ("lexical", "datatype", "written"),
    [("0.80", "xsd:decimal", "0.8"), ("2008", "xsd:gYear", "2008"), ("P3Y", "xsd:duration", "P3Y")],
)
def test_a_value_is_written_in_the_form_a_store_gives_it(lexical: str, datatype: Curie, written: str):
    assert write_typed(lexical, datatype, BASE).startswith(f'"{written}"^^<http://www.w3.org/2001/XMLSchema#')


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n\r\0"), max_size=5)), st.integers(1, 20))
def test_lines_are_sorted_by_their_bytes_each_once_however_many_a_run_holds(tmp_path_factory, lines, run: int):
    path = tmp_path_factory.mktemp("sorted") / "lines"
    write_sorted((f"{line}\n" for line in lines), path, run=run)
    assert path.read_bytes() == b"".join(sorted({f"{line}\n".encode() for line in lines}))
    assert [other.name for other in path.parent.iterdir()] == ["lines"]


TOLD = st.tuples(st.sampled_from(["<a>", "<ab>", "<b>"]), st.frozensets(st.sampled_from(["p", "q", "q r"]), min_size=1))


@given(st.lists(TOLD), st.integers(1, 40))
def test_blocks_of_one_subject_become_one_however_many_a_run_holds(tmp_path_factory, told, run: int):
    path = tmp_path_factory.mktemp("sorted") / "lines"
    blocks = [sorted(f"{subject} {rest}\n" for rest in rests) for subject, rests in told]
    write_sorted(map("".join, blocks), path, run=run)
    assert path.read_text() == "".join(sorted({line for block in blocks for line in block}))


def test_the_lines_of_records_are_those_of_the_store(tmp_path: Path):
    facts = make_facts(STATEMENTS, run=RUN, ontology_folder=ONTOLOGY_FOLDER)
    blocks = make_blocks(STATEMENTS, DOCUMENTS, run=RUN, ontology_folder=ONTOLOGY_FOLDER, sources=SOURCES)
    write_sorted([*blocks, *list_derived(facts)], tmp_path / "lines.nq", run=5000)
    write_quads(sample_store(), tmp_path / "store.nq")
    assert (tmp_path / "lines.nq").read_bytes() == (tmp_path / "store.nq").read_bytes()
    assert serialize_facts(facts) == serialize_facts(sample_store())


def test_the_network_of_records_is_that_of_the_store():
    facts = make_facts(STATEMENTS, run=RUN, ontology_folder=ONTOLOGY_FOLDER)
    ours, theirs = draw_records(STATEMENTS, DOCUMENTS, facts), to_network(sample_store())
    assert list(ours.nodes(data=True)) == list(theirs.nodes(data=True))
    assert sorted(ours.edges(keys=True), key=str) == sorted(theirs.edges(keys=True), key=str)
    for edge in theirs.edges(keys=True):
        assert ours.edges[edge] == theirs.edges[edge]
    assert ours.graph["documents"] == theirs.graph["documents"]


def test_of_too_many_things_the_important_ones_are_chosen_with_all_that_is_said_of_them():
    whole = choose_statements(STATEMENTS, 100)
    assert whole.statements == tuple(STATEMENTS)
    part = choose_statements(STATEMENTS, 2)
    named = {one.subject for one in part.statements}
    assert part.total == whole.total > len(named) == 2
    joined = [one for one in part.statements if isinstance(one.object, str) and one.predicate != "rdf:type"]
    assert joined
    assert all({one.subject, one.object} == named for one in joined)


def test_of_much_evidence_the_best_is_shown_and_the_rest_counted():
    text = "It is said that Chile lies here. "
    places = [Passage("b.md", 33 * n, 33 * n + 32, text.strip()) for n in range(80)]
    kinds = [Factuality.POSSIBLE] * 61 + [Factuality.FACT] * 19
    said = tuple(Evidence(place, kind, "a rule", 0.9) for place, kind in zip(places, kinds, strict=True))
    statement = Statement("kgr:place/a", "kg:locatedIn", "kgr:place/b", said)
    rows = list(list_rows([statement], {"b.md": Document("b.md", text * 80)}, BASE, most=20))
    assert [row["factuality"] for row in rows] == ["CT+"] * 19 + ["PS+"]
    assert {row["more"] for row in rows} == {"60"}


def test_a_page_holds_as_much_of_the_evidence_of_each_statement_as_there_is_room_for():
    def state(count: int, pieces: int) -> list[Statement]:
        evidence = tuple(replace(STATEMENTS[0].evidence[0], rule=f"rule {n}") for n in range(pieces))
        return [Statement(f"kgr:person/{n}", "rdf:type", "kg:Person", evidence) for n in range(count)]

    assert choose_statements(state(10, 200), 100).evidence == 1000
    assert choose_statements(state(5000, 200), 100).evidence == 20
    assert choose_statements(state(50_000, 200), 100).evidence == 3
