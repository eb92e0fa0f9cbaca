"""A graph that lies in a store is made in a folder here, and copied there when it is whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.build import Build
from kg.errors import GraphError, KGError
from kg.memory import FILE as MEMORY
from kg.rdf.decisions import FILE as DECISIONS
from kg.rdf.index import FILE as INDEX
from kg.records import FILE as EXTRACTIONS
from kg.remote import Place, Remote, reach, telling
from kg.settings import FILE as SETTINGS

_USED = (EXTRACTIONS, SETTINGS, DECISIONS)
"""What a build takes from the graph before: so that it reads only what is new, and heeds what was decided."""

_KEPT_HERE = (DECISIONS, MEMORY, INDEX)
"""What is the user's, and what tells only of files here."""


@contextmanager
def borrowed(output: Place) -> Iterator[Path]:
    """The folder itself where it is one here; else one for now, with what a build uses of the graph there."""
    if isinstance(output, Path):
        yield output
        return
    with TemporaryDirectory(prefix="kg-") as name:
        folder = Path(name)
        _fetch(output, folder)
        yield folder


def _fetch(output: Remote, folder: Path) -> None:
    with telling(output, GraphError):
        reach(output)[0].invalidate_cache()
        for name in _USED:
            system, path = reach(output / name)
            try:
                system.get_file(path, str(folder / name))
            except FileNotFoundError:
                (folder / name).unlink(missing_ok=True)  # some stores make it before they look


def give_back(made: Build, folder: Path, output: Place) -> Build:
    """The build as it lies in ``output``, to which its files are copied.

    The settings go last: a graph that is copied by half is not read on from. What the user decided is not written.
    GraphError where a file can't be copied; the graph is then kept here.
    """
    if isinstance(output, Path):
        return made
    try:
        _copy(folder, output)
    except KGError as error:
        kept = folder.replace(folder.with_name(f"{folder.name}-kept"))
        raise GraphError(f"{error}; the graph is in {kept}") from error
    return replace(made, page=output / "graph.html")


def _copy(folder: Path, output: Remote) -> None:
    files = [file for file in folder.iterdir() if file.is_file() and file.name not in _KEPT_HERE]
    with telling(output, GraphError):
        system, top = reach(output)
        system.makedirs(top, exist_ok=True)
        for file in sorted(files, key=lambda file: (file.name == SETTINGS, file.name)):
            system.put_file(str(file), reach(output / file.name)[1])
