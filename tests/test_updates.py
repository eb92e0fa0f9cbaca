"""Graphs that grow and shrink: whatever is added and taken away, they are what a build of the rest makes."""

import shutil
from pathlib import Path
from time import time_ns

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import documents, updates
from kg.build import build_graph
from kg.errors import DocumentError, GraphError
from kg.mapping import Progress
from kg.memory import FILE as MEMORY
from kg.records import FILE, read_extractions
from kg.settings import FILE as SETTINGS
from kg.settings import Settings, read_settings, write_settings
from kg.updates import add_documents, remove_documents

pytestmark = pytest.mark.slow

PLACES = ("Chile", "Peru", "Ghana")
SENTENCES = (
    "Ann Bo is the president of {}. She was born in Lima.",
    "Police in {} arrested Ann Bo on 3 May 2004.",
    "Cy Di denies that he met Ann Bo in {}.",
)
NAMES = ("a.txt", "b.txt", "c.txt")
STEPS = st.tuples(
    st.sampled_from(NAMES),
    st.none() | st.tuples(st.sampled_from(SENTENCES), st.sampled_from(PLACES)),
    st.booleans(),
)
"""A text that is written (or goes), and whether all are built then or this one is added (or taken away)."""


def take(folder: Path) -> dict[str, bytes]:
    """All files, but for what tells the times of others."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name != MEMORY}


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def change(text: Path, said: tuple[str, str] | None, out: Path, *, whole: bool) -> None:
    if said:
        text.write_text(said[0].format(said[1]))
        build_graph([text.parent], out) if whole else add_documents([text], out)
    elif text.exists() and len(list(text.parent.iterdir())) > 1:
        text.unlink()
        build_graph([text.parent], out) if whole else remove_documents([text.name], out)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=5))
def test_any_way_to_the_same_texts_makes_the_same_bytes(steps, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("ways")
    texts, out = write(folder / "texts", a="Ann Bo lives in Lima."), folder / "out"
    build_graph([texts], out)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.stamps.time_ns", lambda: time_ns() + 10**10)  # as if each step took a while
        for name, said, whole in steps:
            change(texts / name, said, out, whole=whole)
    build_graph([texts], folder / "anew")
    assert take(out) == take(folder / "anew")


def test_only_what_is_new_or_changed_is_read(tmp_path: Path):
    texts, out = write(tmp_path / "texts", a="Ann Bo lives in Lima.", b="Cy Di lives in Rome."), tmp_path / "out"
    build_graph([texts], out)
    write(texts, b="Cy Di lives in Paris.", c="Eva Fox lives in Bern.")
    read: list[Progress] = []
    build_graph([texts], out, report=read.append)
    assert [progress.document for progress in read] == ["b.txt", "c.txt"]
    assert [(progress.done, progress.all) for progress in read] == [(1, 2), (2, 2)]
    read.clear()
    remove_documents(["a.txt"], out, report=read.append)
    assert read == []
    assert "Ann Bo" not in (out / "facts.ttl").read_text()


def test_where_nothing_is_to_be_read_no_model_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    texts, out = write(tmp_path / "texts", a="Ann Bo lives in Lima.", b="Cy Di lives in Rome."), tmp_path / "out"
    build_graph([texts], out)
    before = take(out)
    monkeypatch.setattr("kg.mapping.make_reader", lambda _: pytest.fail("the model was loaded"))
    build_graph([texts], out)
    assert take(out) == before
    assert remove_documents(["b.txt"], out).documents == 1


def test_what_was_read_in_another_way_is_read_anew(tmp_path: Path):
    texts, out = write(tmp_path / "texts", a="Ann Bo lives in Lima."), tmp_path / "out"
    build_graph([texts], out)
    read: list[Progress] = []
    build_graph([texts], out, weights=None, report=read.append)
    assert len(read) == 1
    (out / "extractions.jsonl").write_bytes((out / "extractions.jsonl").read_bytes().replace(b"Lima", b"Rome"))
    build_graph([texts], out, weights=None, report=read.append)
    assert len(read) == 2
    assert "Lima" in (out / "facts.ttl").read_text()


def test_a_graph_grows_as_it_was_built(tmp_path: Path):
    (tmp_path / "own.csv").write_text("name,type,aliases,identifier\nBig Blue,kg:Company,,\n")
    texts, out = write(tmp_path / "texts", a="Ann Bo lives in Lima."), tmp_path / "out"
    options = {"base": "https://news.example/", "names": [tmp_path / "own.csv"], "texts": False, "weights": None}
    build_graph([texts], out, **options)
    add_documents([write(tmp_path / "more", b="Cy Di works for Big Blue.")], out)
    shutil.copy(tmp_path / "more" / "b.txt", texts / "b.txt")
    build_graph([texts], tmp_path / "anew", **options)
    assert take(out) == take(tmp_path / "anew")


def test_a_model_in_a_folder_is_found_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "here" / "model").mkdir(parents=True)
    (tmp_path / "read.jsonl").write_bytes(b"")
    monkeypatch.chdir(tmp_path / "here")
    for model in ("model", "en_core_web_md", ""):
        write_settings(Settings(model=model), "as now", tmp_path / "read.jsonl", tmp_path / SETTINGS)
        assert read_settings(tmp_path).model == (str(tmp_path / "here" / "model") if model == "model" else model)


def test_what_can_not_be_added_or_removed_is_told_and_the_graph_is_as_it_was(tmp_path: Path):
    texts, out = write(tmp_path / "texts", a="Ann Bo lives in Lima."), tmp_path / "out"
    with pytest.raises(
        GraphError, match=r"out: does not tell how it was built \(build it once with `kg build TEXTS`\)"
    ):
        add_documents([texts], out)
    build_graph([texts], out)
    before = take(out)
    with pytest.raises(DocumentError, match=r"out: has no document b.txt \(did you mean a.txt\?\)"):
        remove_documents(["b.txt"], out)
    with pytest.raises(DocumentError, match=r"nothing would be left in it \(delete the folder instead\)"):
        remove_documents(["a.txt"], out)
    with pytest.raises(DocumentError, match=r"no.txt: No such file or directory"):
        add_documents([tmp_path / "no.txt"], out)
    assert take(out) == before
    (out / SETTINGS).unlink()
    with pytest.raises(GraphError, match="does not tell how it was built"):
        remove_documents(["a.txt"], out)


def test_two_that_add_at_once_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    texts, out = write(tmp_path / "texts", a="Ann Bo lives in Lima."), tmp_path / "out"
    build_graph([texts], out)
    real = updates.build_documents

    def build(*given, **named):
        with pytest.raises(GraphError, match="another build is at work there"):
            add_documents([write(tmp_path / "more", c="Eva Fox lives in Bern.")], out)
        return real(*given, **named)

    monkeypatch.setattr(updates, "build_documents", build)
    add_documents([write(tmp_path / "other", b="Cy Di lives in Rome.")], out)
    assert [one.document.id for one in read_extractions(out / FILE)] == ["a.txt", "b.txt"]


def test_a_folder_built_again_is_that_of_a_first_build_and_opens_what_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("kg.stamps.time_ns", lambda: time_ns() + 10**10)
    texts, out = write(tmp_path / "texts", a="Ann Bo lives in Lima.", b="Cy Di lives in Rome."), tmp_path / "out"
    build_graph([texts], out)
    write(texts, b="Cy Di lives in Oslo.")
    opened: list[str] = []
    real = documents._read_file
    monkeypatch.setattr(documents, "_read_file", lambda path: opened.append(path.name) or real(path))
    build_graph([texts], out)
    assert opened == ["b.txt"]
    build_graph([texts], tmp_path / "anew")
    assert take(out) == take(tmp_path / "anew")
