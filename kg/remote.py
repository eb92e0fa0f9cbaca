"""Files and folders in stores on a network (``s3://bucket/texts``), by fsspec; credentials are the store's own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from kg.errors import DocumentError, GraphError, KGError

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*::)*([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_HERE = ("file", "local")
_LOGIN = re.compile(r"(?<=:)//[^/]*@")


@dataclass(frozen=True, slots=True)
class Remote:
    """What the user named by its address, or a file below it."""

    address: str = field(repr=False)
    below: str = ""

    def __str__(self) -> str:
        """The address, with what is below; a name and password in it are not shown."""
        shown = _LOGIN.sub("//", self.address)
        return f"{shown.rstrip('/')}/{self.below}" if self.below else shown

    def __truediv__(self, name: str) -> "Remote":
        """A file in this folder, as of a Path."""
        return Remote(self.address, f"{self.below}/{name}".lstrip("/"))


Place = Path | Remote


class Entry(NamedTuple):
    """What lies in a folder of a store: its path there, and whether it is a folder or a file, or neither."""

    path: str
    kind: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]


def find_place(text: str | Path) -> Place:
    """A path as it is; a Remote where it begins with a scheme, but for ``file://``, which is a path too."""
    match = _ADDRESS.match(str(text))
    if not match or isinstance(text, Path):
        return Path(text)
    return Path(text[match.end() :]) if match[0].removesuffix("://").lower() in _HERE else Remote(text)


def reach(place: Remote) -> tuple[Any, str]:
    """The file system that fsspec has for it, and the path there; DocumentError where a package is missing."""
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError as error:
        raise DocumentError(f"{place}: can't be reached without fsspec", hint="pip install 'kg[remote]'") from error
    with telling(place, DocumentError):
        system, path = url_to_fs(place.address)
        folder = f"{path.rstrip('/')}/" if path else ""
        return system, folder + place.below if place.below else path


@contextmanager
def telling(place: Remote, kind: type[DocumentError] | type[GraphError]) -> Iterator[None]:
    """Whatever a store raises, each its own, is one line of what and where."""
    try:
        yield
    except KGError:
        raise
    except ImportError as error:
        raise kind(f"{place}: {_shorten(error)}", hint="pip install what it names, beside kg[remote]") from error
    except FileNotFoundError as error:
        raise kind(f"{place}: No such file or directory", hint="check its name and your rights") from error
    except Exception as error:
        hint = "check its name, your rights and the store's own settings"
        raise kind(f"{place}: can't be reached: {_shorten(error)}", hint=hint) from error


def _shorten(error: Exception) -> str:
    said = " ".join(str(error).split())[:200]
    return said or type(error).__name__


@contextmanager
def opening(place: Remote) -> Iterator[BinaryIO]:
    """The file, open to be read; DocumentError where it can't be."""
    system, path = reach(place)
    with telling(place, DocumentError), system.open(path, "rb") as file:
        yield file


def is_folder(place: Remote) -> bool:
    """Whether files can lie below it; DocumentError where there is no such thing."""
    system, path = reach(place)
    with telling(place, DocumentError):
        system.invalidate_cache()  # what was listed before may be otherwise now
        return bool(system.info(path)["type"] == "directory")


def name_file(place: Remote) -> str:
    """A file's name: the last part of its path."""
    return Entry(reach(place)[1].rstrip("/"), "file").name


def list_folder(place: Remote) -> list[Entry]:
    """What lies in a folder, in the order of names; stores without folders list some as a file in itself."""
    system, path = reach(place)
    with telling(place, DocumentError):
        found = [Entry(str(one["name"]).rstrip("/"), str(one["type"])) for one in system.ls(path, detail=True)]
    return sorted(one for one in found if one.name and one.path.strip("/") != path.strip("/"))
