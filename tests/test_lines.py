"""N-Quads as we write them subject by subject, beside those that a store writes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize
from samples import DOCUMENTS, RUN, SAID, SOURCES, STATEMENTS, sample_store, serialize_facts

from kg.engines.beside import beside
from kg.model import Curie, Document, Evidence, Factuality, Passage, Statement, Value
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.dataset import list_derived, make_facts, make_pieces, write_quads
from kg.rdf.lines import write_text, write_typed
from kg.rdf.quads import make_writer, name_document
from kg.rdf.sorting import write_sorted
from kg.rdf.tables import Row
from kg.rdf.terms import BASE
from kg.rdf.weaving import write_lines
from kg.views import texts
from kg.views.choice import choose_statements
from kg.views.network import draw_records, to_network
from kg.views.rows import list_told, tell_text

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
    writer = make_writer(BASE, SOURCES)
    derived = list(list_derived(facts))
    pieces = partial(make_pieces, STATEMENTS, DOCUMENTS, writer, run=RUN, ontology_folder=ONTOLOGY_FOLDER, more=derived)
    write_lines([pieces], writer, tmp_path, tmp_path, "as now", partial(beside, apart=False), run=5000)
    write_quads(sample_store(), tmp_path / "store.nq")
    assert (tmp_path / "graph.nq").read_bytes() == (tmp_path / "store.nq").read_bytes()
    assert serialize_facts(facts) == serialize_facts(sample_store())


def test_the_network_of_records_is_that_of_the_store():
    facts = make_facts(STATEMENTS, run=RUN, ontology_folder=ONTOLOGY_FOLDER)
    ours, theirs = draw_records(STATEMENTS, DOCUMENTS, facts), to_network(sample_store())
    assert list(ours.nodes(data=True)) == list(theirs.nodes(data=True))
    assert sorted(ours.edges(keys=True), key=str) == sorted(theirs.edges(keys=True), key=str)
    for edge in theirs.edges(keys=True):
        assert ours.edges[edge] == theirs.edges[edge]
    assert ours.graph["documents"] == theirs.graph["documents"]


@pytest.mark.parametrize(("room", "whole"), [(10_000, True), (10, False)])
def test_a_network_holds_all_texts_behind_it_or_none(monkeypatch: pytest.MonkeyPatch, room: int, *, whole: bool):
    monkeypatch.setattr(texts, "MOST_TEXT", room)
    facts = make_facts(STATEMENTS, run=RUN, ontology_folder=ONTOLOGY_FOLDER)
    network = draw_records(STATEMENTS, DOCUMENTS, facts)
    assert network.graph["whole"] == whole
    assert {bool(document["text"]) for document in network.graph["documents"].values()} == {whole}


def test_of_too_many_things_the_important_ones_are_chosen_with_all_that_is_said_of_them():
    whole = choose_statements(STATEMENTS, 100, 100)
    assert whole.statements == tuple(STATEMENTS)
    part = choose_statements(STATEMENTS, 2, 100)
    named = {one.subject for one in part.statements}
    assert part.total == whole.total > len(named) == 2
    joined = [one for one in part.statements if isinstance(one.object, str) and one.predicate != "rdf:type"]
    assert joined
    assert all({one.subject, one.object} == named for one in joined)


def tie(count: int, *, most: int) -> list[Statement]:
    """So many persons, each of whom supports the first of those before, so many at ``most``."""
    names = [f"kgr:person/{number}" for number in range(count)]
    labels = [Statement(name, "rdfs:label", Value(name, "xsd:string"), (SAID,)) for name in names]
    ties = [(one, other) for number, one in enumerate(names) for other in names[: min(number, most)]]
    return [*labels, *(Statement(one, "kg:supports", other, (SAID,)) for one, other in ties)]


def list_named(statements: Iterable[Statement]) -> set[Curie]:
    return {one.subject for one in statements if one.predicate == "rdfs:label"}


@pytest.mark.parametrize(("edges", "things"), [(45, 10), (44, 9), (36, 9), (35, 8), (6, 4), (5, 3), (1, 2), (0, 1)])
def test_so_many_things_are_chosen_that_what_joins_two_of_them_is_no_more_than_the_edges(edges: int, things: int):
    told = tie(10, most=10)
    part = choose_statements(told, 100, edges)
    named = list_named(part.statements)
    assert (len(named), part.total) == (things, 10)
    whole = [one for one in told if one.subject in named and (isinstance(one.object, Value) or one.object in named)]
    assert part.statements == tuple(whole)


def test_of_things_that_too_much_joins_the_important_ones_are_chosen():
    named = list_named(choose_statements(tie(30, most=2), 100, 20).statements)
    assert 2 < len(named) < 30
    assert {"kgr:person/0", "kgr:person/1"} < named


def test_of_two_bounds_the_narrower_one_holds():
    told = tie(30, most=2)
    assert len(list_named(choose_statements(told, 5, 20).statements)) == 5
    assert choose_statements(told, 30, len(told)).statements == tuple(told)


PLACES = tuple(Passage(f"{n:02}.md", 0, 9, "It is so.") for n in range(25))
MANY = {
    place.document: tell_text(Document(place.document, "It is so.", published=date(2020, 1, 28 - n)))
    for n, place in enumerate(PLACES)
}
PLAIN = "president-noun “president”"


def cut(*kinds: tuple[int, Factuality, str]) -> list[Row]:
    """What is left of ten pieces of a statement's evidence, so many of each kind in the order of documents."""
    told = [(kind, rule) for count, kind, rule in kinds for _ in range(count)]
    evidence = tuple(Evidence(place, *found, 0.9) for place, found in zip(PLACES, told, strict=True))
    statement = Statement("kgr:place/a", "kg:locatedIn", "kgr:place/b", evidence)
    (told,) = list_told([statement], MANY, BASE, most=10)
    assert len(told.pieces) == 10
    assert told.stated["more"] == "15"
    return told.pieces


def test_of_much_evidence_each_statement_shows_its_own():
    made = [
        Statement(
            "kgr:place/a",
            f"kg:{name}",
            "kgr:place/b",
            tuple(Evidence(one, Factuality.FACT, PLAIN, 0.9) for one in part),
        )
        for name, part in (("one", PLACES[:12]), ("other", PLACES[12:24]), ("again", PLACES[12:24]))
    ]
    shown = [{row["document"] for row in told.pieces} for told in list_told(made, MANY, BASE, most=3)]
    own = [{name_document(item.passage.document) for item in one.evidence} for one in made]
    assert all(len(some) == 3 and some < all_of_it for some, all_of_it in zip(shown, own, strict=True))


@pytest.mark.parametrize("kind", [Factuality.FACT, Factuality.COUNTERFACT, Factuality.PROBABLE])
def test_of_much_evidence_what_carries_the_statement_is_shown_first(kind: Factuality):
    rows = cut((20, Factuality.UNCOMMITTED, PLAIN), (5, kind, PLAIN))
    assert [row["factuality"] for row in rows] == [kind.value] * 5 + ["Uu"] * 5


def test_of_much_evidence_the_oldest_is_shown():
    rows = cut((25, Factuality.FACT, PLAIN))
    assert {row["published"] for row in rows} == {f"2020-01-{day:02}" for day in range(4, 14)}


def test_a_piece_that_says_the_contrary_is_never_cut():
    rows = cut((20, Factuality.FACT, PLAIN), (5, Factuality.COUNTERFACT, PLAIN))
    assert "CT-" in {row["factuality"] for row in rows}
    assert "CT+" in {row["factuality"] for row in rows}


def test_a_piece_that_says_it_itself_is_never_cut():
    rows = cut((20, Factuality.FACT, f"{PLAIN}, so officialOf"), (5, Factuality.FACT, PLAIN))
    assert PLAIN in {row["rule"] for row in rows}


def test_a_page_holds_as_much_of_the_evidence_of_each_statement_as_there_is_room_for():
    def state(count: int, pieces: int) -> list[Statement]:
        evidence = tuple(replace(STATEMENTS[0].evidence[0], rule=f"rule {n}") for n in range(pieces))
        return [Statement(f"kgr:person/{n}", "rdf:type", "kg:Person", evidence) for n in range(count)]

    assert choose_statements(state(10, 200), 100, 100).evidence == 1000
    assert choose_statements(state(5000, 200), 100, 100).evidence == 20
    assert choose_statements(state(50_000, 200), 100, 100).evidence == 3
