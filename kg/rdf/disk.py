"""A graph as an Oxigraph store on disk beside its graph.nq: a large one is not read each time but opens at once."""

import os
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from pyoxigraph import RdfFormat, Store

from kg.errors import GraphError
from kg.rdf.base import BUILD_HINT, find_base

FOLDER = "graph.store"
SOURCE = "graph.nq"
_HINT = "make it anew with `kg store`, or delete it"


def find_folder(graph: Path) -> Path:
    """The folder of a graph that is named by it or by its graph.nq; GraphError for any other file, or none."""
    if graph.is_dir():
        return graph
    if not graph.exists():
        raise GraphError(f"{graph}: no such graph", hint=BUILD_HINT)
    if graph.name != SOURCE:
        raise GraphError(f"{graph}: only a {SOURCE} has a store beside it", hint="name the folder that has one")
    return graph.parent


def write_disk_store(folder: Path) -> Path:
    """Makes the store of the graph in ``folder``, whole or not at all; GraphError where there is none of ours."""
    made, partial = folder / FOLDER, folder / f".{FOLDER}.{os.getpid()}.part"
    try:
        _fill(partial, folder / SOURCE)
        drop_disk_store(folder)
        partial.replace(made)
    except FileNotFoundError as error:
        raise GraphError(f"{folder / SOURCE}: no such graph", hint=BUILD_HINT) from error
    except (SyntaxError, ValueError) as error:
        raise GraphError(f"{folder / SOURCE}: is no N-Quads: {error}", hint=BUILD_HINT) from error
    except OSError as error:
        raise GraphError(f"{made}: {error.strerror or error}", hint="choose a folder that can be written") from error
    finally:
        rmtree(partial, ignore_errors=True)
    return made


def _fill(path: Path, source: Path) -> None:
    """A store that is closed again, as RocksDB writes what it holds when it closes."""
    if not source.is_file():
        raise FileNotFoundError(source)
    store = Store(str(path))
    store.bulk_load(path=str(source), format=RdfFormat.N_QUADS)
    find_base(store, source)
    store.optimize()
    store.flush()
    del store


def drop_disk_store(folder: Path) -> bool:
    """Takes the store away; whether there was one."""
    there = (folder / FOLDER).is_dir()
    with suppress(FileNotFoundError):
        rmtree(folder / FOLDER)
    return there


def open_disk_store(folder: Path) -> Store | None:
    """The store of the graph in ``folder``, read-only; None where there is none.

    GraphError where the graph was written after it, or where it can't be opened.
    """
    path, source = folder / FOLDER, folder / SOURCE
    if not path.is_dir():
        return None
    if source.is_file() and source.stat().st_mtime_ns > path.stat().st_mtime_ns:
        raise GraphError(f"{path}: is older than {SOURCE}", hint=_HINT)
    try:
        return Store.read_only(str(path))
    except (OSError, ValueError) as error:
        raise GraphError(f"{path}: {error}", hint=_HINT) from error
