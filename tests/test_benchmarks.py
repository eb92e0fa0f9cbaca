"""The benchmarks say so where their data is absent, and the shipped weights are from the data their card names."""

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

import convert_knowledgenet
import convert_redocred
import convert_text2kgbench
import newsgraph
import peers
import queries

from kg.nlp.weights import SHIPPED, read_weights
from kg.rdf.shacl import validate

BENCHMARKS = Path(convert_knowledgenet.__file__).parent
CONVERTERS = (convert_knowledgenet, convert_redocred, convert_text2kgbench)


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [["knowledgenet.py", "--data"], ["convert_knowledgenet.py"], ["convert_redocred.py"], ["convert_text2kgbench.py"]],
)
def test_absent_data_is_told(words: list[str], tmp_path: Path):
    command = [sys.executable, str(BENCHMARKS / words[0]), *words[1:], str(tmp_path / "none.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "none.jsonl is not here: give the file" in done.stderr


@pytest.mark.slow
def test_absent_peers_are_told_and_skipped():
    command = [sys.executable, str(BENCHMARKS / "peers.py"), "--texts", "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    ours, *others = done.stdout.splitlines()
    assert re.match(r"kg: \d+\.\d s, .* triples, ", ours)
    packages = {"triplet-extract": "triplet_extract", "textacy": "textacy"}
    assert [line.partition(":")[0] for line in others] == list(packages)
    for line, package in zip(others, packages.values(), strict=True):
        assert find_spec(package) or re.search(r": skipped, .*: ModuleNotFoundError: No module named", line)


def test_each_wrong_triple_of_a_tool_has_its_reason():
    with peers.VERDICTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert Counter(row["tool"] for row in rows) == dict.fromkeys(peers.TOOLS, peers.SAMPLE)
    assert len(peers.read_verdicts(peers.VERDICTS)) == len(rows)
    assert {row["verdict"] for row in rows} == {"right", "wrong"}
    assert [row for row in rows if row["verdict"] == "wrong" and not row["why"]] == []


def test_a_passage_of_knowledgenet_as_an_example():
    fact = {"property": "CEO", "subjectStart": 20, "subjectEnd": 24, "objectStart": 10, "objectEnd": 16}
    row = {"fold": 1, "documentId": "7", "passageStart": 10, "passageText": "Ann Bo of Acme", "properties": ["CEO"],
           "facts": [fact]}  # fmt: skip
    example = convert_knowledgenet.convert(row)
    assert example["facts"] == [{"relation": "kg:leaderOf", "subject": [0, 6], "object": [10, 14]}]
    assert example["relations"] == ["kg:leaderOf"] and example["group"] == "knowledgenet 7"


def test_a_sentence_of_redocred_as_an_example():
    things = [[{"pos": [0, 2], "sent_id": 0}], [{"pos": [4, 5], "sent_id": 0}], [{"pos": [6, 7], "sent_id": 0}]]
    labels = [{"h": 0, "t": 1, "r": "P19", "evidence": [0]}, {"h": 0, "t": 2, "r": "P27", "evidence": [3]}]
    tokens = ["Ann", "Bo", "left", "for", "Quito", ",", "Ecuador", "."]
    document = {"title": "Ann Bo", "sents": [tokens], "vertexSet": things, "labels": labels}
    (example,) = convert_redocred.convert(document)
    assert example["text"] == "Ann Bo left for Quito, Ecuador."
    assert example["facts"] == [{"relation": "kg:bornIn", "subject": [0, 6], "object": [16, 21]}]
    assert example["unclear"] == [{"relation": "kg:citizenOf", "subject": [0, 6], "object": [23, 30]}]
    assert example["weight"] < 1


def test_whose_citizen_one_is_in_redocred_is_unclear_even_where_a_sentence_is_evidence():
    things = [[{"pos": [0, 1], "sent_id": 0}], [{"pos": [3, 4], "sent_id": 0}]]
    label = {"h": 0, "t": 1, "r": "P27", "evidence": [0]}
    tokens = ["Ann", "captained", "the", "Ecuador", "team", "."]
    (example,) = convert_redocred.convert({"title": "Ann", "sents": [tokens], "vertexSet": things, "labels": [label]})
    assert example["facts"] == []
    assert example["unclear"] == [{"relation": "kg:citizenOf", "subject": [0, 3], "object": [18, 25]}]


def convert_all() -> Iterator[str]:
    with convert_knowledgenet.DATA.open(encoding="utf-8") as lines:
        yield from (json.dumps(convert_knowledgenet.convert(json.loads(line)), ensure_ascii=False) for line in lines)
    for document in json.loads(convert_redocred.DATA.read_text(encoding="utf-8")):
        yield from (json.dumps(example, ensure_ascii=False) for example in convert_redocred.convert(document))
    for line in convert_text2kgbench.DATA.read_text(encoding="utf-8").splitlines():
        example = convert_text2kgbench.convert(json.loads(line))
        if example:
            yield json.dumps(example, ensure_ascii=False)


@pytest.mark.skipif(not all(module.DATA.is_file() for module in CONVERTERS), reason="the data sets are not here")
def test_the_shipped_weights_are_from_the_data_their_card_names():
    digest = sha256("".join(f"{line}\n" for line in convert_all()).encode()).hexdigest()[:16]
    assert read_weights(SHIPPED).examples == digest


def test_a_graph_by_chance_is_the_same_for_the_same_seed_and_sound():
    graph = newsgraph.make_graph(3000)
    assert set(graph) == set(newsgraph.make_graph(3000)) != set(newsgraph.make_graph(3000, seed=2))
    assert validate(graph) == ()


def test_both_engines_answer_the_queries_of_the_benchmark_alike(tmp_path: Path):
    graph = newsgraph.make_graph(6000)
    plain = queries.copy_for_rdflib(graph, tmp_path)
    asked = dict(queries.read_queries())
    assert len(asked) == 12
    found = {name: queries.ask_ours(graph, query) for name, query in asked.items()}
    assert found == {name: queries.ask_theirs(plain, query) for name, query in asked.items()}
    assert sum(bool(rows) for rows in found.values()) >= 8
