"""The files of a graph, written from its records: no step holds all triples in memory."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from kg.clock import Clock
from kg.facts.fusion import Fusion
from kg.facts.resolution import index_mentions
from kg.model import Document, Entity
from kg.program import hash_program
from kg.rdf.dataset import list_derived, make_facts, make_pieces
from kg.rdf.files import write_atomically
from kg.rdf.quads import Run, make_writer
from kg.rdf.turtle import write_facts
from kg.rdf.weaving import write_lines
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
    held: Path,
    clock: Clock,
) -> None:
    """``graph.nq`` with its index, ``facts.ttl`` and ``graph.html`` in ``folder``; ``held`` has those of before."""
    statements, base, ontology = fusion.statements, settings.base, settings.ontology_folder
    mentions = index_mentions(entities)
    facts = make_facts(statements, run=run, ontology_folder=ontology, base=base, refused=fusion.refused)
    writer = make_writer(base, mentions, texts=settings.texts)
    derived = tuple(list_derived(facts, base))
    list_pieces = partial(make_pieces, statements, documents, writer, run=run, ontology_folder=ontology, more=derived)
    write_lines(list_pieces, writer, folder, held, f"{hash_program()} {base} {settings.texts}")
    write_facts(facts, folder / "facts.ttl", base)
    clock.mark("graph")
    shown, total, most = choose_statements(statements, MOST_NODES)
    network = draw_records(shown, documents, facts, base, texts=settings.texts, total=total, most=most)
    write_atomically(folder / "graph.html", to_html(network, title="Knowledge graph", mentions=mentions).encode())
    clock.mark("page")
