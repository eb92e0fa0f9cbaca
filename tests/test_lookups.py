"""What is looked up once a text is what spaCy says token by token, and what is looked for in part is what is there."""

import re
from importlib import import_module
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parses import read_docs
from spacy.lang.en import English
from spacy.tokens import Doc, Span, Token

from kg.model import Form
from kg.nlp import repairs
from kg.nlp.breaks import blank_lines_between, is_in_question, sentence_of, sentence_starts_between
from kg.nlp.calendar import DATES
from kg.nlp.expressions import Expression, find_matches
from kg.nlp.mentions import annotate_mentions
from kg.nlp.models import BUNDLED, load_model
from kg.nlp.names import match_list
from kg.nlp.paths import UNDERSTOOD, parse_path, walk, walk_paths
from kg.nlp.quantities import QUANTITIES
from kg.nlp.repairs import repair_parses
from kg.nlp.ruler import keep_answers
from kg.nlp.spans import make_span, read_spans, relabel, write_spans
from kg.nlp.subjects import find_understood
from kg.nlp.tree import children_of, depth_of, labels_below, text_of, tokens_of
from kg.ontology import load_ontology
from kg.wordlists import Name, find_openings

ONTOLOGY = load_ontology()
PATHS = tuple(sorted({path for paths in ONTOLOGY.positions.values() for path in paths}))
DOCS = list(read_docs(English().vocab).values())[::7]
WORDS = ["on", "in", "since", "last", "3", "May", "2010", "Thursday", "two years ago", "the 1990s", "1941-45", "12%",
         "$4m", "twenty-one", "million euros", "the day before", "Christmas", "1 to 3 June 2011", "per cent", ",",
         "recently", "a few", "weeks later", "3/4/2010", "2010-06-01", "x" * 100, "\n\n"]  # fmt: skip


FORMS = ("that", "if", "let", "Let", "'s", "nothin'", "gets", "a", "\n", "tree")
RULES = (
    ([[{"TAG": "NN"}]], {"POS": "NOUN", "MORPH": "Number=Sing"}),
    ([[{"TAG": "IN", "LOWER": {"IN": ["that", "if"]}}]], {"POS": "SCONJ"}),
    ([[{"TAG": "DT", "LOWER": "a"}]], {"MORPH": "Definite=Ind"}),
    ([[{"LOWER": {"REGEX": "^n[ou]thin'$"}}]], {"LEMMA": "nothing"}),
    ([[{"LOWER": "let"}, {"LOWER": "'s"}]], {"LEMMA": "us"}, 1),
    ([[{"DEP": {"NOT_IN": ["det"]}, "TAG": {"IN": ["DT"]}}]], {"POS": "PRON"}),
    ([[{"TAG": "VBZ", "LOWER": "gets"}], [{"TAG": "VBZ", "LOWER": "let"}]], {"LEMMA": "get"}),
    ([[{"SHAPE": "xxxx", "TAG": "NN"}]], {"LEMMA": "four"}),
    ([[{"IS_SPACE": True}]], {"TAG": "_SP", "POS": "SPACE", "MORPH": "_"}),
)


def _make_ruler() -> English:
    nlp = English()
    ruler: Any = nlp.add_pipe("attribute_ruler")
    for rule in RULES:
        ruler.add(*rule)
    return nlp


RULER, KEEPING = _make_ruler(), _make_ruler()
keep_answers(KEEPING)


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.text[:30])
def test_the_tree_is_that_of_the_parser(doc: Doc):
    assert text_of(doc) == doc.text
    for token in doc:
        assert tokens_of(doc)[token.i] == token
        assert children_of(token) == tuple(token.children)
        assert labels_below(token) == {child.dep_ for child in token.children}
        assert depth_of(token) == len(list(token.ancestors))


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.text[:30])
def test_words_say_what_tokens_say(doc: Doc):
    for token, word in zip(doc, tokens_of(doc), strict=True):
        said = [(one.doc, one.i, one.head, list(one.ancestors), hash(one)) for one in (token, word)]
        assert said[0] == said[1]
        told = [(one.text, one.lower_, one.lemma_, one.pos_, one.tag_, one.dep_) for one in (token, word)]
        assert told[0] == told[1]


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.text[:30])
def test_mentions_say_what_spans_say(doc: Doc):
    for start, end in combinations(range(0, len(doc) + 1, 3), 2):
        plain = Span(doc, start, end, label="kg:Person", kb_id="Ann Bo", span_id="name")
        made = make_span(doc, start, end, "kg:Person", Form.NAME, "Ann Bo")
        other = relabel(made, kind="kg:City")
        assert made == plain
        assert relabel(other, kind="kg:Person") == plain
        assert (other.label_, other.kb_id_, other.id_) == ("kg:City", "Ann Bo", "name")
        told = [(one.text, one.root, one.start, one.end, one.label_, one.kb_id_, one.id_) for one in (plain, made)]
        assert told[0] == told[1]


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.text[:30])
def test_paths_walked_together_are_those_walked_one_by_one(doc: Doc):
    for token in doc:
        steps = {path: take_steps(token, path) for path in PATHS}
        assert list(walk_paths(token, PATHS)) == [(path, ends) for path, ends in steps.items() if ends]
        assert [list(walk(token, path)) for path in PATHS[::40]] == [steps[path] for path in PATHS[::40]]


def take_steps(token: Token, path: str) -> list[Token]:
    ends = [token]
    for upward, label, lemmas in parse_path(path):
        above = [end.head for end in ends if end.dep_ == label and end.head != end]
        below = [child for end in ends for child in end.children if child.dep_ == label]
        if label in ("prep", "agent"):  # one that is said again leads on, too
            below += [again for end in ends for again in said_again(end, label)]
        if label == UNDERSTOOD:
            below = [subject for end in ends if (subject := find_understood(end)) is not None]
        ends = [end for end in (above if upward else below) if not lemmas or end.lemma_.lower() in lemmas]
    return sorted(ends)


def said_again(token: Token, label: str) -> list[Token]:
    prepositions = [child for child in token.children if child.dep_ == label]
    lemmas = {preposition.lemma_ for preposition in prepositions}
    joined = [child for preposition in prepositions for child in preposition.children if child.dep_ == "conj"]
    return [child for child in joined if child.lemma_ in lemmas and has_own_noun(child)]


def has_own_noun(preposition: Token) -> bool:
    nouns = [child for child in preposition.children if child.dep_ == "pobj"]
    behind = preposition.doc[nouns[0].i + 1 : nouns[0].i + 2] if nouns else []
    subject = any(word.pos_ in ("VERB", "AUX", "PROPN") for word in behind)
    return bool(nouns) and not subject and nouns[0].left_edge.i == preposition.i + 1


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.text[:30])
def test_breaks_are_those_between_the_tokens(doc: Doc):
    for token in doc:
        sentence = token.sent
        assert sentence_of(token) == (sentence.start, sentence.end)
        assert is_in_question(token) == (sentence[-1].text == "?")
        before = doc[: token.i]
        assert sentence_starts_between(doc, 0, token.i) == sum(bool(other.is_sent_start) for other in before)
        assert blank_lines_between(doc, 0, token.i) == sum(other.text.count("\n") > 1 for other in before)
    assert blank_lines_between(doc, 2, 1) == 0


@given(st.lists(st.tuples(*map(st.sampled_from, (FORMS, ("NN", "IN", "DT", "VBZ"), ("det", "ROOT", "mark"))))))
def test_a_ruler_says_the_same_when_it_looks_up_what_it_said(tokens: list[tuple[str, str, str]]):
    words, tags, labels = zip(*tokens, strict=True) if tokens else ((), (), ())
    told = []
    for ruler in (RULER, KEEPING):
        doc = ruler(Doc(ruler.vocab, words, tags=tags, deps=labels, heads=range(len(words))))
        told.append([(token.pos_, token.tag_, token.lemma_, str(token.morph)) for token in doc])
    assert told[0] == told[1]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_expressions_are_found_as_in_the_whole_text(words: list[str]):
    text = " ".join(words)
    for expressions in (DATES, QUANTITIES):
        assert _spans(find_matches(text, expressions)) == _spans(
            (kind, match) for kind, pattern, *_ in expressions for match in pattern.finditer(text)
        )


def _spans(matches) -> list[tuple[str, tuple[int, int]]]:
    return [(kind, match.span()) for kind, match in matches]


def test_an_expression_far_from_its_anchors_is_not_looked_for():
    expression = Expression("word", re.compile(r"\w+"), frozenset({"here"}))
    assert [match[0] for _, match in find_matches("a" + " b" * 99 + " here", [expression])][-1] == "here"
    assert not list(find_matches("nothing", [expression]))


@pytest.mark.slow
def test_what_the_model_does_not_load_of_itself_changes_nothing_it_says():
    whole = import_module(BUNDLED).load()
    texts = [doc.text for doc in DOCS]
    assert [doc.to_json() for doc in load_model(BUNDLED).pipe(texts)] == [doc.to_json() for doc in whole.pipe(texts)]


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.text[:30])
def test_names_are_found_wherever_one_begins(doc: Doc):
    ends = [(start, end) for start in range(len(doc)) for end in range(start + 1, min(start + 4, len(doc)))]
    openings = find_openings(doc[start:end].text for start, end in ends)
    for start, end in ends:
        text = doc[start:end].text
        if text[0].isupper() and text == text.strip():
            found = match_list(doc, {text: Name(text, "kg:City", text)}, openings)
            assert (start, end) in [(span.start, span.end) for span in found]


def test_no_repair_makes_a_ring_of_a_tree():
    doc = Doc(English().vocab, words=["in", "the", "1997", "going"], heads=[3, 2, 0, 3], tags=["IN", "DT", "CD", "VBG"],
               deps=["prep", "det", "pobj", "advcl"], pos=["ADP", "DET", "NUM", "VERB"])  # fmt: skip
    assert [token.head.i for token in repair_parses(doc, ontology=ONTOLOGY)] == [3, 2, 0, 3]


class Everything:
    def __contains__(self, _: str) -> bool:
        return True


def test_no_word_is_passed_over_that_a_repair_is_about(monkeypatch: pytest.MonkeyPatch):
    def repair_all() -> list[list[tuple[int, str, str, str]]]:
        docs = (repair_parses(doc, ontology=ONTOLOGY) for doc in read_docs(English().vocab).values())
        return [[(token.head.i, token.dep_, token.tag_, token.lemma_) for token in doc] for doc in docs]

    closely = repair_all()
    monkeypatch.setattr(repairs, "_LABELS", Everything())
    assert closely == repair_all()


def test_spans_are_read_as_they_were_written_by_whoever_has_a_copy_of_the_doc():
    doc = next(doc for doc in DOCS if len(doc) > 9)
    spans = [make_span(doc, 1, 3, "kg:Person", Form.NAME), make_span(doc, 4, 9, "kg:Group", Form.NOMINAL, "Ann")]
    write_spans(doc, "some", spans)
    copy = Doc(doc.vocab).from_bytes(doc.to_bytes())
    read = [
        [(span.start, span.end, span.label_, span.id_, span.kb_id_, span.text, span.root.i) for span in found]
        for found in (read_spans(doc, "some"), read_spans(copy, "some"), doc.spans["some"])
    ]
    assert read[0] == read[1] == read[2]
    assert read_spans(doc, "none") == []


@pytest.mark.parametrize("label", ["ORG", "PERSON"])
@pytest.mark.parametrize("words", [["Smith", "&"], ["Bank", "of", "Peru", "and"], ["Mr."], ["Dr.", "Mr."]])
def test_a_name_that_the_text_breaks_off_in_is_read(words: list[str], label: str):
    said = ["He", "met", *words]
    doc = Doc(
        English().vocab,
        said,
        ents=["O", "O", f"B-{label}", *[f"I-{label}"] * (len(words) - 1)],
        heads=[1, 1, *[1] * len(words)],
        deps=["nsubj", "ROOT", *["dobj"] * len(words)],
        pos=["PRON", "VERB", *["PROPN"] * len(words)],
    )
    found = annotate_mentions(doc, ontology=ONTOLOGY).spans["mentions"]
    assert found[0].text == "He"
    assert all(span.end <= len(doc) for span in found)
