"""Who is who and when, against texts annotated by hand: B-cubed within and across documents, values of dates.

``python benchmarks/identity.py --data FOLDER --misses``; FOLDER holds Markdown with ``[Ann Bo](#ann-bo)`` for mentions
and ``[last Thursday](date:2018-05-10)`` for dates (see ``gold/README.md``); the marks are stripped before reading.

**Alignment.** Of a gold and a system mention the articles and titles in front and a possessive 's behind are cut off;
the head is then the last word, or the last before 'of', 'for' or 'de'. They are one mention where both heads stand at
the same offsets; of several system mentions with that head the one that shares most characters counts. A gold mention
without one is a singleton of its own. System mentions without a gold one are left out.

**Measures.** B-cubed (Bagga & Baldwin 1998, LREC workshop on linguistic coreference) over all gold mentions; within
documents by chain, across documents by entity (a chain without entity stands alone). Dates: the share of gold dates
whose value is exactly the system's, where an empty one is right if the system gives no value or sees no date there;
and the share of all values given that stand at a gold date of that value.
"""

import argparse
import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from kg.build import extract_documents, reduce_extractions
from kg.documents import read_documents
from kg.facts.resolution import index_mentions
from kg.model import Document, Extraction, Form, Mention

DATA = Path(__file__).parent / "gold" / "identity"
_LINK = re.compile(r"\[([^\]\n]+)\]\((#[\w-]+|date:[\d-]*)\)")
_LEAD = re.compile(
    r"(?:the|an?|mr|mrs|ms|miss|dr|president|minister|senator|justice|judge|general|king|queen)\.?\s+", re.IGNORECASE
)
_TAIL = re.compile(r"['’]s?$")
_JOINT = re.compile(r"\s(?:of|for|de)\s")
Span = tuple[int, int]


class Gold(NamedTuple):
    """A stretch of the plain text, and its key or date."""

    document: str
    start: int
    end: int
    text: str
    mark: str


def strip_marks(document: Document) -> tuple[Document, list[Gold]]:
    """The document without links, and what they said at their offsets in the plain text."""
    text, marks, last = "", [], 0
    for match in _LINK.finditer(document.text):
        text += document.text[last : match.start()]
        marks.append(Gold(document.id, len(text), len(text) + len(match[1]), match[1], match[2]))
        text, last = text + match[1], match.end()
    return replace(document, text=text + document.text[last:]), marks


def find_head(text: str, start: int) -> Span:
    """Offsets of the head word of a mention that begins at ``start``."""
    while lead := _LEAD.match(text):
        text, start = text[lead.end() :], start + lead.end()
    text = _JOINT.split(_TAIL.sub("", text), maxsplit=1)[0]
    head = text.split()[-1] if text.split() else text
    at = text.rfind(head)
    return start + at, start + at + len(head)


def align(golds: Sequence[Gold], extraction: Extraction) -> dict[Gold, Mention]:
    """Gold mention → the system's mention of the same head."""
    heads: dict[Span, list[Mention]] = {}
    for mention in (mention for chain in extraction.chains for mention in chain):
        if mention.form not in (Form.EVENT, Form.VALUE):
            heads.setdefault(find_head(mention.passage.text, mention.passage.start), []).append(mention)
    pairs = ((gold, heads.get(find_head(gold.text, gold.start), ())) for gold in golds)
    return {gold: max(found, key=lambda mention: _overlap(gold, mention)) for gold, found in pairs if found}


def _overlap(gold: Gold, mention: Mention) -> int:
    return min(gold.end, mention.passage.end) - max(gold.start, mention.passage.start)


def b_cubed(gold: Mapping[Gold, Hashable], found: Mapping[Gold, Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 of one clustering of the mentions against another."""
    true, said = Counter(gold.values()), Counter(found.values())
    both = Counter((gold[mention], found[mention]) for mention in gold)
    precision = sum(both[gold[m], found[m]] / said[found[m]] for m in gold) / max(1, len(gold))
    recall = sum(both[gold[m], found[m]] / true[gold[m]] for m in gold) / max(1, len(gold))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def find_date(gold: Gold, extraction: Extraction) -> str:
    """The value of the date that overlaps ``gold`` most, '' where there is none."""
    dates = [mention for mention in _dates(extraction) if _overlap(gold, mention) > 0]
    return max(dates, key=lambda mention: _overlap(gold, mention)).value if dates else ""


def _dates(extraction: Extraction) -> Iterator[Mention]:
    yield from (m for chain in extraction.chains for m in chain if m.form is Form.VALUE and m.type == "kg:Date")


def show_clusters(golds: Sequence[Gold], said: Mapping[Gold, Hashable], label: str) -> None:
    """Each gold cluster that is torn apart, and each system cluster that mixes several."""
    for title, by, other in (("torn", _mark, said.__getitem__), ("mixed", said.__getitem__, _mark)):
        groups: dict[Hashable, dict[Hashable, list[str]]] = {}
        for gold in golds:
            place = f"{gold.text}@{gold.document.removesuffix('.md')}:{gold.start}"
            groups.setdefault(by(gold), {}).setdefault(other(gold), []).append(place)
        for key, parts in groups.items():
            if len(parts) > 1:
                print(f"{label} {title} {key}:", *(f"\n    {part}: {', '.join(m)}" for part, m in parts.items()))


def _mark(gold: Gold) -> str:
    return gold.mark


def show_dates(golds: Sequence[Gold], dates: Mapping[Gold, str]) -> None:
    """Each date whose value is wrong."""
    for gold in golds:
        if dates[gold] != gold.mark.removeprefix("date:"):
            print(f"date {gold.document}:{gold.start} {gold.text!r} is {gold.mark[5:]!r}, not {dates[gold]!r}")


def cluster(
    golds: Sequence[Gold], aligned: Mapping[Gold, Mention], ids: Mapping[Mention, Hashable]
) -> dict[Gold, Hashable]:
    """Gold mention → what the system says it is one with; itself where it has no mention."""
    return {gold: ids[aligned[gold]] if gold in aligned else gold for gold in golds}


def print_figures(name: str, gold: Mapping[Gold, Hashable], said: Mapping[Gold, Hashable]) -> None:
    """One line: precision, recall, F1."""
    precision, recall, f1 = b_cubed(gold, said)
    print(f"{name}: B-cubed P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")


def score_mentions(golds: Sequence[Gold], extractions: Sequence[Extraction], *, misses: bool) -> None:
    """Mention recall and both B-cubed figures, after what is missed, torn and mixed where ``misses``."""
    aligned = {
        gold: mention
        for extraction in extractions
        for gold, mention in align([g for g in golds if g.document == extraction.document.id], extraction).items()
    }
    chains: dict[Mention, Hashable] = {
        mention: f"chain {number} of {extraction.document.id}"
        for extraction in extractions
        for number, chain in enumerate(extraction.chains)
        for mention in chain
    }
    entities = reduce_extractions(extractions)[0]
    within = cluster(golds, aligned, chains)
    across = cluster(golds, aligned, chains | index_mentions(entities))
    if misses:
        print(
            *(f"missed {gold.text!r} {gold.document}:{gold.start}" for gold in golds if gold not in aligned), sep="\n"
        )
        for document in sorted({gold.document for gold in golds}):
            show_clusters([gold for gold in golds if gold.document == document and gold in aligned], within, document)
        show_clusters([gold for gold in golds if gold in aligned], across, "across")
    print(f"mentions: R {len(aligned) / max(1, len(golds)):.3f} ({len(golds)} gold)")
    print_figures("within documents", {gold: (gold.document, gold.mark) for gold in golds}, within)
    print_figures("across documents", {gold: gold.mark for gold in golds}, across)


def score_dates(golds: Sequence[Gold], extractions: Sequence[Extraction], *, misses: bool) -> None:
    """Accuracy over gold dates and precision of values given."""
    read = {extraction.document.id: extraction for extraction in extractions}
    found = {gold: find_date(gold, read[gold.document]) for gold in golds}
    given = [mention for extraction in extractions for mention in _dates(extraction) if mention.value]
    right = sum(any(_is_right(gold, mention) for gold in golds) for mention in given)
    if misses:
        show_dates(golds, found)
        for mention in given:
            if not any(gold.document == mention.passage.document and _overlap(gold, mention) > 0 for gold in golds):
                print(f"date {mention.passage.document}:{mention.passage.start} {mention.passage.text!r} is none")
    correct = sum(found[gold] == gold.mark.removeprefix("date:") for gold in golds)
    print(f"dates: accuracy {correct / max(1, len(golds)):.3f} ({correct}/{len(golds)})")
    print(f"values given: P {right / max(1, len(given)):.3f} ({right}/{len(given)})")


def _is_right(gold: Gold, mention: Mention) -> bool:
    same = gold.document == mention.passage.document and _overlap(gold, mention) > 0
    return same and gold.mark == f"date:{mention.value}"


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
    marks = [gold for _, golds in stripped for gold in golds]
    score_mentions([gold for gold in marks if gold.mark[0] == "#"], extractions, misses=options.misses)
    score_dates([gold for gold in marks if gold.mark[0] != "#"], extractions, misses=options.misses)


if __name__ == "__main__":
    main()
