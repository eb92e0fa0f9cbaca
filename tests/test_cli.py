"""What a user types and sees: every verb, and one clear line for every mistake."""

import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import EXAMPLES
from pyoxigraph import RdfFormat, parse

from kg.__main__ import main
from kg.documents import read_documents

pytestmark = pytest.mark.slow


class Shell:
    """Runs ``kg`` in this process and keeps what it said."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.patch, self.capsys = monkeypatch, capsys

    def __call__(self, *words: object, stdin: str = "") -> tuple[int, str, str]:
        self.patch.setattr(sys, "argv", ["kg", *map(str, words)])
        self.patch.setattr(sys, "stdin", io.StringIO(stdin))
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = self.capsys.readouterr()
        return code, said.out, said.err


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(monkeypatch, capsys)


def test_a_named_query_with_its_value(kg: Shell, example_graph: Path):
    code, out, err = kg("query", "who-is", "Rafael Correa", "-g", example_graph)
    assert (code, err) == (0, "")
    assert "president of" in out


def test_queries_are_listed(kg: Shell):
    code, out, _ = kg("query", "--list")
    assert (code, out.split()[0]) == (0, "about")


def test_a_query_from_a_file_and_as_text_give_the_same(kg: Shell, example_graph: Path, tmp_path: Path):
    text = "SELECT ?name { ?p kg:presidentOf/rdfs:label 'Ecuador' ; rdfs:label ?name } ORDER BY ?name"
    (tmp_path / "own.rq").write_text(text)
    typed, read = kg("query", text, "-g", example_graph), kg("query", tmp_path / "own.rq", "-g", example_graph)
    assert typed == read
    assert "Rafael Correa" in typed[1]


@pytest.mark.parametrize("kind", ["table", "csv", "tsv", "json"])
def test_every_form_of_answer(kg: Shell, example_graph: Path, kind: str):
    code, out, _ = kg("query", "presidents", "-f", kind, "-g", example_graph / "graph.nq")
    assert code == 0
    assert "Rafael Correa" in out
    assert kind != "json" or json.loads(out)["head"]["vars"][0] == "person"


def test_ask_answers_by_exit_code_too(kg: Shell, example_graph: Path):
    assert kg("query", "ASK { ?p kg:presidentOf ?c }", "-g", example_graph)[0] == 0
    assert kg("query", "ASK { ?p kg:capitalOf ?p }", "-g", example_graph)[0] == 1


def test_explain_gives_sentence_document_and_offsets(kg: Shell, example_graph: Path):
    code, out, _ = kg("explain", "Rafael Correa", "presidentOf", "Ecuador", "-g", example_graph)
    assert code == 0
    place = next(line for line in out.splitlines() if ".md:" in line).split()[0].rstrip(";")
    document, _, offsets = place.rpartition(":")
    start, end = map(int, offsets.split("-"))
    text = next(item.text for item in read_documents([EXAMPLES]).documents if item.id == document)
    assert " ".join(text[start:end].split()) in out


def test_explain_of_what_is_not_there(kg: Shell, example_graph: Path):
    code, out, err = kg("explain", "Nobody Known", "-g", example_graph)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1


def test_validate(kg: Shell, example_graph: Path):
    assert kg("validate", "-g", example_graph) == (0, "conforms\n", "")


@pytest.mark.parametrize("kind", [RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML, RdfFormat.JSON_LD])
def test_exports_are_read_back(kg: Shell, example_graph: Path, tmp_path: Path, kind: RdfFormat):
    names = {"Turtle": "turtle", "N-Triples": "ntriples", "RDF/XML": "rdfxml", "JSON-LD": "jsonld"}
    assert kg("export", "-f", names[kind.name], "-o", tmp_path / "out", "-g", example_graph)[0] == 0
    ours = {str(quad.triple) for quad in parse(path=str(example_graph / "facts.ttl"), format=RdfFormat.TURTLE)}
    assert {str(quad.triple) for quad in parse(path=str(tmp_path / "out"), format=kind)} == ours


def test_annotate_reads_standard_input(kg: Shell):
    code, out, _ = kg("annotate", stdin="Ann Bo is the president of Chile. Ann Bo was not arrested.")
    assert code == 0
    assert "CT+ Ann Bo — kg:presidentOf — Chile" in out
    assert "CT- " in out


def test_build_says_what_it_made_and_where(kg: Shell, tmp_path: Path):
    (tmp_path / "a.txt").write_text("Ann Bo is the president of Chile.")
    code, out, err = kg("build", tmp_path / "a.txt", "-o", tmp_path / "out", "--base", "https://news.example/g/")
    assert code == 0
    read, steps = err.splitlines()
    assert read == "read a.txt"
    assert [step.split()[0] for step in steps.split(", ")] == [
        "files",
        "texts",
        "things",
        "facts",
        "graph",
        "page",
    ]
    assert out.splitlines()[1] == f"open {tmp_path / 'out' / 'graph.html'}"
    assert "https://news.example/g/" in (tmp_path / "out" / "facts.ttl").read_text()
    assert kg("view", "--no-open", "-g", tmp_path / "out")[:2] == (0, f"{tmp_path / 'out' / 'graph.html'}\n")
    assert "Chile" in kg("query", "presidents", "-g", tmp_path / "out")[1]


def test_texts_are_added_and_removed_and_programs_are_told(kg: Shell, tmp_path: Path):
    (tmp_path / "a.txt").write_text("Ann Bo is the president of Chile.")
    (tmp_path / "b.txt").write_text("Cy Di is the president of Peru.")
    out = tmp_path / "out"
    assert kg("build", "-q", tmp_path / "a.txt", "-o", out) == (0, "", "")
    code, told, err = kg("add", "--json", tmp_path / "b.txt", tmp_path / "none.txt", "-o", out)
    made = json.loads(told)
    missing = f"{tmp_path / 'none.txt'}: No such file or directory (check its name and its rights)"
    assert (code, err) == (2, f"kg: {missing}\n")
    assert (made["documents"], made["page"], made["errors"]) == (2, str(out / "graph.html"), [missing])
    assert "Peru" in kg("query", "presidents", "-g", out)[1]
    listed = kg("query", "documents", "-g", out, "-f", "csv")[1]
    assert listed.splitlines() == ["document,day,source", "a.txt,,", "b.txt,,"]
    code, told, err = kg("remove", "a.txt", "-o", out)
    assert (code, told.split(",")[0]) == (0, "1 documents")
    assert err.startswith("files ")
    assert "Chile" not in kg("query", "presidents", "-g", out)[1]


def test_a_wrong_file_is_named_and_the_rest_is_built(kg: Shell, tmp_path: Path):
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "good.txt").write_text("Ann Bo is the president of Chile.")
    code, _, err = kg("build", "-q", tmp_path, "-o", tmp_path / "out")
    assert (code, err.count("\n")) == (2, 1)
    assert "bad.txt" in err
    assert "Chile" in kg("query", "presidents", "-g", tmp_path / "out")[1]


def test_the_ontology_is_listed_and_checked(kg: Shell):
    assert "presidentOf" in kg("ontology")[1]
    assert kg("ontology", "--check") == (0, "no faults\n", "")


TEXTS = {
    "a.txt": "Rafael Correa is the president of Ecuador. Rafael Correa was born in Guayaquil.",
    "b.txt": "Rafael Correa met Ann Bo, the president of Chile, in Lima.",
}


@pytest.fixture
def own(tmp_path: Path, kg: Shell) -> Path:
    (tmp_path / "texts").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "texts" / name).write_text(text)
    kg("build", "-q", tmp_path / "texts", "-o", tmp_path / "out")
    return tmp_path


def labels(kg: Shell, folder: Path) -> list[str]:
    rows = kg("query", "SELECT ?l { ?p a kg:Person ; rdfs:label ?l } ORDER BY ?l", "-f", "csv", "-g", folder)[1]
    return rows.split("\r\n")[1:-1]


def test_decisions_are_written_applied_by_the_next_build_and_undone_by_deletion(kg: Shell, own: Path):
    out = own / "out"
    before = (out / "graph.nq").read_bytes()
    assert labels(kg, out) == ["Ann Bo", "Rafael Correa"]
    code, said, err = kg("same", "rafael correa", "kgr:person/ann-bo", "-g", out, "--who", "eva", "--why", "a test")
    assert (code, err) == (0, "")
    assert "decisions.ttl" in said
    assert "next `kg build`" in said
    assert labels(kg, out) == ["Ann Bo", "Rafael Correa"]
    kg("build", "-q", own / "texts", "-o", out)
    assert labels(kg, out) == ["Rafael Correa"]
    (out / "decisions.ttl").unlink()
    kg("build", "-q", own / "texts", "-o", out)
    assert (out / "graph.nq").read_bytes() == before


def test_every_kind_of_decision_from_a_file_that_is_named(kg: Shell, own: Path):
    out = own / "out"
    for line in (
        ("rename", "Ann Bo", "Ana Bo"),
        ("retype", "Guayaquil", "region"),
        ("reject", "Rafael Correa", "president of", "Ecuador"),
        ("different", "Rafael Correa", "--document", "b.txt"),
    ):
        assert kg(*line, "-g", out, "--who", "eva")[::2] == (0, ""), line
    (out / "decisions.ttl").rename(own / "mine.ttl")
    kg("build", "-q", own / "texts", "-o", out, "--decisions", own / "mine.ttl")
    assert labels(kg, out) == ["Ana Bo", "Rafael Correa", "Rafael Correa"]
    assert kg("query", "ASK { ?x a kg:Region ; rdfs:label 'Guayaquil' }", "-g", out)[0] == 0
    assert kg("query", "ASK { ?x kg:presidentOf/rdfs:label 'Ecuador' }", "-g", out)[0] == 1
    assert kg("query", "ASK { ?x kg:presidentOf/rdfs:label 'Chile' }", "-g", out)[0] == 0


def test_a_decision_that_meets_nothing_is_told(kg: Shell, own: Path):
    kg("rename", "Ann Bo", "Ana Bo", "-g", own / "out")
    (own / "texts" / "b.txt").unlink()
    code, _, err = kg("build", own / "texts", "-o", own / "out")
    assert code == 0
    lines = (own / "out" / "decisions.ttl").read_text().splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("decision:rename"))
    assert f"decisions.ttl:{number} says rename “Ann Bo” (kgr:person/ann-bo) “Ana Bo”" in err


def test_duplicates_are_listed_with_their_sentences_until_they_are_decided(kg: Shell, own: Path):
    (own / "texts" / "c.txt").write_text("Anne Bo, the president of Chile, resigned.")
    kg("build", "-q", own / "texts", "-o", own / "out")
    code, out, _ = kg("duplicates", "-g", own / "out")
    assert code == 0
    assert out.splitlines()[0] == "0.84  Ann Bo = Anne Bo?  spelled alike, both related to Chile"
    assert "“Anne Bo, the president of Chile, resigned.” (c.txt)" in out
    (pair,) = json.loads(kg("duplicates", "--json", "-g", own / "out")[1])
    assert [thing["id"] for thing in pair["things"]] == ["kgr:person/ann-bo", "kgr:person/anne-bo"]
    kg("different", "Ann Bo", "Anne Bo", "-g", own / "out")
    assert kg("duplicates", "-g", own / "out")[1] == "no two things look like one\n"


SAMPLE = min(EXAMPLES.iterdir())
MISTAKES = [
    ("build /nowhere/at/all.txt", "/nowhere/at/all.txt"),
    ("build {examples} -o {file}/out", "out: Not a directory (choose a folder that can be written)"),
    ("build {file} -o {file}", "a.txt: File exists (choose a folder that can be written)"),
    ("build {file} --address here:1 -o {tmp}/o", "say --engine ray too"),
    ("build {file} --base not-an-iri -o {tmp}/o", "not-an-iri"),
    ("build {file} --ontology /nowhere -o {tmp}/o", "/nowhere"),
    ("build {file} --model no_such_model -o {tmp}/o", "no_such_model"),
    ("build", "PATHS"),
    ("query presidents -g /nowhere", "/nowhere"),
    ("query presidents -g {file}", "a.txt"),
    ("query nobody -g {graph}", "query"),
    ("query missing.rq -g {graph}", "missing.rq"),
    ("query who-is -g {graph}", "who-is takes NAME"),
    ("export -f xyz -g {graph}", "xyz"),
    ("export -o {file}/x -g {graph}", "a.txt/x"),
    ("explain a b -g {graph}", "in quotes"),
    ("view --no-open -g {tmp}", "graph.html"),
    ("annotate /nowhere", "/nowhere"),
    ("build {file} --decisions /nowhere.ttl -o {tmp}/o", "/nowhere.ttl"),
    ("same Guayaquil Atlantis -g {graph}", "Atlantis"),
    ("same Guayaquil kgr:place/atlantis -g {graph}", "kgr:place/atlantis"),
    ("same Guayaquil Guayaquil -g {graph}", "kgr:place/guayaquil"),
    ("different Guayaquil -g {graph}", "--document"),
    ("different Guayaquil -d nowhere.md -g {graph}", "nowhere.md"),
    ("different Guayaquil Guayaquil -g {graph}", "kgr:place/guayaquil"),
    ("retype Guayaquil Metropole -g {graph}", "Metropole"),
    ("reject Guayaquil capitalOf Quito -g {graph}", "Guayaquil capitalOf Quito"),
    ("rename Guayaquil -g {graph}", "NAME"),
    ("duplicates -g /nowhere", "/nowhere"),
    ("frobnicate", "frobnicate"),
    ("build {file} --date bad", "--date': 'bad' is no day; write it as 2010-09-30 (see `kg build --help`)"),
    ("build {file} --date 2010-02-30", "2010-02-30"),
    ("build {file} --field body=a", "write --field text=NAME"),
    ("build {file} --nope", "--nope"),
    ("build {file} --weights a --no-model", "--no-model"),
    ("export --since soon -g {graph}", "'soon' is no day; write it as 2010-09-30"),
    ("query presidents --rows 0 -g {graph}", "--rows"),
    ("query presidents -f odd -g {graph}", "markdown"),
]


@pytest.mark.parametrize(("line", "named"), MISTAKES, ids=[line for line, _ in MISTAKES])
def test_a_mistake_is_told_in_one_line_without_traceback(
    kg: Shell, example_graph: Path, tmp_path: Path, line: str, named: str
):
    (tmp_path / "a.txt").write_text("Ann Bo is the president of Chile.")
    words = line.format(examples=SAMPLE, graph=example_graph, tmp=tmp_path, file=tmp_path / "a.txt").split()
    code, out, err = kg(*words)
    assert code == 2
    assert named in err
    assert "Traceback" not in out + err
    told = [line for line in err.splitlines() if not line.startswith("read ")]
    assert len(told) == 1
    assert told[0].startswith("kg: ")


FULL = Path("/dev/full")
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


@pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full, which this system does not have")
@pytest.mark.parametrize("verb", ["--version", "ontology"])
def test_what_cannot_be_written_is_told_in_one_line(verb: str):
    command = [sys.executable, "-W", "ignore", "-m", "kg", verb]
    with FULL.open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=BUFFERED)
    assert (done.returncode, done.stderr) == (2, "kg: [Errno 28] No space left on device\n")


@pytest.mark.skipif(os.name != "posix", reason="closes streams as a shell of POSIX does")
@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_who_closes_a_stream_is_told_nothing_by_it(closed: str):
    command = f"{shlex.quote(sys.executable)} -W ignore -m kg --version {closed}"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


ENDING = """
import atexit, sys
from kg import __main__ as module

def say(**named):
    atexit.register(print, "late")
    sys.stdout.buffer.write(b"said")
    sys.exit(int(sys.argv[1]) or None)

module.cli = say
module.run()
"""


@pytest.mark.parametrize("code", [0, 2])
def test_a_process_ends_at_once_and_has_said_all(code: int):
    command = [sys.executable, "-c", ENDING, str(code)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=BUFFERED)
    assert (done.returncode, done.stdout, done.stderr) == (code, "said", "")


def test_an_error_of_the_system_without_a_file_is_told_in_its_own_words(kg: Shell, monkeypatch: pytest.MonkeyPatch):
    def fail(**named: object) -> None:
        raise TimeoutError("timed out")

    monkeypatch.setattr("kg.__main__.cli", fail)
    assert kg("build", "a.txt") == (2, "", "kg: timed out\n")
