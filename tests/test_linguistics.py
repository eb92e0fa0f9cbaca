"""What is read in one sentence, on stored parses: see ``linguistics/cases.txt``."""

import pytest
from parses import Case, read_cases, read_docs
from spacy.lang.en import English
from spacy.tokens import Doc

from kg.model import Document, Extraction, Form, Mention
from kg.nlp.components import annotate
from kg.nlp.parts import Part
from kg.nlp.reading import read_extraction
from kg.ontology import load_ontology

CASES = read_cases()
DOCS = read_docs(English().vocab)


def read(doc: Doc) -> Extraction:
    return read_extraction(annotate(doc, load_ontology()), Part(Document("case", doc.text), 0, doc.text))


def name(thing: Mention | str, names: dict[Mention, str]) -> str:
    if isinstance(thing, str):
        return thing.removeprefix("kg:")
    if thing.form is Form.EVENT:
        return thing.type.removeprefix("kg:")
    return names.get(thing) or thing.value or thing.passage.text


def find_readings(extraction: Extraction) -> set[str]:
    """Mentions by the first name of their chain, where it has one."""
    names = {
        mention: next((other.passage.text for other in chain if other.form is Form.NAME), "")
        for chain in extraction.chains
        for mention in chain
    }
    return {
        f"{item.evidence.factuality.value} {name(item.subject, names)} | {name(item.predicate, names)}"
        f" | {name(item.object, names)}"
        for item in extraction.relations
        if item.predicate != "rdf:type"
    }


def test_there_are_at_least_sixty_cases_positive_and_negative():
    lines = [line for case in CASES for line in case.expected]
    assert len(CASES) >= 60
    assert sum(line.startswith("CT+") for line in lines) >= 30
    assert sum(not line.startswith("CT+") for line in lines) >= 30


@pytest.mark.parametrize("case", CASES, ids=[case.text for case in CASES])
def test_reading(case: Case):
    found = find_readings(read(DOCS[case.text]))
    triples = {reading.partition(" ")[2] for reading in found}
    for line in case.expected:
        mark, _, triple = line.partition(" ")
        if line == "nothing":
            assert not found
        elif mark == "no":
            assert triple not in triples
        else:
            assert {reading for reading in found if reading.endswith(f" {triple}")} == {line}
