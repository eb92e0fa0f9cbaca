"""Text and Markdown, with an optional YAML front matter."""

import re
from collections.abc import Mapping

import yaml

from kg.errors import DocumentError
from kg.readers.decoding import decode
from kg.readers.drafts import Draft, Reading, Wishes, parse_day

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)??---[ \t]*\n", re.DOTALL)
_LONGEST = 20_000  # characters of a front matter
_WRAPPED = 160  # letters of a line at most that a program or a writer broke
_YAML = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's, which is ten times as fast, where it is installed."""
FIELDS = ("title", "author", "source", "url", "language")


def read_plain(content: bytes, where: str, wishes: Wishes) -> Reading:
    """The text, and what its front matter says."""
    yield draft_text(decode(content, where), where)


def draft_text(text: str, where: str) -> Draft:
    """The draft of a text with or without front matter; DocumentError where that can't be understood."""
    fields, body = _split_front_matter(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), where)
    known = {name: read_field(fields, name, f"{where}: front matter") for name in FIELDS}
    day = parse_day(fields.get("date"), f"{where}: front matter")
    return Draft(_part_paragraphs(body), published=day, **known)  # type: ignore[arg-type]  # the day is none of these


def _part_paragraphs(text: str) -> str:
    """A text with a paragraph on each line, as word processors write it, with blank lines between them.

    Where most of it stands in lines longer than any that is wrapped; else a heading would run into the sentence below.
    """
    long = sum(len(line) for line in text.split("\n") if len(line) > _WRAPPED)
    return re.sub(r"(?<=\S)[ \t]*\n(?=\S)", "\n\n", text) if 2 * long > len(text) else text


def _split_front_matter(text: str, where: str) -> tuple[Mapping[str, object], str]:
    match = _FRONT_MATTER.match(text)
    if not match:
        return {}, text
    if len(match[1] or "") > _LONGEST:
        raise DocumentError(f"{where}: front matter has more than {_LONGEST:,} characters", hint="shorten it")
    try:
        if _refers_to_itself(match[1] or ""):
            raise DocumentError(f"{where}: front matter refers to itself", hint="write values out, without * and &")
        fields = yaml.load(match[1] or "", _YAML) or {}  # noqa: S506  # both are safe loaders
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
        raise DocumentError(
            f"{where}: line {line}: front matter is no YAML", hint="quote values with a colon"
        ) from error
    if isinstance(fields, str):
        return {}, text  # a rule, and another one further down
    if not isinstance(fields, dict):
        raise DocumentError(f"{where}: front matter has no fields", hint="write `title: …` between the --- lines")
    return {str(key): value for key, value in fields.items()}, text[match.end() :]


def _refers_to_itself(text: str) -> bool:
    """Found out before it is loaded, for what refers to itself may be endless."""
    return "*" in text and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, _YAML))


def read_field(fields: Mapping[str, object], name: str, where: str) -> str:
    """The text of a field, on one line; empty where there is none."""
    value = fields.get(name)
    if isinstance(value, dict | list | set):
        raise DocumentError(f"{where}: {name} is no text", hint=f"write `{name}: …` on one line")
    return "" if value is None else str(value).strip()
