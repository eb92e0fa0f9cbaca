"""Mail that quotes other mail: each writer's own words apart, as plain text has them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

_DEEPEST = 50  # quotes of quotes; what is deeper is one voice
_MARK = re.compile(r"^[ \t]{0,2}>(?!From )[ ]?")  # mailboxes write ">From" for a "From" that begins a line
_LONGEST = 400  # letters of a line that announces a quotation
_MARKS = re.compile(r"^[ \t]{0,2}(?:>[ ]?)+")
_WROTE = re.compile(
    r"^(?:on|el|le|am|em|il)\b(?P<rest>.{3,300}?)\b"
    r"(?:wrote|escribió|a écrit|schrieb|escreveu|ha scritto)(?P<who>.{0,80}?)\s?:$",
    re.I,
)
_NAMED = re.compile(r"^(?P<name>.{3,120}?) (?:wrote|writes)(?: on .{5,40})?:$", re.I)
_SURE = re.compile(r"\d:\d\d|@")  # a time or an address: no writer of prose puts either before "wrote:"
_TIME = re.compile(
    r".*(?:\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s(?:[+-]\d{4}|GMT|UTC|[A-Z]{1,3}[SD]?T\b))?|\b\d{4})\)?,?\s",
    re.I | re.S,
)
_HEAD = re.compile(r"^\*?(?:from|von|de):\*?\s+(?P<who>\S.*)$", re.I)
_FIELD = re.compile(r"^\*?(?:(?P<day>sent|date)|to|cc|bcc|subject|reply-to|importance):\*?(?:\s+(?P<value>.*))?$", re.I)
_RULE = re.compile(
    r"^(?:-{2,} ?(?:original|forwarded|quoted)[- ](?:message|appointment|text).{0,40}-{2,}"
    r"|begin forwarded message:|_{10,})$",
    re.I,
)
_DAY = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d)|\b(?P<d>\d{1,2})\.? (?P<m>[A-Z][a-z]{2})[a-z]*\.?,? (?P<y>\d{4})"
    r"|\b(?P<m2>[A-Z][a-z]{2})[a-z]*\.? (?P<d2>\d{1,2}),? (?P<y2>\d{4})"
)


_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


class Voice(NamedTuple):
    """The words of one writer; who that is and of which day they are, where the quotation says so."""

    text: str
    author: str = ""
    published: date | None = None


def part_voices(text: str) -> list[Voice]:
    """The sender's own words first, then those of each mail that is quoted, the latest first."""
    voices, todo = [], [(Voice(text), 0)]
    while todo:
        voice, depth = todo.pop(0)
        own, quoted = _split(voice.text) if depth < _DEEPEST else (_MARKS.sub("", voice.text), [])
        voices.append(voice._replace(text=own.strip("\n")))
        todo.extend((one, depth + 1) for one in quoted)
    return [voices[0], *(voice for voice in voices[1:] if voice.text.strip())]


def _split(text: str) -> tuple[str, list[Voice]]:
    """What stands here unquoted, and the voices that are quoted here, their own quotes still in them."""
    lines = text.split("\n")
    own: list[str] = []
    quoted: list[tuple[Voice, list[str]]] = []
    at = 0
    while at < len(lines):
        size, voice = _find_attribution(lines, at)
        at += size
        if voice and not _goes_on_marked(lines, at):
            quoted.append((voice, lines[at:]))
            break
        run = _take_marked(lines, _skip_blank(lines, at) if voice else at)
        if run:
            _add(quoted, voice, [_MARK.sub("", line) for line in run])
        own.append("" if run else lines[at])
        at = _skip_blank(lines, at) + len(run) if voice else at + max(1, len(run))
    return "\n".join(own), [voice._replace(text="\n".join(said)) for voice, said in quoted]


def _add(quoted: list[tuple[Voice, list[str]]], voice: Voice | None, run: list[str]) -> None:
    """A new voice, or more of the last: who answers line by line names the other only once."""
    if voice is None and quoted:
        quoted[-1][1].extend(("", *run))
    else:
        quoted.append((voice or Voice(""), run))


def _goes_on_marked(lines: Sequence[str], at: int) -> bool:
    at = _skip_blank(lines, at)
    return at < len(lines) and _MARK.match(lines[at]) is not None


def _skip_blank(lines: Sequence[str], at: int) -> int:
    return next((place for place in range(at, len(lines)) if lines[place].strip()), len(lines))


def _take_marked(lines: Sequence[str], at: int) -> Sequence[str]:
    end = next((place for place in range(at, len(lines)) if not _MARK.match(lines[place])), len(lines))
    return lines[at:end]


def _find_attribution(lines: Sequence[str], at: int) -> tuple[int, Voice | None]:
    """How many lines from ``at`` on announce a quotation, and its voice, still without its words."""
    line = lines[at].strip()
    if _RULE.match(line):
        below = _skip_blank(lines, at + 1)
        size, voice = _read_head(lines, below)
        if voice or not line.startswith("_"):
            return below + size - at, voice or Voice("")
    size, voice = _read_head(lines, at)
    return (size, voice) if voice else _read_wrote(lines, at)


def _read_wrote(lines: Sequence[str], at: int) -> tuple[int, Voice | None]:
    """ "On 3 March 2014 at 10:22, Ann Bo <ann@a.example> wrote:", on up to three lines; "Ann Bo wrote:" on one."""
    for size in () if _MARK.match(lines[at]) else (1, 2, 3):
        some = [line.strip() for line in lines[at : at + size]]
        said = " ".join(some)
        if not all(some) or len(said) > _LONGEST or (size > 1 and _NAMED.match(some[-1]) and not _SURE.search(some[0])):
            break
        found = _WROTE.match(said)
        marked = size == 1 and _goes_on_marked(lines, at + 1)
        if found and (_SURE.search(said) or marked):
            who = _TIME.sub("", found["rest"].strip() + " ").strip(" ,") or found["who"].strip(" ,")
            return size, Voice("", who, _read_day(said))
        named = _NAMED.match(said) if marked else None
        if named:
            return size, Voice("", named["name"].strip(" ,"), _read_day(said))
    return 0, None


def _read_head(lines: Sequence[str], at: int) -> tuple[int, Voice | None]:
    """The few lines in which a mail program repeats the head of a mail: From, Sent, To, Subject."""
    first = _HEAD.match(lines[at].strip()) if at < len(lines) else None
    fields = list(_take_fields(lines[at + 1 : at + 9])) if first else []
    if first is None or len(fields) < 2:
        return 0, None
    sent = next((found["value"] or "" for found in fields if found["day"]), "")
    return 1 + len(fields), Voice("", first["who"].strip(" *"), _read_day(sent))


def _take_fields(lines: Sequence[str]) -> Iterator[re.Match[str]]:
    for line in lines:
        found = _FIELD.match(line.strip())
        if found is None:
            return
        yield found


def _read_day(said: str) -> date | None:
    """The day, where it is written so that it can only be one."""
    found = _DAY.search(said)
    if found is None:
        return None
    day, month, year = (found[name] or found[f"{name}2"] for name in "dmy")
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        return date(int(year), _MONTHS.index(month.title()) // 3 + 1, int(day))
    except ValueError:
        return None
