"""Drafts of records with named fields, as JSON and tables have them."""

from collections.abc import Callable

from kg.errors import DocumentError
from kg.readers.drafts import Draft, Wishes, parse_day

NAMES = ("text", "id", "title", "author", "source", "url", "language", "date")
"""What a record may tell, each in the field of this name if the user does not say another."""


def draft_fields(get: Callable[[str], object], number: str, where: str, wishes: Wishes) -> Draft:
    """A draft of what ``get`` finds; its name is the record's id, or ``number``."""
    known = {name: get(wishes.fields.get(name, name)) for name in NAMES}
    words = {name: _to_text(value, name, where) for name, value in known.items() if name != "date"}
    if known["text"] is None:
        field = wishes.fields.get("text", "text")
        raise DocumentError(f"{where}: has no field {field!r}", hint="name it with --field text=NAME")
    name = words.pop("id") or number
    return Draft(name=name, published=parse_day(known["date"] or None, where), **words)  # type: ignore[arg-type]  # all but the day are texts


def _to_text(value: object, name: str, where: str) -> str:
    if isinstance(value, dict | list) or (name == "text" and not isinstance(value, str | None)):
        raise DocumentError(f"{where}: {name} is no text", hint=f"name its field with --field {name}=NAME")
    return "" if value is None else str(value)
