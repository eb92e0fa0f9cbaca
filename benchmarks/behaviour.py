"""The behaviour suite: short texts, and what must and must not be read in them.

``python benchmarks/behaviour.py --split open``, or another file of ``tests/behaviour``; ``--misses`` lists what went
wrong (not to be asked of ``sealed`` and ``unread``).
A text passes where each of its lines does. The format stands in ``tests/behaviour/README.md``.
"""

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kg.build import extract_documents
from kg.facts.reduction import reduce_extractions
from kg.model import Curie, Document, Entity, Extraction, Statement, Value
from kg.ontology import Ontology, load_ontology
from kg.rdf.dataset import is_fact
from kg.wordlists import fold

FOLDER = Path(__file__).parent.parent / "tests" / "behaviour"
ABSENT = ("not", "no")


class Case(NamedTuple):
    """A text, the heading it stands under, and its lines: (mark, subject, predicate, object)."""

    heading: str
    text: str
    lines: tuple[tuple[str, str, str, str], ...]


def read_cases(path: Path) -> Iterator[Case]:
    """The blocks of a suite file."""
    heading = ""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = []
        for line in block.splitlines():
            if line.startswith("## "):
                heading = line.removeprefix("## ")
            elif line and not line.startswith("#"):
                lines.append(line)
        if lines:
            yield Case(heading, lines[0], tuple(_read_line(line) for line in lines[1:]))


def _read_line(line: str) -> tuple[str, str, str, str]:
    mark, _, rest = line.partition(" ")
    subject, predicate, target = rest.split(" | ")
    return mark, subject, f"kg:{predicate}", target


def find_misses(case: Case, extraction: Extraction, ontology: Ontology) -> list[tuple[str, str, str, str]]:
    """The lines that do not hold of what is read."""
    entities, fusion = reduce_extractions([extraction])
    things = {entity.id: entity for entity in entities}
    return [line for line in case.lines if not _holds(line, fusion.statements, things, ontology)]


def _holds(
    line: tuple[str, str, str, str], statements: tuple[Statement, ...], things: dict[Curie, Entity], ontology: Ontology
) -> bool:
    mark, subject, predicate, target = line
    found = [
        statement
        for statement in statements
        if statement.predicate == predicate
        and _is_called(statement.subject, subject, things, ontology)
        and _is_called(statement.object, target, things, ontology)
    ]
    if mark == "no":
        return not found
    if mark == "not":
        return not any(map(is_fact, found))
    if mark == "CT+":
        return any(map(is_fact, found))
    return any(statement.factuality.value == mark for statement in found)


def _is_called(thing: Curie | Value, name: str, things: dict[Curie, Entity], ontology: Ontology) -> bool:
    if isinstance(thing, Value):
        return thing.lexical == name
    entity = things.get(thing)
    if entity is None:
        return False
    if ontology.is_a(entity.type, "kg:Event") or entity.type == "kg:Tenure":
        return ontology.is_a(entity.type, f"kg:{name}")
    return fold(name) in {fold(text) for text in (entity.label, *entity.aliases)}


def main() -> None:
    """Scores one part and prints its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=FOLDER)
    parser.add_argument("--split", default="open")
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    options = parser.parse_args()
    cases = list(read_cases(options.data / f"{options.split}.txt"))
    documents = [Document(f"{n}.txt", case.text) for n, case in enumerate(cases)]
    ontology = load_ontology()
    passed: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for case, extraction in zip(cases, extract_documents(documents), strict=True):
        misses = find_misses(case, extraction, ontology)
        kinds = {"texts", *("negative texts" for line in case.lines if line[0] != "CT+")}
        for kind in kinds:
            seen[kind] += 1
            passed[kind] += not misses
        for line in case.lines:
            kind = f"lines {'absent' if line[0] in ABSENT else 'present'}"
            seen[kind] += 1
            passed[kind] += line not in misses
        if misses and options.misses:
            print(f"[{case.heading}] {case.text}")
            for mark, subject, predicate, target in misses:
                print(f"    {mark} {subject} | {predicate.removeprefix('kg:')} | {target}")
    figures = (f"{kind} {passed[kind] / seen[kind]:.3f} ({passed[kind]}/{seen[kind]})" for kind in sorted(seen))
    print(f"{options.split}: {', '.join(figures)}")


if __name__ == "__main__":
    main()
