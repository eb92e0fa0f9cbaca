"""Relations taught by examples: from sentences to weights, from weights to facts and candidates."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import cli
from kg.errors import ExampleError, PipelineError, TrainingError
from kg.examples import parse_example, read_examples
from kg.model import STRICT, Document, Factuality
from kg.nlp.candidates import find_ends, find_pairs
from kg.nlp.pipeline import make_pipeline
from kg.nlp.reasons import tell_feature
from kg.nlp.scoring import scale
from kg.nlp.sharing import NO_RIVAL, Key, Odds, Standing, share_odds
from kg.nlp.weights import (
    SHIPPED,
    Scorer,
    Weights,
    parse_weights,
    read_weights,
    sum_weights,
    to_probability,
    write_weights,
)
from kg.ontology import ONTOLOGY_FOLDER, load_ontology
from kg.training.learning import learn
from kg.training.regression import Fit, Row, fit, make_matrix
from kg.training.samples import Corpus, Sample, deal_parts, make_corpus
from kg.training.thresholds import choose_thresholds, measure

PERSONS = ("Ann Bo", "Juan Paz", "Maria Silva", "Peter Novak", "Ivan Petrov", "Laura Costa", "Hans Weber", "Eva Lopez")
CITIES = ("Quito", "Lima", "Bogotá", "Warsaw", "Lisbon", "Nairobi")
SAYING = ("{} calls {} home.", "{} has long called {} home.", "Today {} calls {} home again.")
SILENT = ("{} flew to {}.", "{} gave a speech in {}.", "Reporters saw {} in {} yesterday.")


SCORER = Scorer(bias=-1.25, base=0.5, own=0.7, best=0.3, other_object=-0.1, other_subject=0.0, other_pair=0.0,
                other_relation=0.0, loose=0.2, strict=0.5)  # fmt: skip


def lessons() -> list[dict[str, object]]:
    """Sentences that say who lives where, and as many that do not."""
    rows: list[dict[str, object]] = []
    for number, person in enumerate(PERSONS):
        for city in (CITIES[number % 6], CITIES[(number + 2) % 6]):
            for said, silent in zip(SAYING, SILENT, strict=True):
                text = said.format(person, city)
                ends = {end: [text.index(word), text.index(word) + len(word)]
                        for end, word in (("subject", person), ("object", city))}  # fmt: skip
                rows.append({"text": text, "facts": [{"relation": "livesIn", **ends}], "source": "our own"})
                rows.append({"text": silent.format(person, city), "facts": [], "relations": ["livesIn"]})
    return rows


def write_lessons(path: Path) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in lessons()), encoding="utf-8")
    return path


# ---- examples
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "1: JSONDecodeError"),
        ("[]", "1: TypeError"),
        ('{"facts": []}', "1: KeyError 'text'"),
        ('{"text": "Ann", "facts": {}}', "a list is needed"),
        ('{"text": "Ann", "facts": [{"relation": "livesIn", "subject": [0, 9], "object": [0, 3]}]}', "[0, 9] is no"),
        ('{"text": "Ann", "facts": [{"relation": "livesIn", "subject": "Ann", "object": [0, 3]}]}', "1: ValueError"),
        ('{"text": "Ann", "relations": ["eats"]}', "no relation kg:eats"),
        ('{"text": "Ann", "weight": 2}', "1: ValueError 2 is no weight"),
        ('{"text": "Ann", "weight": "much"}', "1: ValueError 'much' is no weight"),
    ],
)
def test_a_faulty_example_is_told_in_one_line(line: str, told: str, tmp_path: Path):
    path = tmp_path / "examples.jsonl"
    path.write_text(line)
    with pytest.raises(ExampleError) as raised:
        read_examples(path, load_ontology().domain)
    assert told in str(raised.value) and "\n" not in str(raised.value)
    assert raised.value.hint


def test_an_example_tells_all_of_the_relations_of_its_facts_unless_it_says_otherwise():
    fact = {"relation": "livesIn", "subject": [0, 3], "object": [4, 7]}
    assert parse_example({"text": "Ann Bo ", "facts": [fact]}).relations == {"kg:livesIn"}
    assert parse_example({"text": "Ann Bo ", "facts": [fact], "relations": []}).relations == set()


def test_texts_of_one_group_are_held_out_together():
    examples = [parse_example({"text": "Ann", "group": group}) for group in ("a", "b", "a", "c", "b", "d")]
    assert deal_parts(examples) == [0, 1, 0, 2, 1, 0]


# ---- weights
def fit_rows(rows: list[tuple[tuple[int, ...], bool | None]], weights: Sequence[float] = ()) -> Fit:
    """What rows of features 0 to 2 and their labels teach, each of a weight."""
    samples = tuple(Sample(n, Key("0", "a", "b"), features, {}, 0) for n, (features, _) in enumerate(rows))
    corpus = Corpus(samples, ("calls home", "flew to", "on Monday"), ("kg:livesIn",))
    counts = weights or [1.0] * len(rows)
    labels = enumerate(zip(rows, counts, strict=True))
    return fit(make_matrix(corpus), [Row(number, label, count) for number, ((_, label), count) in labels])


def test_a_feature_that_tells_nothing_has_no_weight():
    found = fit_rows([((0, 2), True), ((0,), True), ((1, 2), False), ((1,), False)] * 10)
    assert found.weights[0] > 0 > found.weights[1]
    assert found.weights[2] == 0


def test_of_few_examples_too_something_is_learned():
    found = fit_rows([((0,), True), ((1,), False)])
    assert found.weights[0] > 0 > found.weights[1]


def test_what_nobody_judged_is_weakly_against_it():
    judged = [((0,), True), ((1,), False)] * 10
    alone, beside = fit_rows(judged), fit_rows([*judged, *[((1, 2), None)] * 10])
    assert beside.weights[2] < 0 == alone.weights[2]


def test_what_counts_less_weighs_less():
    rows: list[tuple[tuple[int, ...], bool | None]] = [((0,), True), ((1,), False), ((0, 2), False)] * 10
    much, little = fit_rows(rows), fit_rows(rows, [1.0, 1.0, 0.1] * 10)
    assert much.weights[2] < little.weights[2] < 0


ASKED = frozenset({"kg:livesIn"})
FACT, OTHER = ((0,), True, 1.0), ((1,), False, 1.0)


@pytest.mark.parametrize(
    ("rows", "measured"),
    [([FACT, OTHER, OTHER], 54), ([FACT, OTHER, ((1,), False, 0.5)], 36), ([FACT, ((1,), False, 0.5)], 36)],
)
def test_thresholds_are_set_on_those_that_count_most_unless_they_are_alike(
    rows: list[tuple[tuple[int, ...], bool, float]], measured: int
):
    samples = tuple(
        Sample(number, Key(str(number), "a", "b"), features, {"kg:livesIn": label}, number % 3, weight, ASKED)
        for number, (features, label, weight) in enumerate(row for row in rows for _ in range(18))
    )
    learned = learn(Corpus(samples, ("calls home", "flew to"), ("kg:livesIn",)))
    assert len(learned.held["kg:livesIn"]) == measured


@pytest.mark.slow
def test_pairs_of_mentions_nobody_looked_at_teach_nothing():
    text = "Ann Bo lives in Quito, Juan Paz lives in Lima."
    fact = {"relation": "livesIn", "subject": [0, 6], "object": [16, 21]}
    whole, part = (
        parse_example({"text": text, "facts": [fact], **more}) for more in ({}, {"spans": [[0, 6], [16, 21]]})
    )
    doc = make_pipeline(ONTOLOGY_FOLDER, weights=None)(text)
    labels = [
        [sample.labels["kg:livesIn"] for sample in make_corpus([example], [doc], load_ontology()).samples]
        for example in (whole, part)
    ]
    assert labels[0].count(True) == 1 and labels[0].count(False) >= 3
    assert labels[1] == [True]


@pytest.mark.slow
def test_what_is_unclear_of_a_pair_teaches_nothing_but_is_asked():
    ends = {"subject": [0, 6], "object": [16, 21]}, {"subject": [23, 31], "object": [44, 48]}
    facts = [{"relation": name, **end} for name, end in zip(("livesIn", "bornIn"), ends, strict=True)]
    row = {"text": "Ann Bo lives in Quito, Juan Paz was born in Lima.", "facts": facts,
           "unclear": [{"relation": "bornIn", **ends[0]}]}  # fmt: skip
    doc = make_pipeline(ONTOLOGY_FOLDER, weights=None)(str(row["text"]))
    samples = make_corpus([parse_example(row)], [doc], load_ontology()).samples
    (ann,) = (sample for sample in samples if sample.labels.get("kg:livesIn"))
    assert ann.labels == {"kg:livesIn": True}
    assert ann.asked == {"kg:livesIn", "kg:bornIn"}


@pytest.mark.parametrize("label", [True, False])
def test_examples_that_are_all_alike_are_told(label: bool):
    with pytest.raises(TrainingError, match="all examples are alike"):
        fit_rows([((0,), label), ((1,), label)])


# ---- thresholds and scores
def test_the_strict_threshold_is_where_enough_is_right():
    held = [(0.9, True)] * 20 + [(0.6, True)] * 5 + [(0.6, False)] * 5 + [(0.1, False)] * 30
    loose, strict = choose_thresholds({"kg:livesIn": held})["kg:livesIn"]
    assert (loose, strict) == (0.6, 0.9)
    assert measure(held, strict) == (1.0, 0.8)


def test_relations_share_one_loose_threshold():
    many = [(0.4, True)] * 30 + [(0.3, False)] * 40
    few = [(0.7, True)] * 2 + [(0.5, False)] * 2
    thresholds = choose_thresholds({"kg:livesIn": many, "kg:bornIn": few})
    assert [loose for loose, _ in thresholds.values()] == [0.4, 0.4]
    assert thresholds["kg:livesIn"][1] == 0.4 < thresholds["kg:bornIn"][1]


def test_of_thresholds_that_are_all_but_the_best_the_highest_is_taken():
    held = [(0.8, True)] * 990 + [(0.5, True)] * 10 + [(0.5, False)] * 8 + [(0.1, False)] * 900
    assert choose_thresholds({"kg:livesIn": held})["kg:livesIn"][0] == 0.8
    much = [*held, *[(0.5, True)] * 40]
    assert choose_thresholds({"kg:livesIn": much})["kg:livesIn"][0] == 0.5


def test_where_nothing_is_sure_nothing_is_stated():
    held = [(0.9, False), (0.8, True), (0.7, False), (0.6, True)]
    assert choose_thresholds({"kg:livesIn": held})["kg:livesIn"][1] == 1.0


@pytest.mark.parametrize(
    ("probability", "score"), [(0.2, 0.25), (0.35, 0.38), (0.4999, 0.49), (0.5, 0.65), (0.75, 0.78), (1.0, 0.9)]
)
def test_scores_tell_facts_from_candidates(probability: float, score: float):
    assert scale(probability, SCORER) == score


def test_a_relation_that_is_never_stated_has_candidates_alone():
    unstated = replace(SCORER, stated=False)
    assert [scale(probability, unstated) for probability in (0.2, 0.6, 1.0)] == [0.25, 0.38, 0.49]


def test_a_sum_is_the_same_in_any_order():
    table = {f"f{n}": n * 7 % 23 - 11 for n in range(40)}
    weights = Weights({"kg:livesIn": SCORER}, {"kg:livesIn": table}, "", "")
    seen = (sorted(table), sorted(table, reverse=True), ["not taught"], [], ["f3", "not taught", "f4", "f3"])
    whole = sum(table.values())
    assert sum_weights(seen, weights).tolist() == [[whole], [whole], [0], [0], [table["f3"] + table["f4"]]]


# ---- odds of pairs beside each other
def test_a_chain_shares_and_rivals_of_one_sentence_compete():
    keys = [Key("0", "ann", "quito"), Key("0", "ann", "quito"), Key("0", "ann", "lima"), Key("9", "ann", "lima")]
    odds = [{"kg:bornIn": value} for value in (1.0, 3.0, -2.0, 5.0)]
    shared = [found["kg:bornIn"] for found in share_odds(keys, odds)]
    assert [standing.best for standing in shared] == [3.0, 3.0, -2.0, 5.0]
    assert [standing.other_object for standing in shared] == [-2.0, -2.0, 3.0, NO_RIVAL]
    assert {standing.other_subject for standing in shared} == {NO_RIVAL}


def test_the_subject_of_another_is_a_rival_of_that_relation_alone():
    odds: list[Odds] = [{"kg:founderOf": 1.0}, {"kg:founderOf": 4.0, "kg:leaderOf": 2.0}]
    one, other = share_odds([Key("0", "ann", "acme"), Key("0", "juan", "acme")], odds)
    assert one["kg:founderOf"] == Standing(1.0, 1.0, NO_RIVAL, 4.0, 4.0, NO_RIVAL)
    assert other["kg:leaderOf"] == Standing(2.0, 2.0, NO_RIVAL, NO_RIVAL, NO_RIVAL, 4.0)


def test_any_other_pair_of_the_sentence_stands_beside_it():
    keys = [Key("0", "ann", "acme"), Key("0", "ann", "acme"), Key("0", "juan", "bolt"), Key("9", "eva", "cero")]
    shared = share_odds(keys, [{"kg:founderOf": value} for value in (1.0, 3.0, 2.0, 5.0)])
    assert [found["kg:founderOf"].other_pair for found in shared] == [2.0, 2.0, 3.0, NO_RIVAL]


def list_ends(text: str) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """The chains of all that may live or be lived in, strays included, and the pairs of them."""
    ontology = load_ontology()
    doc = make_pipeline(ONTOLOGY_FOLDER, weights=None)(text)
    pairs = list(find_pairs(doc, find_ends(("kg:livesIn",), ontology), ontology, strays=True))
    chains = {end.span.text: end.chain for pair in pairs for end in (pair.subject, pair.object)}
    return chains, {(pair.subject.span.text, pair.object.span.text) for pair in pairs}


@pytest.mark.slow
def test_who_speaks_is_one_in_a_sentence():
    chains, pairs = list_ends("I live in Quito, where we opened my shop and our school.")
    assert chains["I"] == chains["my"] != chains["we"] == chains["our"]
    assert len({chains[word] for word in ("I", "we", "Quito", "where")}) == 4
    assert ("my", "Quito") in pairs and ("my", "I") not in pairs and ("we", "our") not in pairs


@pytest.mark.slow
def test_what_touches_a_persons_name_is_no_thing_of_its_own():
    chains, _ = list_ends("Karl Doyle FRS (1713 – 1772) lived in Lima, where I live.")
    assert {"Karl Doyle", "where", "I"} < set(chains) and "FRS" not in chains


def test_a_pair_inside_one_chain_shares_with_none():
    keys = [Key("0", "ann", "ann", "1 5"), Key("0", "ann", "ann", "5 1")]
    shared = share_odds(keys, [{"kg:childOf": 1.0}, {"kg:childOf": -1.0}])
    assert [found["kg:childOf"].best for found in shared] == [1.0, -1.0]


def test_a_likelier_rival_makes_a_pair_less_likely():
    probabilities = [to_probability(SCORER, Standing(1.0, 1.0, rival)) for rival in (NO_RIVAL, 0.0, 3.0, 9.0)]
    assert probabilities == sorted(probabilities, reverse=True)
    assert probabilities[0] > probabilities[2]


ODDS = st.floats(-9, 9)


@given(
    st.lists(ODDS, min_size=6, max_size=6),
    st.lists(st.floats(0, 9), min_size=2, max_size=2),
    st.floats(-2, 2),
    st.lists(st.floats(-0.5, 0.5), min_size=6, max_size=6),
)
def test_what_may_tell_nothing_stays_below_the_threshold_whatever_its_rivals(
    odds: list[float], room: list[float], base: float, swings: list[float]
):
    scorer = replace(SCORER, base=base, **dict(zip(Standing._fields, swings, strict=True)))
    weights = Weights({"kg:livesIn": scorer}, {"kg:livesIn": {}}, "", "")
    own, best, *rivals, other_relation = odds
    highest = max(*rivals, NO_RIVAL) + room[0], max(other_relation, NO_RIVAL) + room[1]
    likely = to_probability(scorer, Standing(*odds)) >= scorer.loose
    assert weights.may_tell("kg:livesIn", own, best, *highest) or not likely


def test_a_pair_that_may_tell_nothing_is_still_a_rival():
    odds: list[Odds] = [{"kg:founderOf": 1.0}, {"kg:founderOf": -4.0}]
    keys = [Key("0", "ann", "acme"), Key("0", "juan", "acme")]
    shared = share_odds(keys, odds, lambda relation, own, *_: own > 0)
    assert shared == [{"kg:founderOf": Standing(1.0, 1.0, NO_RIVAL, -4.0, -4.0, NO_RIVAL)}, {}]


# ---- the file
def test_weights_written_are_read_again():
    scorers = {"kg:livesIn": SCORER}
    tables = {"kg:livesIn": {"between > “lives in”": 120, "join 家": -15}}
    found = parse_weights(write_weights(scorers, tables, "abc"))
    assert (found.scorers, found.tables, found.examples) == (scorers, tables, "abc")


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"format": "kg weights 3"}', '{"format": "other", "relations": {}, "features": {}}',
     '{"format": "kg weights 3", "examples": "", "relations": {}, "features": {"a": {"kg:livesIn": 1}}}'],
)  # fmt: skip
def test_what_is_no_file_of_weights_is_told(content: str, tmp_path: Path):
    path = tmp_path / "weights.json"
    path.write_text(content)
    with pytest.raises(PipelineError, match="no weights of ours"):
        read_weights(path)


def test_a_missing_file_of_weights_is_told(tmp_path: Path):
    with pytest.raises(PipelineError, match="No such file"):
        read_weights(tmp_path / "none.json")


def test_the_shipped_weights_are_small_and_speak_of_our_ontology():
    weights = read_weights(SHIPPED)
    assert SHIPPED.stat().st_size <= 2_000_000
    assert len(weights.scorers) >= 15
    assert set(weights.scorers) <= set(load_ontology().domain)
    assert all(0 < scorer.loose <= scorer.strict <= 1 for scorer in weights.scorers.values())


def test_the_card_beside_them_tells_data_licence_and_scores():
    card = SHIPPED.with_suffix(".md").read_text(encoding="utf-8")
    assert read_weights(SHIPPED).examples in card
    for words in ("KnowledgeNet", "CC BY-SA 4.0", "Re-DocRED", "MIT", "Text2KGBench", "kg train", "together"):
        assert words in card


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ("between > “was born in”", "“was born in” between"),
        ("word for kg:spouseOf between <", "a word for spouseOf between"),
        ("subject 1 before “president”", "“president” before the subject"),
        ("join marry has auxpass be", "“marry” with “be”"),
        ("object under in as pobj", "the object under “in”"),
    ],
)
def test_features_are_told_in_words(feature: str, words: str):
    assert tell_feature(feature) == words


# ---- learning and reading
@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kg.teaching import train_weights

    folder = tmp_path_factory.mktemp("taught")
    train_weights([write_lessons(folder / "lessons.jsonl")], folder / "own.json", ontology_folder=ONTOLOGY_FOLDER)
    return folder / "own.json"


def read(text: str, weights: Path | None) -> dict[tuple[str, str, str], tuple[str, float, str]]:
    """Subject, predicate and object as the text has them → factuality, score, rule."""
    from kg.build import extract_documents

    (extraction,) = extract_documents([Document("a.txt", text)], weights=weights)
    return {
        (relation.subject.passage.text, relation.predicate, relation.object.passage.text): (
            relation.evidence.factuality.value,
            relation.evidence.score,
            relation.evidence.rule,
        )
        for relation in extraction.relations
        if not isinstance(relation.object, str)
    }


@pytest.mark.slow
def test_the_same_lessons_give_the_same_bytes(taught: Path, tmp_path: Path):
    lines = write_lessons(tmp_path / "lessons.jsonl")
    done = CliRunner().invoke(cli, ["train", str(lines), "-o", str(tmp_path / "own.json")])
    assert done.exit_code == 0 and "1 relations" in done.output
    for suffix in (".json", ".md"):
        assert (tmp_path / "own.json").with_suffix(suffix).read_bytes() == taught.with_suffix(suffix).read_bytes()


@pytest.mark.slow
def test_the_card_tells_what_was_learned_from(taught: Path):
    card = taught.with_suffix(".md").read_text(encoding="utf-8")
    assert "- our own: 48 texts" in card and "- no source named: 48 texts" in card and "| kg:livesIn | 48 |" in card


@pytest.mark.slow
def test_who_is_ruled_out_behind_a_remark_founded_nothing():
    found = read("The Green Union was founded by Ann Bo, not, as many believe, by Juan Paz.", SHIPPED)
    assert [subject for subject, predicate, _ in found if predicate == "kg:founderOf"] == ["Ann Bo"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "relation", "ends"),
    [
        ("Juan Paz writes every week to a friend who lives in Manila.", "kg:livesIn", {"Juan Paz"}),
        ("Juan Paz, who had lost his purse, was helped by a Norwegian citizen.", "kg:citizenOf", {"Juan Paz", "his"}),
        ("Students at Oslo University complained about their landlord, Juan Paz.", "kg:educatedAt", {"Juan Paz"}),
        ("The Rowing Club got its boats from a firm that was founded in 1907.", "kg:foundedOn", {"Rowing Club", "its"}),
        ("Doctors told Olga Kim that her baby would be born on 9 September 1998.", "kg:bornOn", {"Olga Kim", "her"}),
        ("Father Juan Paz married Olga Kim and Ann Bo in a small church.", "kg:spouseOf", {"Juan Paz"}),
        ("Juan Paz has sued the Lagos Post, which was founded by Olga Kim.", "kg:founderOf", {"Juan Paz"}),
        ("Juan Paz, the keeper who fed the first bear born in Oslo, will retire.", "kg:bornIn", {"Juan Paz", "who"}),
        ("Juan Paz's stable was born on 5 October 1992, when he bought a mare.", "kg:bornOn", {"Juan Paz"}),
        (
            "Juan Paz, who shared a flat with the founder of Red Labs, drives a taxi.",
            "kg:founderOf",
            {"Juan Paz", "who"},
        ),
        (
            "The painter Olga Kim has finished her likeness of the founder of the Rowing Club.",
            "kg:founderOf",
            {"Olga Kim"},
        ),
        ("Juan Paz runs the distillery with his father-in-law, Carl Dahl.", "kg:childOf", {"Juan Paz", "his"}),
    ],
)
def test_what_is_said_of_a_third_is_guessed_of_nobody(text: str, relation: str, ends: set[str]):
    assert ends.isdisjoint(one for one, predicate, _ in read(text, SHIPPED) if predicate == relation)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "The Green Union was founded by Ann Bo with money lent by Juan Paz.",
        "The Green Union was founded by Ann Bo with help from Juan Paz.",
        "The Green Union was founded by Ann Bo, the Blue League by Juan Paz.",
        "It was not Juan Paz but his gardener, Ann Bo, who founded the Green Union.",
    ],
)
def test_who_gave_for_it_or_employed_its_founder_founded_nothing(text: str):
    found = read(text, SHIPPED)
    told = {one for one, predicate, other in found if other == "Green Union" and predicate != "rdf:type"}
    assert told - {"who"} == {"Ann Bo"}


@pytest.mark.slow
def test_what_examples_taught_is_read_with_its_reason(taught: Path):
    text = "Olga Kim calls Seoul home."
    factuality, score, rule = read(text, taught)["Olga Kim", "kg:livesIn", "Seoul"]
    assert factuality == "CT+" and score >= STRICT
    assert rule.startswith("learned: ") and "call" in rule
    assert ("Olga Kim", "kg:livesIn", "Seoul") not in read(text, None)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "Olga Kim does not call Seoul home.",
        "Olga Kim may call Seoul home.",
        "Police say that Olga Kim calls Seoul home.",
        "If Olga Kim calls Seoul home, she may vote there.",
        "Does Olga Kim call Seoul home?",
    ],
)
def test_what_is_not_asserted_is_no_fact_whoever_taught_it(text: str, taught: Path):
    assert read(text, taught).get(("Olga Kim", "kg:livesIn", "Seoul"), ("none",))[0] != Factuality.FACT.value


@pytest.mark.slow
def test_classes_that_do_not_fit_are_not_looked_at(taught: Path):
    assert not [key for key in read("Chile calls Seoul home.", taught) if key[1] == "kg:livesIn"]


@pytest.mark.slow
def test_a_frame_goes_first(taught: Path):
    found = read("Olga Kim lives in Seoul.", taught)
    assert not found["Olga Kim", "kg:livesIn", "Seoul"][2].startswith("learned")


@pytest.fixture(scope="module")
def unsure(taught: Path) -> Path:
    """The same weights, but nothing is sure enough."""
    weights = read_weights(taught)
    scorers = {name: replace(scorer, strict=1.0) for name, scorer in weights.scorers.items()}
    path = taught.with_name("unsure.json")
    path.write_bytes(write_weights(scorers, weights.tables, weights.examples))
    return path


@pytest.mark.slow
def test_a_candidate_is_kept_with_its_score_and_is_no_fact(unsure: Path, tmp_path: Path):
    (tmp_path / "a.txt").write_text("Olga Kim calls Seoul home.")
    graph = tmp_path / "graph"

    def run(*words: str) -> str:
        done = CliRunner().invoke(cli, list(words), catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    run("build", str(tmp_path / "a.txt"), "-o", str(graph), "--weights", str(unsure))
    assert "livesIn" not in (graph / "facts.ttl").read_text(encoding="utf-8")
    assert "livesIn" in (graph / "graph.nq").read_text(encoding="utf-8")
    assert "Olga Kim — lives in — Seoul" in run("query", "candidates", "-g", str(graph), "-f", "csv")
    assert "[not a fact: a candidate, 0." in run("explain", "Olga Kim", "livesIn", "Seoul", "-g", str(graph))
    assert "[a candidate, read too unsurely" in run("explain", "--rejected", "Olga Kim", "Seoul", "-g", str(graph))
    assert '"status":"candidate"' in (graph / "graph.html").read_text(encoding="utf-8")
    assert "conforms" in run("validate", "-g", str(graph))


@pytest.mark.slow
def test_without_a_model_nothing_is_learned_and_the_graph_says_so(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Ann Bo is the president of Chile.")
    for flags, named in (([], True), (["--no-model"], False)):
        done = CliRunner().invoke(cli, ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "g"), "-q", *flags])
        assert done.exit_code == 0
        assert (read_weights(SHIPPED).hash in (tmp_path / "g" / "facts.ttl").read_text(encoding="utf-8")) is named


def test_own_weights_and_none_at_all_exclude_each_other(tmp_path: Path):
    (tmp_path / "a.txt").write_text("Ann Bo.")
    done = CliRunner().invoke(cli, ["build", str(tmp_path / "a.txt"), "--weights", "x.json", "--no-model"])
    assert done.exit_code == 2 and "not both" in done.output


def test_without_scikit_learn_one_line_tells_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(TrainingError, match=r"pip install 'kg\[train\]'"):
        CliRunner().invoke(
            cli, ["train", str(tmp_path / "x.jsonl"), "-o", str(tmp_path / "y.json")], catch_exceptions=False
        )


def test_examples_without_a_fact_teach_nothing(tmp_path: Path):
    from kg.training.samples import make_corpus

    with pytest.raises(ExampleError, match="no example states a fact"):
        make_corpus([], [], load_ontology())
