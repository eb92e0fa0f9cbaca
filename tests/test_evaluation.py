"""`kg eval` and `kg explain --rejected`: what is right, missing, false, and why something is no fact."""

from pathlib import Path

import pytest

from kg.build import build_graph
from kg.errors import GoldError, GraphError
from kg.evaluation.gold import Gold, GoldSpan, GoldStatement, GoldThing, read_gold
from kg.evaluation.identity import b_cubed
from kg.evaluation.report import evaluate, format_report
from kg.evaluation.scores import Score
from kg.held import Held, read_held
from kg.model import Factuality
from kg.ontology import ONTOLOGY_FOLDER, load_ontology
from kg.rdf.files import read_store
from kg.rdf.tables import ask
from kg.records import read_extractions, write_extractions
from kg.rejections import find_refusals, format_refusals

TEXTS = {
    "a.md": "---\ndate: 2019-05-03\n---\nAnn Bo, the president of Chile, visited Lima on 2 May. "
    "Police arrested Juan Paz.\n",
    "b.md": "Prosecutors deny that police arrested Eva Sol in Lima. Ann Bo met a crowd far from Juan Paz.\n",
}
ONTOLOGY = load_ontology()


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evaluated")
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    build_graph([folder / name for name in TEXTS], folder / "graph")
    return folder / "graph"


@pytest.fixture(scope="module")
def held(graph: Path) -> Held:
    return read_held(graph, ONTOLOGY_FOLDER)


def score(held: Held, gold: Gold) -> dict[str, Score]:
    report = evaluate(gold, held.extractions, held.entities, held.fusion.statements, ONTOLOGY)
    return {item.name: item for item in report.scores}


def write(folder: Path, text: str, name: str = "gold.jsonl") -> Path:
    (folder / name).write_text(text)
    return folder / name


def test_extractions_are_read_as_they_were_written(graph: Path):
    content = (graph / "extractions.jsonl").read_bytes()
    assert write_extractions(read_extractions(graph / "extractions.jsonl")) == content


def test_what_is_held_is_what_was_built(held: Held, graph: Path):
    store = read_store(graph)
    assert {statement.id for statement in held.fusion.statements} == {
        row["s"].removeprefix("kgr:statement/")
        for row in ask(store, "SELECT ?s { GRAPH kgg:statements { ?s a rdf:Statement } }")
    }


def test_another_ontology_than_that_of_the_graph_is_refused(graph: Path, tmp_path: Path):
    names = write(tmp_path, "name,type,aliases,identifier\nZed,Person,,\n", "names.csv")
    with pytest.raises(GraphError, match="another ontology"):
        read_held(graph, ONTOLOGY_FOLDER, [names])


def test_a_line_that_is_no_extraction_is_named(tmp_path: Path):
    with pytest.raises(GraphError, match=r"x\.jsonl:1"):
        read_extractions(write(tmp_path, '{"document": 1}\n', "x.jsonl"))


def test_facts_missed_and_false_are_listed(held: Held):
    gold = Gold(
        things=(GoldThing("Ann Bo", "kg:Person", ("Ann Bo",)), GoldThing("Peru", "kg:Country", ("Peru",))),
        statements=(GoldStatement("Ann Bo", "kg:presidentOf", "Peru"),),
    )
    relations = score(held, gold)["relations"]
    assert (relations.precision, relations.recall) == (0.0, 0.0)
    assert relations.missed == ("Ann Bo — kg:presidentOf — Peru",)
    assert relations.false == ("kgr:person/ann-bo — kg:presidentOf — kgr:place/chile",)


def test_events_are_found_by_class_and_roles(held: Held):
    gold = Gold(
        things=(
            GoldThing("e1", "kg:Arrest"),
            GoldThing("e2", "kg:Killing"),
            GoldThing("Juan Paz", "kg:Person", ("Juan Paz",)),
        ),
        statements=(
            GoldStatement("e1", "kg:target", "Juan Paz"),
            GoldStatement("e2", "kg:target", "Juan Paz"),
        ),
    )
    assert score(held, gold)["events"].missed == ("e2 (kg:Killing)",)
    assert score(held, gold)["roles"].recall == 0.5


def test_factuality_is_compared_where_a_statement_is_held(held: Held):
    things = (GoldThing("e1", "kg:Arrest"), GoldThing("Eva Sol", "kg:Person", ("Eva Sol",)))
    right = Gold(things, (GoldStatement("e1", "kg:target", "Eva Sol", Factuality.COUNTERFACT),))
    wrong = Gold(things, (GoldStatement("e1", "kg:target", "Eva Sol", Factuality.FACT),))
    assert score(held, right)["factuality"].recall == 1.0
    assert score(held, wrong)["factuality"].missed == ("e1 — kg:target — Eva Sol is CT+, not CT-",)


def test_dates_and_identity_count_by_offsets(held: Held):
    text = held.extractions[0].document.text
    day, name = text.index("2 May"), text.index("Ann Bo")
    gold = Gold(
        mentions=(GoldSpan("a.md", name, name + 6, "ann"),), dates=(GoldSpan("a.md", day, day + 5, "2019-05-02"),)
    )
    report = evaluate(gold, held.extractions, held.entities, held.fusion.statements, ONTOLOGY)
    assert [found.f1 for found in report.identities] == [1.0, 1.0]
    assert report.scores[0].recall == 1.0
    assert "across documents" in format_report(report)


def test_b_cubed_is_that_of_the_paper():
    """Bagga & Baldwin 1998, figure 1: 12 mentions, one of the true chains torn into another."""
    spans = [GoldSpan("a", n, n + 1, "") for n in range(12)]
    true = {span: "A" if n < 5 else "B" if n < 7 else "C" for n, span in enumerate(spans)}
    said = {span: "A" if n < 5 else "B" for n, span in enumerate(spans)}
    precision, recall, _ = b_cubed(true, said)
    assert (round(precision, 2), recall) == (0.76, 1.0)


def test_gold_from_turtle_is_that_of_lines(tmp_path: Path):
    turtle = """@prefix kg: <https://example.org/kg/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<x:ann> a kg:Person ; rdfs:label "Ann Bo" ; kg:presidentOf <x:chile> . <x:chile> a kg:Country ; rdfs:label "Chile" ."""
    lines = (
        '{"thing": "x:ann", "type": "Person", "names": ["Ann Bo"]}\n'
        '{"thing": "x:chile", "type": "Country", "names": ["Chile"]}\n'
        '{"subject": "x:ann", "predicate": "presidentOf", "object": "x:chile"}\n'
    )
    from_turtle = read_gold(write(tmp_path, turtle, "gold.ttl"), ONTOLOGY)
    assert from_turtle == read_gold(write(tmp_path, lines), ONTOLOGY)


FAULTS = [
    ('{"thing": "a", "type": "Nobody"}', "gold.jsonl:1: Nobody is no term"),
    ('{"thing": "a"}', "gold.jsonl:1: has no 'type'"),
    ('{"who": "a"}', "gold.jsonl:1: has none of thing"),
    ("{", "gold.jsonl:1: "),
    ("", "says nothing"),
]


@pytest.mark.parametrize(("line", "message"), FAULTS, ids=[message for _, message in FAULTS])
def test_a_fault_in_gold_is_named_with_its_line(line: str, message: str, tmp_path: Path):
    with pytest.raises(GoldError, match=message):
        read_gold(write(tmp_path, line), ONTOLOGY)


def test_gold_that_is_not_there_or_no_gold_is_refused(tmp_path: Path):
    with pytest.raises(GoldError, match="No such file"):
        read_gold(tmp_path / "none.jsonl", ONTOLOGY)
    with pytest.raises(GoldError, match="neither"):
        read_gold(tmp_path / "none.csv", ONTOLOGY)


def test_a_denied_event_is_explained(held: Held):
    said = format_refusals(find_refusals(held, ["Eva Sol"]))
    assert "target — Eva Sol   [denied, said by Prosecutors]" in said
    assert "b.md:" in said


def test_a_pair_that_nothing_joins_is_explained(held: Held):
    reasons = [refusal.reason for refusal in find_refusals(held, ["Ann Bo", "Juan Paz"])]
    assert len(reasons) == 1
    assert reasons[0].startswith("both are mentioned")


def test_a_fact_is_not_among_the_refused(held: Held):
    assert find_refusals(held, ["Ann Bo", "presidentOf", "Chile"]) == ()
