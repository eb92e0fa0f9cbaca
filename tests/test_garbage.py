"""Records are let go where a process goes on, and left where it ends at once."""

import gc
from collections.abc import Iterator
from weakref import ref

import pytest

from kg import garbage
from kg.garbage import end_at_once, leave, uncollected


class Record:
    """Something that tells whether it is still there."""


@pytest.fixture(autouse=True)
def a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(garbage, "_kept", [])
    yield
    gc.unfreeze()


def make_and_leave() -> "ref[Record]":
    record = Record()
    leave(record)
    return ref(record)


def test_records_are_let_go_where_a_process_goes_on():
    assert make_and_leave()() is None


def test_records_are_left_to_the_end_of_a_process_that_ends_at_once():
    end_at_once()
    assert make_and_leave()() is not None
    assert gc.get_freeze_count()


def test_nothing_is_searched_while_millions_are_made():
    with pytest.raises(KeyError), uncollected():
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()
    gc.disable()
    with uncollected():
        pass
    assert not gc.isenabled()
    gc.enable()
