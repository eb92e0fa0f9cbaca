"""Re-DocRED (Tan et al. 2022, MIT) as our examples: ``python benchmarks/convert_redocred.py FILE``.

Labels there are of whole documents. A sentence is an example: pairs it is evidence for are facts; pairs that
meet in it on the evidence of *other* sentences are unclear; all else is judged, between the marked names. Whose
citizen somebody is mostly follows there from an office or a team, so that it is unclear, too.
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "shared" / "bench" / "redocred" / "dev.json"
SOURCE = "Re-DocRED dev (Tan et al. 2022), MIT; text from Wikipedia, CC BY-SA"
RELATIONS = {
    "P19": ("kg:bornIn", False),
    "P22": ("kg:childOf", False),
    "P25": ("kg:childOf", False),
    "P26": ("kg:spouseOf", False),
    "P27": ("kg:citizenOf", False),
    "P40": ("kg:childOf", True),
    "P54": ("kg:affiliatedWith", False),
    "P69": ("kg:educatedAt", False),
    "P102": ("kg:memberOf", False),
    "P108": ("kg:affiliatedWith", False),
    "P112": ("kg:founderOf", True),
    "P159": ("kg:headquarteredIn", False),
    "P241": ("kg:affiliatedWith", False),
    "P355": ("kg:subsidiaryOf", True),
    "P463": ("kg:memberOf", False),
    "P569": ("kg:bornOn", False),
    "P570": ("kg:diedOn", False),
    "P571": ("kg:foundedOn", False),
    "P749": ("kg:subsidiaryOf", False),
}
"""Wikidata's property → ours, and whether ours goes the other way; without those told of a few pairs only."""
IMPLIED = frozenset({"P27"})
WEIGHT = 0.5
"""Chosen on held-out parts of KnowledgeNet, whose rules for what is said are the ones to be learned."""
SPACED = re.compile(r"[,.;:!?)\]%]|'s|n't")
"""Tokens that stand close to the one before."""


def convert(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Its sentences as examples."""
    group = f"redocred {document['title']}"
    for number, tokens in enumerate(document["sents"]):
        text, places = join(tokens)
        ends = {
            thing: [[places[a][0], places[b - 1][1]] for a, b in _find(mentions, number)]
            for thing, mentions in enumerate(document["vertexSet"])
        }
        said, unclear = _sort_labels(document["labels"], number, ends)
        complete = sorted({name for name, _ in RELATIONS.values()})
        spans = sorted(span for found in ends.values() for span in found)
        if said or len(spans) > 1:
            yield {
                "text": text,
                "facts": said,
                "relations": complete,
                "unclear": unclear,
                "spans": spans,
                "group": group,
                "source": SOURCE,
                "weight": WEIGHT,
            }


def join(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The sentence as it is printed, and where each token stands in it."""
    text, places = "", []
    for token in tokens:
        close = not text or text[-1] in "([$" or SPACED.fullmatch(token)
        text += "" if close else " "
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def _find(mentions: list[dict[str, Any]], sentence: int) -> Iterator[tuple[int, int]]:
    yield from (mention["pos"] for mention in mentions if mention["sent_id"] == sentence)


def _sort_labels(
    labels: list[dict[str, Any]], sentence: int, ends: Mapping[int, list[list[int]]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The facts of a sentence, and what holds of names in it but is told elsewhere."""
    said: list[dict[str, Any]] = []
    unclear: list[dict[str, Any]] = []
    for label in labels:
        if label["r"] not in RELATIONS or not ends[label["h"]] or not ends[label["t"]]:
            continue
        relation, turned = RELATIONS[label["r"]]
        found = said if sentence in label["evidence"] and label["r"] not in IMPLIED else unclear
        one, other = (label["t"], label["h"]) if turned else (label["h"], label["t"])
        found += [{"relation": relation, "subject": a, "object": b} for a in ends[one] for b in ends[other]]
    return said, unclear


def main() -> None:
    """Writes the examples to standard output."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not path.is_file():
        raise SystemExit(f"{path} is not here: give the file as argument")
    for document in json.loads(path.read_text(encoding="utf-8")):
        for example in convert(document):
            print(json.dumps(example, ensure_ascii=False))


if __name__ == "__main__":
    main()
