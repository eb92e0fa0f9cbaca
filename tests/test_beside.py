"""Work beside is done when the block ends, whatever happens to the process that does it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from errno import EAGAIN
from functools import partial
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest

from kg.engines import beside as module
from kg.engines.beside import beside
from kg.journal import unfinished
from kg.rdf.files import writing

copies = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")


@pytest.fixture
def _copying(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where no thread runs beside; who runs tests in several processes has one."""
    monkeypatch.setattr(module, "choose_start", lambda: "fork")


def note(place: Path) -> None:
    with place.open("a") as file:
        file.write(f"{os.getpid()} ")


def read(place: Path) -> list[int]:
    return list(map(int, place.read_text().split()))


@copies
@pytest.mark.usefixtures("_copying")
def test_the_work_is_done_where_it_is_wanted(tmp_path: Path):
    for apart in (True, False):
        with beside(partial(note, tmp_path / str(apart)), apart=apart):
            pass
        (number,) = read(tmp_path / str(apart))
        assert (number != os.getpid()) == apart


@copies
@pytest.mark.usefixtures("_copying")
@pytest.mark.parametrize("apart", [True, False])
def test_the_block_can_wait_for_some_of_the_works_each_of_which_is_done_once(apart: bool, tmp_path: Path):
    places = [tmp_path / str(number) for number in range(3)]
    with beside(*(partial(note, place) for place in places), apart=apart) as finish:
        finish(0)
        for _ in range(2):
            finish(2)
            assert [len(read(place)) for place in places[:2]] == [1, 1]
    assert [len(read(place)) for place in places] == [1, 1, 1]


@copies
@pytest.mark.usefixtures("_copying")
def test_of_several_works_those_that_a_copy_has_done_are_not_done_again(tmp_path: Path):
    places = [tmp_path / str(number) for number in range(3)]
    dying = partial(die_elsewhere, places[1], os.getpid())
    with beside(partial(note, places[0]), dying, partial(note, places[2]), apart=True) as finish:
        finish(1)
        assert len(read(places[0])) == 1
    assert len(read(places[0])) == 1 and read(places[0]) != [os.getpid()]
    assert read(places[1])[1:] == [os.getpid()] == read(places[2])


def test_where_a_thread_runs_beside_no_copy_is_made(tmp_path: Path):
    ended = Event()
    thread = Thread(target=ended.wait, daemon=True)
    thread.start()
    with beside(partial(note, tmp_path / "done"), apart=True):
        assert not active_children()
    ended.set()
    thread.join()
    assert read(tmp_path / "done") == [os.getpid()]


def die_elsewhere(place: Path, number: int) -> None:
    note(place)
    if os.getpid() != number:
        os.kill(os.getpid(), signal.SIGKILL)


def stop_elsewhere(place: Path, number: int) -> None:
    note(place)
    if os.getpid() != number:
        sys.exit(0)


@copies
@pytest.mark.usefixtures("_copying")
@pytest.mark.parametrize("work", [die_elsewhere, stop_elsewhere])
def test_what_a_copy_does_not_end_is_done_here(work: Callable[[Path, int], None], tmp_path: Path):
    with beside(partial(work, tmp_path / "done", os.getpid()), apart=True):
        pass
    first, second = read(tmp_path / "done")
    assert first != os.getpid() == second


def fail() -> None:
    raise ValueError("no")


@pytest.mark.parametrize("apart", [True, False])
def test_what_it_raises_is_raised_here(apart: bool, capfd: pytest.CaptureFixture[str]):
    with pytest.raises(ValueError, match="no"), beside(fail, apart=apart):
        pass
    assert capfd.readouterr().err == ""


@copies
@pytest.mark.usefixtures("_copying")
def test_a_copy_goes_with_the_block_that_fails():
    with pytest.raises(KeyError), beside(signal.pause, apart=True):
        (copy,) = active_children()
        raise KeyError
    copy.join(10)
    assert not copy.is_alive()


def refuse(process: object) -> None:
    raise BlockingIOError(EAGAIN, "Resource temporarily unavailable")


@copies
@pytest.mark.usefixtures("_copying")
def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(module.get_context("fork").Process, "_Popen", staticmethod(refuse))
    with beside(partial(note, tmp_path / "done"), apart=True):
        pass
    assert read(tmp_path / "done") == [os.getpid()]


@copies
@pytest.mark.usefixtures("_copying")
def test_a_copy_goes_when_waiting_for_it_is_interrupted(monkeypatch: pytest.MonkeyPatch):
    def read(*given: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(module.os, "read", read)
    with pytest.raises(KeyboardInterrupt), beside(signal.pause, apart=True):
        (copy,) = active_children()
    assert not copy.is_alive()


PROGRAM = """
import os, signal, sys, time
from pathlib import Path
from kg.engines.beside import beside
def note():
    print(os.getpid(), flush=True)
    signal.pause()
with beside(note, apart=True):
    time.sleep(0.2)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@copies
def test_a_copy_ends_with_the_process_that_began_it():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    for _ in range(100):
        if not Path(f"/proc/{int(done.stdout)}").exists():
            return
        sleep(0.1)
    pytest.fail("the copy is still there")


APART = """
import os, time
from kg.apart import run_apart
def wait():
    print(os.getpid(), flush=True)
    time.sleep(60)
run_apart(wait, seconds=60, megabytes=1000)
"""


@copies
def test_what_runs_apart_ends_with_the_process_that_began_it():
    with subprocess.Popen([sys.executable, "-c", APART], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        number = int(process.stdout.readline())
        process.kill()
        for _ in range(100):
            if not Path(f"/proc/{number}").exists():
                return
            sleep(0.1)
    pytest.fail("it is still there")


def die_while_writing(folder: Path, number: int) -> None:
    with writing(folder / "graph.html") as file:
        file.write(b"page")
        if os.getpid() != number:
            os.kill(os.getpid(), signal.SIGKILL)


@copies
@pytest.mark.usefixtures("_copying")
def test_what_a_killed_copy_had_half_written_does_not_come_into_the_graph(tmp_path: Path):
    with unfinished(tmp_path) as folder, beside(partial(die_while_writing, folder, os.getpid()), apart=True):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["graph.html"]
