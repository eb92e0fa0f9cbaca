"""Texts in other languages: found out, named and left out, or with a model for them read as far as that goes."""

from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner

from kg.build import build_graph, extract_documents
from kg.cli import cli
from kg.documents import make_document
from kg.errors import DocumentError
from kg.languages import find_language, tell_language
from kg.nlp.models import Model, find_model, load_model

SPANISH = "Rafael Correa llegó a Quito el martes. El presidente Correa aceptó ayer la renuncia de la ministra de Salud."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SPANISH, "Spanish (es)"),
        ("El presidente viajó a Quito.", "Spanish (es)"),
        ("Der Präsident trat am Montag zurück.", "German (de)"),
        ("Le président est arrivé à Paris.", "French (fr)"),
        ("Президент ушёл в отставку.", "Russian (ru)"),
        ("大統領は昨日東京に到着しました。", "Japanese (ja)"),
        ("They met.", "English (en)"),
        ("Rafael Correa, Lenín Moreno.", "English (en)"),
        ("Gustavo Noboa and Álvaro Noboa met in Guayaquil.", "English (en)"),
        ("Alianza PAIS, Pachakutik, Partido Social Cristiano, CREO", "English (en)"),
        ("12345", "English (en)"),
        ("a" * 1000, "English (en)"),
    ],
)
def test_a_language_is_found_out_and_doubtful_ones_count_as_english(text: str, language: str):
    assert tell_language(find_language(text)) == language


ENGLISH = "The ministers met in the old town hall on Tuesday and talked about the price of bread and of milk."


@pytest.mark.parametrize(("text", "other", "language"), [(ENGLISH, SPANISH, "en"), (SPANISH, ENGLISH, "es")])
@pytest.mark.parametrize("length", [24, 40, 200])
def test_foreign_passages_around_and_in_a_long_text_do_not_decide(text: str, other: str, language: str, length: int):
    body, aside = "\n\n".join([text] * length), "\n\n".join([other] * 3)
    for mixed in ([aside, body], [body, aside], [aside, body, aside], [body, aside, body]):
        assert find_language("\n\n".join(mixed)) == language


def test_what_a_text_says_of_its_language_goes_before():
    assert make_document("a.md", f"---\nlanguage: en\n---\n{SPANISH}").language == "en"
    assert make_document("a.md", "---\nlanguage: pt-BR\n---\nThey met.").language == "pt"
    assert tell_language("xx") == "xx"


@pytest.mark.slow
def test_texts_in_other_languages_are_named_and_left_out(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Ann Bo is the president of Chile.")
    (tmp_path / "b.txt").write_text(SPANISH)
    done = CliRunner().invoke(cli, ["build", "-q", str(tmp_path), "-o", str(tmp_path / "out")])
    hint = "give a --model for it, or say `language: en` in its front matter"
    assert done.stderr == f"kg: b.txt: is in Spanish (es), left out ({hint})\n"
    assert done.exit_code == 0
    assert "Correa" not in (tmp_path / "out" / "graph.nq").read_text()
    with pytest.raises(DocumentError, match=r"b.txt: is in Spanish \(es\)"):
        build_graph([tmp_path / "b.txt"], tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.slow
def test_with_a_model_for_it_names_are_read_and_no_english_words(tmp_path: Path):
    nlp = spacy.blank("es")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PER", "pattern": "Rafael Correa"}, {"label": "LOC", "pattern": "Vilcabamba"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "model")
    text = "Rafael Correa llegó a Quito. He visto a Rafael Correa in Vilcabamba: president, May 2010."
    document = make_document("a.md", f"---\nlanguage: es\n---\n{text}")
    (extraction,) = extract_documents([document], model=str(tmp_path / "model"))
    names = [[mention.passage.text for mention in chain] for chain in extraction.chains]
    assert names == [["Rafael Correa", "Rafael Correa"], ["Quito"], ["Vilcabamba"]]
    assert {relation.predicate for relation in extraction.relations} == {"rdf:type"}
    with pytest.raises(DocumentError, match=r"is in English \(en\)"):
        list(extract_documents([make_document("b.txt", "They met.")], model=str(tmp_path / "model")))


@pytest.mark.slow
def test_a_model_is_named_without_loading_it_where_that_can_be_told(tmp_path: Path):
    shipped = load_model().meta
    assert find_model() == Model("en", f"{shipped['lang']}_{shipped['name']} {shipped['version']}")
    nlp = spacy.blank("es", meta={"name": "mine", "version": "1.2"})
    nlp.to_disk(tmp_path)
    assert find_model(str(tmp_path)) == Model("es", "es_mine 1.2")
