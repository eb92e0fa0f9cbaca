"""The files of a graph, written from its records: no step holds all triples in memory."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from kg.clock import Clock
from kg.facts.fusion import Fusion
from kg.facts.resolution import index_mentions
from kg.model import Document, Entity
from kg.rdf.dataset import list_derived, make_blocks, make_facts
from kg.rdf.files import write_atomically
from kg.rdf.quads import Run
from kg.rdf.sorting import write_sorted
from kg.rdf.turtle import write_facts
from kg.settings import Settings
from kg.views.choice import choose_statements
from kg.views.network import draw_records
from kg.views.page import MOST_NODES, to_html


def write_graph(
    documents: Sequence[Document],
    entities: Sequence[Entity],
    fusion: Fusion,
    run: Run,
    settings: Settings,
    folder: Path,
    clock: Clock,
) -> None:
    """``graph.nq``, ``facts.ttl`` and ``graph.html`` in ``folder``."""
    statements, base, ontology = fusion.statements, settings.base, settings.ontology_folder
    mentions = index_mentions(entities)
    facts = make_facts(statements, run=run, ontology_folder=ontology, base=base, refused=fusion.refused)
    blocks = make_blocks(
        statements,
        documents,
        run=run,
        ontology_folder=ontology,
        base=base,
        sources=mentions,
        texts=settings.texts,
    )
    write_sorted(chain(blocks, list_derived(facts, base)), folder / "graph.nq")
    write_facts(facts, folder / "facts.ttl", base)
    clock.mark("graph")
    shown, total, most = choose_statements(statements, MOST_NODES)
    network = draw_records(shown, documents, facts, base, texts=settings.texts, total=total, most=most)
    write_atomically(folder / "graph.html", to_html(network, title="Knowledge graph", mentions=mentions).encode())
    clock.mark("page")
