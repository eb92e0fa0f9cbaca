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
  GRAPH kgg:statements {
    VALUES %s { %s }
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
_ROLES = {
    "kgr:statement/": ("?statement", ""),
    "kgr:evidence/": ("?e", "evidence of "),
    "kgr:passage/": ("?passage", "passage behind "),
}
"""What a thing is in the query, by how its name begins, and what it is called; any other is what statements are of."""


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
    role, kind = next((told for start, told in _ROLES.items() if problem.focus.startswith(start)), ("?s", ""))
    rows = (
        list(ask(store, _BEHIND % (role, NamedNode(to_iri(problem.focus, base))), base)) if ":" in problem.focus else []
    )
    row = _choose(rows, problem) if role == "?s" else next(iter(rows), {})
    about, value = _name(problem, row, labels) if role == "?s" else (kind + _say(row, labels), problem.value)
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
    """Each finding with its sentence, and how many there are."""
    counts = {kind: sum(found.severity == kind for found in findings) for kind in ("problem", "warning")}
    told = ", ".join(_count(kind, number) for kind, number in counts.items() if number)
    last = told if counts["problem"] else f"conforms, {told}" if told else "conforms"
    return "".join(f"{line}\n" for line in (*_list_lines(findings), last))


def _list_lines(findings: Iterable[Finding]) -> Iterator[str]:
    for found in findings:
        yield format_finding(found)
        if found.sentence:
            yield f"    “{found.sentence}”"
            yield f"    {found.place}"


def format_finding(found: Finding) -> str:
    """What is wrong, in one line."""
    mark = "warning: " if found.severity == "warning" else ""
    return f"{mark}{found.about}: {found.message}" + (f" Found: {found.value}" if found.value else "")


def _count(kind: str, number: int) -> str:
    return f"{number} {kind}" if number == 1 else f"{number} {kind}s"
