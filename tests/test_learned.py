"""What examples taught is not guessed where a sentence rules it out; with the shipped weights."""

import pytest

from kg.build import extract_documents
from kg.facts.reduction import reduce_extractions
from kg.model import Document

pytestmark = pytest.mark.slow

RULED_OUT = [
    (
        "Emil Lund, who was arrested in Athens on 3 July 2017, was carrying a forged Greek passport.",
        "Emil Lund",
        "kg:citizenOf",
    ),
    ("Emil Lund lost his father on 4 June 1944, five weeks before he himself was born.", "Emil Lund", "kg:diedOn"),
    (
        "The Ceylon Planters Bank opened its first branch in Kandy in 1921, twenty years after its foundation.",
        "Ceylon Planters Bank",
        "kg:foundedOn",
    ),
    (
        "The Masurian Sailing School, now run by Halina Keller, was founded by her late husband, Carl Keller.",
        "Halina Keller",
        "kg:founderOf",
    ),
    (
        "France extradited Dragan Lund to Serbia, but not his brother, Emil Lund, who is a French citizen.",
        "Dragan Lund",
        "kg:citizenOf",
    ),
]


def read(text: str) -> set[tuple[str, str]]:
    """Label of the subject and predicate of all that is held, whether a fact or not."""
    entities, fusion = reduce_extractions(list(extract_documents([Document("case", text)])))
    labels = {entity.id: entity.label for entity in entities}
    return {(labels.get(item.subject, ""), item.predicate) for item in fusion.statements}


@pytest.mark.parametrize(("text", "name", "predicate"), RULED_OUT)
def test_what_a_sentence_rules_out_is_no_candidate(text: str, name: str, predicate: str):
    found = read(text)
    assert (name, "rdf:type") in found
    assert (name, predicate) not in found


def test_who_holds_an_office_together_with_another_has_a_tenure_of_his_own():
    holders = {name for name, predicate in read("Anna Keller and Carl Dahl became directors in 2005.")
               if predicate == "kg:holder"}  # fmt: skip
    assert len(holders) == 2
