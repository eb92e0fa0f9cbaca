"""Work beside is done when the block ends, whatever happens to the process that does it."""

import os
import signal
import sys
from collections.abc import Callable
from errno import EAGAIN
from functools import partial
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Thread

import pytest

from kg.engines import beside as module
from kg.engines.beside import beside

copies = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")


def note(place: Path) -> None:
    with place.open("a") as file:
        file.write(f"{os.getpid()} ")


def read(place: Path) -> list[int]:
    return list(map(int, place.read_text().split()))


@copies
def test_the_work_is_done_where_it_is_wanted(tmp_path: Path):
    for apart in (True, False):
        with beside(partial(note, tmp_path / str(apart)), apart=apart):
            pass
        (number,) = read(tmp_path / str(apart))
        assert (number != os.getpid()) == apart


def test_where_a_thread_runs_beside_no_copy_is_made(tmp_path: Path):
    ended = Event()
    thread = Thread(target=ended.wait)
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
def test_a_copy_goes_with_the_block_that_fails():
    with pytest.raises(KeyError), beside(signal.pause, apart=True):
        (copy,) = active_children()
        raise KeyError
    copy.join(10)
    assert not copy.is_alive()


def refuse(process: object) -> None:
    raise BlockingIOError(EAGAIN, "Resource temporarily unavailable")


@copies
def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(module.get_context("fork").Process, "_Popen", staticmethod(refuse))
    with beside(partial(note, tmp_path / "done"), apart=True):
        pass
    assert read(tmp_path / "done") == [os.getpid()]
