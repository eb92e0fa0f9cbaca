"""JSON and JSON lines: an object a document, with its fields under names of the user's choice."""

import json
from collections.abc import Mapping

from kg.errors import DocumentError
from kg.readers.decoding import decode
from kg.readers.drafts import Draft, Reading, Wishes
from kg.readers.fields import draft_fields


def read_json_lines(content: bytes, where: str, wishes: Wishes) -> Reading:
    """A draft for each line; a line that can't be read is an error, the others are read."""
    for number, line in enumerate(decode(content, where).split("\n"), 1):
        if line.strip():
            place = f"{where}:{number}"
            try:
                yield _read_object(_parse(line, place), str(number), place, wishes)
            except DocumentError as error:
                yield error


def read_json(content: bytes, where: str, wishes: Wishes) -> Reading:
    """A draft for each object of the list that the file is, or the one that it is."""
    value = _parse(decode(content, where), where)
    if isinstance(value, dict):
        yield _read_object(value, "", where, wishes)
        return
    if not isinstance(value, list):
        raise DocumentError(f"{where}: is no object and no list of objects", hint='write {"text": "…"}')
    for number, item in enumerate(value, 1):
        place = f"{where}: item {number}"
        try:
            yield _read_object(item, str(number), place, wishes)
        except DocumentError as error:
            yield error


def _parse(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise DocumentError(f"{where}: is nested too deep", hint="flatten it") from error
    except ValueError as error:
        raise DocumentError(f"{where}: is no JSON: {error}", hint="one object a line in .jsonl") from error


def _read_object(value: object, name: str, where: str, wishes: Wishes) -> Draft:
    if not isinstance(value, dict):
        raise DocumentError(f"{where}: is no object", hint='write {"text": "…"}')
    return draft_fields(lambda path: _follow(value, path), name, where, wishes)


def _follow(value: Mapping[str, object], path: str) -> object:
    """What stands under ``path``: a key, or keys with dots between them."""
    found: object = value.get(path)
    if found is None and "." in path:
        first, rest = path.split(".", 1)
        inner = value.get(first)
        return _follow(inner, rest) if isinstance(inner, dict) else None
    return found
