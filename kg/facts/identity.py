"""Readable, stable identifiers: content makes them, never a counter or the order of reading."""

import re
from collections.abc import Iterable
from hashlib import sha256

from kg.model import Curie
from kg.ontology import Ontology
from kg.wordlists import fold

_KINDS = ("kg:Person", "kg:Place", "kg:Organization", "kg:Group", "kg:Law", "kg:Work", "kg:Event", "kg:Position")


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens; a script without Latin letters keeps its own letters."""
    return re.sub(r"[^\w]+", "-", fold(text)).strip("-_") or "x"


def coarse(kind: Curie, ontology: Ontology) -> Curie:
    """The broad kind that never changes when a thing is typed more finely."""
    return next((broad for broad in _KINDS if ontology.is_a(kind, broad)), "kg:Entity")


def mint(kind: Curie, name: str, *, context: str = "") -> Curie:
    """``kgr:person/rafael-correa``; of homonyms with six hex digits of what tells them apart."""
    tail = f"-{sha256(context.encode()).hexdigest()[:6]}" if context else ""
    return f"kgr:{kind.removeprefix('kg:').lower()}/{slug(name)}{tail}"


def tell_apart(keys: Iterable[tuple[Curie, str, str]]) -> dict[tuple[Curie, str, str], Curie]:
    """An identifier for each (kind, name, context); the context only shows where kind and name are shared."""
    wanted = sorted(set(keys))
    plain: dict[Curie, int] = {}
    for kind, name, _ in wanted:
        plain[mint(kind, name)] = plain.get(mint(kind, name), 0) + 1
    return {
        (kind, name, context): mint(kind, name, context=context if plain[mint(kind, name)] > 1 else "")
        for kind, name, context in wanted
    }
