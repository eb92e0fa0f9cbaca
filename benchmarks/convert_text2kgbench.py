"""Text2KGBench, politics (Mihindukulasooriya et al. 2023): ``python benchmarks/convert_text2kgbench.py FILE``.

A sentence there has one triple and may say more: nothing else in it is judged. Only where both names stand in it. It
counts as little as one of Re-DocRED.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

WEIGHT = 0.5
DATA = Path(__file__).parents[2] / "shared" / "bench" / "text2kgbench" / "ont_8_politics_train.jsonl"
SOURCE = "Text2KGBench politics train (Mihindukulasooriya et al. 2023), CC BY-SA 4.0"
RELATIONS = {"P102": "kg:memberOf", "P463": "kg:memberOf"}
"""Wikidata's property → ours; heads of states and governments are too few to learn."""


def convert(row: Mapping[str, str]) -> dict[str, Any] | None:
    """The sentence as an example, or None where it does not name both."""
    ends = [_find(row["sent"], row[f"{end}_label"]) for end in ("sub", "obj")]
    if row["rel"] not in RELATIONS or not all(ends):
        return None
    fact = {"relation": RELATIONS[row["rel"]], "subject": ends[0], "object": ends[1]}
    return {"text": row["sent"], "facts": [fact], "relations": [], "source": SOURCE, "weight": WEIGHT}


def _find(text: str, name: str) -> list[int]:
    start = text.find(name)
    return [start, start + len(name)] if start >= 0 else []


def main() -> None:
    """Writes the examples to standard output."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not path.is_file():
        raise SystemExit(f"{path} is not here: give the file as argument")
    for line in path.read_text(encoding="utf-8").splitlines():
        example = convert(json.loads(line))
        if example:
            print(json.dumps(example, ensure_ascii=False))


if __name__ == "__main__":
    main()
