"""Names of events and politicians, for those who type names: written as any group of spans is."""

import pytest
from spacy import blank
from spacy.tokens import Doc

from kg.model import Form
from kg.nlp.event_names import annotate_event_names
from kg.nlp.politicians import annotate_politicians
from kg.nlp.spans import CHAIN, EVENT_NAMES, POLITICIANS, make_span, read_spans, write_spans
from kg.ontology import load_ontology

WORDS = ["Senator", "Ann", "Bo", "won", "the", "2006", "presidential", "election", "."]


@pytest.fixture
def doc() -> Doc:
    return Doc(
        blank("en").vocab,
        words=WORDS,
        heads=[2, 2, 3, 3, 7, 7, 7, 3, 3],
        deps=["compound", "compound", "nsubj", "ROOT", "det", "nummod", "amod", "dobj", "punct"],
        pos=["PROPN", "PROPN", "PROPN", "VERB", "DET", "NUM", "ADJ", "NOUN", "PUNCT"],
        lemmas=["senator", "Ann", "Bo", "win", "the", "2006", "presidential", "election", "."],
        sent_starts=[True, *[False] * (len(WORDS) - 1)],
    )


def test_whoever_has_read_the_groups_before_reads_them_as_they_are_now(doc: Doc):
    ontology = load_ontology()
    write_spans(doc, f"{CHAIN}1", [make_span(doc, 1, 3, "kg:Person", Form.NAME)])
    assert read_spans(doc, EVENT_NAMES) == read_spans(doc, POLITICIANS) == []
    annotate_politicians(annotate_event_names(doc, ontology=ontology), ontology=ontology)
    assert [(span.text, span.label_) for span in read_spans(doc, EVENT_NAMES)] == [
        ("2006 presidential election", "kg:Election")
    ]
    assert [(span.text, span.kb_id_, span.id_) for span in read_spans(doc, POLITICIANS)] == [
        ("Ann Bo", "Senator", "firm")
    ]
    assert [span.text for span in doc.spans[POLITICIANS]] == ["Ann Bo"], "as spaCy has them too"
