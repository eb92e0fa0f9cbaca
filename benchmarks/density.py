"""How much texts tell: what is found in a thousand characters of them.

``python benchmarks/density.py GRAPH…`` of folders that ``kg build`` made.
"""

import argparse
from pathlib import Path
from statistics import mean, median

from kg.model import Chain, Form
from kg.records import FILE, read_extractions


def main() -> None:
    """Prints a line a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("graphs", type=Path, nargs="+")
    for folder in parser.parse_args().graphs:
        print(f"{folder}: {describe(folder)}")


def describe(folder: Path) -> str:
    """Texts, their length, and what a thousand characters have; SystemExit where there are none."""
    extractions = read_extractions(folder / FILE)
    if not extractions:
        raise SystemExit(f"{folder}: has no texts")
    sizes = [len(extraction.document.text) for extraction in extractions]
    chains = [chain for extraction in extractions for chain in extraction.chains]
    relations = [relation for extraction in extractions for relation in extraction.relations]
    counts = {
        "mentions": sum(map(len, chains)),
        "things with a name": sum(map(_is_named, chains)),
        "relations": len(relations),
        "relations but of class": sum(relation.predicate != "rdf:type" for relation in relations),
    }
    told = ", ".join(f"{count * 1000 / sum(sizes):.1f} {name}" for name, count in counts.items())
    return (
        f"{len(sizes):,} texts of {mean(sizes):,.0f} characters (median {median(sizes):,.0f}); a thousand have {told}"
    )


def _is_named(chain: Chain) -> bool:
    return any(mention.form is Form.NAME or mention.known_as for mention in chain)


if __name__ == "__main__":
    main()
