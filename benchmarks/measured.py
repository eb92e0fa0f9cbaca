"""A command, measured: ``python benchmarks/measured.py kg build TEXTS``.

It prints, as JSON, seconds of the wall clock and of all cores, megabytes and what the command said. Memory is the most
that the command and all it began held at one time, looked at twice a second, but no less than what the largest process
had for a moment; where the system does not tell the former (only Linux does) it is the latter.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_PAUSE = 0.5


def main() -> None:
    """Runs the command; what it says of a failure is the message of ours."""
    started, most = time.perf_counter(), 0.0
    process = subprocess.Popen(  # noqa: S603
        sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while True:
        try:
            said, faults = process.communicate(timeout=_PAUSE)
            break
        except subprocess.TimeoutExpired:
            most = max(most, sum(map(_hold, _list_family(process.pid))))
    seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(faults)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    largest = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    print(json.dumps([seconds, used.ru_utime + used.ru_stime, max(most, largest), said]))


def _list_family(pid: int) -> Iterator[int]:
    """A process and all that it began, and those in turn."""
    yield pid
    for child in _read(Path(f"/proc/{pid}/task/{pid}/children")).split():
        yield from _list_family(int(child))


def _hold(pid: int) -> float:
    """Megabytes; what several processes hold together counts for each in its share."""
    shares = (line.split()[1] for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines() if line[:4] == "Pss:")
    return sum(map(int, shares)) / 1024


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended
        return ""


if __name__ == "__main__":
    main()
