"""A store on disk answers as the graph does, opens read-only, and is never of another graph."""

import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from samples import sample_store

import kg
from kg.cli import cli
from kg.errors import GraphError
from kg.rdf.dataset import write_quads
from kg.rdf.disk import FOLDER, drop_disk_store, open_disk_store, write_disk_store
from kg.rdf.files import read_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_quads(sample_store(), tmp_path / "graph.nq")
    return tmp_path


def run(*words: str | Path) -> str:
    done = CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_every_verb_answers_from_the_store_as_from_the_graph(folder: Path):
    asked = (("query", "presidents"), ("explain", "Ann Bo"), ("export", "--to", "nquads"), ("validate",))
    before = [run(*words, "-g", folder) for words in asked]
    assert run("store", "-g", folder) == f"{folder / FOLDER}\n"
    (folder / "graph.nq").unlink()
    assert [run(*words, "-g", folder) for words in asked] == before


def test_only_the_graph_that_is_named_is_stored(folder: Path):
    (folder / "other.nq").write_text("")
    for name, told in (("none", "none: no such graph"), ("none.nq", "no such graph"), ("other.nq", "only a graph.nq")):
        with pytest.raises(GraphError, match=told):
            run("store", "-g", folder / name)
    assert not (folder / FOLDER).exists()
    assert run("store", "-g", folder / "graph.nq") == f"{folder / FOLDER}\n"


def test_the_store_is_read_only_and_opened_by_many(folder: Path):
    write_disk_store(folder)
    one, other = kg.open_graph(folder), kg.open_graph(folder)
    assert one.facts() == other.facts() != []
    with pytest.raises(RuntimeError, match="read-write"):
        one.store.update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert len(read_store(folder)) == len(sample_store())


def test_a_store_of_another_graph_is_refused(folder: Path):
    made = write_disk_store(folder)
    kept = (folder / "graph.nq").stat()
    changed = (folder / "graph.nq").read_text().replace("Chile", "Chili")
    (folder / "graph.nq").write_text(changed)
    assert (folder / "graph.nq").stat().st_size == kept.st_size
    os.utime(folder / "graph.nq", ns=(0, made.stat().st_mtime_ns - 1))
    with pytest.raises(GraphError, match=r"is of another graph.nq \(make it anew with `kg store`"):
        read_store(folder)
    write_disk_store(folder)
    assert len(read_store(folder)) == len(sample_store())


def test_a_copy_of_a_folder_with_a_store_opens(folder: Path, tmp_path_factory: pytest.TempPathFactory):
    write_disk_store(folder)
    copy = tmp_path_factory.mktemp("copy") / "graph"
    shutil.copytree(folder, copy, copy_function=shutil.copyfile)
    later = (copy / FOLDER).stat().st_mtime_ns + 1_000_000_000
    os.utime(copy / "graph.nq", ns=(later, later))
    assert len(read_store(copy)) == len(sample_store())


def test_a_store_that_does_not_say_what_it_is_of_is_refused(folder: Path):
    (write_disk_store(folder) / "made-of").unlink()
    with pytest.raises(GraphError, match="make it anew"):
        read_store(folder)


def test_a_store_is_whole_or_not_there(folder: Path):
    for text, told in (
        ("no quads", r"graph.nq: is no N-Quads: .*\(make one with `kg build"),
        ("<http://a.example/s> <http://a.example/p> <http://a.example/o> .\n", "graph.nq: is no graph of kg"),
        ("", "graph.nq: is no graph of kg"),
    ):
        (folder / "graph.nq").write_text(text)
        with pytest.raises(GraphError, match=told):
            write_disk_store(folder)
        assert [path.name for path in folder.iterdir()] == ["graph.nq"]
    (folder / FOLDER).mkdir()
    with pytest.raises(GraphError, match="make it anew"):
        open_disk_store(folder)
    assert drop_disk_store(folder)
    assert not drop_disk_store(folder)
    with pytest.raises(GraphError, match="no such graph"):
        write_disk_store(folder / "none")


@pytest.mark.slow
def test_a_build_into_a_folder_with_a_store_keeps_it_up_to_date(tmp_path: Path):
    (tmp_path / "a.md").write_text("Ann Bo is the president of Chile.")
    run("build", tmp_path / "a.md", "-o", tmp_path / "out", "-q")
    run("store", "-g", tmp_path / "out")
    (tmp_path / "a.md").write_text("Ann Bo is the president of Peru.")
    run("build", tmp_path / "a.md", "-o", tmp_path / "out", "-q")
    assert "Peru" in run("query", "presidents", "-g", tmp_path / "out")
    assert (tmp_path / "out" / FOLDER).is_dir()
    shutil.rmtree(tmp_path / "out" / FOLDER)
    assert "Peru" in run("query", "presidents", "-g", tmp_path / "out")
