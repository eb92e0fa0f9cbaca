"""Queries that ask too much end by a limit, in one line, and leave nothing running."""

import multiprocessing
import sys
from pathlib import Path

import pytest

from kg.errors import GraphError, QueryError
from kg.rdf.limits import Limits, Reply, ask_apart

PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
FEW = Limits(seconds=2, megabytes=1024)


def test_an_answer_comes_as_from_the_store_itself(example_graph: Path):
    assert ask_apart(example_graph, "ASK { ?p kg:presidentOf ?c }", "table", Limits()) == Reply("yes\n")
    assert ask_apart(example_graph, "ASK { ?p kg:capitalOf ?p }", "table", Limits()) == Reply("no\n", no=True)
    table = ask_apart(example_graph, "SELECT ?p { ?p a kg:Person }", "table", Limits(rows=1)).text
    assert table.endswith("(1 row, and more: add LIMIT and OFFSET)\n")


def test_errors_are_those_of_the_store_itself(example_graph: Path, tmp_path: Path):
    with pytest.raises(QueryError, match="did you mean kg:Person") as caught:
        ask_apart(example_graph, "SELECT ?p { ?p a kg:Persn }", "table", Limits())
    assert caught.value.hint == "see `kg ontology`"
    with pytest.raises(GraphError, match="no such graph"):
        ask_apart(tmp_path, "ASK { ?s ?p ?o }", "table", Limits())


def test_a_query_without_an_end_is_stopped(example_graph: Path):
    with pytest.raises(QueryError, match="no answer within 2 seconds"):
        ask_apart(example_graph, f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}", "table", FEW)
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems hold no process to its memory")
def test_a_query_that_takes_all_memory_is_stopped(example_graph: Path):
    with pytest.raises(QueryError, match="needs more than 1024 MB"):
        ask_apart(example_graph, f"SELECT * {{ {PRODUCT} }} ORDER BY ?a ?d ?g ?j", "table", FEW._replace(seconds=120))
