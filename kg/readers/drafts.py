"""What readers give: drafts of documents, and files inside of files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from kg.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Draft:
    """A text as a file has it, not yet cleaned, and what the file says of it.

    ``name`` tells it from others of the same file. ``published`` is a day that somebody wrote, ``stamped`` one that
    a program put there, as a PDF's time of printing: the day in the file's name goes before that.
    """

    text: str
    name: str = ""
    title: str = ""
    author: str = ""
    source: str = ""
    url: str = ""
    language: str = ""
    published: date | None = None
    stamped: date | None = None


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file inside of another: in an archive, attached to a message, or the page that a message is.

    Without a name it is the file's own text; ``about`` says then what its draft does not say itself.
    """

    name: str
    content: bytes
    ending: str = ""
    about: Draft | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user says of the files: which field of JSON and CSV holds what, and the day of undated texts."""

    fields: Mapping[str, str] = field(default_factory=dict)
    day: date | None = None


NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class Stranger:
    """A file inside of another that is of no kind that is read."""

    name: str


Found = Draft | Enclosed | Stranger | DocumentError
"""One thing of a file; an error stands for what can't be read, and the rest goes on."""
Reading = Iterator[Found]


def parse_day(value: object, what: str) -> date | None:
    """The day that a field holds, None where it holds nothing; DocumentError where it is no day."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError as error:
        raise DocumentError(f"{what}: date {str(value)[:40]!r} is no day", hint="write it as 2010-09-30") from error
