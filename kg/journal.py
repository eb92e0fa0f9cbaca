"""What an unfinished build has read: it lies beside the graph until that is whole; the next build goes on from it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from shutil import rmtree

from kg.errors import GraphError
from kg.model import Document, Extraction
from kg.rdf.files import make_folder, tell_unwritten
from kg.records import read_line, write_extractions

FOLDER = ".unfinished"
_READ = "read.jsonl"
_CODE = ("nlp", "model.py", "ontology.py", "wordlists.py", "own_names.py", "records.py")
"""The files of ``kg`` on which it depends what is read in a text."""


@contextmanager
def unfinished(output: Path) -> Iterator[Path]:
    """A folder in ``output`` for what is not whole yet; its files come into ``output`` together as the block ends.

    Where the block is left by an error, they are dropped, and what was read is kept.
    """
    folder = output / FOLDER
    make_folder(folder)
    _drop_made(folder)
    try:
        yield folder
        for path in _find_made(folder):
            path.replace(output / path.name)
        rmtree(folder)
    except OSError as error:
        raise tell_unwritten(output, error) from error
    finally:
        _drop_made(folder)


def _drop_made(folder: Path) -> None:
    for path in _find_made(folder):
        path.unlink()


def _find_made(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.name != _READ)


def go_on(
    documents: Sequence[Document],
    extract: Callable[[Iterable[Document]], Iterator[Extraction]],
    folder: Path,
    reading: str,
) -> Iterator[Extraction]:
    """Extractions of all documents: those in the journal of the same ``reading``, and those ``extract`` makes now."""
    known = _read_journal(folder / _READ, reading)
    yield from (known[document] for document in documents if document in known)
    head = f"{reading}\n".encode() + b"".join(write_extractions([one]) for one in known.values())
    (folder / _READ).write_bytes(head)
    with (folder / _READ).open("ab") as journal:
        for extraction in extract(document for document in documents if document not in known):
            journal.write(write_extractions([extraction]))
            journal.flush()
            yield extraction


def _read_journal(path: Path, reading: str) -> dict[Document, Extraction]:
    """By the document; up to the first line that is not whole, and nothing that was read in another way."""
    try:
        head, *lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return {}
    found: dict[Document, Extraction] = {}
    for line in lines[:-1] if head == reading else ():
        try:
            extraction = read_line(line, str(path))
        except GraphError:
            break
        found[extraction.document] = extraction
    return found


def name_reading(model: str, ontology: str) -> str:
    """A hash of all that decides what is read in a text, but the text."""
    digest = sha256(f"{model}\0{ontology}".encode())
    for name in _CODE:
        place = files("kg") / name
        for file in sorted(place.iterdir(), key=lambda file: file.name) if place.is_dir() else (place,):
            if file.name.endswith(".py"):
                digest.update(file.read_bytes())
    return digest.hexdigest()
