"""ZIP archives: the files in them, and guards against archives and XML made to burst."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from xml.parsers import expat

from kg.errors import DocumentError
from kg.readers.drafts import Enclosed, Reading, Stranger, Wishes
from kg.readers.kinds import ENDINGS

_MEMBERS = 20_000
_LARGEST = 1 << 30  # bytes that all members may have together
_RATIO = 500  # bytes that one packed byte may become
_LITTLE = 1 << 20  # bytes that any member may have
_FAULTS = (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error)


def read_zip(content: bytes, where: str, wishes: Wishes) -> Reading:
    """Each file of a kind that is read, but no hidden one; a member that can't be read is an error of its own."""
    with open_zip(content, where) as archive:
        if not any(PurePosixPath(name).suffix.lower() in ENDINGS for name in archive.namelist()):
            raise DocumentError(f"{where}: holds no file of a kind that is read", hint="remove it")
        for member in sorted(archive.infolist(), key=lambda member: member.filename):
            path = PurePosixPath(member.filename.replace("\\", "/"))
            if member.is_dir() or _is_hidden(path):
                continue
            if path.suffix.lower() not in ENDINGS:
                yield Stranger(path.as_posix())
                continue
            try:
                yield Enclosed(_check_path(path), archive.read(member))
            except _FAULTS as error:
                yield DocumentError(f"{where}: {_show(path)}: can't be unpacked: {error}", hint="pack it anew")


def open_zip(content: bytes, where: str) -> zipfile.ZipFile:
    """The archive; DocumentError where it is none, or where it would burst."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _FAULTS as error:
        raise DocumentError(f"{where}: is no whole ZIP archive: {error}", hint="pack it anew") from error
    members = archive.infolist()
    if len(members) > _MEMBERS or sum(member.file_size for member in members) > _LARGEST:
        raise DocumentError(
            f"{where}: holds more than {_MEMBERS} files or {_LARGEST >> 20} MB", hint="unpack it and name its folder"
        )
    for member in members:
        if member.file_size > max(_LITTLE, _RATIO * member.compress_size):
            raise DocumentError(f"{where}: {member.filename!a}: is packed as if to burst", hint="unpack it by hand")
    return archive


def _is_hidden(path: PurePosixPath) -> bool:
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in path.parts)


def _check_path(path: PurePosixPath) -> str:
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
        raise ValueError("its name leads out of the archive")
    return path.as_posix()


def _show(path: PurePosixPath) -> str:
    return ascii(path.as_posix())[1:-1]


def check_office_file(content: bytes, where: str) -> None:
    """DocumentError where a Word or OpenDocument file would burst."""
    with open_zip(content, where) as archive:
        for member in archive.infolist():
            if member.filename.endswith((".xml", ".rels")):
                _check_xml(archive.read(member), f"{where}: {member.filename!a}")


def _check_xml(content: bytes, where: str) -> None:
    """No declaration of entities, by which a short file becomes a long one or reads other files."""

    def refuse(*given: object) -> None:
        raise DocumentError(f"{where}: declares entities", hint="open it in its own program and save it anew")

    parser = expat.ParserCreate()
    parser.EntityDeclHandler = refuse
    parser.Parse(content, True)
