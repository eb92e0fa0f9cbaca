"""Lines of printed pages to paragraphs: running heads and page numbers fall away, small print goes to the end."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from statistics import median
from typing import NamedTuple

from kg.readers.cleaning import unwrap

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?(?:\d+|[ivxl]+)(?:\s*(?:of|/)\s*\d+)?[^\w.]*$", re.I)
_EDGE = 2  # lines at the top and at the foot of a page among which running heads are looked for
_OFTEN = 0.4  # of the pages, how many a running head stands on
_SMALL = 0.92  # of the text's size, what is small print
_RAISED = 0.86  # of the line's size, what is a note's number
_APART = 1.25  # of the usual distance between two lines, what parts two paragraphs


class Line(NamedTuple):
    """A line, or a piece of one; its height above the foot of the page, and the size of its letters."""

    text: str
    height: float
    size: float


Lines = tuple[Line, ...]


def make_text(pages: Sequence[Lines]) -> str:
    """The paragraphs of all pages, blank lines between them; a sentence goes on over the page's end."""
    bodies = _drop_heads([tuple(_join_pieces(page)) for page in pages])
    usual = _find_size(bodies)
    running = [[line for line in page if line.size >= _SMALL * usual] for page in bodies]
    small = [[line for line in page if line.size < _SMALL * usual] for page in bodies]
    return unwrap("\n\n".join(filter(None, (_write(running), *(_write([page]) for page in small)))))


def _join_pieces(pieces: Lines) -> Iterator[Line]:
    """Lines from their pieces, which a line feed ends; raised numbers of notes are left out."""
    held: list[Line] = []
    for piece in (*pieces, Line("\n", 0, 0)):
        *ended, rest = piece.text.split("\n")
        for text in ended:
            yield from _join_line([*held, piece._replace(text=text)])
            held = []
        held.append(piece._replace(text=rest))


def _join_line(pieces: Sequence[Line]) -> Iterator[Line]:
    written = [piece for piece in pieces if piece.text.strip()]
    if written:
        size = max(piece.size for piece in written)
        words = (piece.text for piece in pieces if not _is_raised(piece, size))
        text = re.sub(r"[ \t]+", " ", "".join(words)).strip()
        if text:
            yield Line(text, min(written, key=lambda piece: -piece.size).height, size)


def _is_raised(piece: Line, size: float) -> bool:
    return piece.text.strip().isdigit() and piece.size < _RAISED * size


def _drop_heads(pages: Sequence[Lines]) -> list[Lines]:
    """Pages without what stands at the edge of many, and without their numbers."""
    edges = [_find_edges(page) for page in pages]
    found = Counter(name for page, edge in zip(pages, edges, strict=True) for name in {_name(page[at]) for at in edge})
    often = max(2, _OFTEN * len(pages))
    heads = {name for name, count in found.items() if count >= often}
    return [
        tuple(line for at, line in enumerate(page) if at not in edge or not _is_head(line, heads))
        for page, edge in zip(pages, edges, strict=True)
    ]


def _is_head(line: Line, heads: set[str]) -> bool:
    return _name(line) in heads or _PAGE_NUMBER.match(line.text) is not None


def _find_edges(page: Lines) -> set[int]:
    """The few lines at the top and at the foot that stand apart from those between; no line of a paragraph does."""
    gaps = [above.height - below.height for above, below in pairwise(page)]
    usual = median([gap for gap in gaps if gap > 0] or [0.0])
    apart = [at for at, gap in enumerate(gaps, 1) if gap > _APART * usual]
    top = max((at for at in apart if at <= _EDGE), default=0)
    foot = min((at for at in apart if at >= len(page) - _EDGE), default=len(page))
    return {*range(top), *range(foot, len(page))}


def _name(line: Line) -> str:
    return _NUMBER.sub("#", line.text)


def _find_size(pages: Sequence[Lines]) -> float:
    """The size that most letters have."""
    letters: Counter[float] = Counter()
    for line in chain.from_iterable(pages):
        letters[round(line.size, 1)] += len(line.text)
    return max(letters, key=lambda size: (letters[size], size), default=0.0)


def _write(pages: Sequence[Sequence[Line]]) -> str:
    """Lines with a line feed between those of one paragraph, two between paragraphs."""
    lines = list(chain.from_iterable(pages))
    gaps = [above.height - below.height for above, below in pairwise(lines) if above.height > below.height]
    usual = median(gaps) if gaps else 0.0
    ends = ("\n" if _goes_on(above, below, usual) else "\n\n" for above, below in pairwise(lines))
    return "".join(chain.from_iterable((line.text, end) for line, end in zip(lines, (*ends, ""), strict=False)))


def _goes_on(above: Line, below: Line, usual: float) -> bool:
    """True where the paragraph of ``above`` goes on in ``below``, which may stand on the next page or column."""
    if abs(above.size - below.size) > 0.05 * above.size:
        return False
    gap = above.height - below.height
    if gap < 0:
        return above.text[-1] not in ".!?:”\"’'" and (below.text[0].islower() or above.text[-1] in ",-;")
    return gap <= _APART * usual
