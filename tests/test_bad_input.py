"""Bad input, all of it at once: a line for each with where and what to do, exit code 2, and what is good is built."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bad_input import fits, make_folder, make_good, read_table
from pyoxigraph import RdfFormat, parse

from kg.rdf.answers import format_answer
from kg.rdf.files import read_store
from kg.rdf.sparql import run_query

pytestmark = pytest.mark.slow
BUILD = [sys.executable, "-W", "ignore", "-m", "kg", "build", "-q"]
PRESIDENTS = "SELECT ?name { ?p kg:presidentOf ?c ; rdfs:label ?name } ORDER BY ?name"
Run = tuple[subprocess.CompletedProcess[str], Path]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("bad")
    (folder / "texts").mkdir()
    make_folder(folder / "texts")
    make_good(folder / "texts")
    command = [*BUILD, "texts", "-o", "out"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False), folder


def test_each_bad_file_is_told_in_one_line_with_what_to_do(run: Run):
    done, _ = run
    lines = done.stderr.splitlines()
    for name, code, words in read_table():
        start = f"kg: texts/{name}"
        found = [line for line in lines if line.startswith((f"{start}:", f"{start}/"))]
        assert [fits(line.removeprefix(start), words) for line in found] == [True], (name, found)
        assert done.returncode == code
        lines.remove(found[0])
    assert lines == ["kg: files of other kinds are left out: 1 (.xyz)"]
    assert done.stdout == ""


def test_what_is_good_beside_it_is_built(run: Run):
    _, folder = run
    answer = format_answer(run_query(read_store(folder / "out"), PRESIDENTS), "csv").splitlines()
    assert answer == ["name", "Ann Bo", "Cy Di", "Eva Peña", "Flo Gu", "Jo Ko"]
    for name, kind in (("graph.nq", RdfFormat.N_QUADS), ("facts.ttl", RdfFormat.TURTLE)):
        assert list(parse((folder / "out" / name).read_bytes(), format=kind))


def test_each_case_that_is_listed_has_its_test():
    here = Path(__file__).parent
    named = re.findall(r"`(\w+\.py)::(\w+)` \|$", (here / "CASES.md").read_text(encoding="utf-8"), re.M)
    assert len(named) > 15
    assert [name for file, name in named if f"\ndef {name}(" not in (here / file).read_text(encoding="utf-8")] == []
