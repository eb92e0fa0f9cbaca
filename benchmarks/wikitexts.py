"""Texts that nobody made for us: the documents of Re-DocRED (Tan et al. 2022, MIT; text of Wikipedia) as files.

``python benchmarks/wikitexts.py COUNT FOLDER``.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from convert_redocred import DATA, join
from newstexts import write_as_asked


def read_texts(count: int, seed: int = 1, data: Path = DATA) -> Iterator[tuple[str, str]]:
    """Name and text of so many, or of all there are but a hundredth; these are the texts of any other ``seed``.

    SystemExit where the data is not here.
    """
    if not data.exists():
        raise SystemExit(f"{data} is not here: get Re-DocRED (github.com/tonytan48/Re-DocRED)")
    documents = json.loads(data.read_text(encoding="utf-8"))
    first = len(documents) - -(-len(documents) // 100)
    for number, document in enumerate((documents[:first] if seed == 1 else documents[first:])[:count]):
        yield f"{number:04}.txt", " ".join(join(tokens)[0] for tokens in document["sents"]) + "\n"


if __name__ == "__main__":
    write_as_asked(read_texts, __doc__)
