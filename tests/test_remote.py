"""Texts in a store are read as those in a folder are, and a graph is copied to a store when it is whole."""

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg.documents
from kg.cli import cli
from kg.documents import read_documents
from kg.errors import DocumentError, GraphError
from kg.mirror import borrowed, give_back
from kg.rdf.index import FILE as INDEX
from kg.remote import Remote, find_place, reach

fsspec = pytest.importorskip("fsspec", reason="stores need fsspec: pip install 'kg[remote]'")
FILES = {
    "b.txt": b"Text.",
    "sub/2010-09-30.md": b"---\ntitle: Talks\n---\nThey met.",
    "a.txt": b"Text.",
    ".hidden.txt": b"Text.",
    "sub/.git/x.txt": b"Text.",
    "picture.xyz": b"?",
    "empty.txt": b"",
    "large.txt": b"It rained. " * 20,
    "häuser & 100%.txt": b"Text.",
}


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A store that is empty at first."""
    system = fsspec.filesystem("memory")
    monkeypatch.setattr(type(system), "store", {})
    monkeypatch.setattr(type(system), "pseudo_dirs", [""])
    yield system


def fill(system: object, top: str) -> None:
    for name, content in FILES.items():
        system.pipe_file(f"{top}/{name}", content)


@pytest.mark.parametrize("end", ["", "/"])
def test_a_folder_in_a_store_is_read_as_one_here(
    memory: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
):
    """Names, order, hidden files, endings, limits, faults."""
    monkeypatch.setattr(kg.documents, "_LARGEST", 100)
    fill(memory, "/bucket/texts")
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    here, there = read_documents([tmp_path]), read_documents([find_place(f"memory://bucket/texts{end}")])
    assert [document.id for document in there.documents] == [
        "a.txt",
        "b.txt",
        "häuser & 100%.txt",
        "sub/2010-09-30.md",
    ]
    assert there.documents == here.documents
    told = [str(error).replace(str(tmp_path), "memory://bucket/texts") for error in here.errors]
    assert [str(error) for error in there.errors] == told and len(told) == 2
    assert [path.name for path in there.strangers] == [path.name for path in here.strangers] == ["picture.xyz"]


def test_a_file_in_a_store_is_named_by_itself(memory: object):
    memory.pipe_file("/bucket/sub/.a.txt", b"---\ntitle: A\n---\nText.")
    (document,) = read_documents([find_place("memory://bucket/sub/.a.txt")]).documents
    assert (document.id, document.title, document.text) == (".a.txt", "A", "Text.")


def test_what_is_not_in_the_store_is_told(memory: object):
    (error,) = read_documents([find_place("memory://bucket/none")]).errors
    assert str(error) == "memory://bucket/none: No such file or directory (check its name and your rights)"


def test_a_folder_that_stops_answering_is_told_and_the_rest_goes_on(memory: object, monkeypatch: pytest.MonkeyPatch):
    fill(memory, "/bucket")
    real = type(memory).ls

    def ls(self, path: str, detail: bool = True, **options):
        if path.endswith("sub"):
            raise RuntimeError("the line\nis dead")
        return real(self, path, detail=detail, **options)

    monkeypatch.setattr(type(memory), "ls", ls)
    readings = read_documents([find_place("memory://bucket")])
    assert "a.txt" in {document.id for document in readings.documents}
    assert "memory://bucket/sub: can't be reached: the line is dead (check its name, your rights" in " ".join(
        map(str, readings.errors)
    )


def test_a_store_inside_of_another_is_one_too(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "texts.zip", "w") as archive:
        archive.writestr("sub/a.txt", "Text.")
    (document,) = read_documents([find_place(f"zip://::file://{tmp_path}/texts.zip")]).documents
    assert document.id == "sub/a.txt"


@pytest.mark.parametrize("text", ["texts", "-", "c:/texts", "a::b.txt", "s3:/bucket", "a b://c"])
def test_a_path_stays_a_path(text: str):
    assert find_place(text) == Path(text)


def test_an_address_of_a_file_here_is_a_path():
    assert find_place("file:///tmp/a.txt") == Path("/tmp/a.txt")  # noqa: S108
    assert find_place("s3://bucket/a") == Remote("s3://bucket/a")


def test_a_password_in_an_address_is_not_shown():
    place = find_place("sftp://ann:secret@host/texts")
    assert str(place) == "sftp://host/texts" and str(place / "a.txt") == "sftp://host/texts/a.txt"
    assert str(Remote("s3://bucket/a@b")) == "s3://bucket/a@b"


def test_absent_packages_are_told_with_the_way_out(monkeypatch: pytest.MonkeyPatch):
    (error,) = read_documents([find_place("tos://bucket/a")]).errors
    assert str(error).startswith("tos://bucket/a: Install tosfs to access")
    assert "kg[remote]" in error.hint
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    (error,) = read_documents([find_place("s3://bucket/a")]).errors
    assert str(error) == "s3://bucket/a: can't be reached without fsspec (pip install 'kg[remote]')"


def test_an_unknown_scheme_is_told():
    (error,) = read_documents([find_place("nosuch://a")]).errors
    assert str(error).startswith("nosuch://a: can't be reached: Protocol not known: nosuch (")


def run(*words: str) -> object:
    return CliRunner().invoke(cli, words)


@pytest.mark.slow
def test_a_graph_in_a_store_is_that_of_a_folder(memory: object, tmp_path: Path):
    """Built, added to and taken from, with what was decided; what was read is not read again."""
    memory.pipe_file("/texts/a.txt", b"Ann Bo is the president of Chile.")
    memory.pipe_file("/more/b.txt", b"Cy Di is the president of Peru.")
    there = "memory://graphs/new"
    done = run("build", "memory://texts", "-o", there)
    assert done.exit_code == 0, done.output
    assert f"open {there}/graph.html" in done.output
    added = run("add", "memory://more", "-o", there)
    assert "read b.txt" in added.stderr and "read a.txt" not in added.stderr
    for name, content in take(memory).items():
        (tmp_path / name).write_bytes(content)
    assert run("rename", "Cy Di", "Cyril Di", "-g", str(tmp_path)).exit_code == 0
    memory.pipe_file("/graphs/new/decisions.ttl", (tmp_path / "decisions.ttl").read_bytes())
    assert run("remove", "a.txt", "-o", there).exit_code == 0
    assert run("build", "memory://more", "-o", str(tmp_path)).exit_code == 0
    assert take(memory) == {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name != INDEX}
    assert b"Cyril Di" in take(memory)["facts.ttl"]


def take(memory: object) -> dict[str, bytes]:
    return {path.rpartition("/")[2]: memory.cat_file(path) for path in memory.find("/graphs/new")}


def test_a_graph_that_cant_be_copied_is_kept(memory: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def put_file(self, here: str, there: str, **options):
        raise PermissionError("read only")

    monkeypatch.setattr(type(memory), "put_file", put_file)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    output = Remote("memory://graph")
    with borrowed(output) as folder, pytest.raises(GraphError) as caught:
        (folder / "graph.nq").write_text("all of it")
        give_back(None, folder, output)
    assert "memory://graph: can't be reached: read only" in str(caught.value)
    (kept,) = tmp_path.iterdir()
    assert str(kept) in str(caught.value) and (kept / "graph.nq").read_text() == "all of it"


def test_a_graph_is_kept_when_its_store_goes_away_before_it_is_copied(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def reach(place: Remote) -> None:
        raise DocumentError(f"{place}: can't be reached: gone")

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    output = Remote("memory://graph")
    with borrowed(output) as folder, pytest.raises(GraphError) as caught:
        (folder / "graph.nq").write_text("all of it")
        monkeypatch.setattr("kg.mirror.reach", reach)
        give_back(None, folder, output)
    (kept,) = tmp_path.iterdir()
    assert str(kept) in str(caught.value) and (kept / "graph.nq").read_text() == "all of it"


@pytest.mark.parametrize("address", ["ftp://user:secret@host/x", "ftp://user:sec@ret@host/x"])
def test_no_password_of_a_store_is_shown(address: str):
    assert str(Remote(address)) == "ftp://host/x"
    assert "sec" not in repr(Remote(address)) and "ret" not in repr(Remote(address))


def test_the_root_of_a_store_is_not_the_folder_of_who_logs_in(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("fsspec.core.url_to_fs", lambda address: (None, "/"))
    assert reach(Remote("sftp://host/", "a.txt")) == (None, "/a.txt")


def test_a_store_whose_package_is_absent_is_told_before_anything_is_built():
    with pytest.raises(DocumentError, match="Install tosfs"), borrowed(Remote("tos://bucket/graph")):
        raise AssertionError
