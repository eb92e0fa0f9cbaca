"""A built graph as a Python object: ``kg.open_graph("output").query("presidents")``."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Store

from kg.errors import GraphError
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.answers import Answer
from kg.rdf.base import find_base
from kg.rdf.explanation import Proof, explain
from kg.rdf.files import read_store
from kg.rdf.queries import name_query
from kg.rdf.sparql import run_query
from kg.rdf.tables import plain
from kg.rdf.terms import to_iri

if TYPE_CHECKING:
    from pandas import DataFrame
    from rdflib import Dataset

    from kg.views.network import Network


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph in memory; read-only by its methods, as ``store`` is Oxigraph's own."""

    store: Store
    base: str

    def query(self, query: str, *values: str, ontology_folder: Path = ONTOLOGY_FOLDER) -> Answer:
        """The answer to a named query with its values, or to SPARQL; QueryError as of ``kg query``."""
        return run_query(self.store, name_query(query, values, ontology_folder), base=self.base)

    def facts(self) -> list[tuple[str, str, str]]:
        """Subject, predicate and object of each fact, IRIs shortened, sorted."""
        graph = NamedNode(to_iri("kgg:facts", self.base))
        quads = self.store.quads_for_pattern(None, None, None, graph)
        found = ((quad.subject, quad.predicate, quad.object) for quad in quads)
        return sorted((plain(s, self.base), plain(p, self.base), plain(o, self.base)) for s, p, o in found)

    def explain(self, *terms: str) -> Sequence[Proof]:
        """The sentences behind a thing (a name), or behind a fact (subject, predicate, object)."""
        return explain(self.store, terms, self.base)

    def to_rdflib(self) -> "Dataset":
        """An rdflib Dataset over the same store, through oxrdflib: no copy is made."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        return Dataset(store=OxigraphStore(store=self.store))

    def to_networkx(self) -> "Network":
        """Things as nodes, relations as edges with their evidence; see ``kg.views.network.to_network``."""
        from kg.views.network import to_network

        return to_network(self.store, self.base)

    def to_pandas(self) -> "DataFrame":
        """The facts as a table of subject, predicate and object; GraphError where pandas is not installed."""
        try:
            from pandas import DataFrame
        except ImportError as error:
            raise GraphError("pandas is not installed", hint="pip install pandas") from error
        return DataFrame(self.facts(), columns=["subject", "predicate", "object"])


def open_graph(path: Path | str) -> Graph:
    """The graph in a folder that ``kg build`` made, or in a graph.nq; GraphError where there is none of ours."""
    store = read_store(Path(path))
    return Graph(store, find_base(store))
