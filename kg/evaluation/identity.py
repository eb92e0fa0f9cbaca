"""Who is who and when, mention by mention: B-cubed, and values of dates.

**Alignment.** Of a gold and a build's mention the articles and titles in front and a possessive 's behind are cut off;
the head is then the last word, or the last before 'of', 'for' or 'de'. They are one mention where both heads stand at
the same offsets; of several of the build's mentions with that head the one that shares most characters counts. A gold
mention without one is a singleton of its own. The build's mentions without a gold one are left out.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping

from kg.evaluation.gold import GoldSpan
from kg.model import Extraction, Form, Mention

_LEAD = re.compile(
    r"(?:the|an?|mr|mrs|ms|miss|dr|president|minister|senator|justice|judge|general|king|queen)\.?\s+", re.IGNORECASE
)
_TAIL = re.compile(r"['’]s?$")
_JOINT = re.compile(r"\s(?:of|for|de)\s")
Clusters = Mapping[GoldSpan, Hashable]


def b_cubed(gold: Clusters, said: Clusters) -> tuple[float, float, float]:
    """Precision, recall and F1 of one clustering of the mentions against another.

    Bagga & Baldwin 1998, LREC workshop on linguistic coreference.
    """
    true, found = Counter(gold.values()), Counter(said.values())
    both = Counter((gold[mention], said[mention]) for mention in gold)
    precision = sum(both[gold[m], said[m]] / found[said[m]] for m in gold) / max(1, len(gold))
    recall = sum(both[gold[m], said[m]] / true[gold[m]] for m in gold) / max(1, len(gold))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def align_mentions(golds: Iterable[GoldSpan], extractions: Iterable[Extraction]) -> dict[GoldSpan, Mention]:
    """Gold mention → the build's mention of the same head."""
    texts = {extraction.document.id: extraction.document.text for extraction in extractions}
    heads = _index_heads(extractions)
    pairs = {}
    for gold in golds:
        text = texts.get(gold.document, "")[gold.start : gold.end]
        found = heads.get((gold.document, *find_head(text, gold.start)), ())
        if found:
            pairs[gold] = max(found, key=lambda mention: overlap(gold, mention))
    return pairs


def _index_heads(extractions: Iterable[Extraction]) -> dict[tuple[str, int, int], list[Mention]]:
    heads: dict[tuple[str, int, int], list[Mention]] = {}
    for mention in (m for extraction in extractions for chain in extraction.chains for m in chain):
        if mention.form not in (Form.EVENT, Form.VALUE):
            place = mention.passage
            heads.setdefault((place.document, *find_head(place.text, place.start)), []).append(mention)
    return heads


def find_head(text: str, start: int) -> tuple[int, int]:
    """Offsets of the head word of a mention that begins at ``start``."""
    while lead := _LEAD.match(text):
        text, start = text[lead.end() :], start + lead.end()
    text = _JOINT.split(_TAIL.sub("", text), maxsplit=1)[0]
    head = text.split()[-1] if text.split() else text
    at = text.rfind(head)
    return start + at, start + at + len(head)


def overlap(gold: GoldSpan, mention: Mention) -> int:
    """Characters in common; none or fewer where they stand apart."""
    if gold.document != mention.passage.document:
        return 0
    return min(gold.end, mention.passage.end) - max(gold.start, mention.passage.start)


def cluster(
    golds: Iterable[GoldSpan], aligned: Mapping[GoldSpan, Mention], ids: Mapping[Mention, Hashable]
) -> dict[GoldSpan, Hashable]:
    """Gold mention → what the build says it is one with; itself where it has no mention."""
    return {gold: ids[aligned[gold]] if gold in aligned else gold for gold in golds}


def find_chains(extractions: Iterable[Extraction]) -> dict[Mention, Hashable]:
    """Mention → number of its chain, and document."""
    return {
        mention: (extraction.document.id, number)
        for extraction in extractions
        for number, chain in enumerate(extraction.chains)
        for mention in chain
    }


def show_clusters(true: Clusters, said: Clusters) -> Iterator[str]:
    """Each thing of the gold that is torn apart, and each of the build's that mixes several."""
    for title, by, other in (("torn", true, said), ("mixed", said, true)):
        groups: dict[Hashable, dict[Hashable, list[str]]] = {}
        for gold in true:
            groups.setdefault(by[gold], {}).setdefault(other[gold], []).append(tell_span(gold))
        for key, parts in groups.items():
            if len(parts) > 1:
                yield "\n        ".join((f"{title} {key}:", *(f"{part}: {', '.join(m)}" for part, m in parts.items())))


def tell_span(span: GoldSpan) -> str:
    """Words and place of a gold mention."""
    return f"“{span.text or span.mark}” {span.document}:{span.start}"
