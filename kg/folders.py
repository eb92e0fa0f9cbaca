"""The files below folders, here and in stores, in sorted order; what can't be entered is told, and the rest goes on."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from kg.errors import DocumentError
from kg.readers.kinds import ENDINGS
from kg.remote import Place, Remote, is_folder, list_folder, name_file

Listed = tuple[Place, str | DocumentError | None]
"""A file and its name below the folder given, or why there is none; no name where it is of no kind that is read."""


def list_files(paths: Sequence[Place]) -> Iterator[Listed]:
    """Every file but hidden ones; a file named by itself is taken as it is, of whatever kind."""
    for path in paths:
        if isinstance(path, Remote):
            yield from _list_remote(path)
        elif os.path.isdir(path):  # noqa: PTH112  # Path's own raises where a folder above can't be entered
            yield from _walk(path, "", path, frozenset())
        else:
            yield path, "stdin" if path == Path("-") else path.name


def _walk(folder: Path, below: str, top: Path, above: frozenset[tuple[int, int]]) -> Iterator[Listed]:
    """Links are followed, but not into a folder in which we are already; names begin with ``below``."""
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield folder, DocumentError(f"{folder}: {error.strerror}", hint="change its rights, or leave it out")
        return
    here = (status.st_dev, status.st_ino)
    if here in above:
        yield folder, DocumentError(f"{folder}: is a link to a folder that it lies in", hint="remove the link")
        return
    for entry in entries:
        if not entry.name.startswith("."):
            yield from _list_entry(entry, below + entry.name, top, above | {here})


def _list_entry(entry: "os.DirEntry[str]", name: str, top: Path, above: frozenset[tuple[int, int]]) -> Iterator[Listed]:
    """A folder's files, or a file; pipes and devices are of no kind, a link that leads nowhere is an error later."""
    path, link = Path(entry.path), entry.is_symlink()
    if link and path.exists() and not path.resolve().is_relative_to(top.resolve()):
        yield path, DocumentError(f"{path}: is a link that leads out of the folder", hint="name what it leads to")
    elif os.path.isdir(path) if link else entry.is_dir():  # noqa: PTH112  # what is no link the folder itself tells
        yield from _walk(path, f"{name}/", top, above)
    else:
        yield path, name if (link or entry.is_file()) and path.suffix.lower() in ENDINGS else None


def _list_remote(place: Remote) -> Iterator[Listed]:
    try:
        if is_folder(place):
            yield from _walk_remote(place)
        else:
            yield place, name_file(place)
    except DocumentError as error:
        yield place, error


def _walk_remote(folder: Remote) -> Iterator[Listed]:
    """As here; what is neither file nor folder, such as a link, is of no kind."""
    try:
        entries = list_folder(folder)
    except DocumentError as error:
        yield folder, error
        return
    for entry in entries:
        place = folder / entry.name
        if entry.kind == "directory" and not entry.name.startswith("."):
            yield from _walk_remote(place)
        elif not entry.name.startswith("."):
            plain = entry.kind == "file" and PurePosixPath(entry.name).suffix.lower() in ENDINGS
            yield place, place.below if plain else None
