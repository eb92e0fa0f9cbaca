"""No fact whose own words deny, ask, doubt or attribute it: a property of every text of the behaviour suite."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Token

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from behaviour import FOLDER, read_cases

from kg.model import Factuality
from kg.nlp.assertions import is_quoted, read_factuality
from kg.nlp.frames import Hit, read_frames
from kg.nlp.rows import Row
from kg.nlp.spans import lemma
from kg.ontology import Ontology, load_ontology

pytestmark = pytest.mark.slow

SPLITS = ("open", "more", "news", "press", "roles", "plain", "varied", "tempting", "mistaken", "redteam", "sealed")
FACT = Factuality.FACT.value
PREDICATES = frozenset({"attr", "oprd", "acomp"})
FRAMES = (
    "It would be wrong to say that {}.",
    "Nobody said that {}.",
    "She hopes that {}.",
    "He asked whether {}.",
    "If {}, there will be trouble.",
    "Is it true that {}?",
    "In the film, {}.",
    "“{},” a witness said.",
    "'{}', says blogger",
    "{}, a neighbour said.",
    "{}, critics allege.",
    "{}, or so they say.",
    "Allegedly {}.",
    "As a clerk told the court, {}.",
    "The theory goes like this: {}.",
    "For the prosecution, {}.",
    "The charge: {}.",
    "Is it true that {}?\n\nIt rained.",
    "{}, or is that so?\n\nIt rained.",
)
"""Ways to tell something without asserting it."""
CLAUSES = frozenset({"ccomp", "csubj", "csubjpass"})


@pytest.fixture(scope="module", params=SPLITS)
def docs(request: pytest.FixtureRequest, nlp: Language) -> list[Doc]:
    return list(nlp.pipe(case.text for case in read_cases(FOLDER / f"{request.param}.txt")))


def find_asserted(doc: Doc) -> list[Row]:
    """What the text is read to assert, but for the classes of names."""
    return [row for row in doc._.relations if row.factuality == FACT and not row.rule.startswith("name")]


def find_triggers(row: Row, doc: Doc, ontology: Ontology) -> list[Hit]:
    """The words in the row's sentence that its rule may mean: of an event the very ones."""
    start, end = row.sentence
    hits = [hit for hit in read_frames(doc, ontology) if start <= hit.trigger.i < end]
    if ontology.is_a(row.subject[2], "kg:Event"):
        return [hit for hit in hits if (hit.start, hit.end) == row.subject[:2]]
    return [hit for hit in hits if row.rule.startswith(f"{hit.frame.id.removeprefix('lex:')} ")]


def says_more_than_a_title(trigger: Token) -> bool:
    """A title is taken for granted: 'did *President* Bo resign?'; a verb, an event and a predicate are not."""
    return trigger.pos_ == "VERB" or trigger.dep_ in PREDICATES


def find_governors(token: Token) -> Iterator[Token]:
    """The verbs whose clauses a word stands in: 'police *say* that he *denied* that she won'."""
    for word in (token, *token.ancestors):
        semicolon = any(other.text == ";" for other in token.doc[min(word.i, word.head.i) : max(word.i, word.head.i)])
        if word.dep_ in CLAUSES and not semicolon:
            yield word.head


def is_attributed(token: Token, ontology: Ontology) -> bool:
    """True under a verb that makes what it governs somebody's word: 'say', 'claim', 'deny'."""
    cues = (ontology.cues.get((lemma(verb), "verb")) for verb in find_governors(token))
    return any(cue is not None and cue.sourced for cue in cues)


def test_each_fact_has_a_rule_and_a_score(docs: list[Doc]):
    assert all(row.rule and row.score > 0 for doc in docs for row in find_asserted(doc))


def test_each_fact_has_a_certain_trigger(docs: list[Doc]):
    ontology = load_ontology()
    wrong = 0
    for doc in docs:
        for row in find_asserted(doc):
            hits = find_triggers(row, doc, ontology)
            wrong += bool(hits) and not any(may_assert(row, hit, ontology) for hit in hits)
    assert wrong == 0  # no text is shown: one of the files is not to be read by whoever writes rules


def may_assert(row: Row, hit: Hit, ontology: Ontology) -> bool:
    """Of a coup the attempt is the event, so that 'attempted' does not make it less."""
    trigger = hit.trigger
    event = ontology.is_a(row.subject[2], "kg:Event")
    if is_quoted(trigger, ontology):
        return False
    if not (event or says_more_than_a_title(trigger)) or hit.frame.evokes in ontology.attempt_counts:
        return True
    return read_factuality(trigger, ontology) == FACT


def test_no_asserted_verb_is_asked_or_attributed(docs: list[Doc]):
    ontology = load_ontology()
    wrong = 0
    for doc in docs:
        for row in find_asserted(doc):
            hits = [hit for hit in find_triggers(row, doc, ontology) if hit.trigger.pos_ == "VERB"]
            asked = doc[row.sentence[1] - 1].text == "?"
            wrong += bool(hits) and all(asked or is_attributed(hit.trigger, ontology) for hit in hits)
    assert wrong == 0


def list_plain_texts() -> list[str]:
    """Every sixth text of one sentence without its full stop, of those that only assert."""
    cases = [case for split in ("open", "more") for case in read_cases(FOLDER / f"{split}.txt")]
    plain = [case.text for case in cases if all(mark == FACT for mark, *_ in case.lines)]
    return [text[:-1] for text in plain if text.endswith(".") and ". " not in text and '"' not in text][::6]


@pytest.mark.parametrize("frame", FRAMES)
def test_what_is_told_without_being_asserted_is_no_fact(frame: str, nlp: Language):
    """Of the same text asked, quoted or supposed only titles are left: 'the *Lima-born president* Ann Bo'."""
    ontology = load_ontology()
    wrong = [
        (row.rule, doc.text)
        for doc in nlp.pipe(frame.format(text) for text in list_plain_texts())
        for row in find_asserted(doc)
        if all(is_told(hit, ontology) for hit in find_triggers(row, doc, ontology))
    ]
    assert not wrong


def is_told(hit: Hit, ontology: Ontology) -> bool:
    """False of '-born' in 'the Lima-born president', and of the saying itself."""
    cue = ontology.cues.get((lemma(hit.trigger), "verb"))
    part = hit.trigger.text.startswith("-") or (cue is not None and cue.sourced)
    return says_more_than_a_title(hit.trigger) and not part
