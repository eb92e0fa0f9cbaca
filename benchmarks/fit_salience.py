"""Fits ``ontology/salience.csv`` to the pronouns of GAP development: a softmax over the candidate chains of each.

``python benchmarks/fit_salience.py --data FOLDER``; three times, as earlier pronouns are read with the old weights.
Prints the accuracy of five folds, each judged by weights fitted to the other four.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from gap import DATA, STEPS_AFTER
from scipy.sparse import csr_matrix
from spacy.tokens import Doc, Span

from kg.nlp.antecedents import find_candidates
from kg.nlp.genders import name_gender, pronoun_gender, title_gender
from kg.nlp.partition import make_chains
from kg.nlp.pipeline import make_pipeline
from kg.nlp.salience import find_features
from kg.nlp.spans import CHAIN, MENTIONS, is_pronoun
from kg.ontology import ONTOLOGY_FOLDER, Ontology, load_ontology

FEMININE = 6  # copies of each feminine row: women are read as well as men, at some cost in all
DECAY = 5.0  # of 1, 5 and 20 the best on GAP validation
Choice = list[tuple[list[str], bool]]
"""The candidates of one pronoun: their features, and whether they are right."""
Told = tuple[Choice, int]
"""A choice, and how often it counts."""


def read_choice(doc: Doc, row: dict[str, str], ontology: Ontology) -> Choice:
    """What the pronoun of a GAP row could mean."""
    mentions = list(doc.spans[MENTIONS])
    at = int(row["Pronoun-offset"])
    i = next((i for i, span in enumerate(mentions) if span.start_char == at), None)
    if i is None:
        return []
    numbers = chain_numbers(doc, mentions)
    numbers[i] = len(mentions)
    chains = make_chains(numbers)
    genders: dict[int, str] = {}
    for j, span in enumerate(mentions):
        if j != i:
            named = title_gender(span, ontology) or name_gender(span, ontology)
            found = pronoun_gender(span.root) if is_pronoun(span) else named
            genders[chains[j]] = genders.get(chains[j]) or found
    gold = [
        (int(row[f"{name}-offset"]), len(row[name])) for name in ("A", "B") if row[f"{name}-coref"].upper() == "TRUE"
    ]
    return [
        (
            list(find_features(mentions[i].root, candidate, ontology)),
            any(overlaps(mentions[j], start, size) for j in chains.members[candidate.chain] for start, size in gold),
        )
        for candidate in find_candidates(i, mentions, chains, genders, ontology)
    ]


def chain_numbers(doc: Doc, mentions: Sequence) -> list[int]:
    """For each mention a number its chain has."""
    where = {
        (span.start, span.end): n for n, key in enumerate(doc.spans) if key.startswith(CHAIN) for span in doc.spans[key]
    }
    return [where[span.start, span.end] for span in mentions]


def overlaps(span: Span, start: int, size: int) -> bool:
    """True where the span shares a character with the name."""
    return span.start_char < start + size and start < span.end_char


class Table(NamedTuple):
    """All candidates as rows: their features (sparse), which are right, whose choice each is, and how each counts."""

    features: Any
    right: np.ndarray
    choice: np.ndarray
    counts: np.ndarray


def make_table(told: Sequence[Told], names: dict[str, int]) -> Table:
    """The rows of all choices, in their order."""
    rows = [([names[f] for f in features if f in names], right, n)
            for n, (choice, _) in enumerate(told) for features, right in choice]  # fmt: skip
    starts = np.cumsum([0, *(len(columns) for columns, _, _ in rows)])
    columns = np.array([column for columns, _, _ in rows for column in columns], int)
    features = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), len(names)))
    right, choice = (np.array(column) for column in ([row[1] for row in rows], [row[2] for row in rows]))
    return Table(features, right.astype(float), choice, np.array([copies for _, copies in told], float))


def fit(table: Table, rounds: int = 300) -> np.ndarray:
    """Weights by gradient ascent on the log-likelihood, with a Gaussian prior."""
    size, many = table.features.shape[1], len(table.counts)
    weights, speed = np.zeros(size), np.zeros(size)
    for _ in range(rounds):
        said = _normalise(np.exp(table.features @ weights), table.choice, many)
        true = _normalise(said * table.right, table.choice, many)
        slope = table.features.T @ ((true - said) * table.counts[table.choice]) - DECAY * weights
        speed = 0.9 * speed + slope / table.counts.sum()
        weights = weights + 0.5 * speed
    return weights


def _normalise(odds: np.ndarray, choice: np.ndarray, many: int) -> np.ndarray:
    """Shares that add up to one in each choice."""
    return odds / np.maximum(1e-12, np.bincount(choice, odds, many)[choice])


def count_right(table: Table, weights: np.ndarray) -> int:
    """How many choices the weights make right."""
    scores = table.features @ weights
    first = np.lexsort((-scores, table.choice))
    best = first[np.unique(table.choice[first], return_index=True)[1]]
    return int(table.right[best].sum())


def main() -> None:
    """Fits the weights and writes them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    with (options.data / "gap-development.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    nlp, ontology = make_pipeline(ONTOLOGY_FOLDER), load_ontology()
    docs = nlp.pipe((row["Text"] for row in rows), disable=STEPS_AFTER)
    found = [read_choice(doc, row, ontology) for row, doc in zip(rows, docs, strict=True)]
    copies = [FEMININE if row["Pronoun"].lower() in {"she", "her", "hers"} else 1 for row in rows]
    told = [(c, n) for c, n in zip(found, copies, strict=True) if len({right for _, right in c}) == 2]
    seen = Counter(feature for choice, _ in told for features, _ in choice for feature in features)
    names = {name: n for n, name in enumerate(sorted(name for name, count in seen.items() if count >= 20))}
    print(f"{len(told)} pronouns with a right and a wrong candidate, {len(names)} features")
    right = 0
    for fold in range(5):
        weights = fit(make_table([item for n, item in enumerate(told) if n % 5 != fold], names))
        right += count_right(make_table(told[fold::5], names), weights)
    print(f"accuracy of the choice, five folds: {right / len(told):.3f}")
    weights = fit(make_table(told, names))
    with (ONTOLOGY_FOLDER / "salience.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature", "weight"))
        writer.writerows((name, f"{weights[n]:.2f}") for name, n in names.items() if abs(weights[n]) >= 0.05)


if __name__ == "__main__":
    main()
