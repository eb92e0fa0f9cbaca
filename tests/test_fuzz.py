"""Readers, loader, IRIs and queries on what nobody meant: broken copies of real files, and what fuzzing once found."""

from pathlib import Path

import fuzz
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

FILES = Path(__file__).parent / "files"
FOUND = sorted(path for path in (Path(__file__).parent / "findings").iterdir() if path.suffix != ".md")


@pytest.fixture(autouse=True)
def in_process(monkeypatch: pytest.MonkeyPatch):
    """What is else read apart is read here: a process for each example takes long."""
    monkeypatch.setattr(fuzz.dispatch, "_read_apart", lambda read, content, where, wishes: read(content, where, wishes))


@st.composite
def broken(draw: st.DrawFn, seed: bytes) -> bytes:
    """A copy with some stretches cut out, doubled, or written over."""
    made = bytearray(seed)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(made)))
        end = min(len(made), start + draw(st.sampled_from((0, 1, 2, 8, 100, 5000))))
        made[start:end] = draw(st.sampled_from((b"", made[start:end] * 2, None))) or draw(st.binary(max_size=8))
    return bytes(made)


@pytest.mark.parametrize("target", fuzz.TARGETS)
@settings(max_examples=15)
@given(data=st.data())
def test_broken_copies_give_what_is_promised_or_the_error_that_is_named(target: str, data: st.DataObject):
    seed = data.draw(st.sampled_from(fuzz.seeds(target)))
    fuzz.TARGETS[target](data.draw(st.one_of(broken(seed), st.binary(max_size=300))))


@pytest.mark.parametrize("path", FOUND, ids=[path.name for path in FOUND])
def test_what_was_found_once_is_not_found_again(path: Path):
    fuzz.TARGETS[path.name.partition("-")[0]](path.read_bytes())
