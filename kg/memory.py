"""What files gave when they were read: kept beside a graph, so that of those that are as they were none is opened.

A line tells of a file where it is, its name, its stamp and the hashes of its documents, which stand in the extractions
of the graph. The first line is the edition: what else decides what a file gives.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from kg.documents import Origin, Recall
from kg.errors import GraphError
from kg.model import Document
from kg.program import hash_program
from kg.rdf.files import writing
from kg.readers.drafts import Wishes
from kg.records import FILE as EXTRACTIONS
from kg.records import hash_document, stream_documents
from kg.stamps import Stamp

FILE = ".files.jsonl"
_Kept = tuple[Stamp, list[str]]
Noted = tuple[str, str, Stamp, list[str]]
"""Where a file is, its name and stamp, and the hashes of its documents."""


def remember(output: Path, wishes: Wishes) -> Recall:
    """What the graph in ``output`` knows of files that were read by this program with the same wishes."""
    kept = _read_kept(output / FILE, name_edition(wishes))
    documents = _read_documents(output / EXTRACTIONS) if kept else {}

    def recall(path: str, name: str, stamp: Stamp) -> tuple[Document, ...]:
        known, hashes = kept.get((path, name), (None, []))
        found = tuple(documents[each] for each in hashes if each in documents)
        return found if known == stamp and len(found) == len(hashes) else ()

    return recall


def _read_documents(path: Path) -> dict[str, Document]:
    try:
        return dict(stream_documents(path))
    except GraphError:
        return {}  # then all files are read, and the extractions are written anew


def name_edition(wishes: Wishes) -> str:
    """What decides what is read in a file, but the file."""
    return f"{hash_program()} {sorted(wishes.fields.items())} {wishes.day}"


def _read_kept(path: Path, edition: str) -> dict[tuple[str, str], _Kept]:
    """By path and name; nothing where that is of another edition, or one line is none of ours."""
    try:
        with path.open(encoding="utf-8") as lines:
            told = map(json.loads, lines)
            if next(told, None) != edition:
                return {}
            return {(place, name): (Stamp(*stamp), list(map(str, hashes))) for place, name, stamp, hashes in told}
    except (OSError, ValueError, TypeError):
        return {}


def note_origins(origins: Iterable[Origin]) -> list[Noted]:
    """What is to be kept of them: their texts are large, and nothing needs them once they are read."""
    return [
        (origin.path, origin.name, origin.stamp, [hash_document(document) for document in origin.documents])
        for origin in origins
    ]


def write_memory(origins: Iterable[Noted], wishes: Wishes, path: Path) -> None:
    """For the next build; GraphError where it can't be written."""
    with writing(path) as file:
        file.write(_write_line(name_edition(wishes)))
        for origin in origins:
            file.write(_write_line(origin))


def _write_line(told: object) -> bytes:
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"
