"""What a built graph holds, made again from the files beside it: records instead of triples."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from kg.errors import GraphError
from kg.facts.fusion import Fusion
from kg.facts.reduction import reduce_extractions
from kg.model import Entity, Extraction
from kg.ontology import Ontology, load_ontology
from kg.rdf.base import find_base
from kg.rdf.decisions import find_decisions
from kg.rdf.files import read_store
from kg.rdf.tables import ask
from kg.records import FILE, hash_inputs, read_extractions

_RUN = "SELECT ?ontology ?input { GRAPH kgg:facts { ?run kg:ontologyHash ?ontology ; kg:inputHash ?input } }"


@dataclass(frozen=True, slots=True)
class Held:
    """Extractions of a graph, with the entities and statements made of them."""

    extractions: tuple[Extraction, ...]
    entities: tuple[Entity, ...]
    fusion: Fusion
    ontology: Ontology


def read_held(graph: Path, ontology_folder: Path, names: Sequence[Path] = (), decisions: Path | None = None) -> Held:
    """The records of the graph in a folder (or of the graph.nq in it).

    GraphError where files are missing, or where the graph was made with another ontology, names or decisions.
    """
    folder = graph if graph.is_dir() else graph.parent
    store = read_store(graph)
    extractions = read_extractions(folder / FILE)
    decided = find_decisions(decisions, folder)
    ontology = load_ontology(ontology_folder, names)
    made = (ontology.hash, hash_inputs([extraction.document for extraction in extractions], decided))
    _check(store, folder, made)
    entities, fusion = reduce_extractions(extractions, ontology_folder, names, decided)
    return Held(extractions, entities, fusion, ontology)


def _check(store: Store, folder: Path, made: tuple[str, str]) -> None:
    run = next(iter(ask(store, _RUN, find_base(store))), {})
    if run.get("ontology") != made[0]:
        raise GraphError(
            f"{folder}: was built with another ontology", hint="give the same --ontology and --names, or build it anew"
        )
    if run.get("input") != made[1]:
        raise GraphError(
            f"{folder}: was built with other texts or decisions", hint="give the same --decisions, or build it anew"
        )
