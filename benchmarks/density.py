"""How much texts tell: what is found in a thousand characters of them.

``python benchmarks/density.py GRAPH…`` of folders that ``kg build`` made.
"""

import argparse
from pathlib import Path
from statistics import mean, median

from kg.records import FILE, stream_extractions


def main() -> None:
    """Prints a line a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graphs", type=Path, nargs="+")
    for folder in parser.parse_args().graphs:
        print(f"{folder}: {describe(folder)}")


def describe(folder: Path) -> str:
    """Texts, their length, and mentions and relations in a thousand characters."""
    sizes, mentions, relations = list[int](), 0, 0
    for extraction in stream_extractions(folder / FILE):
        sizes.append(len(extraction.document.text))
        mentions += sum(map(len, extraction.chains))
        relations += len(extraction.relations)
    each = 1000 / sum(sizes)
    return (
        f"{len(sizes):,} texts of {mean(sizes):,.0f} characters (median {median(sizes):,.0f}), "
        f"a thousand have {mentions * each:.1f} mentions and {relations * each:.1f} relations"
    )


if __name__ == "__main__":
    main()
