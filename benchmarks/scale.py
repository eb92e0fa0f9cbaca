"""What a build of many texts costs beside the bare spaCy pipeline, and what a change of a hundredth of them costs.

``python benchmarks/scale.py 1000 10000`` makes so many texts (``benchmarks/newstexts.py``) and measures, each in a
process of its own: spaCy alone with one process and with two, ``kg build`` with one and with two, and a second build
after one text in a hundred has changed. Seconds are of the wall clock; memory is the highest of the process and of
those it began, the largest of them.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from newstexts import write_texts

_MEASURE = """
import json, resource, subprocess, sys, time
started = time.perf_counter()
done = subprocess.run(json.loads(sys.argv[1]), capture_output=True, text=True)
seconds = time.perf_counter() - started
assert done.returncode == 0, done.stderr
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, done.stdout]))
"""
_BARE = """
import sys, time, warnings
warnings.simplefilter("ignore")
from pathlib import Path
from kg.documents import read_documents
from kg.nlp.pipeline import _load_model
if __name__ == "__main__":
    nlp = _load_model("")
    texts = [document.text for document in read_documents([Path(sys.argv[1])]).documents]
    started = time.perf_counter()
    for doc in nlp.pipe(texts, n_process=int(sys.argv[2])):
        pass
    print(time.perf_counter() - started)
"""


def main() -> None:
    """Prints a line a measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000])
    parser.add_argument("--only-build", type=int, metavar="JOBS", help="Measure nothing but a build with so many jobs.")
    options = parser.parse_args()
    for size in options.sizes:
        with TemporaryDirectory() as place:
            folder = Path(place)
            write_texts(size, folder / "texts")
            if options.only_build:
                build(f"{size:,} texts, {options.only_build} jobs", folder, options.only_build)
            else:
                compare(size, folder)


def compare(size: int, folder: Path) -> None:
    """All measurements of one size."""
    bare = {jobs: pipe(f"{size:,} texts, spaCy alone, {jobs} processes", folder, jobs) for jobs in (1, 2)}
    made = {jobs: build(f"{size:,} texts, kg build, {jobs} jobs", folder, jobs) for jobs in (1, 2)}
    write_texts(-(-size // 100), folder / "texts", seed=2)
    again = build(f"{size:,} texts, one in a hundred changed", folder, 2, fresh=False)
    ratios = {"build to bare spaCy": made[1] / bare[1], "two jobs to one": made[1] / made[2]}
    ratios |= {"spaCy's two processes to one": bare[1] / bare[2], "second build to first": again / made[2]}
    print(f"{size:,} texts: " + ", ".join(f"{name} {ratio:.2f}" for name, ratio in ratios.items()), flush=True)


def pipe(name: str, folder: Path, jobs: int) -> float:
    """Seconds of spaCy's pipeline, without those it takes to load."""
    path = folder / "bare.py"
    path.write_text(_BARE, encoding="utf-8")
    _, memory, told = measure([sys.executable, str(path), str(folder / "texts"), str(jobs)])
    print(f"{name}: {float(told):.1f} s, {memory:.0f} MB", flush=True)
    return float(told)


def build(name: str, folder: Path, jobs: int, *, fresh: bool = True) -> float:
    """Seconds of a whole build, with all that it takes to start."""
    output = folder / (f"out{jobs}" if fresh else "out2")
    command = [sys.executable, "-W", "ignore", "-m", "kg", "build", str(folder / "texts"), "-o", str(output)]
    seconds, memory, told = measure([*command, "--json", "--jobs", str(jobs)])
    made = json.loads(told)
    steps = ", ".join(f"{step} {spent:.1f}" for step, spent in made["seconds"].items())
    size = sum(path.stat().st_size for path in output.iterdir()) / 1e6
    print(
        f"{name}: {seconds:.1f} s ({steps}), {memory:.0f} MB, {made['entities']:,} entities, "
        f"{made['statements']:,} statements, {made['facts']:,} facts, files of {size:.0f} MB",
        flush=True,
    )
    return seconds


def measure(command: Sequence[str]) -> tuple[float, float, str]:
    """Seconds, megabytes and output of a command; another process starts it, so that only its memory counts."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _MEASURE, json.dumps(command)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    seconds, memory, told = json.loads(done.stdout)
    return seconds, memory, told


if __name__ == "__main__":
    main()
