"""Nothing is searched for garbage while millions of records are made."""

import gc

import pytest

from kg.garbage import uncollected


def test_nothing_is_searched_within():
    with pytest.raises(KeyError), uncollected():
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()


def test_what_was_off_stays_off():
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
