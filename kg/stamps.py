"""By what a file is known to be as it was when it was read: so that it need not be opened again, as git does it.

A stamp is what the file system tells of a file without its content. A file that was changed within the last moments
has none: it could change again without another stamp (git calls such files racy). Nor has a pipe, standard input, or
what lies in a store.
"""

import os
import stat
from pathlib import Path
from time import time_ns
from typing import NamedTuple

from kg.remote import Place

_MOMENT = 2_000_000_000
"""Nanoseconds: no file system in use tells times less finely (FAT: two seconds)."""


class Stamp(NamedTuple):
    """Size, times of the last change of content and of anything (ns), and which file it is."""

    size: int
    modified: int
    changed: int
    file: int
    device: int


def read_stamp(path: Place) -> Stamp | None:
    """The stamp of a file, if it has one; it is taken before the file is read."""
    try:
        found = os.stat(path) if isinstance(path, Path) and str(path) != "-" else None  # noqa: PTH116  # ten thousands
    except (OSError, ValueError):
        return None
    if found is None or not stat.S_ISREG(found.st_mode):
        return None
    recent = max(found.st_mtime_ns, found.st_ctime_ns) > time_ns() - _MOMENT
    return None if recent else Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)
