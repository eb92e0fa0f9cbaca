"""The files of a graph, written from its records: no step holds all triples in memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.clock import Clock
from kg.engines.beside import beside
from kg.engines.spawning import choose_start
from kg.facts.fusion import Fusion
from kg.facts.stored import Stored, divide
from kg.model import Document
from kg.program import hash_program
from kg.rdf.dataset import list_derived, make_facts, make_pieces
from kg.rdf.files import write_atomically
from kg.rdf.quads import Run, make_writer
from kg.rdf.turtle import write_facts
from kg.rdf.weaving import write_lines
from kg.settings import Settings
from kg.views.choice import choose_statements
from kg.views.layout import place_nodes
from kg.views.network import draw_records
from kg.views.page import MOST_EDGES, MOST_NODES, write_page

_WORTH = 10_000
"""Statements whose page takes longer to make than a copy of this process."""
_MANY = 200_000
"""Statements whose graph takes longer to write than facts and page: of fewer the page takes the most."""
_SHARES = 2
"""Processes that write a graph: another one takes some 500 MB, and what one does alone does not become less."""


def write_graph(
    documents: Iterable[Document],
    fusion: Fusion,
    run: Run,
    settings: Settings,
    folder: Path,
    held: Path,
    clock: Clock,
    *,
    jobs: int,
) -> None:
    """``graph.nq`` with its index, ``facts.ttl`` and ``graph.html`` in ``folder``; ``held`` has those of before.

    With more than one of ``jobs`` the page is made while the graph is written; of many statements the facts, too, and a
    new graph is written by two. Of statements that are more than memory holds the facts, which are held as a whole, are
    made before; by a copy of this process if there are jobs for it, as their memory is free again when it ends.
    """
    apart = jobs > 1 and len(fusion.statements) >= _WORTH
    stored = isinstance(fusion.statements, Stored)
    draw = partial(_write_page, documents, fusion, run, settings, folder)
    with TemporaryDirectory(dir=folder) as scratch:
        derived = Path(scratch) / "derived.nq"
        state = partial(_write_facts, fusion, run, settings, folder, derived)
        alone = not apart or len(fusion.statements) < _MANY or stored
        if alone:
            with beside(state, apart=apart and stored):
                pass  # the end of the block waits for it
        clock.mark("facts")
        shares = 1 if alone or choose_start() != "fork" else _SHARES
        with beside(*(() if alone else (state,)), draw, apart=apart) as finish:
            lines = _Derived(derived, partial(finish, 0 if alone else 1))
            _write_lines(documents, fusion, lines, run, settings, folder, held, shares=shares)
            clock.mark("graph")
    clock.mark("page")


@dataclass(frozen=True, slots=True)
class _Derived:
    """The lines of what follows from the facts, which who goes through them waits for."""

    path: Path
    wait: Callable[[], None]

    def __iter__(self) -> Iterator[str]:
        self.wait()
        with self.path.open(encoding="utf-8", newline="\n") as lines:
            yield from lines


def _write_page(documents: Iterable[Document], fusion: Fusion, run: Run, settings: Settings, folder: Path) -> None:
    base, schema = settings.base, settings.ontology_folder
    shown, total, most = choose_statements(fusion.statements, MOST_NODES, MOST_EDGES)
    terms = make_facts((), run=run, ontology_folder=schema, base=base)
    network = draw_records(shown, documents, terms, base, texts=settings.texts, total=total, most=most)
    page = write_page(network, place_nodes(network), title="Knowledge graph", mentions=fusion.ids)
    write_atomically(folder / "graph.html", page.encode())


def _write_facts(fusion: Fusion, run: Run, settings: Settings, folder: Path, derived: Path) -> None:
    """Writes the facts, and the lines of what follows from them. Only here they all are in memory."""
    base, schema = settings.base, settings.ontology_folder
    facts = make_facts(fusion.statements, run=run, ontology_folder=schema, base=base, refused=fusion.refused)
    write_facts(facts, folder / "facts.ttl", base)
    with derived.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(list_derived(facts, base))


def _write_lines(
    documents: Iterable[Document],
    fusion: Fusion,
    derived: Iterable[str],
    run: Run,
    settings: Settings,
    folder: Path,
    held: Path,
    *,
    shares: int,
) -> None:
    base, schema = settings.base, settings.ontology_folder
    writer = make_writer(base, fusion.ids, texts=settings.texts)
    first, *others = divide(fusion.statements, shares)
    told = (
        partial(make_pieces, first, documents, writer, run=run, ontology_folder=schema, more=derived),
        *(partial(iter, other) for other in others),
    )
    write_lines(told, writer, folder, held, f"{hash_program()} {base} {settings.texts}", partial(beside, apart=True))
