"""Records made of the lines that are known, while other processes read what is not."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from kg.errors import GraphError
from kg.journal import Spot
from kg.model import Extraction
from kg.records import is_much, read_line


@dataclass(frozen=True, slots=True)
class Prefetch:
    """Lines by the spots where they stand, and the records that are made of them by now."""

    spots: Sequence[Spot]
    made: dict[Spot, Extraction] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes of the lines of which records are made: of all, or of none where those are too many."""
        size = sum(spot.length for spot in self.spots)
        return 0 if is_much(size) else size

    def make(self) -> Iterator[bool]:
        """A record at each step, up to a line that is none: who reads it in earnest tells of it."""
        with suppress(GraphError, OSError, UnicodeDecodeError):
            for path, spots in groupby(self.spots if self.size else (), attrgetter("path")):
                with path.open("rb") as lines:
                    for spot in spots:
                        lines.seek(spot.start)
                        self.made[spot] = read_line(lines.read(spot.length), str(path))
                        yield True

    def take(self, spots: Sequence[Spot]) -> Iterator[Extraction | None]:
        """The record of each spot, if it is made; none where all are too many. What is taken is held no more."""
        if is_much(sum(spot.length for spot in spots)):
            self.made.clear()
        return (self.made.pop(spot, None) for spot in spots)
