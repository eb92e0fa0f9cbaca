"""A file that is hashed while it is written, so that it need not be read again.

XXH3 (https://xxhash.com) tells what was damaged or is another file in a twentieth of the time of SHA-256; who forges a
file can forge what tells its hash, too.
"""

from hashlib import file_digest
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from xxhash import xxh3_128

_PART = 1 << 18
"""Bytes that are hashed and written at a time: so few stay near the processor, of millions each is fetched again."""


class Hashed:
    """Takes what is written, in memory that is used again."""

    def __init__(self, file: BinaryIO) -> None:
        """Nothing is written yet."""
        self._file, self._digest = file, xxh3_128()
        self._part, self._end = memoryview(bytearray(_PART)), 0

    def write(self, content: bytes) -> None:
        """All of it, however long."""
        if len(content) >= _PART:
            self._pass_on(self._part[: self._end])
            self._pass_on(memoryview(content))
            return
        if self._end + len(content) > _PART:
            self._pass_on(self._part[: self._end])
        self._part[self._end : self._end + len(content)] = content
        self._end += len(content)

    def copy(self, lines: FileIO, start: int, end: int) -> None:
        """So much of another file; OSError where it has become shorter."""
        lines.seek(start)
        while start < end:
            if self._end == _PART:
                self._pass_on(self._part)
            count = lines.readinto(self._part[self._end : self._end + end - start])
            if not count:
                raise OSError(0, "a graph became shorter while it was copied")
            self._end += count
            start += count

    def _pass_on(self, content: memoryview) -> None:
        self._digest.update(content)
        self._file.write(content)
        self._end = 0

    def finish(self) -> str:
        """Writes what is left; the hash of all."""
        self._pass_on(self._part[: self._end])
        return self._digest.hexdigest()


def hash_file(path: Path) -> str:
    """The hash of a file that is there; OSError where there is none."""
    with path.open("rb", buffering=0) as file:
        return file_digest(file, xxh3_128).hexdigest()
