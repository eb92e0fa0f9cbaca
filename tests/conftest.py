"""The graph of the examples, built once for the tests that look at a whole graph."""

from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples" / "ecuador"


@pytest.fixture(scope="session")
def example_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kg.build import build_graph

    folder = tmp_path_factory.mktemp("graph")
    build_graph([EXAMPLES], folder)
    return folder
