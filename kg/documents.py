"""Texts on disk as Documents: UTF-8 text and Markdown, with an optional YAML front matter."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

import yaml

from kg.errors import DocumentError
from kg.model import Document

SUFFIXES = frozenset({".txt", ".md"})
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)??---[ \t]*\n", re.DOTALL)
_DATED_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_FIELDS = frozenset({"title", "date", "source", "url", "language"})


@dataclass(frozen=True, slots=True)
class Readings:
    """The documents that could be read, sorted by id, and one error for each that could not."""

    documents: tuple[Document, ...]
    errors: tuple[DocumentError, ...]


def read_documents(paths: Sequence[Path], *, stdin: TextIO | None = None) -> Readings:
    """Every ``.txt`` and ``.md`` file named or found below a folder; ``-`` is ``stdin``.

    A document's id is its path below the folder given; of a file given by itself, its name.
    """
    documents: dict[str, Document] = {}
    errors = []
    for path, name in _list_files(paths):
        try:
            document = _read_stdin(stdin) if path == Path("-") else _read_file(path, name)
            if document.id in documents and documents[document.id] != document:
                raise DocumentError(f"{path}: a document {document.id} was read before", hint="rename one of them")
            documents[document.id] = document
        except DocumentError as error:
            errors.append(error)
    return Readings(tuple(documents[name] for name in sorted(documents)), tuple(errors))


def _list_files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    for path in paths:
        if path.is_dir():
            found = (file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES)
            for file in sorted(found):
                name = file.relative_to(path)
                if not any(part.startswith(".") for part in name.parts):
                    yield file, name.as_posix()
        else:
            yield path, path.name


def _read_stdin(stdin: TextIO | None) -> Document:
    if stdin is None:
        raise DocumentError("-: there is no standard input", hint="name a file instead")
    return make_document("stdin", stdin.read())


def _read_file(path: Path, name: str) -> Document:
    if path.suffix.lower() not in SUFFIXES:
        raise DocumentError(f"{path}: is no .txt or .md file" if path.exists() else f"{path}: no such file or folder")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path}: is not UTF-8 (byte {error.start})", hint="save it as UTF-8") from error
    except OSError as error:
        raise DocumentError(f"{path}: {error.strerror}") from error
    return make_document(name, text, where=str(path))


def make_document(name: str, text: str, *, where: str = "") -> Document:
    """A Document of ``text`` with or without front matter; DocumentError where there is nothing to read."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    where = where or name
    fields, body = _split_front_matter(text, where)
    if not body.strip():
        raise DocumentError(f"{where}: is empty", hint="remove it or put text into it")
    if "\0" in body:
        raise DocumentError(f"{where}: holds NUL bytes", hint="it is not a text: convert it first")
    return Document(
        id=name,
        text=body,
        title=_text(fields, "title", where),
        source=_text(fields, "source", where),
        published=_published(fields, name, where),
        language=_text(fields, "language", where) or "en",
        url=_text(fields, "url", where),
    )


def _split_front_matter(text: str, where: str) -> tuple[Mapping[str, object], str]:
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    try:
        fields = yaml.safe_load(match[1] or "") or {}
    except (yaml.YAMLError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise DocumentError(
            f"{where}: line {line}: front matter is no YAML", hint="quote values with a colon"
        ) from error
    if not isinstance(fields, dict):
        raise DocumentError(f"{where}: front matter has no fields", hint="write `title: …` between the --- lines")
    return {str(key): value for key, value in fields.items() if key in _FIELDS}, text[match.end() :]


def _text(fields: Mapping[str, object], name: str, where: str) -> str:
    value = fields.get(name)
    if isinstance(value, dict | list):
        raise DocumentError(f"{where}: {name} in the front matter is no text", hint=f"write `{name}: …` on one line")
    return "" if value is None else str(value).strip()


def _published(fields: Mapping[str, object], name: str, where: str) -> date | None:
    """The day in the front matter, else in the file's name; never the file system's clock."""
    value = fields.get("date")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if value is not None:
        return _parse_day(str(value), f"{where}: date {value!r} in the front matter")
    named = _DATED_NAME.search(Path(name).name)
    try:
        return date.fromisoformat(named[1]) if named else None
    except ValueError:
        return None


def _parse_day(text: str, what: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise DocumentError(f"{what} is no day", hint="write it as 2010-09-30") from error
