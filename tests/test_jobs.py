"""Texts read by several processes, or by a cluster: the same bytes, whatever happens to a process."""

import gc
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import accumulate, pairwise
from multiprocessing import active_children, parent_process
from pathlib import Path
from threading import Event, Thread
from types import ModuleType

import pytest
from conftest import EXAMPLES
from spacy.language import Language
from spacy.vocab import Vocab

from kg import mapping, prefetching, reading, records
from kg.build import build_graph
from kg.documents import make_document, read_documents
from kg.engines import beside, pool
from kg.engines.cluster import read_by_ray
from kg.engines.opening import open_files
from kg.engines.pool import count_jobs, read_in_pool
from kg.engines.spawning import choose_start
from kg.errors import DocumentError
from kg.facts import stored
from kg.facts.gathering import MOST
from kg.journal import Read, Spot
from kg.mapping import prepare, read_all
from kg.memory import FILE as MEMORY
from kg.model import Document, Extraction
from kg.nlp.pipeline import Outcome, extract
from kg.prefetching import Prefetch
from kg.rdf.turtle import write_facts
from kg.reading import cut_batches, make_reader, read_batch
from kg.records import FILE, write_line
from kg.settings import Settings

pytestmark = pytest.mark.slow

STARTS = ["spawn", "fork"] if sys.platform == "linux" else ["spawn"]
DOCUMENTS = tuple(make_document(f"{place}.txt", f"Ann Bo is the president of {place}.") for place in ("Chile", "Peru"))
PLAIN = Settings(weights=None)
DEADLY = make_document("deadly.txt", "This text kills whoever reads it.")
KILLER = """
import os, kg.nlp.pipeline as pipeline
real = pipeline.extract
def extract(nlp, documents):
    documents = tuple(documents)
    if any(document.id == "deadly.txt" for document in documents):
        os.kill(os.getpid(), 9)
    return real(nlp, documents)
pipeline.extract = extract
"""


def take(folder: Path) -> dict[str, bytes]:
    """All files, but for what tells the times of others."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name != MEMORY}


def test_so_many_processes_read_as_pay():
    assert count_jobs(1000) == 1
    assert count_jobs(10**9) == len(os.sched_getaffinity(0))
    assert count_jobs(1000, jobs=3) == 3


@pytest.mark.parametrize(("text", "jobs"), [("build()", 1), ('if __name__ == "__main__":\n    build()', 3)])
def test_a_script_that_would_run_again_is_read_for_by_one(
    text: str, jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    main = ModuleType("__main__")
    main.__file__ = str(tmp_path / "main.py")
    (tmp_path / "main.py").write_text(text)
    monkeypatch.setitem(sys.modules, "__main__", main)
    assert count_jobs(10**9, jobs=3) == jobs


def read_whole(file: tuple[Path, str]) -> str:
    if file[1] == "deadly.txt" and parent_process():
        os.kill(os.getpid(), signal.SIGKILL)
    if file[1] == "bad.txt":
        raise DocumentError("bad.txt: is bad", hint="mend it")
    return f"{file[0].read_text()} {os.getpid()}"


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str]]:
    """As many as three processes open."""
    monkeypatch.setattr(pool, "_WORTH", 10)
    monkeypatch.setattr(pool.os, "sched_getaffinity", lambda process: {0, 1, 2}, raising=False)
    monkeypatch.setattr(beside, "choose_start", lambda: STARTS[-1])
    named = [(tmp_path / f"{number}.txt", f"{number}.txt") for number in range(50)]
    for path, name in named:
        path.write_text(name)
    return named


def tell_openers(found: Iterable[str], files: list[tuple[Path, str]]) -> list[int]:
    """The processes that opened the files, which are all told in their order."""
    names, openers = zip(*(told.split() for told in found), strict=True)
    assert list(names) == [path.name for path, _ in files]
    return list(map(int, openers))


@pytest.mark.parametrize(("jobs", "number"), [(0, 3), (1, 1), (2, 2), (8, 3)])
def test_files_opened_by_several_come_in_their_order(files, jobs: int, number: int):
    openers = tell_openers(open_files(read_whole, files, jobs=jobs), files)
    assert len(set(openers)) == (number if "fork" in STARTS else 1)
    assert os.getpid() in openers


def test_what_holds_little_is_opened_by_one(files, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pool, "_WORTH", 10_000)
    assert set(tell_openers(open_files(read_whole, files, jobs=2), files)) == {os.getpid()}
    assert list(open_files(read_whole, [], jobs=2)) == []


@pytest.mark.parametrize("place", [20, 21, 22])
def test_files_whose_reader_dies_are_opened_here(files, place: int):
    before = set(active_children())
    files[place] = (files[place][0], "deadly.txt")
    openers = tell_openers(open_files(read_whole, files, jobs=0), files)
    assert openers[place] == os.getpid()
    assert len(set(openers)) == ((3 if place % 3 == 0 else 2) if "fork" in STARTS else 1)
    assert set(active_children()) == before


@pytest.mark.parametrize("place", [30, 31])
def test_what_is_raised_over_a_file_is_raised_here(files, place: int):
    before = set(active_children())
    files[place] = (files[place][0], "bad.txt")
    with pytest.raises(DocumentError, match=r"bad.txt: is bad \(mend it\)"):
        list(open_files(read_whole, files, jobs=0))
    assert set(active_children()) == before


def test_a_build_whose_files_are_opened_by_several_makes_the_same_bytes(files, example_graph: Path, tmp_path: Path):
    texts = tmp_path / "texts"
    shutil.copytree(EXAMPLES, texts)
    build_graph([texts], tmp_path / "graph", jobs=2)
    assert take(tmp_path / "graph") == take(example_graph)
    (texts / "bad.txt").write_bytes(b"")
    made = build_graph([texts], tmp_path / "other", jobs=2)
    assert [str(error) for error in made.errors] == [f"{texts}/bad.txt: is empty (remove it or put text into it)"]


@pytest.mark.skipif("fork" not in STARTS, reason="processes are copied on Linux alone")
@pytest.mark.parametrize("most", [MOST, 1])
def test_all_files_are_the_same_where_copies_of_the_process_make_them(
    most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "a.txt").write_text(
        "Ann Bo is the president of Chile. Oslo is the capital of Norway. Ann Bo was born in Oslo."
    )
    for place in ("kg.engines.beside", "kg.files"):
        monkeypatch.setattr(f"{place}.choose_start", lambda: "fork")
    monkeypatch.setattr(stored, "MOST", most)
    monkeypatch.setattr(stored, "_TOGETHER", 3)
    makers = tmp_path / "makers"
    note = partial(makers.write_text, encoding="utf-8")
    monkeypatch.setattr("kg.files.write_facts", lambda *given: note(str(os.getpid())) and write_facts(*given))
    for worth, jobs in ((10**9, 1), (0, 2)):
        monkeypatch.setattr("kg.files._WORTH", worth)
        monkeypatch.setattr("kg.files._MANY", worth)
        build_graph([tmp_path / "a.txt"], tmp_path / str(jobs), weights=None, jobs=jobs)
    assert take(tmp_path / "1") == take(tmp_path / "2")
    assert b"/kg/graph/derived> ." in (tmp_path / "2" / "graph.nq").read_bytes()
    assert makers.read_text() != str(os.getpid())


def test_two_processes_make_the_same_bytes_as_one(tmp_path: Path):
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(80):
        (texts / f"{number}.txt").write_text(f"Ann Bo {number} is the president of Chile. She met Cy Di in Oslo.")
    assert len(list(cut_batches(read_documents([texts]).documents))) > 2
    for jobs in ("1", "2"):
        words = [str(texts), "-o", str(tmp_path / jobs), "--jobs", jobs]
        command = [sys.executable, "-W", "ignore", "-m", "kg", "build", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert done.stderr.count("read ") == 80
    assert take(tmp_path / "1") == take(tmp_path / "2")


def write_texts(folder: Path, numbers: Iterable[int], place: str) -> None:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number}.txt").write_text(f"Ann Bo {number} is the president of {place}. She met Cy Di in Oslo.")


@pytest.mark.parametrize("jobs", [0, 2])
def test_what_is_known_becomes_records_while_another_process_reads_the_rest(
    jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    made: list[str] = []
    later: list[str] = []
    real = prefetching.read_line
    monkeypatch.setattr(prefetching, "read_line", lambda *given: made.append(given[0]) or real(*given))
    monkeypatch.setattr(records, "read_line", lambda *given: later.append(given[0]) or real(*given))
    monkeypatch.setattr(mapping, "_WORTH", 1)
    monkeypatch.setattr(mapping, "_CHEAPER", 0.01)  # what is known is much
    monkeypatch.setattr(pool.os, "sched_getaffinity", lambda process: {0, 1})
    texts = tmp_path / "texts"
    write_texts(texts, range(40), "Chile")
    build_graph([texts], tmp_path / "graph", weights=None, jobs=jobs)
    assert not made
    later.clear()
    write_texts(texts, (3, 17), "Peru")
    build_graph([texts], tmp_path / "graph", weights=None, jobs=jobs)
    assert len(made) == len(set(made)) == 38
    assert len(later) == 2
    build_graph([texts], tmp_path / "anew", weights=None, jobs=1)
    assert take(tmp_path / "graph") == take(tmp_path / "anew")


def test_up_to_a_line_that_is_none_records_are_made_of_what_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    lines = [write_line(Extraction(document, (), ())) for document in DOCUMENTS]
    path = tmp_path / "lines"
    path.write_bytes(b"".join([*lines, b"{}\n", lines[0]]))
    ends = [0, *accumulate(len(line) for line in (*lines, b"{}\n", lines[0]))]
    spots = [Spot(path, start, end - start) for start, end in pairwise(ends)]
    assert list(Prefetch(spots).make()) == [True, True]
    ahead = Prefetch(spots[:2])
    list(ahead.make())
    found = list(ahead.take([spots[1], spots[3], spots[0]]))
    assert [one and one.document for one in found] == [DOCUMENTS[1], None, DOCUMENTS[0]]
    assert not ahead.made
    assert not list(Prefetch([Spot(tmp_path / "gone", 0, 9)]).make())
    monkeypatch.setattr(records, "_MUCH", len(lines[0]))
    ahead = Prefetch(spots[:1])
    assert list(ahead.make()) == [True]
    assert list(ahead.take(spots[:2])) == [None, None]
    assert not list(Prefetch(spots[:2]).make())


def test_of_few_texts_two_jobs_make_the_same_bytes_too(example_graph: Path, tmp_path: Path):
    command = [sys.executable, "-W", "ignore", "-m", "kg", "build", str(EXAMPLES), "-o", str(tmp_path), "--jobs", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("read ") == len(list(EXAMPLES.glob("*.md")))
    assert take(tmp_path) == take(example_graph)


@pytest.mark.parametrize("start", STARTS)
def test_only_the_text_that_kills_its_process_is_lost(start: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """A process that is begun reads ``sitecustomize`` first, a copy is as this one: there this test puts what kills."""
    monkeypatch.setattr(pool, "choose_start", lambda: start)
    (tmp_path / "sitecustomize.py").write_text(KILLER)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    monkeypatch.setattr(reading, "extract", die_of_deadly_texts)
    found = list(read_in_pool(PLAIN, [(DEADLY, *DOCUMENTS)], 2))
    assert {one.document for one in found if one.line} == {document.id for document in DOCUMENTS}
    (error,) = [one.error for one in found if one.error]
    assert str(error) == "deadly.txt: the process that read it was killed (split it, or try again)"


def die_of_deadly_texts(nlp: Language, documents: Iterable[Document]) -> Iterator[Outcome]:
    documents = tuple(documents)
    if DEADLY in documents:
        os.kill(os.getpid(), signal.SIGKILL)
    return extract(nlp, documents)


@pytest.mark.parametrize("start", STARTS)
def test_each_way_to_start_a_process_gives_the_same_lines(start: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pool, "choose_start", lambda: start)
    found = {one.document: one.line for one in read_in_pool(PLAIN, [(document,) for document in DOCUMENTS], 2)}
    assert found == {one.document: one.line for one in read_batch(make_reader(PLAIN), DOCUMENTS)}


def read_much(batch: tuple[Document, ...]) -> tuple[Read, ...]:
    return tuple(Read(document.id, b"a" * 30_000_000) for document in batch)


@pytest.mark.skipif("fork" not in STARTS, reason="a process is copied on Linux alone")
def test_who_stops_waits_for_nothing_that_is_read_or_sent(monkeypatch: pytest.MonkeyPatch):
    before = set(active_children())
    monkeypatch.setattr(pool, "choose_start", lambda: "fork")
    monkeypatch.setattr(pool, "make_reader", lambda settings: None)
    monkeypatch.setattr(pool, "_read", read_much)
    for _ in range(10):
        reading = read_in_pool(PLAIN, [(document,) for document in DOCUMENTS * 20], 2)
        next(reading)
        reading.close()
        assert wait_for(before)


def wait_for(children: set[object]) -> bool:
    """True once no others are known; of one that is killed the pool's own thread may be the first to hear."""
    for _ in range(100):
        if set(active_children()) == children:
            return True
        time.sleep(0.1)
    return False


def test_a_process_is_copied_only_where_no_thread_runs_beside():
    ended = Event()
    thread = Thread(target=ended.wait, daemon=True)
    thread.start()
    assert choose_start() == "spawn"
    ended.set()
    thread.join()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are looked at where Linux tells of them")
def test_a_process_ends_with_the_one_that_began_it(tmp_path: Path):
    program = (
        "import os; from multiprocessing import active_children; from collections import deque\n"
        "from kg.engines.pool import _read_all\n"
        "from kg.settings import Settings; from kg.documents import make_document\n"
        "if __name__ == '__main__':\n"
        "    batches = deque([(make_document('a', 'It rained.'),)] * 3)\n"
        "    for found in _read_all(Settings(weights=None), batches, 1, iter(())):\n"
        "        print(*[child.pid for child in active_children()], flush=True)\n"
        "        os.kill(os.getpid(), 9)\n"
    )
    (tmp_path / "main.py").write_text(program)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(tmp_path / "main.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert done.stdout.split()
    for pid in map(int, done.stdout.split()):
        assert not is_alive_after(pid, seconds=20)


def is_alive_after(pid: int, *, seconds: int) -> bool:
    for _ in range(seconds * 10):
        if not Path(f"/proc/{pid}").exists():
            return False
        time.sleep(0.1)
    return True


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="actors are found where Linux tells of processes")
def test_an_actor_that_is_killed_is_replaced_and_nothing_is_lost(tmp_path: Path):
    pytest.importorskip("ray", reason="the cluster needs ray: pip install 'kg[ray]'")
    documents = read_documents([EXAMPLES]).documents
    killed: list[int] = []

    def read(settings: Settings, batches: object) -> Iterator[Read]:
        halves = [documents[at : at + 2] for at in range(0, len(documents), 2)]
        for one in read_by_ray(settings, halves, jobs=2):
            if not killed:
                killed.append(kill_an_actor())
            yield one

    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    task = prepare(documents, PLAIN)
    read_all(task, PLAIN, tmp_path, tmp_path / "here")
    assert read_all(task, PLAIN, tmp_path, tmp_path / "there", engine=read)[0] == ()
    assert killed[0]
    assert (tmp_path / "there" / FILE).read_bytes() == (tmp_path / "here" / FILE).read_bytes()


def kill_an_actor() -> int:
    """Ray names its actors in what the system tells of a process; of others that run here none is touched."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        pid = int(path.parent.name)
        if path.read_bytes().startswith(b"ray::Reader") and os.getpid() in find_ancestors(pid):
            os.kill(pid, signal.SIGKILL)
            return pid
    return 0


def find_ancestors(pid: int) -> Iterator[int]:
    while pid > 1:
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        yield pid


@pytest.mark.slow
def test_builds_of_one_process_keep_no_model_of_those_before(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Ann Bo, the president of Chile, met Cy Di in Lima.")
    counts = []
    for number in range(3):
        build_graph([tmp_path / "a.txt"], tmp_path / str(number))
        gc.unfreeze()
        gc.collect()
        counts.append(sum(isinstance(thing, Vocab) for thing in gc.get_objects()))
    assert counts[0] == counts[1] == counts[2]
