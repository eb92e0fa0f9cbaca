"""What is committed in output/ is what the committed code makes of the committed examples."""

import re
from pathlib import Path

from conftest import EXAMPLES

from kg.documents import read_documents
from kg.ontology import load_ontology
from kg.records import hash_inputs

OUTPUT = Path(__file__).parent.parent / "output"
HINT = "run `make graph` and commit output/"


def test_the_committed_facts_are_of_the_present_examples_and_ontology():
    turtle = (OUTPUT / "facts.ttl").read_text(encoding="utf-8")
    assert f'kg:inputHash "{hash_inputs(read_documents([EXAMPLES]).documents)}"' in turtle, HINT
    assert f'kg:ontologyHash "{load_ontology().hash}"' in turtle, HINT


def test_the_committed_page_is_of_the_same_build():
    page = (OUTPUT / "graph.html").read_text(encoding="utf-8")
    turtle = (OUTPUT / "facts.ttl").read_text(encoding="utf-8")
    for value in re.findall(r'kg:(?:inputHash|ontologyHash|model|tool) "([^"]+)"', turtle):
        assert value in page.partition("</head>")[0], HINT


def test_the_examples_are_many_and_dated():
    documents = read_documents([EXAMPLES]).documents
    assert len(documents) >= 15
    assert all(document.published and document.title and document.source for document in documents)
