"""CSV and TSV tables: a row a document, its text in one column."""

import csv
import io

from kg.errors import DocumentError
from kg.readers.decoding import decode
from kg.readers.drafts import Reading, Wishes
from kg.readers.fields import draft_fields

_DELIMITERS = ",;\t|"
_CELL = 100_000_000  # letters that a cell may have; the library's own limit is a page or two


def read_csv(content: bytes, where: str, wishes: Wishes) -> Reading:
    """A draft for each row under the header; rows that can't be read are errors, the others are read."""
    text = decode(content, where)
    if "\0" in text:
        raise DocumentError(f"{where}: holds NUL bytes", hint="save it anew as CSV")
    header = next(iter(text.splitlines()), "")
    delimiter = max(_DELIMITERS, key=lambda mark: (header.count(mark), -_DELIMITERS.index(mark)))
    before = csv.field_size_limit(_CELL)
    try:
        yield from _read_rows(
            csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), where, wishes
        )
    except csv.Error as error:
        raise DocumentError(f"{where}: is no CSV: {error}", hint="save it anew as CSV") from error
    finally:
        csv.field_size_limit(before)


def _read_rows(table: "csv.DictReader[str]", where: str, wishes: Wishes) -> Reading:
    column = wishes.fields.get("text", "text")
    if column not in (table.fieldnames or ()):
        found = ", ".join(table.fieldnames or ())[:80]
        raise DocumentError(f"{where}: has no column {column!r} but {found}", hint="name it with --field text=COLUMN")
    if (table.fieldnames or ()).count(column) > 1:
        raise DocumentError(f"{where}: has two columns {column!r}", hint="rename one of them")
    for number, row in enumerate(table, 2):
        try:
            if None in row:
                raise DocumentError(f"{where}: row {number}: more cells than columns", hint="quote cells with a comma")
            yield draft_fields(row.get, str(number), f"{where}: row {number}", wishes)
        except DocumentError as error:
            yield error
