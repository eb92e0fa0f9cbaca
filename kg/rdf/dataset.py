"""Entities, statements and documents as one RDF dataset of named graphs, as pieces of N-Quads or as a store.

``facts`` holds the plain triples of what is asserted; ``statements`` every statement, reified (RDF 1.1 Semantics,
appendix D.1), with its evidence; ``documents`` the texts; ``ontology`` the schema; ``derived`` and ``derivations`` what
follows from the facts.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg.model import Curie, Document, Mention, Statement, Value
from kg.ontology import NAMESPACES
from kg.rdf.derivation import GRAPHS, derive
from kg.rdf.files import to_bytes
from kg.rdf.pieces import Piece, write_piece
from kg.rdf.quads import Run, Writer, make_writer, write_run
from kg.rdf.sorting import write_sorted
from kg.rdf.terms import BASE, to_iri
from kg.rdf.triples import list_triples

_PART = 100_000
"""Blocks that are held as text while a store reads them."""


def make_pieces(
    statements: Iterable[Statement],
    documents: Iterable[Document],
    writer: Writer,
    *,
    run: Run,
    ontology_folder: Path,
    more: Iterable[str] = (),
) -> Iterator[Piece]:
    """The dataset, but for what follows from it, in pieces; ``more`` are lines besides, and asked for last."""
    terms = _list_terms(ontology_folder, writer.base)
    told = write_run(writer, run, [document.id for document in documents])
    return chain(terms, told, documents, statements, more)


def make_store(
    statements: Iterable[Statement],
    documents: Iterable[Document],
    *,
    run: Run,
    ontology_folder: Path,
    base: str = BASE,
    sources: Mapping[Mention, Curie] | None = None,
    refused: Collection[tuple[Curie, Curie, Curie | Value]] = (),
    texts: bool = True,
) -> Store:
    """The whole dataset in memory; nothing ``refused`` is derived."""
    writer = make_writer(base, sources, texts=texts)
    pieces = make_pieces(statements, tuple(documents), writer, run=run, ontology_folder=ontology_folder)
    store = _load(block for piece in pieces for block in write_piece(writer, piece))
    derive(store, ontology_folder / "rules", base, refused=refused)
    return store


def make_facts(
    statements: Iterable[Statement],
    *,
    run: Run,
    ontology_folder: Path,
    base: str = BASE,
    refused: Collection[tuple[Curie, Curie, Curie | Value]] = (),
) -> Store:
    """Ontology, run, facts and what follows from them, and of all other statements the names; no texts, no evidence."""
    writer = make_writer(base)
    store = _load(chain(_list_terms(ontology_folder, base), write_run(writer, run, ())))
    store.bulk_extend(list_triples(statements, base))
    derive(store, ontology_folder / "rules", base, refused=refused)
    return store


def list_derived(store: Store, base: str = BASE) -> Iterator[str]:
    """What was derived in the store, as lines of N-Quads."""
    for graph in GRAPHS:
        found = store.quads_for_pattern(None, None, None, NamedNode(to_iri(f"kgg:{graph}", base)))
        yield from _split(to_bytes(found, RdfFormat.N_QUADS))


def _split(lines: bytes) -> Iterator[str]:
    """A literal may hold what strings break lines at, but bytes don't."""
    return (line.decode() for line in lines.splitlines(keepends=True))


def _load(blocks: Iterable[str]) -> Store:
    store, rest = Store(), iter(blocks)
    while part := "".join(islice(rest, _PART)):
        store.bulk_load(part.encode(), format=RdfFormat.N_QUADS)
    return store


def is_fact(statement: Statement) -> bool:
    """Asserted by the text's own voice, without contradiction, and surely read."""
    return statement.asserted


def _list_terms(folder: Path, base: str) -> Iterator[str]:
    graph = NamedNode(to_iri("kgg:ontology", base))
    for quad in parse(path=str(folder / "kg.ttl"), format=RdfFormat.TURTLE):
        subject, predicate, target = (_rebase(term, base) for term in (quad.subject, quad.predicate, quad.object))
        made = Quad(subject, predicate, target, graph)  # type: ignore[arg-type]  # kg.ttl has no blank nodes: tested
        yield f"{made} .\n"


def _rebase(term: object, base: str) -> object:
    space = next(iri for iri, prefix in NAMESPACES.items() if prefix == "kg:")
    ours = isinstance(term, NamedNode) and term.value.startswith(space.removesuffix("#"))
    return NamedNode(base + term.value.removeprefix(BASE)) if ours and isinstance(term, NamedNode) else term


def write_quads(store: Store, path: Path) -> None:
    """Everything as sorted N-Quads: two builds can be compared line by line."""
    write_sorted(_split(store.dump(format=RdfFormat.N_QUADS) or b""), path)
