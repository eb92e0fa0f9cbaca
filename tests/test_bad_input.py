"""Bad input, all of it at once: a line for each with where and what to do, exit code 2, and what is good is built."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from bad_input import BAD, fits, make_folder, make_good
from conftest import EXAMPLES
from pyoxigraph import RdfFormat, parse

from kg.apart import run_apart
from kg.errors import DocumentError
from kg.rdf.answers import format_answer
from kg.rdf.files import read_store
from kg.rdf.sparql import run_query
from kg.readers import dispatch
from kg.readers.drafts import NO_WISHES

pytestmark = pytest.mark.slow
BUILD = [sys.executable, "-W", "ignore", "-m", "kg", "build"]
FILES = ("facts.ttl", "graph.nq", "graph.html", "extractions.jsonl")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], dict[str, str], Path]:
    folder = tmp_path_factory.mktemp("bad")
    (folder / "texts").mkdir()
    said = make_folder(folder / "texts")
    make_good(folder / "texts")
    done = subprocess.run(
        [*BUILD, "-q", "texts", "-o", "out"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done, said, folder


def test_each_bad_file_is_told_in_one_line_with_what_to_do(run):
    done, said, _ = run
    lines = done.stderr.splitlines()
    for name, words in said.items():
        found = [line for line in lines if line.startswith(f"kg: texts/{name}:") or line.startswith(f"kg: texts/{name}/")]
        assert len(found) == 1, (name, found)
        assert fits(found[0].removeprefix(f"kg: texts/{name}"), words), found[0]
    others = [line for line in lines if not any(line.startswith(f"kg: texts/{name}") for name in said)]
    assert others == ["kg: 1 files of other kinds are left out: .xyz"]
    assert done.returncode == 2
    assert done.stdout == ""


def test_what_is_good_beside_it_is_built(run):
    _, _, folder = run
    query = "SELECT ?name { ?p kg:presidentOf ?c ; rdfs:label ?name } ORDER BY ?name"
    answer = format_answer(run_query(read_store(folder / "out"), query), "csv").split()
    assert answer == ["name", "Ann", "Bo", "Cy", "Di", "Eva", "Peña", "Flo", "Gu", "Jo", "Ko"]
    for name, kind in (("graph.nq", RdfFormat.N_QUADS), ("facts.ttl", RdfFormat.TURTLE)):
        assert list(parse((folder / "out" / name).read_bytes(), format=kind))


