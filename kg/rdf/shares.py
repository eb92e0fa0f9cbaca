"""Pieces of a graph in shares: all but the first pass by elsewhere, in a copy of this process if there can be one."""

import marshal
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from kg.rdf.files import tell_unwritten
from kg.rdf.index import Words
from kg.rdf.quads import Writer
from kg.rdf.sorting import Lengths, Run, read_runs, write_runs
from kg.rdf.survey import Pieces, Survey, write_new

Beside = Callable[[Callable[[], None]], AbstractContextManager[Callable[[int], None]]]
"""Begins some work that leaves nothing but files; what it gives waits for the first so many works: there is one."""
_LENGTH = 8
"""Bytes that tell how long is what stands before them."""


@dataclass(frozen=True, slots=True)
class Share:
    """Where another process leaves the survey of some pieces, and the lines of those that are new as sorted runs."""

    file: BinaryIO
    wait: Callable[[int], None]

    def find_survey(self) -> Survey:
        """Waits for it."""
        return self._read()[0]

    def find_runs(self) -> list[Run]:
        """As ``find_survey``."""
        return read_runs(self.file, self._read()[1])

    def _read(self) -> tuple[Survey, list[Lengths]]:
        self.wait(1)
        end = self.file.seek(-_LENGTH, 2)
        length = int.from_bytes(self.file.read(_LENGTH), "little")
        self.file.seek(end - length)
        sums, begins, new, lengths = marshal.loads(self.file.read(length))  # noqa: S302  # our own
        return Survey(bytearray(sums), array("q", begins), bytearray(new)), lengths


@contextmanager
def sharing(
    shares: Sequence[Pieces], writer: Writer, parts: Words, folder: Path, beside: Beside, run: int
) -> Iterator[list[Share]]:
    """All shares pass by while the block goes on; what they leave lies in ``folder``, in files without a name.

    GraphError where these can't be made.
    """
    with ExitStack() as held:
        begun = []
        for pieces in shares:
            file = held.enter_context(_open(folder))
            work = partial(_leave, pieces, writer, parts, file, run)
            begun.append(Share(file, held.enter_context(beside(work))))
        yield begun


def _open(folder: Path) -> BinaryIO:
    try:
        file: BinaryIO = TemporaryFile(dir=folder)  # noqa: SIM115  # closed by who asks for it
    except OSError as error:
        raise tell_unwritten(folder, error) from error
    return file


def _leave(pieces: Pieces, writer: Writer, parts: Words, file: BinaryIO, run: int) -> None:
    """Whatever one has left there that did not come to its end."""
    survey = Survey()
    file.seek(0)
    file.truncate()
    lengths = write_runs(write_new(pieces(), writer, parts, survey), file, run)
    told = marshal.dumps((survey.sums, survey.begins.tobytes(), survey.new, lengths))
    file.write(told + len(told).to_bytes(_LENGTH, "little"))
    file.flush()
