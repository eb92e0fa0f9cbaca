"""Readable, stable identifiers: content makes them, never a counter or the order of reading."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from kg.model import Curie
from kg.ontology import Ontology
from kg.wordlists import fold

_KINDS = ("kg:Person", "kg:Place", "kg:Organization", "kg:Group", "kg:Law", "kg:Work", "kg:Event", "kg:Position")
_BETWEEN = re.compile(r"[^\w]+")


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens; a script without Latin letters keeps its own letters."""
    return _BETWEEN.sub("-", fold(text)).strip("-_") or "x"


@lru_cache(maxsize=4096)
def coarse(kind: Curie, ontology: Ontology) -> Curie:
    """The broad kind that never changes when a thing is typed more finely."""
    return next((broad for broad in _KINDS if ontology.is_a(kind, broad)), "kg:Entity")


def mint(kind: Curie, name: str, *, context: str = "") -> Curie:
    """``kgr:person/rafael-correa``; of homonyms with six hex digits of what tells them apart."""
    tail = f"-{sha256(context.encode()).hexdigest()[:6]}" if context else ""
    return f"kgr:{kind.removeprefix('kg:').lower()}/{slug(name)}{tail}"


def tell_apart(keys: Iterable[tuple[Curie, str, str]]) -> dict[tuple[Curie, str, str], Curie]:
    """An identifier for each (kind, name, context); the context only shows where kind and name are shared."""
    plain = {(kind, name, context): mint(kind, name) for kind, name, context in sorted(set(keys))}
    shared = {curie for curie, count in Counter(plain.values()).items() if count > 1}
    return {key: mint(*key[:2], context=key[2]) if curie in shared else curie for key, curie in plain.items()}
