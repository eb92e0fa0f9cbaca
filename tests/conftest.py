"""What takes long to make, made once: the graph of the examples, and the pipeline."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browsers import open_page, start_browser
from hypothesis import settings
from spacy.language import Language

settings.register_profile("untimed", deadline=None)  # how long a test takes tells of the machine, not of the code
settings.load_profile("untimed")

EXAMPLES = Path(__file__).parent.parent / "examples" / "ecuador"


@pytest.fixture(scope="session")
def example_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kg.build import build_graph

    folder = tmp_path_factory.mktemp("graph")
    build_graph([EXAMPLES], folder)
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator:
    with start_browser() as started:
        yield started


@pytest.fixture
def page(browser, example_graph: Path) -> Iterator:
    """The page of the examples, opened anew."""
    with open_page(browser, example_graph / "graph.html") as opened:
        yield opened


@pytest.fixture(scope="session")
def nlp() -> Language:
    from kg.nlp.pipeline import make_pipeline
    from kg.ontology import ONTOLOGY_FOLDER

    return make_pipeline(ONTOLOGY_FOLDER)
