"""What other tools read: the facts and no more, whole and harmless; and the graph as a Python object."""

import json
from io import BytesIO
from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import QuerySolutions
from samples import sample_store

import kg
from kg.errors import GraphError, QueryError
from kg.rdf.annotations import write_annotations
from kg.rdf.export import export_graph
from kg.rdf.files import read_store
from kg.views.exchange import FORMATS, exchange
from kg.views.network import to_network

STORE = sample_store()
NETWORK = to_network(STORE)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_network_gives_the_same_bytes_and_no_clock(kind: str):
    assert exchange(NETWORK, kind) == exchange(to_network(STORE), kind)
    assert b"lastmodified" not in exchange(NETWORK, kind)


def test_graphml_and_gexf_are_read_back_by_networkx(example_graph: Path):
    network = to_network(read_store(example_graph))
    graphml = nx.read_graphml(BytesIO(exchange(network, "graphml")), force_multigraph=True)
    gexf = nx.read_gexf(BytesIO(exchange(network, "gexf")))
    assert set(graphml) == set(gexf) == {node for node, fields in network.nodes(data=True) if fields["asserted"]}
    assert graphml.number_of_edges() == gexf.number_of_edges() > 100
    assert graphml.nodes["kgr:person/rafael-correa"]["label"] == "Rafael Correa"
    assert "Correa" in graphml.nodes["kgr:person/rafael-correa"]["aliases"]
    assert all(fields["sentence"] for _, _, fields in graphml.edges(data=True))


def test_what_is_no_fact_is_not_handed_on():
    told = exchange(NETWORK, "cypher").decode()
    doubted = [edge for *_, edge in NETWORK.edges(data=True) if edge["factuality"] != "CT+"]
    assert doubted
    assert "`PRESIDENT_OF`" in told
    assert "`TARGET`" not in told


def test_cypher_takes_any_name_as_a_string():
    network = nx.MultiDiGraph()
    hostile = 'x"}) DETACH DELETE n // \\" `'
    network.add_node("kgr:a", label=hostile, type="kg:Per`son", kind="x", aliases=(hostile,), values=(), asserted=True)
    line = exchange(network, "cypher").decode()
    assert line.startswith('MERGE (n:Entity {id: "kgr:a"}) SET n:`Per_son`, n += {')
    assert json.dumps(hostile, ensure_ascii=False) in line


def test_a_format_nobody_knows_is_refused():
    with pytest.raises(GraphError, match="no format xls"):
        exchange(NETWORK, "xls")


def test_annotations_quote_the_text_where_it_stands(example_graph: Path):
    store = read_store(example_graph)
    page = json.loads(write_annotations(store))
    texts = {
        str(row["d"].value): row["t"].value
        for row in store.query("SELECT ?d ?t { GRAPH ?g { ?d <https://example.org/kg/ontology#fullText> ?t } }")
    }
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert len({item["id"] for item in page["items"]}) == len(page["items"]) > 500
    for item in page["items"]:
        position, quote = item["target"]["selector"]
        text = texts[item["target"]["source"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])
    assert export_graph(store, "webannotation") == write_annotations(store)


def test_a_graph_is_a_python_object(example_graph: Path):
    graph = kg.open_graph(example_graph)
    answer = graph.query("who-is", "Rafael Correa")
    assert isinstance(answer, QuerySolutions)
    assert ("kgr:person/lenin-moreno", "kg:successorOf", "kgr:person/rafael-correa") in graph.facts()
    assert graph.facts() == sorted(graph.facts())
    assert any(proof.text for proof in graph.explain("Rafael Correa"))
    assert "kgr:person/rafael-correa" in graph.to_networkx()
    with pytest.raises(QueryError, match="LOAD changes the graph"):
        graph.query("LOAD <http://example.org/>")
    with pytest.raises(GraphError, match="no such graph"):
        kg.open_graph(example_graph / "none")


def test_a_graph_is_an_rdflib_dataset_without_a_copy(example_graph: Path):
    graph = kg.open_graph(example_graph)
    dataset = graph.to_rdflib()
    assert sum(1 for _ in dataset.quads()) == len(graph.store)


def test_a_table_needs_pandas(example_graph: Path):
    graph = kg.open_graph(example_graph)
    try:
        import pandas
    except ImportError:
        with pytest.raises(GraphError, match="pandas is not installed"):
            graph.to_pandas()
    else:
        assert list(graph.to_pandas().columns) == ["subject", "predicate", "object"]
        assert isinstance(graph.to_pandas(), pandas.DataFrame)
