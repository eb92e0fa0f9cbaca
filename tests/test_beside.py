"""Work in another process gives what it gives in this one, whatever happens there."""

import os
import signal
import subprocess
import sys
from errno import EAGAIN
from multiprocessing import active_children
from multiprocessing.context import SpawnProcess
from pathlib import Path
from textwrap import indent

import pytest

from kg.engines.beside import beside

SCRIPT = """\
import os
from kg.engines.beside import beside
print("begun", flush=True)
with beside(eval, apart=True) as begin:
    wait = begin("__import__('os').getpid()")
    print("here" if wait() == os.getpid() else "apart")
"""
GUARDED = f"if __name__ == '__main__':\n{indent(SCRIPT, '    ')}"


def tell_process(given: None) -> int:
    return os.getpid()


def die_elsewhere(given: tuple[Path, int]) -> int:
    trace, pid = given
    if os.getpid() != pid:
        trace.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def fail(number: int) -> int:
    raise ValueError(f"not {number}")


def refuse(process: object) -> None:
    raise BlockingIOError(EAGAIN, "Resource temporarily unavailable")


@pytest.mark.parametrize("apart", [True, False])
def test_the_work_is_done_where_it_is_wanted(apart: bool):
    with beside(tell_process, apart=apart) as begin:
        assert (begin(None)() != os.getpid()) == apart


def test_what_is_killed_is_done_here(tmp_path: Path):
    trace = tmp_path / "begun"
    with beside(die_elsewhere, apart=True) as begin:
        assert begin((trace, os.getpid()))() == os.getpid()
    assert trace.exists()


def test_what_was_killed_before_it_got_its_work_is_replaced(tmp_path: Path):
    with beside(tell_process, apart=True) as begin:
        for process in active_children():
            process.kill()
            process.join()
        assert begin(None)() == os.getpid()


@pytest.mark.parametrize("apart", [True, False])
def test_what_it_raises_is_raised_here(apart: bool):
    with pytest.raises(ValueError, match="not 1"), beside(fail, apart=apart) as begin:
        begin(1)()


def test_where_no_process_can_be_started_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(SpawnProcess, "_Popen", staticmethod(refuse))
    with beside(tell_process, apart=True) as begin:
        assert begin(None)() == os.getpid()


@pytest.mark.parametrize(
    ("command", "script", "where"),
    [
        (["main.py"], SCRIPT, "here"),
        (["main.py"], GUARDED, "apart"),
        (["-m", "main"], SCRIPT, "here"),
        (["-m", "main"], GUARDED, "apart"),
        (["-"], SCRIPT, "here"),
        (["-c", SCRIPT], SCRIPT, "apart"),
    ],
)
def test_no_script_is_run_again(command: list[str], script: str, where: str, tmp_path: Path):
    (tmp_path / "main.py").write_text(script)
    done = subprocess.run(
        [sys.executable, *command],
        input=script,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert (done.stdout, done.stderr) == (f"begun\n{where}\n", "")
