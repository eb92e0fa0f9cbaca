"""Who is who and when, against texts annotated by hand: B-cubed within and across documents, values of dates.

``python benchmarks/identity.py --data FOLDER --misses``; FOLDER holds Markdown with ``[Ann Bo](#ann-bo)`` for mentions
and ``[last Thursday](date:2018-05-10)`` for dates (see ``gold/README.md``); the marks are stripped before reading.

How mentions are aligned stands in ``kg.evaluation.identity``.

**Measures.** B-cubed (Bagga & Baldwin 1998, LREC workshop on linguistic coreference) over all gold mentions; within
documents by chain, across documents by entity (a chain without entity stands alone). Dates: the share of gold dates
whose value is exactly the system's, where an empty one is right if the system gives no value or sees no date there;
and the share of all values given that stand at a gold date of that value.
"""

import argparse
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.build import extract_documents
from kg.documents import read_documents
from kg.evaluation.gold import Gold, GoldSpan
from kg.evaluation.report import evaluate, format_figures, format_report
from kg.facts.reduction import reduce_extractions
from kg.model import Document
from kg.ontology import load_ontology

DATA = Path(__file__).parent / "gold" / "identity"
_LINK = re.compile(r"\[([^\]\n]+)\]\((#[\w-]+|date:[\d-]*)\)")


def strip_marks(document: Document) -> tuple[Document, list[GoldSpan]]:
    """The document without links, and what they said at their offsets in the plain text."""
    text, marks, last = "", [], 0
    for match in _LINK.finditer(document.text):
        text += document.text[last : match.start()]
        marks.append(GoldSpan(document.id, len(text), len(text) + len(match[1]), match[2], match[1]))
        text, last = text + match[1], match.end()
    return replace(document, text=text + document.text[last:]), marks


def main() -> None:
    """Scores all documents of a folder and prints one line of figures a measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--misses", action="store_true", help="list what is missed, torn, mixed and misdated")
    options = parser.parse_args()
    if not options.data.is_dir():
        raise SystemExit(f"{options.data} is not here: give the folder with --data")
    stripped = [strip_marks(document) for document in read_documents([options.data]).documents]
    extractions = list(extract_documents([document for document, _ in stripped]))
    entities, fusion = reduce_extractions(extractions)
    spans = [span for _, found in stripped for span in found]
    gold = Gold(mentions=_choose(spans, "#"), dates=_choose(spans, "date:"))
    report = evaluate(gold, extractions, entities, fusion.statements, load_ontology())
    print(format_report(report) if options.misses else "\n".join(format_figures(report)))


def _choose(spans: Sequence[GoldSpan], prefix: str) -> tuple[GoldSpan, ...]:
    chosen = (span for span in spans if span.mark.startswith(prefix))
    return tuple(replace(span, mark=span.mark.removeprefix(prefix)) for span in chosen)


if __name__ == "__main__":
    main()
