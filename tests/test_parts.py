"""Long texts: cut where a paragraph ends, read in parts, joined by names; what is no prose takes no time for ever."""

import weakref
from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from kg.documents import make_document
from kg.model import Document, Extraction
from kg.nlp import parts
from kg.nlp.parts import cut_document, group_parts
from kg.nlp.pipeline import extract
from kg.nlp.tokens import bound_sentences, make_doc

LONG = (
    "Lenín Moreno is the president of Ecuador. He was born in Nuevo Rocafuerte.\n\n"
    + "Rain fell in Quito all day, and nobody came to the square.\n\n" * 6
    + "Moreno appointed Rosa Andrade as foreign minister of Ecuador on 4 March 2019.\n\n"
    + "Andrade flew to Quito."
)


@given(text=st.text(alphabet="a. \n", max_size=400))
def test_parts_make_up_the_text(text: str):
    document = Document("a", text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "LONGEST", 20)
        found = list(cut_document(document))
        groups = list(group_parts(found, most=3))
    assert "".join(part.text for part in found) == text
    assert all(part.text == text[part.start : part.start + len(part.text)] for part in found)
    assert all(0 < len(part.text) <= 20 for part in found)
    assert [part for group in groups for part in group] == found
    assert all(len(group) <= 3 and sum(len(part.text) for part in group) <= 20 for group in groups)


def test_a_part_ends_where_a_paragraph_does_or_else_a_sentence_or_a_word(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parts, "LONGEST", 20)
    for text, cut in (
        ("One two three.\n\nFour five six.", 16),
        ("One two three. Four five six seven.", 15),
        ("one two three four five six seven", 19),
        ("o" * 40, 20),
    ):
        assert next(iter(cut_document(Document("a", text)))).text == text[:cut]


@pytest.mark.slow
def test_what_is_read_in_parts_is_joined_by_names_and_its_offsets_hold(nlp: Language, monkeypatch: pytest.MonkeyPatch):
    document = make_document("a.txt", LONG)
    monkeypatch.setattr(parts, "LONGEST", 200)
    (joined,) = extract(nlp, [document])
    assert isinstance(joined, Extraction)
    for mention in (mention for chain in joined.chains for mention in chain):
        passage = mention.passage
        assert document.text[passage.start : passage.end] == passage.text
    assert all(one[0].passage <= other[0].passage for one, other in pairwise(joined.chains))
    named = [{mention.passage.text for mention in chain} for chain in joined.chains]
    assert sum("Moreno" in names for names in named) == 1
    assert {"Lenín Moreno", "Moreno", "He"} in named
    assert {"Rosa Andrade", "Andrade"} in named
    assert [names for names in named if "Quito" in names] == [{"Quito"}]
    assert {(relation.predicate, relation.subject.passage.text) for relation in joined.relations} >= {
        ("kg:presidentOf", "Lenín Moreno"),
        ("kg:ministerOf", "Rosa Andrade"),
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["(" * 5000, "a" * 5000, "http://x.example/" + "a-b" * 2000, "Ann met Bo. " + "," * 5000]
)
def test_a_text_without_spaces_is_cut_into_tokens_that_make_it_up(text: str, nlp: Language):
    assert make_doc(nlp, text).text == text


@pytest.mark.slow
@pytest.mark.parametrize("text", [", " * 3000, "Ann Bo, " * 1500, ". " * 3000, "word " * 3000, '" ' * 3000])
def test_no_sentence_goes_on_for_ever(text: str, nlp: Language):
    doc = bound_sentences(make_doc(nlp, text))
    starts = [token.i for token in doc if token.is_sent_start] + [len(doc)]
    assert max(end - begin for begin, end in pairwise([0, *starts])) <= 2000
    (read,) = extract(nlp, [make_document("a.txt", f"Text. {text}")])
    assert isinstance(read, Extraction)


@pytest.mark.slow
def test_years_with_a_dash_between_are_read_wherever_they_stand(nlp: Language):
    text = "Ann Bo, president of Chile (2004–2008), met Bo Li in Lima. She will leave Lima in 2009–2010."
    (found,) = extract(nlp, [make_document("a.txt", text)])
    assert isinstance(found, Extraction)
    values = {mention.value for chain in found.chains for mention in chain if mention.type == "kg:Date"}
    assert values == {"2004", "2008", "2009", "2010"}
    assert {relation.predicate for relation in found.relations} >= {"kg:presidentOf", "kg:begin", "kg:until"}


def test_of_a_hundred_thousand_sentences_one_part_is_held_at_a_time():
    """What a whole build of such a text takes is in `CASES.md`."""
    sentences = [f"Ann Bo left Quito on day {number}." if number % 10 else "It rained." for number in range(100_000)]
    document = make_document("a.txt", " ".join(sentences))
    held: list[weakref.ref[Doc]] = []

    @Language.component("count_docs")
    def count_docs(doc: Doc) -> Doc:
        assert sum(one() is not None for one in held) <= 1
        held.append(weakref.ref(doc))
        return doc

    light = spacy.blank("en")
    light.add_pipe("count_docs")
    (joined,) = extract(light, [document])
    assert isinstance(joined, Extraction)
    assert len(held) == len(list(cut_document(document))) > 25
