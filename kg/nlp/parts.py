"""Long texts in parts that a pipeline can hold, each read as a text of its own and then joined by its names."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from kg.model import Chain, Document, Extraction, Form
from kg.wordlists import fold

LONGEST = 100_000
"""Characters of a part: what takes some 400 MB while it is read."""
_ENDS = ("\n\n", "\n", ". ", " ")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document's text, and where in it that begins."""

    document: Document
    start: int
    text: str


def cut_document(document: Document) -> Iterator[Part]:
    """One part, or several that end with a paragraph, or at least with a sentence or a word, where there is one."""
    start = 0
    while start < len(document.text):
        end = _find_end(document.text, start)
        yield Part(document, start, document.text[start:end])
        start = end


def _find_end(text: str, start: int) -> int:
    last = start + LONGEST
    if last >= len(text):
        return len(text)
    places = ((text.rfind(mark, start + LONGEST // 2, last), mark) for mark in _ENDS)
    return next((at + len(mark) for at, mark in places if at >= 0), last)


def group_parts(parts: Iterable[Part], most: int = 32) -> Iterator[tuple[Part, ...]]:
    """Parts that are read together, no longer than one may be: the more of them, the faster is a parser."""
    held: list[Part] = []
    for part in parts:
        if held and (len(held) == most or sum(len(one.text) for one in held) + len(part.text) > LONGEST):
            yield tuple(held)
            held = []
        held.append(part)
    if held:
        yield tuple(held)


def join_parts(found: Sequence[Extraction]) -> Extraction:
    """What the parts of one document say, as one."""
    if len(found) == 1:
        return found[0]
    chains = _join_chains(chain.from_iterable(one.chains for one in found))
    return Extraction(found[0].document, chains, tuple(chain.from_iterable(one.relations for one in found)))


def _join_chains(chains: Iterable[Chain]) -> tuple[Chain, ...]:
    """Chains of one name are one; a surname alone is the one person before it who bears it."""
    joined: list[list[Chain]] = []
    bearers: dict[tuple[str, str], set[int]] = {}
    for one in chains:
        keys = {(mention.type, fold(mention.passage.text)) for mention in one if mention.form is Form.NAME}
        alike = set().union(*(bearers.get(key, set()) for key in sorted(keys)))
        place = alike.pop() if len(alike) == 1 else len(joined)
        if place == len(joined):
            joined.append([])
        joined[place].append(one)
        for kind, name in keys:
            for form in {name, name.rpartition(" ")[2]} if kind == "kg:Person" else {name}:
                bearers.setdefault((kind, form), set()).add(place)
    whole = (tuple(sorted(chain.from_iterable(group), key=attrgetter("passage"))) for group in joined)
    return tuple(sorted(whole, key=lambda one: one[0].passage))
