"""What is missing in a graph is told in one line, with where."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Store
from samples import sample_store

from kg.cli import cli
from kg.errors import GraphError
from kg.rdf.conclusions import find_conclusions
from kg.rdf.dataset import write_quads
from kg.rdf.terms import BASE, make_prefixes

NO_DOCUMENT = "DELETE WHERE { GRAPH kgg:documents { ?d ?p ?o } }"
NO_PASSAGE = "DELETE WHERE { GRAPH kgg:statements { ?e kg:passage ?x } }"
NO_STATEMENT = (
    "DELETE WHERE { GRAPH kgg:statements { ?s rdf:predicate kg:presidentOf ; rdf:subject ?x ; kg:evidence ?e } }"
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
