"""Breaks of shapes in words: the statement that is at fault, and the sentence behind it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from kg.rdf.explanation import SAID
from kg.rdf.shacl import Problem
from kg.rdf.tables import Row, ask, read_labels
from kg.rdf.terms import BASE, to_iri

_BEHIND = """
SELECT ?statement ?s ?p ?o ?text ?start ?end ?document WHERE {
  VALUES ?graph { kgg:statements kgg:derivations } GRAPH ?graph {
    VALUES %s { %s } %s
    ?statement rdf:subject ?s .
    OPTIONAL { ?statement rdf:predicate ?p } OPTIONAL { ?statement rdf:object ?o }
    OPTIONAL { ?statement kg:evidence ?e
      OPTIONAL { ?e kg:passage ?passage
        OPTIONAL { ?passage kg:text ?text } OPTIONAL { ?passage kg:document ?document }
        OPTIONAL { ?passage kg:start ?start } OPTIONAL { ?passage kg:end ?end } } }
  }
} ORDER BY ?s ?p ?o ?document ?start ?end
"""
_TITLES = "SELECT ?d ?title { GRAPH kgg:documents { ?d rdfs:label ?title } }"


class _Role(NamedTuple):
    """What a thing is in the query, what it is called, and what leads to it: else all statements would be asked."""

    variable: str
    called: str
    way: str


_ROLES = {
    "kgr:statement/": _Role("?statement", "", ""),
    "kgr:derivation/": _Role("?statement", "", ""),
    "kgr:evidence/": _Role("?e", "evidence of ", "?statement kg:evidence ?e ."),
    "kgr:passage/": _Role("?passage", "passage behind ", "?e kg:passage ?passage . ?statement kg:evidence ?e ."),
}
"""By how the name of a thing begins; any other is what statements are of."""
_SUBJECT = _Role("?s", "", "")


class Finding(NamedTuple):
    """A break of a shape in words, with the first sentence behind it where there is one, and where that stands."""

    severity: str
    about: str
    message: str
    value: str
    sentence: str
    place: str
    focus: str
    path: str


def tell(store: Store, problems: Sequence[Problem], base: str = BASE) -> tuple[Finding, ...]:
    """One finding a problem, sorted: problems first, then warnings."""
    titles = {row["d"]: row["title"] for row in ask(store, _TITLES, base)}
    labels = read_labels(store, base) | titles
    return tuple(sorted(_tell(store, problem, labels, base) for problem in problems))


def _tell(store: Store, problem: Problem, labels: Mapping[str, str], base: str) -> Finding:
    role = _find_role(problem.focus)
    rows = _read_behind(store, problem.focus, role, base)
    row = _choose(rows, problem) if role == _SUBJECT else next(iter(rows), {})
    about, value = _name(problem, row, labels) if role == _SUBJECT else ("", problem.value)
    if role != _SUBJECT and row:
        about = role.called + _say(row, labels)
    sentence = " ".join(row.get("text", "").split())
    place = f"{row.get('document', '').removeprefix('kgr:document/')}:{row.get('start', '?')}-{row.get('end', '?')}"
    severity = "warning" if problem.warning else "problem"
    shown = labels.get(value, value)
    return Finding(
        severity,
        about or problem.focus,
        problem.message,
        shown,
        sentence,
        place if row.get("text") else "",
        problem.focus,
        problem.path,
    )


def _find_role(focus: str) -> _Role:
    return next((role for start, role in _ROLES.items() if focus.startswith(start)), _SUBJECT)


def _read_behind(store: Store, focus: str, role: _Role, base: str) -> list[Row]:
    """Statements of the thing in its role, each with its evidence; none of a blank node."""
    if ":" not in focus:
        return []
    return list(ask(store, _BEHIND % (role.variable, NamedNode(to_iri(focus, base)), role.way), base))


def _choose(rows: Sequence[Row], problem: Problem) -> Row:
    """The row of the very fact, else of the property, else of the thing's class."""

    def fits(row: Row) -> tuple[bool, bool, bool]:
        path, value = row.get("p") == problem.path, row.get("o") == problem.value
        return (not (path and value), not path, row.get("p") != "rdf:type")

    return min(rows, key=fits, default={})


def _name(problem: Problem, row: Row, labels: Mapping[str, str]) -> tuple[str, str]:
    """The fact at fault, or the thing; and the value that is not told by that."""
    same = row.get("p") == problem.path
    target = problem.value or (row.get("o", "") if same else "")
    if not problem.path or not target:
        return labels.get(problem.focus, problem.focus), problem.value
    return _say({"s": problem.focus, "p": problem.path, "o": target}, labels), ""


def _say(row: Row, labels: Mapping[str, str]) -> str:
    terms = (row.get(name, "?") for name in ("s", "p", "o"))
    return " — ".join(SAID.get(term) or labels.get(term, term) for term in terms)


def format_findings(findings: Sequence[Finding]) -> str:
    """Each finding with its sentence, place and, of what has no name, id; and how many there are."""
    counts = {kind: sum(found.severity == kind for found in findings) for kind in ("problem", "warning")}
    told = ", ".join(_count(kind, number) for kind, number in counts.items() if number)
    last = told if counts["problem"] else f"conforms, {told}" if told else "conforms"
    return "".join(f"{line}\n" for line in (*_list_lines(findings), last))


def _list_lines(findings: Iterable[Finding]) -> Iterator[str]:
    for found in findings:
        yield format_finding(found)
        if found.sentence:
            yield f"    “{found.sentence}”"
        where = [found.place] * bool(found.place) + [found.focus] * (_find_role(found.focus) != _SUBJECT)
        if where:
            yield f"    {', '.join(where)}"


def format_finding(found: Finding) -> str:
    """What is wrong, in one line."""
    mark = "warning: " if found.severity == "warning" else ""
    return f"{mark}{found.about}: {found.message}" + (f" Found: {found.value}" if found.value else "")


def _count(kind: str, number: int) -> str:
    return f"{number} {kind}" if number == 1 else f"{number} {kind}s"
