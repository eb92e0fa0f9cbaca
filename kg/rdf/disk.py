"""A graph as an Oxigraph store on disk beside its graph.nq: a large one is not read each time but opens at once.

The folder of the store holds the store itself, and what it was made of: size and hash of graph.nq. Times are no proof,
as a copy has new ones; only where size and time are the same is the hash not taken, which takes long of a large graph.
"""

import os
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path
from shutil import rmtree

from pyoxigraph import RdfFormat, Store

from kg.errors import GraphError
from kg.rdf.base import BUILD_HINT, find_base

FOLDER = "graph.store"
SOURCE = "graph.nq"
_DATA, _MADE_OF = "data", "made-of"
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
    path.mkdir()
    (path / _MADE_OF).write_text(f"{_tell_state(source)} {_hash(source)}\n", encoding="ascii")
    store = Store(str(path / _DATA))
    store.bulk_load(path=str(source), format=RdfFormat.N_QUADS)
    find_base(store, source)
    store.optimize()
    store.flush()
    del store


def _tell_state(source: Path) -> str:
    found = source.stat()
    return f"{found.st_size} {found.st_mtime_ns}"


def _hash(source: Path) -> str:
    with source.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _is_made_of(path: Path, source: Path) -> bool:
    """Whether the store is of this very graph; OSError or ValueError where it does not say."""
    size, time, made_of = (path / _MADE_OF).read_text(encoding="ascii").split()
    state = _tell_state(source)
    return state == f"{size} {time}" or (state.split()[0] == size and _hash(source) == made_of)


def drop_disk_store(folder: Path) -> bool:
    """Takes the store away; whether there was one."""
    there = (folder / FOLDER).is_dir()
    with suppress(FileNotFoundError):
        rmtree(folder / FOLDER)
    return there


def open_disk_store(folder: Path) -> Store | None:
    """The store of the graph in ``folder``, read-only; None where there is none.

    GraphError where it is of another graph than lies there now, or where it can't be opened.
    """
    path, source = folder / FOLDER, folder / SOURCE
    if not path.is_dir():
        return None
    try:
        if source.is_file() and not _is_made_of(path, source):
            raise GraphError(f"{path}: is of another {SOURCE}", hint=_HINT)
        return Store.read_only(str(path / _DATA))
    except (OSError, ValueError) as error:
        raise GraphError(f"{path}: {error}", hint=_HINT) from error
