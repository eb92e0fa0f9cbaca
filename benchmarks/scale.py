"""What a build of many texts costs beside the bare spaCy pipeline, and what a change of a hundredth of them costs.

``python benchmarks/scale.py 1000 10000`` makes so many texts (``newsreports.py``; with ``--texts briefs`` those of
``newstexts.py``, which tell nothing but facts, with ``--texts wiki`` those of Re-DocRED, some 500, which nobody made
for us: ``density.py`` tells how dense each are) and measures, each in a process of its own: spaCy alone with one
process and with two, ``kg build`` with one and with two, and a second build of each after one text in a hundred has
changed. Seconds are of the wall clock and, of all processes together, of their cores, which tell more where others work
on the machine; memory is the most that a command and all it began held at one time (``measured.py``).
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep
from typing import NamedTuple

from newsreports import make_reports
from newstexts import Make, make_texts, write_texts
from wikitexts import read_texts

_TEXTS: dict[str, Make] = {"reports": make_reports, "briefs": make_texts, "wiki": read_texts}
_MEASURE = Path(__file__).with_name("measured.py")
_BARE = """
import os, sys, time, warnings
warnings.simplefilter("ignore")
from pathlib import Path
from kg.documents import read_documents
from kg.nlp.models import load_model
if __name__ == "__main__":
    nlp = load_model()
    texts = [document.text for document in read_documents([Path(sys.argv[1])]).documents]
    started, began = time.perf_counter(), os.times()
    for doc in nlp.pipe(texts, n_process=int(sys.argv[2])):
        pass
    print(time.perf_counter() - started, sum(os.times()[:4]) - sum(began[:4]))
"""


def main() -> None:
    """Prints a line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000])
    parser.add_argument("--texts", choices=_TEXTS, default="reports")
    parser.add_argument("--only-build", type=int, metavar="JOBS", help="Only builds with so many jobs.")
    options = parser.parse_args()
    for size in options.sizes:
        with TemporaryDirectory() as place:
            folder = Path(place)
            compare(size, folder, _TEXTS[options.texts], (options.only_build,) if options.only_build else ())


def compare(count: int, folder: Path, make: Make, only: Sequence[int] = ()) -> None:
    """All measurements of so many texts, or ``only`` those of builds with so many jobs."""
    size = write_texts(make(count, 1), folder / "texts")
    bare = (
        {} if only else {jobs: pipe(f"{size:,} texts, spaCy alone, {jobs} processes", folder, jobs) for jobs in (1, 2)}
    )
    made = {jobs: build(f"{size:,} texts, kg build, {jobs} jobs", folder, jobs) for jobs in only or (1, 2)}
    write_texts(make(-(-size // 100), 2), folder / "texts")
    sleep(3)  # a file of this moment is not known again
    again = {jobs: build(f"{size:,} texts, one in a hundred changed, {jobs} jobs", folder, jobs) for jobs in made}
    told = [f"second build to first, {jobs} jobs {again[jobs].over(made[jobs])}" for jobs in made]
    if bare:
        told.append(f"build to bare spaCy {made[1].over(bare[1])}")
        told += [f"{name} two to one {each[1].over(each[2])}" for name, each in (("builds,", made), ("spaCy,", bare))]
    print(f"{size:,} texts: {'; '.join(told)}", flush=True)


class Spent(NamedTuple):
    """Seconds of the wall clock, and of all cores."""

    wall: float
    cores: float

    def over(self, other: "Spent") -> str:
        """The ratio of both."""
        return f"{self.wall / other.wall:.2f} ({self.cores / other.cores:.2f} in CPU)"


def pipe(name: str, folder: Path, jobs: int) -> Spent:
    """Seconds of spaCy's pipeline, without those it takes to load."""
    path = folder / "bare.py"
    path.write_text(_BARE, encoding="utf-8")
    _, memory, told = measure([sys.executable, str(path), str(folder / "texts"), str(jobs)])
    spent = Spent(*map(float, told.split()))
    print(f"{name}: {spent.wall:.1f} s, {spent.cores:.1f} s of CPU, {memory:.0f} MB", flush=True)
    return spent


def build(name: str, folder: Path, jobs: int) -> Spent:
    """Seconds of a whole build, with all that it takes to start; the second one of so many jobs finds the first."""
    output = folder / f"out{jobs}"
    command = [sys.executable, "-W", "ignore", "-m", "kg", "build", str(folder / "texts"), "-o", str(output)]
    spent, memory, told = measure([*command, "--json", "--jobs", str(jobs)])
    made = json.loads(told)
    steps = ", ".join(f"{step} {spent:.1f}" for step, spent in made["seconds"].items())
    size = sum(path.stat().st_size for path in output.iterdir()) / 1e6
    print(
        f"{name}: {spent.wall:.1f} s ({steps}), {spent.cores:.1f} s of CPU, {memory:.0f} MB, "
        f"{made['entities']:,} entities, {made['statements']:,} statements, {made['facts']:,} facts, "
        f"files of {size:.0f} MB",
        flush=True,
    )
    return spent


def measure(command: Sequence[str]) -> tuple[Spent, float, str]:
    """Seconds, megabytes and output of a command; another process starts it, so that only its memory counts."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(_MEASURE), *command], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    wall, cores, memory, told = json.loads(done.stdout)
    return Spent(wall, cores), memory, told


if __name__ == "__main__":
    main()
