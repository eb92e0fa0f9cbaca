"""Precision on text nobody annotated: every fact read in a fixed sample of passages, judged by hand.

``python benchmarks/openworld.py --data FOLDER`` where FOLDER holds the shared data sets. The passages are those whose
name has the lowest SHA-256 in each set; ``gold/openworld.csv`` holds the verdicts (right, wrong) by passage, subject,
predicate and object, not the passages. Judged are relations, roles of events and their classes, where the text and not
the ontology leads to them; not the classes of names. ``--unjudged`` lists facts without a verdict, with the sentence.
"""

import argparse
import csv
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from kg.build import extract_documents
from kg.facts.reduction import reduce_extractions
from kg.model import DERIVED, Document, Extraction, Statement, Value
from kg.ontology import Ontology, load_ontology
from kg.rdf.dataset import is_fact

DATA = Path(__file__).parents[2] / "shared" / "bench"
VERDICTS = Path(__file__).parent / "gold" / "openworld.csv"
SAMPLE = {"gap": 30, "knowledgenet": 40, "redocred": 15, "text2kgbench": 35}
_NAMING = ("rdfs:label", "skos:altLabel", "owl:sameAs", "kg:isoCode")
Key = tuple[str, str, str, str]


def read_passages(folder: Path) -> Iterator[Document]:
    """The sample, in order of set and hash."""
    readers = {
        "gap": _read_gap,
        "knowledgenet": _read_knowledgenet,
        "redocred": _read_redocred,
        "text2kgbench": _read_text2kgbench,
    }
    for name, number in SAMPLE.items():
        found = {f"{name}/{key}": text for key, text in readers[name](folder / name)}
        chosen = sorted(found, key=lambda key: sha256(key.encode()).hexdigest())[:number]
        yield from (Document(key, found[key]) for key in chosen)


def _read_gap(folder: Path) -> Iterator[tuple[str, str]]:
    with (folder / "gap-validation.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["ID"], row["Text"]


def _read_knowledgenet(folder: Path) -> Iterator[tuple[str, str]]:
    for line in (folder / "folds1-3.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        yield f"{item['documentId']}-{item['passageStart']}", item["passageText"]


def _read_redocred(folder: Path) -> Iterator[tuple[str, str]]:
    for item in json.loads((folder / "dev.json").read_text(encoding="utf-8")):
        yield item["title"], " ".join(_join(tokens) for tokens in item["sents"])


def _join(tokens: list[str]) -> str:
    """Tokens as they are printed: no space before a comma, nor inside brackets."""
    text = re.sub(r" ([,.;:!?)\]%]|'s\b|n't\b)", r"\1", " ".join(tokens))
    return re.sub(r"([(\[$]) ", r"\1", text)


def _read_text2kgbench(folder: Path) -> Iterator[tuple[str, str]]:
    for line in (folder / "ont_8_politics_validation.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        yield item["id"], item["sent"]


def find_facts(extraction: Extraction, ontology: Ontology) -> Iterator[tuple[Key, Statement]]:
    """The facts to be judged, by passage and the labels of their ends."""
    entities, fusion = reduce_extractions([extraction])
    labels = {entity.id: entity.label for entity in entities}
    kinds = {entity.id: entity.type for entity in entities}
    for statement in fusion.statements:
        own = any(DERIVED not in item.rule for item in statement.evidence)
        of_name = statement.predicate == "rdf:type" and not ontology.is_a(kinds[statement.subject], "kg:Event")
        broader = statement.predicate == "rdf:type" and statement.object != kinds[statement.subject]
        if is_fact(statement) and own and statement.predicate not in _NAMING and not of_name and not broader:
            target = statement.object
            end = target.lexical if isinstance(target, Value) else labels.get(target, target)
            yield (extraction.document.id, labels[statement.subject], statement.predicate, end), statement


def read_verdicts(path: Path) -> dict[Key, str]:
    """Verdict by passage, subject, predicate and object."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {(row["passage"], row["subject"], row["predicate"], row["object"]): row["verdict"] for row in rows}


def main() -> None:
    """Prints the share of judged facts that are right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--unjudged", action="store_true", help="list facts without a verdict")
    options = parser.parse_args()
    if not options.data.is_dir():
        raise SystemExit(f"{options.data} is not here: give the folder with --data")
    ontology = load_ontology()
    passages = list(read_passages(options.data))
    facts = {key: fact for item in extract_documents(passages) for key, fact in find_facts(item, ontology)}
    verdicts = read_verdicts(VERDICTS)
    judged = [verdicts[key] for key in facts if key in verdicts]
    if options.unjudged:
        for key, fact in facts.items():
            if key not in verdicts:
                print("\t".join((*key, *dict.fromkeys(f"{item.passage.text} [{item.rule}]" for item in fact.evidence))))
    right = judged.count("right")
    print(
        f"{len(passages)} passages, {len(facts)} facts, {len(judged)} judged: "
        f"precision {right / max(1, len(judged)):.3f} ({right}/{len(judged)})"
    )


if __name__ == "__main__":
    main()
