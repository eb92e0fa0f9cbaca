"""What is missing in a graph is told in one line, with where; and so is a question that has no answer."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Store
from samples import sample_store
from servers import serve_graph

from kg.cli import cli
from kg.errors import DecisionError, GraphError
from kg.rdf.conclusions import find_conclusions
from kg.rdf.dataset import write_quads
from kg.rdf.terms import BASE, make_prefixes
from kg.rdf.ways import find_ways

NO_DOCUMENT = "DELETE WHERE { GRAPH kgg:documents { ?d ?p ?o } }"
NO_PASSAGE = "DELETE WHERE { GRAPH kgg:statements { ?e kg:passage ?x } }"
NO_STATEMENT = (
    "DELETE WHERE { GRAPH kgg:statements { ?s rdf:predicate kg:presidentOf ; rdf:subject ?x ; kg:evidence ?e } }"
)
NO_EVIDENCE = "DELETE WHERE { GRAPH kgg:statements { ?s kg:evidence ?e } }"
NO_NUMBER = (
    "DELETE { GRAPH ?g { ?x kg:start ?o } } INSERT { GRAPH ?g { ?x kg:start 'x' } }"
    " WHERE { GRAPH ?g { ?x kg:start ?o } }"
)
NO_SCORE = "DELETE { GRAPH ?g { ?s kg:score ?o } } WHERE { GRAPH ?g { ?s a rdf:Statement ; kg:score ?o } }"


def damage(update: str) -> Store:
    store = sample_store()
    store.update(update, prefixes=dict(make_prefixes(BASE)))
    assert set(store) != set(sample_store()), update
    return store


@pytest.mark.parametrize(
    ("update", "words", "told"),
    [
        (NO_DOCUMENT, ("explain", "Ann Bo"), "is damaged, without its document"),
        (NO_PASSAGE, ("explain", "Ann Bo"), "without kg:text, kg:start, kg:end, kg:document, its document"),
        (NO_SCORE, ("explain", "Ann Bo"), "is damaged, without kg:score"),
        (NO_DOCUMENT, ("path", "Ann Bo", "Chile"), "is damaged, without its document"),
        (NO_STATEMENT, ("path", "Ann Bo", "Chile"), "kgr:person/ann-bo kg:presidentOf kgr:place/chile: is damaged"),
    ],
)
def test_what_is_missing_behind_a_fact_is_told_in_one_line(
    update: str, words: tuple[str, ...], told: str, tmp_path: Path
):
    write_quads(damage(update), tmp_path / "graph.nq")
    done = CliRunner().invoke(cli, [*words, "-g", str(tmp_path)])
    assert isinstance(done.exception, GraphError), done.exception
    assert told in str(done.exception)
    assert str(done.exception).endswith("(see `kg validate`)")


@pytest.mark.parametrize("premise", ["kgr:statement\\/gone", "kgr:derivation\\/gone"])
def test_a_conclusion_from_what_is_not_there_is_told(premise: str):
    store = damage(
        "INSERT DATA { GRAPH kgg:derivations { kgr:derivation\\/1 rdf:subject kgr:place\\/chile ;"
        " rdf:predicate kg:locatedIn ; rdf:object kgr:place\\/peru ; kg:rule 'x' ; prov:wasDerivedFrom "
        + premise
        + " } }"
    )
    with pytest.raises(GraphError, match="gone: is damaged"):
        find_conclusions(store, ["Chile"])


@pytest.mark.parametrize(
    ("update", "where", "told", "logged"),
    [
        (NO_DOCUMENT, "/entity/person/ann-bo", "is damaged, without its document (see `kg validate`)", "kg: kgr:"),
        (NO_EVIDENCE, None, "is damaged, it has no evidence (see `kg validate`)", "kg: kgr:statement/"),
        (NO_NUMBER, "/entity/person/ann-bo", "ValueError: invalid literal", "Traceback (most recent call last)"),
    ],
)
def test_a_page_of_what_is_damaged_is_one_line_and_logged(
    update: str, where: str | None, told: str, logged: str, tmp_path: Path
):
    store = damage(update)
    write_quads(store, tmp_path / "graph.nq")
    statement = min(quad.subject.value for quad in store if "/statement/" in str(quad.subject))
    with serve_graph(tmp_path, logged=(logged, told)) as client:
        answer = client.get(where or statement.replace(f"{BASE}id", ""), headers={"Accept": "text/html"})
    assert (answer.status_code, answer.text.count("\n")) == (500, 1)
    assert answer.text.startswith("kg: ")
    assert told in answer.text


def test_a_way_from_a_thing_to_itself_is_refused():
    with pytest.raises(DecisionError, match=r"Ann Bo and ann bo are one thing, kgr:person/ann-bo \(name two things\)"):
        find_ways(sample_store(), "Ann Bo", "ann bo")
