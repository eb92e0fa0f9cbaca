"""Files that are as they were are not opened again; whatever changed in one is seen."""

import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import time_ns

import pytest

from kg import documents as documents_module
from kg.documents import Readings, read_documents
from kg.memory import FILE, note_origins, remember, write_memory
from kg.model import Extraction
from kg.readers.drafts import NO_WISHES, Wishes
from kg.records import FILE as EXTRACTIONS
from kg.records import write_extractions

HOUR = 3_600_000_000_000


@pytest.fixture(autouse=True)
def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that the tests write are not of the last moments."""
    set_clock(monkeypatch, HOUR)


def set_clock(monkeypatch: pytest.MonkeyPatch, shift: int) -> None:
    monkeypatch.setattr("kg.stamps.time_ns", lambda: time_ns() + shift)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("Ann Bo lives in Lima.")
    (folder / "b.txt").write_text("---\ntitle: B\ndate: 2010-05-04\n---\nCy Di lives in Rome.")
    (folder / "c.jsonl").write_text('{"text": "Eva Fox sings."}\n{"text": "Gus Hart dances."}\n')
    return folder


def build(
    texts: Path, out: Path, monkeypatch: pytest.MonkeyPatch, wishes: Wishes = NO_WISHES
) -> tuple[Readings, list[str]]:
    """What a build reads, and which files it opens."""
    opened: list[str] = []
    real = documents_module._read_file
    with monkeypatch.context() as patch:
        patch.setattr(documents_module, "_read_file", lambda path: opened.append(path.name) or real(path))
        readings = read_documents([texts], wishes=wishes, recall=remember(out, wishes))
    out.mkdir(exist_ok=True)
    lines = write_extractions(Extraction(document, (), ()) for document in readings.documents)
    (out / EXTRACTIONS).write_bytes(lines)
    write_memory(note_origins(readings.origins), wishes, out / FILE)
    return readings, opened


def test_only_what_changed_is_opened(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    first, opened = build(texts, tmp_path / "out", monkeypatch)
    assert opened == ["a.txt", "b.txt", "c.jsonl"]
    assert build(texts, tmp_path / "out", monkeypatch) == (first, [])
    (texts / "b.txt").write_text("Cy Di lives in Paris.")
    (texts / "d.txt").write_text("Ida Jung sleeps.")
    (texts / "a.txt").unlink()
    second, opened = build(texts, tmp_path / "out", monkeypatch)
    assert opened == ["b.txt", "d.txt"]
    assert second.documents == read_documents([texts]).documents


def rewrite(path: Path) -> None:
    path.write_text("Ann Bo lives in Rome.")


def rewrite_in_secret(path: Path) -> None:
    """The same size, and the time of before: only the system's own time of the change is another."""
    before = path.stat()
    path.write_text("Ann Bo lives in Rome.")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(path: Path) -> None:
    other = path.with_name("new")
    other.write_text("Ann Bo lives in Rome.")
    before = path.stat()
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


def swap(path: Path) -> None:
    """Another file of the same size and time takes the name."""
    other = path.with_name("b.txt")
    other.write_text("Ann Bo lives in Rome.")
    before = path.stat()
    path.unlink()
    other.rename(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def link(path: Path) -> None:
    path.with_name("hidden").mkdir()
    target = path.with_name("hidden") / ".target"
    target.write_text("Ann Bo lives in Rome.")
    path.unlink()
    path.symlink_to(target)


@pytest.mark.parametrize("change", [rewrite, rewrite_in_secret, replace, swap, link])
def test_a_change_that_keeps_the_size_is_seen(
    change: Callable[[Path], None], texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    build(texts, tmp_path / "out", monkeypatch)
    change(texts / "a.txt")
    readings, _ = build(texts, tmp_path / "out", monkeypatch)
    assert readings.documents[0].text == "Ann Bo lives in Rome."
    assert readings.documents == read_documents([texts]).documents


def test_a_file_of_this_moment_is_opened_again(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    set_clock(monkeypatch, 0)
    assert build(texts, tmp_path / "out", monkeypatch)[0].origins == ()
    assert build(texts, tmp_path / "out", monkeypatch)[1] == ["a.txt", "b.txt", "c.jsonl"]


def test_a_clock_that_went_back_makes_no_file_old(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    set_clock(monkeypatch, -HOUR)
    build(texts, tmp_path / "out", monkeypatch)
    (texts / "a.txt").write_text("Ann Bo lives in Rome.")
    readings, opened = build(texts, tmp_path / "out", monkeypatch)
    assert readings.documents[0].text == "Ann Bo lives in Rome."
    assert opened == ["a.txt", "b.txt", "c.jsonl"]


def test_what_moved_has_its_new_name(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    build(texts, tmp_path / "out", monkeypatch)
    (texts / "a.txt").rename(texts / "z.txt")
    readings, opened = build(texts, tmp_path / "out", monkeypatch)
    assert opened == ["z.txt"]
    assert [document.id for document in readings.documents][-1] == "z.txt"
    alone, opened = build(texts / "b.txt", tmp_path / "out", monkeypatch)
    assert [document.id for document in alone.documents] == ["b.txt"]


def test_what_can_not_be_read_is_told_each_time(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (texts / "bad.txt").write_bytes(b"\0\0")
    (texts / "c.jsonl").write_text('{"text": "Eva Fox sings."}\n{"title": "no text"}\n')
    first, _ = build(texts, tmp_path / "out", monkeypatch)
    second, opened = build(texts, tmp_path / "out", monkeypatch)
    assert opened == ["bad.txt", "c.jsonl"]
    assert list(map(str, second.errors)) == list(map(str, first.errors)) != []


def test_who_wishes_otherwise_gets_it_otherwise(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    build(texts, tmp_path / "out", monkeypatch)
    readings, opened = build(texts, tmp_path / "out", monkeypatch, Wishes({}, date(2001, 2, 3)))
    assert opened == ["a.txt", "b.txt", "c.jsonl"]
    assert readings.documents[0].published == date(2001, 2, 3)


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        (FILE, lambda content: b""),
        (FILE, lambda content: content[: content.index(b"\n") + 9]),
        (FILE, lambda content: b'"another edition"\n' + content.partition(b"\n")[2]),
        (FILE, lambda content: content.replace(b"[", b"{")),
        (FILE, lambda content: b"\xff\xfe" + content),
        (FILE, lambda content: content + b'[["a"],"b",[1,2,3,4,5],[]]\n'),
        (FILE, lambda content: content + b'["a","b",[1,2,3,4,5],6]\n'),
        (FILE, lambda content: re.sub(rb'\["[0-9a-f]{16}"', b'[["a"]', content)),
        (EXTRACTIONS, lambda content: b""),
        (EXTRACTIONS, lambda content: content[:-3]),
        (EXTRACTIONS, lambda content: content.replace(b" lives ", b" loves ")),
    ],
)
def test_of_what_is_damaged_nothing_wrong_is_taken(
    name: str, damage: Callable[[bytes], bytes], texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    build(texts, tmp_path / "out", monkeypatch)
    path = tmp_path / "out" / name
    path.write_bytes(damage(path.read_bytes()))
    readings, opened = build(texts, tmp_path / "out", monkeypatch)
    assert {"a.txt", "b.txt"} <= set(opened)
    assert readings.documents == read_documents([texts]).documents


def test_a_line_tells_no_text(texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    build(texts, tmp_path / "out", monkeypatch)
    _, first, *_ = (tmp_path / "out" / FILE).read_text().splitlines()
    path, name, stamp, hashes = json.loads(first)
    assert (path, name) == (str(texts / "a.txt"), "a.txt")
    assert (len(stamp), [len(one) for one in hashes]) == (5, [16])
