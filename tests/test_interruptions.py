"""Builds that are stopped: nothing of before is touched, nothing half is left, the next build goes on from there."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import EXAMPLES

from kg.apart import run_apart
from kg.build import build_graph
from kg.documents import make_document
from kg.errors import DocumentError, GraphError
from kg.journal import FOLDER, JOURNAL, Read, copy_lines, find_spots, keep, unfinished
from kg.locks import FILE as LOCK
from kg.locks import locked
from kg.memory import FILE as MEMORY
from kg.model import Document, Extraction
from kg.readers import dispatch
from kg.readers.drafts import NO_WISHES
from kg.records import hash_document, read_extractions, write_line
from kg.settings import FILE as SETTINGS

AFTER = 9
BUILD = [sys.executable, "-W", "ignore", "-m", "kg", "build"]
FILES = Path(__file__).parent / "files"
DOCUMENTS = tuple(make_document(f"{name}.txt", f"{name} rained.") for name in ("One", "Two", "Three"))


def take(folder: Path) -> dict[str, bytes]:
    """All files, but for what tells the times of others."""
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name not in (LOCK, MEMORY)
    }


def read(documents: Iterable[Document]) -> Iterator[Read]:
    return (Read(document.id, write_line(Extraction(document, (), ()))) for document in documents)


STOPPED = """
import os, signal, sys
import kg.reading
from kg.__main__ import main
real = kg.reading.extract
signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs tests in the background has it ignored
def extract(nlp, documents):
    for number, extraction in enumerate(real(nlp, documents)):
        if number == {after}:
            os.kill(os.getpid(), signal.{signal})
        yield extraction
kg.reading.extract = extract
main()
"""


def run(texts: Path, out: Path, *, program: str = "", **given: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-W", "ignore", *(("-c", program) if program else ("-m", "kg"))]
    command += ["build", str(texts), "-o", str(out)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **given)  # type: ignore[call-overload,no-any-return]


def copy_unread(graph: Path, folder: Path) -> None:
    """Without its settings a graph does not tell how its texts were read: they are read anew."""
    shutil.copytree(graph, folder, ignore=shutil.ignore_patterns(SETTINGS))


@pytest.mark.slow
def test_a_build_that_is_killed_goes_on_and_gives_the_same_bytes(example_graph: Path, tmp_path: Path):
    killed = run(EXAMPLES, tmp_path, program=STOPPED.format(after=AFTER, signal="SIGKILL"))
    assert killed.returncode == -signal.SIGKILL
    assert take(tmp_path) == {}
    done = run(EXAMPLES, tmp_path)
    assert done.stderr.count("read ") == len(list(EXAMPLES.glob("*.md"))) - AFTER
    assert take(tmp_path) == take(example_graph)
    assert not (tmp_path / FOLDER).exists()


@pytest.mark.slow
@pytest.mark.parametrize("moved", range(8))
def test_a_build_that_is_stopped_while_it_writes_is_whole_after_the_next(
    moved: int, example_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    real, done = Path.replace, []

    def replace(path: Path, target: Path) -> Path:
        if FOLDER in Path(target).parts:
            return real(path, target)
        if len(done) == moved:
            raise KeyboardInterrupt
        done.append(target)
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    if moved < 7:
        with pytest.raises(KeyboardInterrupt):
            build_graph([EXAMPLES], tmp_path)
        assert sum(path.is_file() and path.name != LOCK for path in tmp_path.iterdir()) == moved
        monkeypatch.setattr(Path, "replace", real)
    build_graph([EXAMPLES], tmp_path)
    assert take(tmp_path) == take(example_graph)
    assert not (tmp_path / FOLDER).exists()


@pytest.mark.slow
def test_control_c_is_told_in_one_line_and_leaves_the_graph_of_before(example_graph: Path, tmp_path: Path):
    copy_unread(example_graph, tmp_path / "out")
    before = take(tmp_path / "out")
    done = run(EXAMPLES, tmp_path / "out", program=STOPPED.format(after=AFTER, signal="SIGINT"))
    assert [line for line in done.stderr.splitlines() if line and not line.startswith("read ")] == ["kg: interrupted"]
    assert done.returncode == 2
    assert take(tmp_path / "out") == before


@pytest.mark.slow
@pytest.mark.parametrize("most", [4000, 200_000])
def test_a_full_disk_is_told_in_one_line_and_leaves_the_graph_of_before(most: int, example_graph: Path, tmp_path: Path):
    """The system's limit of a file's size stands for it: once for what was read, once for the files of the graph."""
    copy_unread(example_graph, tmp_path / "out")
    before = take(tmp_path / "out")
    done = run(EXAMPLES, tmp_path / "out", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
    (line,) = [line for line in done.stderr.splitlines() if not line.startswith("read ")]
    assert line.startswith(f"kg: {tmp_path / 'out'}")
    assert line.endswith(": File too large (choose a folder that can be written)")
    assert done.returncode == 2
    assert take(tmp_path / "out") == before
    assert {path.name for path in (tmp_path / "out" / FOLDER).iterdir()} <= {"read.jsonl"}


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("setpriv"), reason="root enters every folder, unless setpriv takes that from it")
def test_a_folder_that_can_not_be_entered_is_told_and_the_rest_is_built(tmp_path: Path):
    (tmp_path / "texts" / "shut").mkdir(parents=True)
    (tmp_path / "texts" / "a.txt").write_text("Ann Bo is the president of Chile.")
    (tmp_path / "texts" / "b.txt").write_text("Cy Di is the president of Peru.")
    (tmp_path / "texts" / "b.txt").chmod(0)
    (tmp_path / "texts" / "shut").chmod(0)
    caps = "-dac_override,-dac_read_search"
    command = ["setpriv", "--bounding-set", caps, "--inh-caps", caps] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*command, *BUILD, "-q", "texts", "-o", "out"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stderr.splitlines() == [
        "kg: texts/b.txt: Permission denied (check its name and its rights)",
        "kg: texts/shut: Permission denied (change its rights, or leave it out)",
    ]
    assert done.returncode == 2
    assert "Ann Bo" in (tmp_path / "out" / "facts.ttl").read_text()


def test_what_was_read_is_found_again(tmp_path: Path):
    with pytest.raises(KeyboardInterrupt), unfinished(tmp_path) as folder:
        for one in keep(folder, "as now", read(DOCUMENTS)):
            if one.document == DOCUMENTS[1].id:
                raise KeyboardInterrupt
    with unfinished(tmp_path) as folder:
        known = find_spots(folder / JOURNAL, "as now")
        assert known.keys() == {hash_document(document) for document in DOCUMENTS[:2]}
        assert [one.document for one in keep(folder, "as now", read(DOCUMENTS[2:]))] == [DOCUMENTS[2].id]
        copy_lines(find_spots(folder / JOURNAL, "as now").values(), folder / "all.jsonl")
    assert {one.document for one in read_extractions(tmp_path / "all.jsonl")} == set(DOCUMENTS)


@pytest.mark.parametrize(
    "damage", [(b'"mentions":[', b'"mentions":["\xff",'), (b"]}\n", b"]\n"), (b'"document"', b'"text"')]
)
def test_of_a_journal_what_stands_before_a_damage_is_found(damage: tuple[bytes, bytes], tmp_path: Path):
    with unfinished(tmp_path) as folder:
        list(keep(folder, "as now", read(DOCUMENTS)))
        path = folder / JOURNAL
        head, first, second, third = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join((head, first, second.replace(*damage), third)))
        assert find_spots(path, "as now").keys() == {hash_document(DOCUMENTS[0])}


@pytest.mark.parametrize(
    "damage", [b"", b"as now", b"as now\n{", b"another way\n", b"as now\n\xff\xfe\n", b"as now\n[1]\n"]
)
def test_what_was_read_otherwise_or_is_broken_is_not_found(damage: bytes, tmp_path: Path):
    with unfinished(tmp_path) as folder:
        (folder / JOURNAL).write_bytes(damage)
        assert find_spots(folder / JOURNAL, "as now") == {}
        assert len(list(keep(folder, "as now", read(DOCUMENTS)))) == 3
        assert len(find_spots(folder / JOURNAL, "as now")) == 3
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_build_had_half_written_comes_to_nothing(tmp_path: Path):
    (tmp_path / FOLDER).mkdir()
    for name in (".graph.nq.123.part", "graph.nq"):
        (tmp_path / FOLDER / name).write_bytes(b"half")
    with unfinished(tmp_path) as folder:
        (folder / "facts.ttl").write_bytes(b"whole")
    assert take(tmp_path) == {"facts.ttl": b"whole"}


def test_what_a_killed_build_had_laid_down_is_gone(tmp_path: Path):
    left = tmp_path / FOLDER / "tmp1234" / ".statements"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    with unfinished(tmp_path) as folder:
        (folder / "graph.nq").write_bytes(b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq"]


def test_a_text_that_changed_is_another(tmp_path: Path):
    with unfinished(tmp_path) as folder:
        list(keep(folder, "as now", read(DOCUMENTS)))
        known = find_spots(folder / JOURNAL, "as now")
        assert hash_document(make_document("One.txt", "One snowed.")) not in known
        assert hash_document(replace(DOCUMENTS[0], title="One")) not in known


@pytest.mark.slow
def test_a_second_build_into_one_folder_is_told_and_the_first_goes_on(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Ann Bo is the president of Chile.")
    with locked(tmp_path / "out"):
        done = run(tmp_path / "a.txt", tmp_path / "out")
        assert take(tmp_path / "out") == {}
    (line,) = done.stderr.splitlines()
    assert (
        line == f"kg: {tmp_path / 'out'}: another build is at work there (wait until it ends, or choose another folder)"
    )
    assert done.returncode == 2
    assert run(tmp_path / "a.txt", tmp_path / "out").returncode == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} - {MEMORY} == {
        ".build.json",
        ".graph.index",
        "extractions.jsonl",
        "facts.ttl",
        "graph.html",
        "graph.nq",
    }


def test_a_build_that_was_killed_locks_nobody_out(tmp_path: Path):
    killed = "import os, sys; from pathlib import Path; from kg.locks import locked; held = locked(Path(sys.argv[1]))"
    killed += "; held.__enter__(); print(os.listdir(sys.argv[1])); sys.stdout.flush(); os.kill(os.getpid(), 9)"
    done = subprocess.run([sys.executable, "-c", killed, tmp_path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, f"['{LOCK}']\n")
    with locked(tmp_path):
        assert [path.name for path in tmp_path.iterdir()] == [LOCK]
        with pytest.raises(GraphError, match="another build is at work there"), locked(tmp_path):
            pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_locked_is_told(tmp_path: Path):
    (tmp_path / LOCK).mkdir()
    with pytest.raises(GraphError, match=r"choose a folder that can be written"), locked(tmp_path):
        pass


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang(*_: object) -> None:
    time.sleep(600)


def swell(*_: object) -> int:
    return len(bytearray(1 << 32))


@pytest.mark.parametrize(
    ("work", "seconds", "said"),
    [
        (die, 60.0, "report.pdf: its reader was killed (try again, or split it)"),
        (hang, 1.0, "report.pdf: is not read within 1 seconds (split or simplify it)"),
        pytest.param(
            swell,
            60.0,
            "report.pdf: takes more than 2048 MB to read (split or simplify it)",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no process to its memory"),
        ),
    ],
)
def test_a_reader_that_dies_hangs_or_swells_is_told_in_one_line(
    work, seconds: float, said: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(dispatch, "_SECONDS", seconds)
    monkeypatch.setattr(dispatch, "_load_reader", lambda kind, where: work)
    content = (FILES / "report.pdf").read_bytes()
    ((name, error),) = dispatch.read_content(content, "report.pdf", NO_WISHES)
    assert (name, type(error), str(error)) == ("report.pdf", DocumentError, said)


def test_what_a_process_apart_raises_is_raised_here():
    with pytest.raises(DocumentError, match=r"a.txt: is empty \(remove it\)") as caught:
        run_apart(refuse, "a.txt", seconds=10, megabytes=256)
    assert caught.value.hint == "remove it"


def refuse(name: str) -> None:
    raise DocumentError(f"{name}: is empty", hint="remove it")
