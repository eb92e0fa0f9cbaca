"""Files that are whole or not there, and stores read back from them."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import Quad, RdfFormat, Store, Triple, serialize

from kg.errors import GraphError
from kg.rdf.base import BUILD_HINT, find_base
from kg.rdf.disk import SOURCE, open_disk_store

PART = ".part"
"""How the name of a file ends that is not whole yet."""


def to_bytes(
    data: Iterable[Quad] | Iterable[Triple], kind: RdfFormat, prefixes: Mapping[str, str] | None = None
) -> bytes:
    """``data`` in an RDF format."""
    return serialize(data, format=kind, prefixes=dict(prefixes or {})) or b""


def make_folder(path: Path) -> None:
    """Makes the folder ``path`` and those above it; GraphError where that can't be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise tell_unwritten(path, error) from error


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of ``path`` when it is whole; GraphError where it can't be written."""
    partial = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
    except OSError as error:
        raise tell_unwritten(path, error) from error
    finally:
        with suppress(OSError):
            partial.unlink()


def write_atomically(path: Path, content: bytes) -> None:
    """Replaces ``path`` in one step; a reader never sees half a file. GraphError where it can't be written."""
    with writing(path) as file:
        file.write(content)


def write_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Each file by its name in ``folder``, which is made where it is not there."""
    make_folder(folder)
    for name, content in contents.items():
        write_atomically(folder / name, content)


def tell_unwritten(path: Path, error: OSError) -> GraphError:
    """The line for a file or folder that the system does not let us write."""
    return GraphError(f"{path}: {error.strerror}", hint="choose a folder that can be written")


@contextmanager
def telling_unread(source: Path) -> Iterator[None]:
    """GraphError where there is no graph in ``source``, or none that can be read."""
    try:
        yield
    except FileNotFoundError as error:
        raise GraphError(f"{source}: no such graph", hint=BUILD_HINT) from error
    except (SyntaxError, ValueError) as error:
        raise GraphError(f"{source}: is no N-Quads: {error}", hint=BUILD_HINT) from error
    except OSError as error:
        raise GraphError(f"{source}: {error.strerror or error}", hint=BUILD_HINT) from error


def read_store(path: Path) -> Store:
    """The graph in ``path`` (graph.nq, or the folder it lies in); GraphError where there is none, or not ours.

    Of a folder that has a store on disk that is opened, read-only; else the graph is read into memory.
    """
    source = path / SOURCE if path.is_dir() else path
    kept = open_disk_store(path) if path.is_dir() else None
    if kept is not None:
        find_base(kept, source)
        return kept
    store = Store()
    with telling_unread(source):
        store.bulk_load(path=str(source), format=RdfFormat.N_QUADS)
    find_base(store, source)
    return store
