"""Possible duplicates in words and as JSON, each side with a sentence that names it."""

import json
from collections.abc import Mapping, Sequence

from kg.facts.duplicates import Duplicate
from kg.model import Curie, Entity, Passage

Sentences = Mapping[Curie, Sequence[Passage]]


def to_json(pairs: Sequence[Duplicate], sentences: Sentences) -> str:
    """An array of objects: score, reasons, and two things with id, label, sentence and document."""
    rows = [
        {
            "score": pair.score,
            "reasons": pair.reasons,
            "things": [_to_row(entity, sentences) for entity in (pair.first, pair.second)],
        }
        for pair in pairs
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _to_row(entity: Entity, sentences: Sentences) -> dict[str, str]:
    sentence = _choose(entity, sentences)
    row = {"id": entity.id, "label": entity.label, "type": entity.type}
    return row | ({"sentence": _tidy(sentence.text), "document": sentence.document} if sentence else {})


def format_pairs(pairs: Sequence[Duplicate], sentences: Sentences) -> str:
    """Two names a line with score and reasons, their sentences below, and how to decide."""
    if not pairs:
        return "no two things look like one\n"
    lines = [line for pair in pairs for line in _format(pair, sentences)]
    advice = "decide with `kg same A B` or `kg different A B`; what is decided is not listed again"
    return "".join(f"{line}\n" for line in [*lines, advice])


def _format(pair: Duplicate, sentences: Sentences) -> list[str]:
    lines = [f"{pair.score:.2f}  {pair.first.label} = {pair.second.label}?  {', '.join(pair.reasons)}"]
    for entity in (pair.first, pair.second):
        sentence = _choose(entity, sentences)
        proof = f"  “{_tidy(sentence.text)}” ({sentence.document})" if sentence else ""
        lines.append(f"      {entity.id}{proof}")
    return lines


def _choose(entity: Entity, sentences: Sentences) -> Passage | None:
    """The first sentence that has the label, else the first one."""
    found = sentences.get(entity.id, ())
    return next((passage for passage in found if entity.label in passage.text), next(iter(found), None))


def _tidy(text: str) -> str:
    return " ".join(text.split())
