"""Pronouns against GAP (Webster et al. 2018): F1 over (name, pronoun) pairs, overall and by gender.

``python benchmarks/gap.py --data FOLDER --split development`` where FOLDER holds ``gap-development.tsv``.
A pair is found where the pronoun's chain has a mention that shares a word with the name.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from spacy.tokens import Doc, Span

from kg.nlp.pipeline import make_pipeline
from kg.nlp.spans import CHAIN
from kg.ontology import ONTOLOGY_FOLDER

DATA = Path(__file__).parents[2] / "shared" / "bench" / "gap"
STEPS_AFTER = ("kg_frames", "kg_events", "kg_relations")


def chain_of(doc: Doc, start: int, end: int) -> list[Span]:
    """The chain whose mention covers most of the characters from ``start`` to ``end``; [] where none does."""
    spans = [
        (min(end, span.end_char) - max(start, span.start_char), key)
        for key in doc.spans
        if key.startswith(CHAIN)
        for span in doc.spans[key]
    ]
    best, key = max(spans, default=(0, ""))
    return list(doc.spans[key]) if best > 0 else []


def is_linked(doc: Doc, row: Mapping[str, str], name: str) -> bool:
    """True where the pronoun's chain holds the name at its offset."""
    at = int(row["Pronoun-offset"])
    start = int(row[f"{name}-offset"])
    chain = chain_of(doc, at, at + len(row["Pronoun"]))
    return any(span.start_char < start + len(row[name]) and start < span.end_char for span in chain)


def f1(counts: Counter) -> float:
    """From counts of "tp", "fp" and "fn"."""
    return 2 * counts["tp"] / max(1, 2 * counts["tp"] + counts["fp"] + counts["fn"])


def main() -> None:
    """Scores one split and prints its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--split", default="development")
    parser.add_argument("--errors", action="store_true", help="list the rows that were wrong")
    options = parser.parse_args()
    path = options.data / f"gap-{options.split}.tsv"
    if not path.is_file():
        raise SystemExit(f"{path} is not here: give the folder with --data")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    nlp = make_pipeline(ONTOLOGY_FOLDER)
    totals = {"all": Counter(), "m": Counter(), "f": Counter()}
    for row, doc in zip(rows, nlp.pipe((row["Text"] for row in rows), disable=STEPS_AFTER), strict=True):
        gender = "f" if row["Pronoun"].lower() in {"she", "her", "hers"} else "m"
        wrong = []
        for name in ("A", "B"):
            said, true = is_linked(doc, row, name), row[f"{name}-coref"].upper() == "TRUE"
            outcome = {(True, True): "tp", (True, False): "fp", (False, True): "fn", (False, False): "tn"}[said, true]
            totals["all"][outcome] += 1
            totals[gender][outcome] += 1
            if said != true:
                wrong.append(f"{outcome} {row[name]}")
        if wrong and options.errors:
            at = int(row["Pronoun-offset"])
            shown = f"{row['Text'][:at]}[{row['Pronoun']}]{row['Text'][at + len(row['Pronoun']) :]}"
            print(f"{row['ID']}: {shown}\n    {'; '.join(wrong)}")
    for name, counts in totals.items():
        precision, recall = (
            counts["tp"] / max(1, counts["tp"] + counts["fp"]),
            counts["tp"] / max(1, counts["tp"] + counts["fn"]),
        )
        print(f"{name}: F1 {f1(counts):.3f}  P {precision:.3f}  R {recall:.3f}  ({dict(counts)})")
    print(f"bias F/M {f1(totals['f']) / f1(totals['m']):.3f}")


if __name__ == "__main__":
    main()
