"""KnowledgeNet (Mesquita et al. 2019) as our examples: ``python benchmarks/convert_knowledgenet.py FILE``."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.examples import Example, parse_example

DATA = Path(__file__).parents[2] / "shared" / "bench" / "knowledgenet" / "folds1-3.jsonl"
SOURCE = "KnowledgeNet folds 1-3 (Mesquita et al. 2019), CC BY-SA 4.0"
RELATIONS = {
    "DATE_OF_BIRTH": "kg:bornOn",
    "DATE_OF_DEATH": "kg:diedOn",
    "PLACE_OF_RESIDENCE": "kg:livesIn",
    "PLACE_OF_BIRTH": "kg:bornIn",
    "NATIONALITY": "kg:citizenOf",
    "EMPLOYEE_OR_MEMBER_OF": "kg:affiliatedWith",
    "EDUCATED_AT": "kg:educatedAt",
    "CEO": "kg:leaderOf",
    "FOUNDED_BY": "kg:founderOf",
    "HEADQUARTERS": "kg:headquarteredIn",
    "SPOUSE": "kg:spouseOf",
    "CHILD_OF": "kg:childOf",
    "POLITICAL_AFFILIATION": "kg:memberOf",
    "DATE_FOUNDED": "kg:foundedOn",
    "SUBSIDIARY_OF": "kg:subsidiaryOf",
}
TURNED = frozenset({"CEO", "FOUNDED_BY"})
"""Theirs goes from the organisation to the person, ours from the person."""


def convert(row: Mapping[str, Any]) -> dict[str, Any]:
    """One passage as an example."""
    return {
        "text": row["passageText"],
        "facts": [_convert_fact(fact, row["passageStart"]) for fact in row["facts"]],
        "relations": sorted(RELATIONS[name] for name in row["properties"]),
        "group": f"knowledgenet {row['documentId']}",
        "source": SOURCE,
    }


def _convert_fact(fact: Mapping[str, Any], offset: int) -> dict[str, Any]:
    ends = [[fact[f"{end}Start"] - offset, fact[f"{end}End"] - offset] for end in ("subject", "object")]
    subject, target = ends[::-1] if fact["property"] in TURNED else ends
    return {"relation": RELATIONS[fact["property"]], "subject": subject, "object": target}


def read_passages(path: Path) -> Iterator[tuple[int, Example]]:
    """Fold and example of each passage."""
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield row["fold"], parse_example(convert(row))


def main() -> None:
    """Writes the examples to standard output."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not path.is_file():
        raise SystemExit(f"{path} is not here: give the file as argument")
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            print(json.dumps(convert(row), ensure_ascii=False))


if __name__ == "__main__":
    main()
