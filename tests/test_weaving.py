"""A graph woven of the one before has the bytes of one that is written anew, whatever lay there."""

import os
import signal
import sys
from collections.abc import Collection
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import DOCUMENTS, RUN, SAID, SOURCES, STATEMENTS

from kg.engines import beside as module
from kg.engines.beside import beside
from kg.errors import GraphError
from kg.facts import stored
from kg.facts.stored import divide
from kg.model import Evidence, Passage, Statement
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf import changes, survey, weaving
from kg.rdf.dataset import make_pieces
from kg.rdf.hashed import Hashed, hash_file
from kg.rdf.index import FILE
from kg.rdf.pieces import Piece
from kg.rdf.quads import make_writer
from kg.rdf.terms import BASE
from kg.rdf.weaving import write_lines

OTHERS = tuple(replace(SAID, passage=Passage("b.md", 0, 29, text)) for text in ("Ann Bo rules Chile.", "It rained."))
MORE = tuple(
    replace(one, evidence=(*one.evidence, *others))
    for one in STATEMENTS[:6]
    for others in (OTHERS[:1], OTHERS, OTHERS[1:])
)
SETS = st.sets(st.sampled_from(range(len(STATEMENTS) + len(MORE))), min_size=1)


def choose(numbers: Collection[int]) -> tuple[Statement, ...]:
    """Some statements, each triple once."""
    found = {(one.subject, one.predicate, one.object): one for n in sorted(numbers) for one in [(STATEMENTS + MORE)[n]]}
    return tuple(found[key] for key in sorted(found, key=str))


def write(folder: Path, statements: Collection[Statement], *, held: Path | None = None, **given: object) -> bytes:
    """The graph of the statements, woven of the one ``held``, and its index."""
    folder.mkdir(exist_ok=True)
    options = {"sources": SOURCES, "documents": DOCUMENTS, "edition": "as now", "more": (), "shares": 1, **given}
    writer = make_writer(BASE, options["sources"])
    first, *others = divide(tuple(statements), options["shares"])
    pieces = partial(
        make_pieces,
        first,
        options["documents"],
        writer,
        run=RUN,
        ontology_folder=ONTOLOGY_FOLDER,
        more=options["more"],
    )
    shares = [pieces, *(partial(iter, other) for other in others)]
    elsewhere = options.get("beside", partial(beside, apart=False))
    write_lines(shares, writer, folder, held or folder / "none", options["edition"], elsewhere, run=3000)
    return (folder / "graph.nq").read_bytes() + (folder / FILE).read_bytes()


@given(before=SETS, after=SETS)
def test_whatever_was_there_before_the_bytes_are_the_same(before, after, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("woven")
    write(folder / "before", choose(before))
    woven = write(folder / "after", choose(after), held=folder / "before")
    assert woven == write(folder / "anew", choose(after))


@given(before=SETS, after=SETS, shares=st.integers(2, 4), together=st.integers(1, 3))
def test_however_pieces_are_shared_the_bytes_are_the_same(
    before, after, shares: int, together: int, tmp_path_factory: pytest.TempPathFactory
):
    folder = tmp_path_factory.mktemp("woven")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stored, "_TOGETHER", together)
        for name, told in (("before", before), ("after", after)):
            held = folder / "before" if name == "after" else None
            shared = write(folder / f"shared {name}", choose(told), held=held, shares=shares)
            assert shared == write(folder / name, choose(told), held=held)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")
@pytest.mark.parametrize("died", [True, False])
def test_what_a_copy_left_is_woven_too_and_what_it_did_not_end_is_written_here(
    died: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    summed: list[object] = []

    def make_sums(*given: object) -> bytes:
        summed.append(given)
        if died and os.getpid() != here and len(summed) > 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given)

    here, real = os.getpid(), survey.sum_up
    monkeypatch.setattr(survey, "sum_up", make_sums)
    monkeypatch.setattr(survey, "_BATCH", 1)
    monkeypatch.setattr(stored, "_TOGETHER", 2)
    monkeypatch.setattr(module, "choose_start", lambda: "fork")
    whole = write(tmp_path / "before", STATEMENTS)
    pieces = len(summed)
    summed.clear()
    assert write(tmp_path / "after", STATEMENTS, shares=2, beside=partial(beside, apart=True)) == whole
    assert len(summed) == pieces if died else len(summed) < pieces


def name(piece: Piece, part: int) -> str:
    return "evidence" if part else type(piece).__name__.lower()


def count_written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    written: list[str] = []
    real = changes.write_part
    for writing in (survey, changes):
        monkeypatch.setattr(writing, "write_part", lambda *given: written.append(name(*given[1:3])) or real(*given))
    return written


def test_what_is_as_it_was_is_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    written = count_written(monkeypatch)
    first = write(tmp_path / "before", STATEMENTS)
    assert written
    written.clear()
    assert write(tmp_path / "after", STATEMENTS, held=tmp_path / "before") == first
    assert written == []
    write(tmp_path / "less", STATEMENTS[1:], held=tmp_path / "before")
    assert set(written) == {"statement"}  # which hold the other facts of what lost one; no evidence, no text
    assert len(written) < len(STATEMENTS) - 1


@pytest.mark.parametrize(
    "change",
    [
        {"sources": {}},
        {"documents": (replace(DOCUMENTS[0], title="Another"),)},
        {"documents": (replace(DOCUMENTS[0], text="Another."),)},
        {"more": ("<urn:a> <urn:b> <urn:c> <urn:g> .\n",)},
    ],
)
def test_whatever_a_record_tells_is_told_as_it_is_now(change: dict[str, object], tmp_path: Path):
    before = write(tmp_path / "before", STATEMENTS)
    after = write(tmp_path / "after", STATEMENTS, held=tmp_path / "before", **change)
    assert before != after == write(tmp_path / "anew", STATEMENTS, **change)


def test_a_sentence_that_became_another_in_the_same_place_is_written(tmp_path: Path):
    def state(text: str) -> tuple[Statement, ...]:
        evidence: Evidence = replace(SAID, passage=SAID.passage._replace(text=text))
        return (replace(STATEMENTS[0], evidence=(evidence,)),)

    write(tmp_path / "before", state("Ann Bo is president."))
    after = write(tmp_path / "after", state("Ann Bo is a president."), held=tmp_path / "before")
    assert after == write(tmp_path / "anew", state("Ann Bo is a president."))
    assert b'"Ann Bo is president."' not in after


def shift_word(content: bytes, place: int) -> bytes:
    """One word of the arrays is three more; -1 is the length of the graph, before it is where the last begins."""
    head, _, body = content.partition(b"\n")
    words = np.frombuffer(body, dtype="<u8").copy()
    words[place] += 3
    return head + b"\n" + words.tobytes()


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        (FILE, lambda content: b""),
        (FILE, lambda content: content[:-8]),
        (FILE, lambda content: content[:-1]),
        (FILE, lambda content: content.replace(b"as now", b"before")),
        (FILE, lambda content: shift_word(content, -2)),
        (FILE, lambda content: shift_word(content, 1)),
        ("graph.nq", lambda content: content.replace(b"CT-", b"CT+")),
        ("graph.nq", lambda content: content[:-100]),
    ],
)
def test_of_what_was_damaged_or_made_otherwise_nothing_is_taken(
    name: str, damage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    whole = write(tmp_path / "before", STATEMENTS)
    path = tmp_path / "before" / name
    path.write_bytes(damage(path.read_bytes()))
    written = count_written(monkeypatch)
    assert write(tmp_path / "after", STATEMENTS, held=tmp_path / "before") == whole
    assert "statement" in written


def test_another_edition_takes_nothing_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(tmp_path / "before", STATEMENTS, edition="as now, in another base")
    written = count_written(monkeypatch)
    write(tmp_path / "after", STATEMENTS, held=tmp_path / "before")
    assert "statement" in written


def test_an_index_that_can_not_be_written_is_told_and_leaves_no_half_of_it(tmp_path: Path):
    (tmp_path / FILE).mkdir()
    with pytest.raises(GraphError, match=FILE.replace(".", r"\.")):
        write(tmp_path, STATEMENTS)
    assert not list(tmp_path.glob("*.part"))


def test_a_graph_that_goes_as_it_is_copied_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def check_and_lose(*given: object) -> bool:
        sound = real(*given)
        (tmp_path / "before" / "graph.nq").unlink()
        return sound

    write(tmp_path / "before", STATEMENTS)
    real = weaving.is_of
    monkeypatch.setattr(weaving, "is_of", check_and_lose)
    with pytest.raises(GraphError, match="No such file"):
        write(tmp_path / "after", STATEMENTS, held=tmp_path / "before")


def test_what_is_copied_and_written_is_hashed(tmp_path: Path):
    parts = [bytes([number]) * length for number, length in enumerate((5, 1 << 18, 300_000, 1, 0, (1 << 18) - 1, 7))]
    before, after = tmp_path / "before", tmp_path / "after"
    before.write_bytes(b"".join(parts))
    with before.open("rb", buffering=0) as lines, after.open("wb") as file:
        hashed, start = Hashed(file), 0
        for part in parts:
            hashed.write(part)
            hashed.copy(lines, start, start + len(part))
            start += len(part)
        found = hashed.finish()
        with pytest.raises(OSError, match="shorter"):
            hashed.copy(lines, start - 1, start + 1)
    assert after.read_bytes() == b"".join(part + part for part in parts)
    assert found == hash_file(after) != hash_file(before)
