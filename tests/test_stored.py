"""What is more than memory holds lies on disk, and nobody sees a difference."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import records
from kg.build import build_graph
from kg.errors import GraphError
from kg.facts import gathering, stored
from kg.facts.gathering import Gathered, gather, order, order_evidence, sort_evidence
from kg.facts.rows import pack_evidence, unpack_evidence
from kg.facts.stored import Stored, add, keep
from kg.model import (
    Document,
    Evidence,
    Extraction,
    Factuality,
    Form,
    Mention,
    Passage,
    Relation,
    Statement,
    Value,
    know_id,
)
from kg.sources import count_sources

SOURCE = Mention(Passage("b", 3, 9, "Ann Bo"), "kg:Person", Form.NAME, "", "Ann Bo")
NAMES = ("kgr:person/ann", "kgr:person/bo", "kgr:place/città")
ENDS = (*NAMES, Value("2021", "xsd:gYear"), Value("2021", "xsd:string"))
TRIPLES = st.tuples(st.sampled_from(NAMES), st.sampled_from(("kg:knows", "rdf:type")), st.sampled_from(ENDS))
PIECES = st.builds(
    Evidence,
    st.builds(Passage, st.sampled_from("ab"), st.integers(0, 9), st.integers(10, 12), st.just("Ann 'Bo' – \x00.")),
    st.sampled_from(Factuality),
    st.sampled_from(("is", "frame: knows")),
    st.sampled_from((0.4, 0.7, 1.0)),
    st.sampled_from((None, SOURCE)),
)
ELSEWHERE = SOURCE._replace(passage=Passage("b", 30, 36, "Ann Bo"))
NEAR = st.builds(
    Evidence,
    st.sampled_from((Passage("a", 0, 7, "Ann is."), Passage("a", 8, 15, "Bo was."))),
    st.sampled_from((Factuality.FACT, Factuality.POSSIBLE)),
    st.sampled_from(("is", "was")),
    st.just(1.0),
    st.sampled_from((None, SOURCE, ELSEWHERE)),
)
"""Pieces of which many are alike."""
FOUND = st.lists(st.tuples(TRIPLES, PIECES), max_size=30)


@given(PIECES)
def test_evidence_is_unpacked_as_it_was_packed(evidence: Evidence):
    assert unpack_evidence(pack_evidence(evidence)) == evidence
    assert unpack_evidence(pack_evidence(know_id(replace(evidence), "0123456789abcdef"))).id == "0123456789abcdef"


@pytest.mark.parametrize("told", [None, "0123456789abcdef"])
def test_an_id_that_a_line_tells_is_not_made_again_and_one_left_out_is(told: str | None):
    passage = Passage("a", 0, 7, "Ann is.")
    relation = Relation(
        Mention(Passage("a", 0, 3, "Ann"), "kg:Person", Form.NAME),
        "rdf:type",
        "kg:Person",
        Evidence(passage, Factuality.FACT, "is", 1.0),
    )
    line = json.loads(records.write_line(Extraction(Document("a", "Ann is."), (), (relation,))))
    line["relations"][0][-1:] = [told] if told else []
    (found,) = records.read_line(json.dumps(line, separators=(",", ":")).encode(), "here").relations
    assert found == relation
    assert found.evidence.id == (told or relation.evidence.id)


@pytest.mark.parametrize("told", [7, [1], "zz", "ab", "0123456789abcdeg", "0123456789abcdef0"])
def test_what_is_no_id_is_told_with_its_line(told: object):
    relation = [0, "rdf:type", "kg:Person", 0, 7, "CT+", "is", 1.0, None, told]
    line = {
        "document": json.loads(records.write_line(Extraction(Document("a", "Ann is."), (), ())))["document"],
        "mentions": [[0, 3, "kg:Person", "name"]],
        "chains": [],
        "relations": [relation],
    }
    with pytest.raises(GraphError, match=r"^here: is no extraction"):
        records.read_line(json.dumps(line).encode(), "here")


def test_all_that_evidence_is_decides_its_id():
    whole = Evidence(Passage("a", 0, 7, "Ann is."), Factuality.FACT, "is", 1.0)
    assert whole.id == "b191c79d9b7587ee"  # the names in graphs begin with it
    others = [
        replace(whole, **change)
        for change in (
            {"passage": Passage("b", 0, 7, "Ann is.")},
            {"passage": Passage("a", 1, 7, "Ann is.")},
            {"passage": Passage("a", 0, 7, "Bo is.")},
            {"factuality": Factuality.POSSIBLE},
            {"rule": "was"},
            {"score": 0.9},
            {"source": SOURCE},
        )
    ]
    assert len({each.id for each in (whole, *others)}) == 1 + len(others)


@given(st.lists(NEAR, max_size=12))
def test_evidence_is_sorted_and_each_piece_is_there_once(found: list[Evidence]):
    unique = {(item.id, item.source): item for item in found}
    assert sort_evidence(found) == tuple(sorted(unique.values(), key=order_evidence))


@given(FOUND)
def test_evidence_gathered_on_disk_is_that_gathered_in_memory(tmp_path_factory: pytest.TempPathFactory, found: list):
    whole = list(map(tell, gather(found)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "MOST", 3)
        apart = list(map(tell, gather(found, tmp_path_factory.mktemp("runs"))))
    assert apart == whole
    assert [subject for subject, _ in whole] == sorted({triple[0] for triple, _ in found})
    assert [triple for _, held in whole for triple, _ in held] == sorted({triple for triple, _ in found}, key=order)


def tell(gathered: Gathered) -> tuple[str, list]:
    subject, held = gathered
    return subject, [(triple, sorted(held[triple], key=repr)) for triple in sorted(held, key=order)]


def make_statements(count: int) -> tuple[Statement, ...]:
    pieces = [
        Evidence(Passage(name, 0, 3, "Ann is."), Factuality.FACT, "is", 1.0, source)
        for name, source in (("a", None), ("b", SOURCE))
    ]
    return tuple(
        Statement(f"kgr:person/p{number:02}", "kg:age", Value(str(number), "xsd:decimal"), tuple(pieces))
        for number in range(count)
    )


def test_statements_on_disk_are_the_same_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made = make_statements(20)
    monkeypatch.setattr(stored, "MOST", 10)
    kept = keep(iter(made), tmp_path)
    assert isinstance(kept, Stored)
    assert (len(kept), tuple(kept), tuple(kept)) == (20, made, made)
    assert list(map(count_sources, kept)) == list(map(count_sources, made))


def test_the_very_same_evidence_is_the_same_when_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (one, other) = make_statements(2)
    made = [replace(one, predicate="rdf:type", object=kind) for kind in ("kg:Agent", "kg:Person")] + [other]
    monkeypatch.setattr(stored, "MOST", 1)
    agent, person, last = keep(made, tmp_path)
    assert agent.evidence is person.evidence
    assert last.evidence == person.evidence
    assert last.evidence is not person.evidence


def test_few_statements_stay_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stored, "MOST", 40)
    assert keep(make_statements(20), tmp_path) == make_statements(20)
    assert keep(make_statements(30)) == make_statements(30)  # there is no folder for them
    assert not list(tmp_path.iterdir())


def test_statements_that_are_added_stand_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    made = make_statements(20)
    monkeypatch.setattr(stored, "MOST", 4)
    kept = add(keep((*made[:3], *made[4:]), tmp_path), made[3:4])
    assert isinstance(kept, Stored)
    assert (len(kept), tuple(kept)) == (20, made)
    assert add(made[1:], made[:1]) == made


@pytest.mark.slow
def test_a_build_that_memory_does_not_hold_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    texts = Path(__file__).parents[1] / "examples" / "ecuador"
    build_graph([texts], tmp_path / "whole")
    monkeypatch.setattr(gathering, "MOST", 100)
    monkeypatch.setattr(stored, "MOST", 100)
    monkeypatch.setattr(records, "_MUCH", 0)
    made = build_graph([texts], tmp_path / "parts")
    assert made.documents == len(list(texts.glob("*.md")))
    for path in (tmp_path / "whole").iterdir():
        if path.is_file() and path.suffix in (".nq", ".ttl", ".html", ".jsonl"):
            assert path.read_bytes() == (tmp_path / "parts" / path.name).read_bytes(), path.name
    assert not list((tmp_path / "parts").glob("*statements*"))
