"""Any file to drafts: its kind is found, its reader called, and what is inside of it read in turn."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from functools import partial
from importlib import import_module

from kg.apart import run_apart
from kg.errors import DocumentError
from kg.readers.drafts import Draft, Enclosed, Found, Reading, Stranger, Wishes
from kg.readers.kinds import ENDINGS, Kind, find_kind, tell_stranger

_SECONDS = 300.0  # for one file
_MEGABYTES = 2048
_DEPTH = 3  # files inside of files inside of files
Reader = Callable[[bytes, str, Wishes], Reading]


def read_content(
    content: bytes, name: str, wishes: Wishes, *, where: str = "", depth: int = 0
) -> Iterator[tuple[str, Draft | Stranger | DocumentError]]:
    """The drafts in ``content`` with their names, which begin with ``name``; an error for each that can't be read."""
    where = where or name
    for found in _read_one(content, name, where, wishes):
        if isinstance(found, Enclosed):
            yield from _read_enclosed(found, name, wishes, where, depth)
        elif isinstance(found, DocumentError):
            yield name, found
        else:
            yield "/".join(filter(None, (name, found.name))), found


def _read_enclosed(
    found: Enclosed, name: str, wishes: Wishes, where: str, depth: int
) -> Iterator[tuple[str, Draft | Stranger | DocumentError]]:
    inner = "/".join(filter(None, (name, found.name)))
    place = f"{where}: {found.name}" if found.name else where
    if depth >= _DEPTH:
        yield inner, DocumentError(f"{place}: is too deep inside of other files", hint="unpack the outer ones")
        return
    for id, draft in read_content(found.content, inner + found.ending, wishes, where=place, depth=depth + 1):
        id = inner + id.removeprefix(inner + found.ending)
        yield id, _complete(draft, found.about) if isinstance(draft, Draft) and found.about else draft


def _complete(draft: Draft, about: Draft) -> Draft:
    """The draft, with what ``about`` says where it says nothing itself; of what it quotes, the title alone."""
    names = ["title"] if draft.name else [field.name for field in fields(draft)]
    return replace(draft, **{name: getattr(about, name) for name in names if not getattr(draft, name)})


def _read_one(content: bytes, name: str, where: str, wishes: Wishes) -> Iterator[Found]:
    """What the file itself holds; whatever goes wrong on the way is its last item."""
    try:
        kind = _choose(content, name, where)
        reader = _load_reader(kind, where)
        if kind.apart:
            found: Iterable[Found] = _read_apart(partial(_read_all, reader, kind), content, where, wishes)
        else:
            found = _read_guarded(reader, kind, content, where, wishes)
        yield from _expect_some(found, where)
    except DocumentError as error:
        yield error


def _expect_some(found: Iterable[Found], where: str) -> Reading:
    """DocumentError where nothing is found: no file goes by without a word."""
    empty = True
    for one in found:
        empty = False
        yield one
    if empty:
        raise DocumentError(f"{where}: holds no text", hint="remove it or put text into it")


def _choose(content: bytes, name: str, where: str) -> Kind:
    kind = find_kind(name, content)
    what, hint = tell_stranger(content)
    if kind and not what:
        return kind
    said = what or "of no kind that is read"
    raise DocumentError(f"{where}: is {said}", hint=hint or f"save it as one of {' '.join(ENDINGS)}")


def _load_reader(kind: Kind, where: str) -> Reader:
    module, function = kind.reader.split(":")
    try:
        reader: Reader = getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        said = f"{where}: a {kind.name} can't be read without {error.name}"
        raise DocumentError(said, hint=f"pip install 'kg[{kind.extra}]'") from error
    return reader


def _read_apart(read: Callable[..., list[Found]], content: bytes, where: str, wishes: Wishes) -> list[Found]:
    try:
        return run_apart(read, content, where, wishes, seconds=_SECONDS, megabytes=_MEGABYTES)
    except TimeoutError as error:
        raise DocumentError(f"{where}: is not read within {_SECONDS:g} seconds", hint="split or simplify it") from error
    except MemoryError as error:
        raise DocumentError(f"{where}: takes more than {_MEGABYTES} MB to read", hint="split or simplify it") from error
    except ChildProcessError as error:
        raise DocumentError(f"{where}: its reader was killed", hint="try again, or split it") from error


def _read_all(reader: Reader, kind: Kind, content: bytes, where: str, wishes: Wishes) -> list[Found]:
    """All at once, for it goes to another process."""
    return list(_read_guarded(reader, kind, content, where, wishes))


def _read_guarded(reader: Reader, kind: Kind, content: bytes, where: str, wishes: Wishes) -> Reading:
    """What the reader finds; whatever its library raises is told as a fault of the file."""
    try:
        yield from reader(content, where, wishes)
    except (DocumentError, MemoryError):
        raise
    except Exception as error:  # a library may raise anything on a file made to break it
        said = re.sub(r"\s+", " ", str(error))[:100] or type(error).__name__
        message = f"{where}: is no {kind.name} that can be read: {said}"
        raise DocumentError(message, hint="is it whole? open it in its own program and save it anew") from None
