"""One event, one Entity: reports join only when type, time and what identifies the event agree."""

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from kg.facts.identity import tell_apart
from kg.model import Curie, Document, Entity, Extraction, Form, Mention, Relation
from kg.ontology import Ontology

_MAIN_ROLES = (("kg:holder", "kg:position"), ("kg:target",), ("kg:winner",), ("kg:actor",), ("kg:participant",))
_DATES = ("kg:date", "kg:begin", "kg:until")
_BLANK = re.compile(r"\n\s*\n")
_AROUND = 1000
"""Characters of a paragraph that are looked at on each side of an event: a text may be one line of a million."""
_COPIED = 20
"""Words of a paragraph that two texts do not share by chance: one has it from the other, or both from a third."""
_JOINTS = {"kg:holder": " of ", "kg:actor": " by "}


class Report(NamedTuple):
    """One trigger of an event, with what it says of who, where and when ('' where it does not).

    ``paragraph`` is a hash of what stands around it, b"" where that is short, or nothing hangs on it.
    """

    mention: Mention
    kind: Curie
    role: Curie
    main: tuple[Curie, ...]
    actors: tuple[Curie, ...]
    place: Curie
    date: str
    published: str
    paragraph: bytes

    @property
    def document(self) -> str:
        """Where it stands."""
        return self.mention.passage.document


class _Account(NamedTuple):
    """The reports of one event, and what they say of it together."""

    reports: Sequence[Report]
    main: tuple[Curie, ...]
    actors: tuple[Curie, ...]
    place: Curie
    date: str

    @property
    def kind(self) -> Curie:
        """The class all reports have."""
        return self.reports[0].kind


def resolve_events(
    extractions: Iterable[Extraction], ids: Mapping[Mention, Curie], labels: Mapping[Curie, str], ontology: Ontology
) -> tuple[Entity, ...]:
    """Entities of all events, sorted by id."""
    found = filter(_is_told, _read_reports(extractions, ids, ontology))
    reports = sorted(found, key=lambda report: (report.mention.passage, report.kind))
    accounts = [_join(group) for bucket in _bucket(reports, ontology) for group in _split(bucket, ontology)]
    keys = [("kg:Event", _name(account, labels), _context(account)) for account in accounts]
    minted = tell_apart(keys)
    entities = (_make_entity(minted[key], one, labels, ontology) for key, one in zip(keys, accounts, strict=True))
    return tuple(sorted(entities, key=lambda entity: entity.id))


def _is_told(report: Report) -> bool:
    """Something is said of the event; of a term of office, whose it is."""
    if report.kind == "kg:Tenure":
        return report.role == "kg:holder"
    return bool(report.main or report.place or report.date)


def _read_reports(
    extractions: Iterable[Extraction], ids: Mapping[Mention, Curie], ontology: Ontology
) -> Iterable[Report]:
    for extraction in extractions:
        roles: dict[Mention, list[Relation]] = {}
        for relation in extraction.relations:
            if relation.subject.form is Form.EVENT:
                roles.setdefault(relation.subject, []).append(relation)
        for mention, relations in roles.items():
            yield _read_report(mention, relations, ids, extraction.document, ontology)


def _read_report(
    mention: Mention,
    relations: Sequence[Relation],
    ids: Mapping[Mention, Curie],
    document: Document,
    ontology: Ontology,
) -> Report:
    found: dict[Curie, list[str]] = {}
    for relation in relations:
        if isinstance(relation.object, Mention):
            value = relation.object.value or ids.get(relation.object, "")
            found.setdefault(relation.predicate, []).extend([value] if value else [])
    roles = next((roles for roles in _MAIN_ROLES if found.get(roles[0])), ("",))
    main = {thing for role in roles for thing in found.get(role, ())}
    by_actor = roles[0] != "kg:actor" and ontology.identified_by.get(mention.type) == "kg:actor"
    actors = set(found.get("kg:actor", ())) if by_actor else set()
    day = next((min(found[role]) for role in _DATES if found.get(role)), "")
    place = min(found.get("kg:place", []), default="")
    published = document.published.isoformat() if document.published else ""
    undated = not day and ontology.identified_by.get(mention.type) == "kg:place"
    paragraph = _hash_paragraph(document, mention) if undated else b""
    return Report(
        mention, mention.type, roles[0], tuple(sorted(main)), tuple(sorted(actors)), place, day, published, paragraph
    )


def _hash_paragraph(document: Document, mention: Mention) -> bytes:
    """Of what stands between two blank lines around a mention, on one line."""
    place = mention.passage.start
    before, after = document.text[max(0, place - _AROUND) : place], document.text[place : place + _AROUND]
    words = f"{_BLANK.split(before)[-1]}{_BLANK.split(after)[0]}".split()
    return sha256(" ".join(words).encode()).digest() if len(words) >= _COPIED else b""


def _bucket(reports: Iterable[Report], ontology: Ontology) -> list[list[Report]]:
    """Reports that may be one event, by class and by what identifies events of that class."""
    keyed = sorted((_bucket_key(report, ontology), n, report) for n, report in enumerate(reports))
    return [[report for _, _, report in group] for _, group in groupby(keyed, key=lambda item: item[0])]


def _bucket_key(report: Report, ontology: Ontology) -> tuple[str, ...]:
    by_place = ontology.identified_by.get(report.kind) == "kg:place"
    if by_place and report.place:
        return (report.kind, "", report.place)
    if not by_place and report.main:
        return (report.kind, "main", *report.main, "by", *report.actors)  # who accuses whom is not whom accuses who
    return (report.kind, "", report.mention.passage.document, report.date or str(report.mention.passage.start))


def _split(bucket: Sequence[Report], ontology: Ontology) -> list[list[Report]]:
    """'2006' joins '2006-11-26' where that is the only such day; an undated report the only dated event it may be."""
    if len(bucket) == 1:
        return [list(bucket)]  # as most are
    heads: list[str] = []
    for day in sorted({report.date for report in bucket if report.date}, key=lambda day: (-len(day), day)):
        if not any(head.startswith(day) for head in heads):
            heads.append(day)
    homes = _find_homes(bucket)
    groups: dict[tuple[str, ...], list[Report]] = {}
    for report in bucket:
        groups.setdefault(_group_key(report, bucket, heads, homes, ontology), []).append(report)
    return [groups[key] for key in sorted(groups)]


def _find_homes(bucket: Sequence[Report]) -> dict[str, str]:
    """Each document → the first of those that share a paragraph on an event: what these tell is one account."""
    homes = {report.document: report.document for report in bucket}
    copies: dict[bytes, set[str]] = {}
    for report in bucket:
        if report.paragraph:
            copies.setdefault(report.paragraph, set()).add(report.document)
    for documents in (found for found in copies.values() if len(found) > 1):
        joined = {homes[document] for document in documents}
        homes = {document: min(joined) if home in joined else home for document, home in homes.items()}
    return homes


def _group_key(
    report: Report, bucket: Sequence[Report], heads: Sequence[str], homes: Mapping[str, str], ontology: Ontology
) -> tuple[str, ...]:
    by_place = ontology.identified_by.get(report.kind) == "kg:place"
    home = homes[report.document]
    near = {other.date for other in bucket if not by_place or homes[other.document] == home}
    known = heads if report.date else [head for head in heads if any(day and head.startswith(day) for day in near)]
    fitting = [head for head in known if head.startswith(report.date) and not _is_ahead(head, report)]
    if len(fitting) == 1:
        return (fitting[0],)
    if report.date:
        return (report.date,)
    return ("", home, *report.main) if by_place else ("", report.published[:4])


def _is_ahead(day: str, report: Report) -> bool:
    """What happened after the text was published is not what an undated report of it means."""
    return not report.date and bool(report.published) and day[:10] > report.published[: len(day)]


def _join(group: Sequence[Report]) -> _Account:
    if len(group) == 1:  # as most are
        return _Account(group, group[0].main, group[0].actors, group[0].place, group[0].date)
    return _Account(
        group,
        min((report.main for report in group if report.main), default=()),
        min((report.actors for report in group if report.actors), default=()),
        min((report.place for report in group if report.place), default=""),
        max((report.date for report in group), key=lambda day: (len(day), day)),
    )


def _name(account: _Account, labels: Mapping[Curie, str]) -> str:
    who = [labels.get(curie, "") for curie in (*account.main, *account.actors)]
    parts = [account.kind.removeprefix("kg:"), account.date, labels.get(account.place, ""), *who]
    return " ".join([part for part in parts if part])


def _context(account: _Account) -> str:
    first = min(report.mention.passage for report in account.reports)
    return f"{first.document} {first.start}"


def _make_entity(curie: Curie, account: _Account, labels: Mapping[Curie, str], ontology: Ontology) -> Entity:
    mentions = tuple([report.mention for report in account.reports])
    return Entity(curie, account.kind, _label(account, labels, ontology), (), mentions)


def _label(account: _Account, labels: Mapping[Curie, str], ontology: Ontology) -> str:
    """'Arrest of Ann Bo in London, 2019-04-11', 'Meeting: Ann Bo and Cy Do', 'Accusation against Ann Bo by Cy Do'."""
    kind = account.kind
    role = min((report.role for report in account.reports if report.main == account.main), default="")
    word = " as " if role == "kg:holder" else " and "
    main = word.join([labels[curie] for curie in account.main if curie in labels])
    actors = " and ".join([labels[curie] for curie in account.actors if curie in labels])
    joint = f" {ontology.joints.get(kind, 'of')} " if role == "kg:target" else _JOINTS.get(role, ": ")
    parts = [
        ontology.labels.get(kind, kind.removeprefix("kg:")).capitalize(),
        f"{joint}{main}" if main and ontology.identified_by.get(kind) != "kg:place" else "",
        f" by {actors}" if actors else "",
        f" in {labels[account.place]}" if account.place in labels else "",
        f", {account.date}" if account.date else "",
    ]
    return "".join(parts)
