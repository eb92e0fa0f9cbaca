"""Files to Documents: what is found, read, cleaned and dated, and one line for each file that can't be."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from re import compile as compile_pattern
from typing import BinaryIO, NamedTuple, TextIO

from kg.errors import DocumentError, escape_marks
from kg.folders import list_files
from kg.languages import find_language, tell_language
from kg.model import Document
from kg.readers.cleaning import clean, find_fault
from kg.readers.dispatch import read_content
from kg.readers.drafts import NO_WISHES, Draft, Wishes
from kg.readers.plain import draft_text
from kg.remote import Place, Remote, opening
from kg.stamps import Stamp, read_stamp

_DATED_NAME = compile_pattern(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_LARGEST = 1 << 28  # bytes of a file
_SMALL = 1 << 16  # bytes of most files: room for the largest is not made for each
_LONGEST = 50_000_000  # characters of a text
_HINTS = {
    "is empty": "remove it or put text into it",
    "holds NUL bytes": "it is not a text: convert it first",
}


class Origin(NamedTuple):
    """A file, the name under which it was read, its stamp then, and all that it gave."""

    path: str
    name: str
    stamp: Stamp
    documents: tuple[Document, ...] = ()


Recall = Callable[[str, str, Stamp], tuple[Document, ...]]
"""What a file of this path, name and stamp gave before; nothing where that is not known."""


@dataclass(frozen=True, slots=True)
class Readings:
    """The documents that could be read, sorted by id, one error for each that could not, and files of other kinds.

    ``origins`` are the files that gave nothing but documents, read with these ``wishes``, as far as they can be known
    again.
    """

    documents: tuple[Document, ...]
    errors: tuple[DocumentError, ...]
    strangers: tuple[Path, ...] = ()
    origins: tuple[Origin, ...] = ()
    wishes: Wishes = NO_WISHES


Made = tuple[str, Document | DocumentError | None]
"""A document and where it is from, or why there is none; None for a file of another kind."""
Named = tuple[Path, str]
"""A file of this machine and its name."""
Spread = Callable[[Callable[[Named], list[Made]], Sequence[Named]], Iterable[list[Made]]]
"""What opens each of many files and gives what it holds, in their order; as ``map`` does."""


def read_documents(
    paths: Sequence[Place],
    *,
    stdin: TextIO | None = None,
    wishes: Wishes = NO_WISHES,
    recall: Recall = lambda path, name, stamp: (),
    spread: Spread = map,
) -> Readings:
    """Every file of a kind that is read, named or found below a folder; ``-`` is ``stdin``.

    A document's id is its path below the folder given; of a file given by itself, its name; of what is inside of a
    file, that and its own name there, with a number where several have one name. A file that ``recall`` knows is not
    opened; how the others are, ``spread`` says, but for those in stores and standard input.
    """
    documents: dict[str, Document] = {}
    errors, strangers, origins = list[DocumentError](), list[Path](), list[Origin]()
    for origin, found in _read_all(paths, stdin, wishes, recall, spread):
        for place, made in found:
            if made is None:
                strangers.append(Path(place))
            elif isinstance(made, DocumentError):
                errors.append(made)
            elif documents.setdefault(made.id, made) != made:
                errors.append(
                    DocumentError(f"{place}: a document {made.id} was read before", hint="rename one of them")
                )
        given = tuple(made for _, made in found if isinstance(made, Document))
        if origin and len(given) == len(found):  # what else there is is to be told each time
            origins.append(origin._replace(documents=given))
    ordered = tuple(documents[name] for name in sorted(documents))
    return Readings(ordered, tuple(errors), tuple(strangers), tuple(origins), wishes)


def _read_all(
    paths: Sequence[Place], stdin: TextIO | None, wishes: Wishes, recall: Recall, spread: Spread
) -> Iterator[tuple[Origin | None, list[Made]]]:
    """All that each file gives, in their order."""
    listed = list(list_files(paths))
    origins = [_find_origin(path, name) for path, name in listed]
    known = [recall(origin.path, origin.name, origin.stamp) if origin else () for origin in origins]
    waiting = [None if made else _find_plain(path, name) for (path, name), made in zip(listed, known, strict=True)]
    opened = iter(spread(partial(_open, wishes=wishes), list(filter(None, waiting))))
    for (path, name), origin, made, plain in zip(listed, origins, known, waiting, strict=True):
        if made:
            yield origin, [(str(path), one) for one in made]
        else:
            yield origin, next(opened) if plain else list(_read(path, name, stdin, wishes))


def _find_plain(path: Place, name: str | DocumentError | None) -> Named | None:
    """The file, if any process of this machine may open it."""
    return (path, name) if isinstance(name, str) and isinstance(path, Path) and str(path) != "-" else None


def _open(file: Named, wishes: Wishes) -> list[Made]:
    return list(_read(*file, None, wishes))


def _find_origin(path: Place, name: str | DocumentError | None) -> Origin | None:
    """The file where it can be known again, wherever we are; still without its documents."""
    stamp = read_stamp(path) if isinstance(name, str) else None
    if stamp is None or not isinstance(name, str):
        return None
    return Origin(os.path.abspath(str(path)), name, stamp)  # noqa: PTH100  # links stay what they are


def _read(path: Place, name: str | DocumentError | None, stdin: TextIO | None, wishes: Wishes) -> Iterator[Made]:
    """Each document of a file with where it is from, or why there is none."""
    if name is None or isinstance(name, DocumentError):
        yield str(path), name
        return
    try:
        content = _read_stdin(stdin) if str(path) == "-" else _read_file(path)
    except DocumentError as error:
        yield str(path), error
        return
    where = "stdin" if str(path) == "-" else str(path)
    met: Counter[str] = Counter()
    for id, draft in read_content(content, name, wishes, where=where):
        place = where + id.removeprefix(name)
        if isinstance(draft, Draft):
            met[id] += 1
            numbered = id if met[id] == 1 else f"{id}#{met[id]}"
            yield place, _try(numbered, draft, place, wishes)
        else:
            yield (place, draft) if isinstance(draft, DocumentError) else (f"{place}/{draft.name}", None)


def _try(id: str, draft: Draft, where: str, wishes: Wishes) -> Document | DocumentError:
    try:
        return make_draft_document(id, draft, where, wishes)
    except DocumentError as error:
        return error


def _read_stdin(stdin: TextIO | None) -> bytes:
    if stdin is None:
        raise DocumentError("-: there is no standard input", hint="name a file instead")
    buffer: BinaryIO | None = getattr(stdin, "buffer", None)
    return _read_some(buffer, "stdin") if buffer else stdin.read().encode("utf-8", "surrogatepass")


def _read_file(path: Place) -> bytes:
    if isinstance(path, Remote):
        with opening(path) as file:
            return _read_some(file, str(path))
    if not os.path.isfile(path) and os.path.exists(path):  # noqa: PTH110, PTH113  # Path's own may raise
        raise DocumentError(f"{path}: is no file but a pipe or device", hint="give - for standard input")
    try:
        with path.open("rb") as file:
            return _read_some(file, str(path))
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}", hint="check its name and its rights") from error


def _read_some(file: BinaryIO, where: str) -> bytes:
    content = file.read(_SMALL)
    if len(content) == _SMALL:
        content += file.read(_LARGEST + 1 - _SMALL)
    if len(content) > _LARGEST:
        raise DocumentError(f"{where}: is larger than {_LARGEST >> 20} MB", hint="split it")
    return content


def tell_strangers(paths: Sequence[Path]) -> tuple[str, ...]:
    """One line for all files of kinds that are not read."""
    endings = sorted({path.suffix.lower() or "no ending" for path in paths})
    said = f"files of other kinds are left out: {len(paths)} ({escape_marks(', '.join(endings))})"
    return (said,) if paths else ()


def part_by_language(documents: Sequence[Document], language: str) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """The documents in ``language``, and one line for each that is in another."""
    hint = "give a --model for it, or say `language: en` in its front matter"
    kept = tuple(document for document in documents if document.language == language)
    others = (document for document in documents if document.language != language)
    return kept, tuple(f"{one.id}: is in {tell_language(one.language)}, left out ({hint})" for one in others)


def make_document(name: str, text: str, *, where: str = "") -> Document:
    """A Document of ``text`` with or without front matter; DocumentError where there is nothing to read."""
    return make_draft_document(name, draft_text(text, where or name), where or name, NO_WISHES)


def make_draft_document(id: str, draft: Draft, where: str, wishes: Wishes) -> Document:
    """The document of a draft: its text cleaned, its day chosen; DocumentError where it is no text."""
    if len(draft.text) > _LONGEST:
        raise DocumentError(f"{where}: has more than {_LONGEST:,} characters", hint="split it")
    text = clean(draft.text)
    fault = find_fault(text)
    if fault:
        raise DocumentError(f"{where}: {fault}", hint=_HINTS.get(fault, "remove it, or save the text anew"))
    return Document(
        id=escape_marks(id),
        text=text,
        title=_line(draft.title),
        source=_line(draft.source),
        published=draft.published or _find_day(id) or wishes.day or draft.stamped,
        language=find_language(text, draft.language),
        url=_line(draft.url) if draft.url.strip().lower().startswith(("http://", "https://")) else "",
        author=_line(draft.author),
    )


def _line(text: str) -> str:
    """On one line, without what can't be printed."""
    if not text:
        return ""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in clean(text)).split())


def _find_day(name: str) -> date | None:
    """The day in a file's name; never the file system's clock."""
    named = _DATED_NAME.search(Path(name).name)
    try:
        return date.fromisoformat(named[1]) if named else None
    except ValueError:
        return None
