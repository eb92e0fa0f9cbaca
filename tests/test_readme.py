"""What the README shows can be typed."""

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse

from kg.cli import cli
from kg.lint import find_faults
from kg.ontology import ONTOLOGY_FOLDER, load_ontology

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
LINES = [line for line in SHELL.splitlines() if line.startswith("kg ")]
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
        for flag in option.opts
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
