"""The user's own names: CSV tables with the columns name, type, aliases, identifier; they go before our lists."""

import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.errors import OntologyError
from kg.model import Curie
from kg.wordlists import Name

COLUMNS = ("name", "type", "aliases", "identifier")
LONGEST = 12
"""Words and marks of the longest name that is looked up in a text."""


class OwnName(NamedTuple):
    """One row: what a thing is called, its class, its other names, its IRI elsewhere ('' where none is given)."""

    name: str
    type: Curie
    aliases: tuple[str, ...]
    identifier: str
    place: str
    """File and row, for messages."""


def read_own_names(paths: Sequence[Path], classes: Collection[Curie]) -> tuple[OwnName, ...]:
    """The rows of all files; OntologyError names the file and row that are wrong."""
    return tuple(row for path in paths for row in _read_file(path, classes))


def hash_files(paths: Sequence[Path]) -> str:
    """Sixteen hex digits over the bytes of the files, whatever their order and where they lie."""
    digests = sorted(sha256(_read_bytes(path)).digest() for path in paths)
    return sha256(b"".join(digests)).hexdigest()[:16]


def add_own_names(listed: Mapping[str, Name], rows: Sequence[OwnName]) -> dict[str, Name]:
    """The list with the rows in it; OntologyError where two rows give one name to two things."""
    added: dict[str, tuple[Name, OwnName]] = {}
    for row in rows:
        for name in _make_names(row, listed):
            other, holder = added.setdefault(name.text, (name, row))
            if other != name:
                raise OntologyError(
                    f"{row.place}: {name.text} stands for another thing in {holder.place}",
                    hint="one name, one thing: give it to one of them, and one type and identifier",
                )
    own = {text: name for text, (name, _) in added.items()}
    return dict(listed) | _without_accents(own, listed) | own


def _make_names(row: OwnName, listed: Mapping[str, Name]) -> Iterator[Name]:
    """Every name of the row; a thing we list under another name keeps that one, and the country it lies in."""
    known = listed.get(row.name)
    same = known is not None and known.type == row.type and not known.adjective
    title, country = (known.known_as, known.country) if known and same else (row.name, "")
    for text in sorted({title, row.name, *row.aliases}):
        yield Name(text, row.type, title, country=country, identifier=row.identifier)


def _without_accents(own: Mapping[str, Name], listed: Mapping[str, Name]) -> dict[str, Name]:
    bare = ((_strip_accents(text), name) for text, name in sorted(own.items()))
    return {text: name for text, name in bare if text not in listed}


def _strip_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OntologyError(f"{path}: {error.strerror}", hint="put it there, or build with another") from error


def _read_file(path: Path, classes: Collection[Curie]) -> Iterator[OwnName]:
    content = _read_bytes(path)
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        _check_header(path, reader.fieldnames or ())
        for number, cells in enumerate(reader, 2):
            yield _read_row(f"{path}, row {number}", cells, classes)
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        raise OntologyError(f"{path}, row {row}: no UTF-8", hint="save the table as CSV in UTF-8") from error
    except csv.Error as error:
        raise OntologyError(f"{path}, row {reader.line_num}: {error}", hint="quote cells with commas") from error


def _check_header(path: Path, found: Sequence[str]) -> None:
    repeated = len(set(found)) < len(found)
    if repeated or not {"name", "type"} <= set(found) or not set(found) <= set(COLUMNS):
        shown = ",".join(" ".join(cell.split()) for cell in found)[:60] or "nothing"
        hint = f"the first row is {','.join(COLUMNS)}; the last two may be left out"
        raise OntologyError(f"{path}, row 1: {shown}: not the columns of a list of names", hint=hint)


def _read_row(place: str, cells: Mapping[str | None, str | list[str] | None], classes: Collection[Curie]) -> OwnName:
    if None in cells:
        raise OntologyError(f"{place}: more cells than columns", hint="quote names with a comma; part aliases by ;")
    name, kind, aliases, identifier = (_tidy(cells.get(column)) for column in COLUMNS)
    if not name:
        raise OntologyError(f"{place}: no name", hint="each row names one thing")
    others = tuple(sorted({_tidy(alias) for alias in aliases.split(";")} - {"", name}))
    for text in (name, *others):
        _check_name(place, text)
    return OwnName(name, _check_class(place, kind, classes), others, _check_iri(place, identifier), place)


def _tidy(cell: str | list[str] | None) -> str:
    return unicodedata.normalize("NFC", " ".join(cell.split())) if isinstance(cell, str) else ""


def _check_name(place: str, text: str) -> None:
    words = re.findall(r"\w+|[^\w\s]", text)
    if all(word.islower() for word in words[:2]):
        raise OntologyError(f"{place}: {text[:60]}: no capital", hint="the first or second word of a name has one")
    if len(words) > LONGEST:
        raise OntologyError(f"{place}: {text[:60]}…: too long", hint=f"at most {LONGEST} words; give a shorter name")


def _check_class(place: str, kind: str, classes: Collection[Curie]) -> Curie:
    term = f"kg:{kind.removeprefix('kg:')}"
    if term in classes:
        return term
    near = difflib.get_close_matches(term, sorted(classes), 1)
    hint = f"did you mean {near[0].removeprefix('kg:')}? " if near else ""
    raise OntologyError(f"{place}: {kind or 'no type'}: no class of things", hint=f"{hint}see `kg ontology`")


def _check_iri(place: str, iri: str) -> str:
    """``iri``, if it is one that can be looked up, or ''."""
    try:
        sound = not iri or bool(re.match(r"https?://[^/?#]", NamedNode(iri).value))
    except ValueError:
        sound = False
    if not sound:
        hint = "give one like http://www.wikidata.org/entity/Q736, or none"
        raise OntologyError(f"{place}: {iri[:60]}: no IRI", hint=hint)
    return iri
