"""Values of dates against the gold's: exact, and as fine as the gold has them."""

from collections.abc import Iterable, Iterator, Sequence

from kg.evaluation.gold import GoldSpan
from kg.evaluation.identity import overlap, tell_span
from kg.evaluation.scores import Score
from kg.model import Extraction, Form, Mention


def score_dates(golds: Sequence[GoldSpan], extractions: Iterable[Extraction]) -> Score:
    """Gold dates with exactly their value, '' where the build gives none; values given that stand at such a date.

    What the build says outside the documents of ``golds`` does not count.
    """
    documents = {gold.document for gold in golds}
    dates = [mention for mention in _find_dates(extractions) if mention.passage.document in documents]
    values = {gold: _find_value(gold, dates) for gold in golds}
    given = [mention for mention in dates if mention.value]
    false = [mention for mention in given if not any(_is_right(gold, mention) for gold in golds)]
    missed = [gold for gold in golds if values[gold] != gold.mark]
    return Score(
        "dates",
        len(given) - len(false),
        len(given),
        len(golds) - len(missed),
        len(golds),
        tuple(f"{tell_span(gold)} is {gold.mark or 'no date'}, not {values[gold] or 'none'}" for gold in missed),
        tuple(f"“{m.passage.text}” {m.passage.document}:{m.passage.start} is read as {m.value}" for m in false),
    )


def _find_dates(extractions: Iterable[Extraction]) -> Iterator[Mention]:
    for mention in (m for extraction in extractions for chain in extraction.chains for m in chain):
        if mention.form is Form.VALUE and mention.type == "kg:Date":
            yield mention


def _find_value(gold: GoldSpan, dates: Iterable[Mention]) -> str:
    """The value of the date that overlaps ``gold`` most, '' where there is none."""
    near = [mention for mention in dates if overlap(gold, mention) > 0]
    return max(near, key=lambda mention: overlap(gold, mention)).value if near else ""


def _is_right(gold: GoldSpan, mention: Mention) -> bool:
    return overlap(gold, mention) > 0 and gold.mark == mention.value
