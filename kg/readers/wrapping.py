"""Lines that a mail program broke to whole paragraphs; lines that their writer ended stay."""

import re
from itertools import pairwise

_WIDTH = 60  # letters that a program fills at least before it breaks a line
_MARKED = re.compile(r"^[ \t]*(?:[-*+•–—#|>]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])(?:\s|$)", re.I)
_TITLED = re.compile(r"^[ \t]*[A-Z][\w-]*(?: [\w-]+){0,2}:(?:\s|$)")
"""An item of a list; a line as "Where: the town hall"."""


def join_lines(text: str) -> str:
    """Each paragraph of ``text`` on one line."""
    return "\n\n".join(_join_block(block.split("\n")) for block in re.split(r"\n(?:[ \t]*\n)+", text.strip("\n")))


def _join_block(lines: list[str]) -> str:
    width = max(_WIDTH, *map(len, lines))
    made = [lines[0]]
    for above, line in pairwise(lines):
        if _goes_on(above, line, width, in_list=_MARKED.match(made[-1]) is not None):
            made[-1] = f"{made[-1].rstrip()} {line.strip()}"
        else:
            made.append(line)
    return "\n".join(made)


def _goes_on(above: str, line: str, width: int, *, in_list: bool) -> bool:
    """True where ``line`` begins with the word that ``above`` had no room for."""
    word = line.split(maxsplit=1)[0] if line.strip() else ""
    if not word or _MARKED.match(line) or _TITLED.match(line) or above.rstrip().endswith(":"):
        return False
    if (line[0].isspace() and not in_list) or (_TITLED.match(above) and not word[0].islower()):
        return False
    return len(above.rstrip()) + 1 + len(word) > width
