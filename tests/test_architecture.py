"""The rules of the house that are not in a linter."""

import ast
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest
from samples import sample_store

import kg
from kg.rdf.dataset import write_quads

FILES = sorted(Path(kg.__file__).parent.rglob("*.py"))


def imported_by(code: str) -> set[str]:
    program = f"import sys\n{code}\nprint(' '.join(sys.modules))"
    return set(
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    )


def test_importing_kg_does_no_work():
    assert not imported_by("import kg") & {"spacy", "rdflib", "pyoxigraph", "networkx", "pyvis", "numpy"}


def test_a_build_imports_spacy_without_its_command_line_which_is_there_for_who_asks():
    code = "from kg.building import _beginning\nwith _beginning():\n    import kg.build"
    assert not {"spacy.cli", "typer", "httpx", "IPython", "requests"} & imported_by(code)
    assert {"spacy.cli.info", "typer"} <= imported_by(f"{code}\nimport spacy.cli\nspacy.cli.download")


def test_what_stands_in_for_a_module_is_that_module_when_it_is_called():
    code = (
        "from kg.importing import import_without\nimport_without('pyvis', 'IPython.display', 'IFrame')\n"
        "import pyvis.network, sys\nassert not any(name.startswith('IPython') for name in sys.modules)\n"
        "frame = pyvis.network.IFrame('page.html', 1, 2)\n"
        "import IPython.display\nassert type(frame) is IPython.display.IFrame and frame.src == 'page.html'"
    )
    assert "IPython.display" in imported_by(code)


def test_a_query_imports_no_language_model(tmp_path: Path):
    write_quads(sample_store(), tmp_path / "graph.nq")
    code = (
        "from click.testing import CliRunner\nfrom kg.cli import cli\n"
        f"assert CliRunner().invoke(cli, ['query', 'presidents', '-g', {str(tmp_path)!r}]).exit_code == 0"
    )
    assert not imported_by(code) & {"spacy", "thinc", "rdflib", "pyshacl", "networkx", "pyvis", "numpy"}


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_files_are_short(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_median_file_and_function_are_small():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in FILES]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert median(len(path.read_text(encoding="utf-8").splitlines()) for path in FILES) <= 100
    assert median((node.end_lineno or 0) - node.lineno + 1 for node in functions) <= 10
