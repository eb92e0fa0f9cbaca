"""What is done faster than spaCy does it is what spaCy does, to the last bit."""

from collections.abc import Callable, Iterator
from typing import Any, cast

import numpy as np
import pytest
from conftest import EXAMPLES
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.util import fix_random_seed

from kg.documents import read_documents
from kg.nlp import known_words
from kg.nlp.encoding import quicken
from kg.nlp.known_lemmas import replace_lemmatizer
from kg.nlp.models import load_model
from kg.nlp.parsing import QuickParser, replace_parser
from kg.nlp.pipeline import make_pipeline
from kg.nlp.recogniser import Recogniser, replace_recogniser
from kg.nlp.ruler import keep_answers
from kg.nlp.starts import Starts
from kg.ontology import ONTOLOGY_FOLDER

TEXTS = [document.text for document in read_documents([EXAMPLES]).documents] + [
    "",
    "\n\n",
    "Quito",
    "Rafael Correa",
    "Rafael\n\nCorrea  met Lucio   Gutiérrez in New York\n",
    "can't Can’t CAN'T",
]
LISTENING = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 32,
    "maxout_pieces": 2,
    "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96},
}
ENDS = [("tok2vec", lambda model: model), ("ner", lambda model: model.get_ref("tok2vec"))]


@pytest.fixture(scope="module")
def plain() -> Language:
    return load_model()


@pytest.fixture(scope="module")
def quick() -> Language:
    nlp = load_model()
    quicken(nlp)
    replace_parser(nlp)
    replace_recogniser(nlp)
    return nlp


@pytest.mark.parametrize(("name", "find"), ENDS, ids=lambda value: value if isinstance(value, str) else "")
@pytest.mark.parametrize("together", [1, 3, 100])
def test_the_vectors_of_words_are_equal_to_the_last_bit(plain, quick, name: str, find: Any, together: int):
    for docs in _part([plain.make_doc(text) for text in TEXTS if text or together > 1], together):  # as spaCy asks
        expected, found = (find(nlp.get_pipe(name).model).predict(docs) for nlp in (plain, quick))
        assert len(expected) == len(found)
        assert all(np.array_equal(*pair) for pair in zip(expected, found, strict=True))


def test_words_that_were_forgotten_have_the_same_vectors(plain, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(known_words, "_KEPT", 50)
    nlp = load_model()
    quicken(nlp)
    docs = [plain.make_doc(text) for text in TEXTS * 2]
    expected, found = (
        [one for some in _part(docs, 2) for one in each.get_pipe("tok2vec").model.predict(some)]
        for each in (plain, nlp)
    )
    assert all(np.array_equal(*pair) for pair in zip(expected, found, strict=True))


@pytest.mark.parametrize("together", [1, 3, 100])
def test_the_tree_of_a_text_is_that_of_spacys_parser(plain, quick, together: int):
    assert "parser" not in quick.pipe_names
    expected = [_tell_tree(doc) for doc in plain.pipe(TEXTS)]
    found = [_tell_tree(doc) for doc in quick.pipe(TEXTS, batch_size=together)]
    assert found == expected
    assert sum(map(len, expected)) > 5000


@pytest.mark.parametrize("seed", range(4))
def test_a_parser_of_any_weights_makes_the_same_trees(seed: int):
    """Weights by chance make arcs of any length, and all that a move may be."""
    plain, quick = _make_parser(seed), _make_parser(seed)
    replace_parser(quick)
    assert "kg_parser" in quick.pipe_names
    told = [[_tell_tree(doc) for doc in nlp.pipe(TEXTS, batch_size=12)] for nlp in (plain, quick)]
    assert told[0] == told[1]
    assert max(abs(row[0]) for tree in told[0] for row in tree) > 5


def _make_parser(seed: int) -> Language:
    fix_random_seed(seed)
    nlp = English()
    parser: Any = nlp.add_pipe("parser", config={"min_action_freq": 1})
    told = {"heads": [1, 2, 2, 2, 5, 3, 2], "deps": ["compound", "nsubj", "ROOT", "prep", "amod", "pobj", "punct"]}
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("Ann Bo lives in New York."), told)])
    _draw_weights(parser, seed)
    return nlp


@pytest.mark.parametrize("together", [1, 3, 100])
def test_the_names_of_a_text_are_those_that_the_recogniser_of_spacy_finds(plain, quick, together: int):
    expected = [_tell_names(doc) for doc in plain.pipe(TEXTS)]
    found = [_tell_names(doc) for doc in quick.pipe(TEXTS, batch_size=together)]
    assert found == expected
    assert sum(len(kinds) for _, kinds in expected) > 200


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("config", [{}, {"model": LISTENING}], ids=["own", "shared"])
def test_a_recogniser_of_any_weights_finds_the_same_names(config: dict[str, Any], seed: int):
    """Weights by chance make names of any length, and all that a move may be."""
    plain, quick = _make_recogniser(config, seed), _make_recogniser(config, seed)
    quicken(quick)
    replace_recogniser(quick)
    assert "kg_names" in quick.pipe_names
    told = [[_tell_names(doc) for doc in nlp.pipe(TEXTS, batch_size=3)] for nlp in (plain, quick)]
    assert told[0] == told[1]
    assert max(end - start for _, names in told[0] for start, end, _ in names) > 3


def _make_recogniser(config: dict[str, Any], seed: int) -> Language:
    fix_random_seed(seed)
    nlp = English()
    nlp.add_pipe("sentencizer")
    if config:
        nlp.add_pipe("tok2vec")
    ner: Any = nlp.add_pipe("ner", config=config)
    told = {"entities": [(0, 6, "PERSON"), (16, 24, "GPE")]}
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("Ann Bo lives in New York."), told)])
    _draw_weights(ner, seed)
    return nlp


def _draw_weights(pipe: Any, seed: int) -> None:
    chance = np.random.default_rng(seed)
    for layer in (pipe.model.get_ref("lower"), pipe.model.get_ref("upper")):
        for name in layer.param_names:
            layer.set_param(name, chance.standard_normal(layer.get_param(name).shape).astype("float32"))


def test_words_that_no_list_has_get_the_lemmas_of_spacy_and_are_looked_for_in_sets():
    plain, quick = load_model(), load_model()
    replace_lemmatizer(quick)
    for text in ("Grobbles zorped the flimmiest quanxes.", "The blorks were snazzifying worse than the wuggest."):
        assert [token.lemma_ for token in quick(text)] == [token.lemma_ for token in plain(text)]
    lemmas = cast(Any, quick.get_pipe("lemmatizer")).lookups.get_table("lemma_index")
    assert {type(known) for known in lemmas.values()} == {frozenset}


def test_lemmas_and_tags_are_those_of_spacy():
    plain, quick = load_model(), load_model()
    keep_answers(quick)
    replace_lemmatizer(quick)
    assert "kg_lemmas" in quick.pipe_names
    assert "lemmatizer" not in quick.pipe_names
    for text in (*TEXTS, "There's nothin' he ain't gonna tell 'em. Let's see what y'all got ta do, c'm on!"):
        told = [[(t.lemma_, t.pos_, t.tag_, t.dep_, str(t.morph)) for t in nlp(text)] for nlp in (plain, quick)]
        assert told[0] == told[1]


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ({"LOWER": "got"}, "She Got it", True),
        ({"LOWER": "got"}, "She has it", False),
        ({"LOWER": {"REGEX": "^go"}}, "She has gone", True),
        ({"DEP": "dobj"}, "She has it", False),
        ({"DEP": "dobj", "OP": "?"}, "She has it", True),
        ({"POS": "VERB"}, "She has it", True),
        ({"LOWER": "got"}, "", False),
    ],
)
def test_where_no_first_word_of_a_pattern_stands_nothing_is_matched(plain, word: dict, text: str, found: bool):
    starts = Starts(plain.vocab, [word])
    assert [starts.are_in(plain.make_doc(text)) for _ in range(2)] == [found, found]


def test_names_that_are_given_stay(plain, quick):
    text = "Rafael Correa fled from Quito to Guayaquil on Monday."
    told = []
    for nlp in (plain, quick):
        doc = nlp.make_doc(text)
        doc.set_ents([Span(doc, 4, 5, "PERSON")])
        told.append(_tell_names(nlp(doc)))
    assert told[0] == told[1]
    assert (4, 5, "PERSON") in told[0][1]


@pytest.mark.parametrize(("name", "replace"), [("ner", replace_recogniser), ("parser", replace_parser)])
def test_a_recogniser_or_parser_of_another_sort_stays(name: str, replace: Callable[[Language], None]):
    nlp = load_model()
    names, known = nlp.pipe_names, cast("Any", nlp.get_pipe(name))
    known.cfg["beam_width"] = 4
    replace(nlp)
    assert nlp.pipe_names == names
    known.cfg["beam_width"] = 1
    known.add_label("PLANET")
    replace(nlp)
    assert nlp.pipe_names == names


def test_a_pipeline_has_the_quick_parser_and_recogniser():
    nlp = make_pipeline(ONTOLOGY_FOLDER)
    assert isinstance(nlp.get_pipe("kg_parser"), QuickParser)
    assert isinstance(nlp.get_pipe("kg_names"), Recogniser)
    assert "ner" not in nlp.pipe_names


def _part(docs: list[Doc], most: int) -> Iterator[list[Doc]]:
    yield from (docs[start : start + most] for start in range(0, len(docs), most))


def _tell_names(doc: Doc) -> tuple[list, list]:
    asked: Any = ["ENT_IOB", "ENT_TYPE", "ENT_KB_ID", "ENT_ID"]
    return doc.to_array(asked).tolist(), [(name.start, name.end, name.label_) for name in doc.ents]


def _tell_tree(doc: Doc) -> list:
    asked: Any = ["HEAD", "DEP", "SENT_START"]
    return doc.to_array(asked).astype("int64").tolist()
