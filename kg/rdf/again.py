"""What is made of the same thing twice running is made once: the classes of a thing have the same evidence."""

from collections.abc import Callable, Sequence
from operator import is_
from typing import Any, TypeVar

T = TypeVar("T")


class Again:
    """What was made of the last sequence; another that holds the very same items is the same."""

    def __init__(self) -> None:
        """Nothing was made yet."""
        self._given: Sequence[Any] | None = None
        self._made: Any = None

    def make(self, given: Sequence[Any], make: Callable[[], T]) -> T:
        """What it makes of the sequence; it is always asked for the same kind of thing."""
        if not self._is_last(given):
            self._given, self._made = given, make()
        made: T = self._made
        return made

    def _is_last(self, given: Sequence[Any]) -> bool:
        last = self._given
        return last is given or (last is not None and len(given) == len(last) and all(map(is_, given, last)))
