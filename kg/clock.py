"""How long each step of a build takes."""

from datetime import UTC, datetime
from time import perf_counter


class Clock:
    """Seconds of each step that has ended, and when it all began, as xsd:dateTime."""

    def __init__(self) -> None:
        """Begins the first step."""
        self.begun = self.now()
        self.seconds: list[tuple[str, float]] = []
        self._last = perf_counter()

    def mark(self, step: str) -> None:
        """Ends a step; the next begins."""
        now = perf_counter()
        self.seconds.append((step, now - self._last))
        self._last = now

    @staticmethod
    def now() -> str:
        """The time in UTC."""
        return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
