"""What the README shows can be typed."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse
from servers import serve_graph

from kg.cli import cli
from kg.lint import find_faults
from kg.ontology import ONTOLOGY_FOLDER, load_ontology

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
LINES = [line for line in SHELL.splitlines() if line.startswith("kg ") and not line.startswith("kg serve ")]
PREFIXES = "".join(line + "\n" for line in (ROOT / "ontology" / "kg.ttl").read_text().splitlines() if "@prefix" in line)


def table(title: str) -> list[list[str]]:
    section = README.partition(f"| {title} |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines()[2:]]


def test_the_table_of_verbs_is_complete():
    assert {row[0].split()[1].rstrip("`") for row in table("verb")} == set(cli.commands)


def test_the_table_of_options_is_complete():
    shown = {(verb.strip(), flag) for row in table("option") for verb in row[1].split(",") for flag in flags(row[0])}
    real = {
        (name, flag)
        for name, command in cli.commands.items()
        for option in command.params
        if isinstance(option, click.Option)
        for flag in (*option.opts, *option.secondary_opts)
    }
    assert shown == real


def flags(cell: str) -> list[str]:
    return [flag.strip("` ") for flag in cell.split(",")]


@pytest.fixture(scope="module")
def tour(example_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tour")
    shutil.copytree(example_graph, folder / "output")
    (folder / "my-texts").mkdir()
    (folder / "my-texts" / "a.txt").write_text("Ann Bo is the president of Chile.")
    (folder / "more").mkdir()
    (folder / "more" / "b.txt").write_text("Cy Di is the president of Peru.")
    return folder


@pytest.mark.slow
def test_the_tour_can_be_typed(tour: Path, monkeypatch: pytest.MonkeyPatch):
    assert len(LINES) >= 10
    monkeypatch.chdir(tour)
    monkeypatch.setattr("webbrowser.open", lambda address: None)
    for line in LINES:
        done = CliRunner().invoke(cli, shlex.split(line)[1:], catch_exceptions=False)
        assert done.exit_code == 0, (line, done.output)
        assert done.stdout.strip() or "export" in line, line
        assert "(0 rows)" not in done.stdout, line


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("curl"), reason="no curl here")
def test_what_is_served_can_be_asked_as_shown(example_graph: Path):
    asked = [shlex.split(line) for line in SHELL.splitlines() if line.startswith("curl ")]
    assert "kg serve output\n" in SHELL
    with serve_graph(example_graph) as client:
        here = [[word.replace("http://127.0.0.1:8000/", str(client.base_url)) for word in words] for words in asked]
        told = [subprocess.run([*words, "-sS", "--fail"], capture_output=True, text=True).stdout for words in here]
    assert "Rafael Correa\n" in told[0].replace("\r", "")
    assert "kg:presidentOf" in told[1]


@pytest.mark.slow
def test_the_python_can_be_typed(tour: Path, monkeypatch: pytest.MonkeyPatch):
    (block,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    monkeypatch.chdir(tour)
    names: dict[str, object] = {}
    exec(block, names)  # noqa: S102  # our own README
    assert sum(1 for _ in names["graph"].to_rdflib().quads()) == len(names["graph"].store) > 100


@pytest.mark.slow
def test_the_sentence_given_to_annotate_is_read(monkeypatch: pytest.MonkeyPatch):
    text = re.search(r'echo "(.*?)" \| kg annotate', README)
    assert text
    assert "Ann Bo — kg:presidentOf — Chile" in CliRunner().invoke(cli, ["annotate"], input=text[1]).output


def test_the_relation_it_teaches_is_sound(tmp_path: Path):
    shutil.copytree(ONTOLOGY_FOLDER, tmp_path / "ontology")
    schema, lexicon = re.findall(r"```turtle\n(.*?)```", README, re.DOTALL)
    for name, text in (("kg.ttl", schema), ("lexicon.ttl", lexicon)):
        with (tmp_path / "ontology" / name).open("a") as file:
            file.write(text)
    ontology = load_ontology(tmp_path / "ontology")
    assert ontology.labels["kg:adviserOf"] == "adviser of"
    assert find_faults(ontology) == ()


def test_what_explain_shows_stands_so_in_the_examples():
    shown = re.search(r"^    “(.*)”\n    (\S+):(\d+)-(\d+) ", README, re.MULTILINE)
    assert shown
    text = (ROOT / "examples" / "ecuador" / shown[2]).read_text(encoding="utf-8").split("---\n", 2)[2]
    assert text[int(shown[3]) : int(shown[4])] == shown[1]


def test_the_files_it_names_are_there():
    for path in re.findall(r"`((?:kg|ontology|output|examples)/[\w./-]*)`|\]\(([\w./-]+)\)", README):
        assert (ROOT / "".join(path)).exists(), path
    assert (ROOT / "output" / "facts.ttl").stat().st_size > 10_000
    assert len(list(parse(path=str(ROOT / "output" / "facts.ttl"), format=RdfFormat.TURTLE))) > 100
