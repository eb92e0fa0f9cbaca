"""Work in another process gives what it gives in this one, whatever happens there."""

import os
import signal

import pytest

from kg.engines.beside import beside


def double(number: int) -> int:
    return 2 * number


def double_here(pid: int) -> int:
    if os.getpid() != pid:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * pid


def fail(number: int) -> int:
    raise ValueError(f"not {number}")


@pytest.mark.parametrize("apart", [True, False])
def test_the_result_is_the_same_apart_or_not(apart: bool):
    with beside(double, 21, apart=apart) as wait:
        assert wait() == 42


def test_what_is_killed_is_done_here():
    with beside(double_here, os.getpid(), apart=True) as wait:
        assert wait() == 2 * os.getpid()


@pytest.mark.parametrize("apart", [True, False])
def test_what_it_raises_is_raised_here(apart: bool):
    with pytest.raises(ValueError, match="not 1"), beside(fail, 1, apart=apart) as wait:
        wait()
