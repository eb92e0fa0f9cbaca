"""Which program this is: what another one made is not taken over, for it may have made it otherwise."""

import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_LIBRARIES = ("chardet", "lxml", "odfdo", "py3langid", "pyoxigraph", "pypdf", "python-docx", "PyYAML", "trafilatura")
"""On whose versions it depends what is read in a file, and how a graph is written."""


@cache
def hash_program() -> str:
    """Hexadecimal, over the code of ``kg``, the libraries that read and write for it, and Python itself."""
    digest = sha256("\0".join((sys.version, *map(_tell_version, _LIBRARIES))).encode())
    for file in _list_code(files("kg")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _tell_version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _list_code(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _list_code(entry)
        elif entry.name.endswith((".py", ".csv")):
            yield entry
