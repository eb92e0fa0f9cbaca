"""A text on which one of our own steps fails: it is told in one line, and all others are built."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.build import build_graph, extract_documents
from kg.documents import make_document
from kg.errors import DocumentError
from kg.model import Extraction
from kg.nlp import parts
from kg.nlp.pipeline import extract

pytestmark = pytest.mark.slow
GOOD, BAD, LAST = "Ann Bo is the president of Chile.", "Moloch is the president of Peru.", "Cy Di is the mayor of Lima."


@Language.component("fail_on_moloch")
def fail_on_moloch(doc: Doc) -> Doc:
    if "Moloch" in doc.text:
        raise ValueError("no such\n god")
    return doc


LINE = fail_on_moloch.__code__.co_firstlineno + 3
FAULT = (
    f"kg failed on it in test_failures.py:{LINE}: ValueError: no such god (leave it out, and report this with the text)"
)


@pytest.fixture
def failing(nlp: Language) -> Iterator[Language]:
    nlp.add_pipe("fail_on_moloch")
    yield nlp
    nlp.remove_pipe("fail_on_moloch")


def test_a_step_that_fails_on_one_text_loses_that_text_alone(failing: Language):
    texts = [make_document(f"{at}.txt", text) for at, text in enumerate((GOOD, BAD, LAST))]
    one, fault, other = extract(failing, texts)
    assert (one, other) == tuple(extract(failing, (texts[0], texts[2])))
    assert isinstance(one, Extraction)
    assert (type(fault), str(fault)) == (DocumentError, f"1.txt: {FAULT}")


def test_a_long_text_with_one_part_that_fails_is_not_read_by_halves(failing: Language, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parts, "LONGEST", 40)
    long = make_document("long.txt", f"{GOOD}\n\n{BAD}\n\n{LAST}")
    assert [type(one) for one in extract(failing, [long, make_document("b.txt", GOOD)])] == [DocumentError, Extraction]


def test_the_others_are_built_as_if_it_were_not_there(
    failing: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for folder, texts in (("with", (GOOD, BAD, LAST)), ("without", (GOOD, "", LAST))):
        (tmp_path / folder).mkdir()
        for at, text in enumerate(texts):
            if text:
                (tmp_path / folder / f"{at}.txt").write_text(text)
    monkeypatch.setattr("kg.mapping.make_reader", lambda *_, **__: failing)
    made = build_graph([tmp_path / "with"], tmp_path / "a")
    assert [str(error) for error in made.errors] == [f"1.txt: {FAULT}"]
    assert made.documents == 2
    build_graph([tmp_path / "without"], tmp_path / "b")
    for name in ("graph.nq", "facts.ttl", "extractions.jsonl", "graph.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_where_all_fail_nothing_is_written(failing: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.txt").write_text(BAD)
    for name in ("kg.mapping.make_reader", "kg.build.make_pipeline"):
        monkeypatch.setattr(name, lambda *_, **__: failing)
    with pytest.raises(DocumentError, match="kg failed on it"):
        build_graph([tmp_path / "a.txt"], tmp_path / "out")
    with pytest.raises(DocumentError, match="kg failed on it"):
        list(extract_documents([make_document("a.txt", BAD)]))
    assert [path.name for path in (tmp_path / "out").iterdir() if not path.name.startswith(".")] == []


PROGRAM = """
import kg.mapping
from kg.__main__ import main
real = kg.mapping.make_reader
def make_pipeline(*given, **named):
    nlp = real(*given, **named)
    step = nlp.get_pipe("kg_values")
    def fail(doc):
        if "Moloch" in doc.text:
            raise RecursionError("too deep")
        return step(doc)
    nlp._components = [(name, fail if name == "kg_values" else pipe) for name, pipe in nlp._components]
    return nlp
kg.mapping.make_reader = make_pipeline
main()
"""


def test_the_command_tells_it_in_one_line_with_exit_code_2(tmp_path: Path):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.txt").write_text(BAD)
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, "build", "-q", "a.txt", "b.txt", "-o", "out"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    (line,) = done.stderr.splitlines()
    assert line.startswith("kg: b.txt: kg failed on it in <string>:")
    assert line.endswith("RecursionError: too deep (leave it out, and report this with the text)")
    assert done.returncode == 2
    assert "Ann Bo" in (tmp_path / "out" / "facts.ttl").read_text()
