"""Fits ``ontology/salience.csv`` to the pronouns of GAP development: a softmax over the candidate chains of each.

``python benchmarks/fit_salience.py --data FOLDER``; run it twice, as earlier pronouns are read with the old weights.
Prints the accuracy of five folds, each judged by weights fitted to the other four.
"""

import argparse
import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from gap import DATA, STEPS_AFTER
from spacy.tokens import Doc, Span

from kg.nlp.antecedents import find_candidates
from kg.nlp.genders import name_gender, pronoun_gender, title_gender
from kg.nlp.partition import make_chains
from kg.nlp.pipeline import make_pipeline
from kg.nlp.salience import find_features
from kg.nlp.spans import CHAIN, MENTIONS, is_pronoun
from kg.ontology import ONTOLOGY_FOLDER, Ontology, load_ontology

FEMININE = 4  # copies of each feminine row: women are read as well as men, at some cost in all
DECAY = 5.0  # of 1, 5 and 20 the best on GAP validation
Choice = list[tuple[list[str], bool]]
"""The candidates of one pronoun: their features, and whether they are right."""


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


def fit(choices: Sequence[Choice], names: dict[str, int], rounds: int = 300) -> np.ndarray:
    """Weights by gradient ascent on the log-likelihood, with a Gaussian prior."""
    weights, speed = np.zeros(len(names)), np.zeros(len(names))
    rows = [[[names[f] for f in features if f in names] for features, _ in choice] for choice in choices]
    gold = [np.array([right for _, right in choice], float) for choice in choices]
    for _ in range(rounds):
        slope = -DECAY * weights
        for candidates, right in zip(rows, gold, strict=True):
            scores = np.array([weights[indices].sum() for indices in candidates])
            odds = np.exp(scores - scores.max())
            said = odds / odds.sum()
            true = said * right / max(1e-12, (said * right).sum())
            for indices, difference in zip(candidates, true - said, strict=True):
                np.add.at(slope, indices, difference)
        speed = 0.9 * speed + slope / len(choices)
        weights = weights + 0.5 * speed
    return weights


def is_right(choice: Choice, names: dict[str, int], weights: np.ndarray) -> bool:
    """True where the weights choose a right candidate."""
    scores = [sum(weights[names[f]] for f in features if f in names) for features, _ in choice]
    return choice[int(np.argmax(scores))][1]


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
    choices = [choice for choice, _ in told]
    seen: dict[str, int] = {}
    for choice in choices:
        for features, _ in choice:
            for feature in features:
                seen[feature] = seen.get(feature, 0) + 1
    names = {name: n for n, name in enumerate(sorted(name for name, count in seen.items() if count >= 20))}
    print(f"{len(choices)} pronouns with a right and a wrong candidate, {len(names)} features")
    right = 0
    for fold in range(5):
        weights = fit([c for n, (c, copies) in enumerate(told) if n % 5 != fold for _ in range(copies)], names)
        right += sum(is_right(choice, names, weights) for choice in choices[fold::5])
    print(f"accuracy of the choice, five folds: {right / len(choices):.3f}")
    weights = fit([choice for choice, copies in told for _ in range(copies)], names)
    with (ONTOLOGY_FOLDER / "salience.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature", "weight"))
        writer.writerows((name, f"{weights[n]:.2f}") for name, n in names.items() if abs(weights[n]) >= 0.05)


if __name__ == "__main__":
    main()
