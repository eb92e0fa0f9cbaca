"""`decisions.ttl`: what the user decided, a few lines each, read at every build; to undo a decision is to delete it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import DecisionError
from kg.model import Curie, Decision, Thing, Value, Verdict
from kg.rdf.files import to_bytes, write_atomically
from kg.rdf.terms import BASE, make_turtle_prefixes, to_curie, to_iri

FILE = "decisions.ttl"
_CLASSES = {f"kg:{verdict.value.capitalize()}": verdict for verdict in Verdict}
_NOTE = "# What you decided. `kg build` applies it; to undo a decision, delete it."
_FOREIGN = ("kg", "rdf", "rdfs", "xsd", "dcterms")
Row = Mapping[Curie, Sequence[Curie | Value]]


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file, none where there is no file; DecisionError names the line that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise DecisionError(f"{path}: {error}", hint="give a Turtle file") from error
    quads = _parse(text, path)
    rows: dict[str, dict[Curie, list[Curie | Value]]] = {}
    base = _find_base(quads)
    for quad in quads:
        row = rows.setdefault(getattr(quad.subject, "value", ""), {})
        row.setdefault(to_curie(quad.predicate.value, base), []).append(_plain(quad.object, base))
    return tuple(_read(row, _find_place(path, text, subject)) for subject, row in rows.items())


def _parse(text: str, path: Path) -> list[Quad]:
    try:
        return list(parse(input=text, format=RdfFormat.TURTLE))
    except SyntaxError as error:
        raise DecisionError(
            f"{path}:{error.lineno}: {error.msg}", hint="mend the line, or delete the decision"
        ) from error


def _find_base(quads: Sequence[Quad]) -> str:
    """The base of the graph that was decided on, by the class of the first decision."""
    ends = tuple(f"ontology#{name.removeprefix('kg:')}" for name in _CLASSES)
    kinds = sorted(quad.object.value for quad in quads if isinstance(quad.object, NamedNode))
    found = (kind.partition("ontology#")[0] for kind in kinds if kind.endswith(ends))
    return next(found, BASE)


def _plain(term: object, base: str) -> Curie | Value:
    if isinstance(term, Literal):
        return Value(term.value, to_curie(term.datatype.value, base))
    return to_curie(term.value, base) if isinstance(term, NamedNode) else ""


def _find_place(path: Path, text: str, subject: str) -> str:
    """File and line of a decision; the file alone where its name is written otherwise."""
    local = subject.rpartition("/")[2]
    lines = (number for number, line in enumerate(text.splitlines(), 1) if local in line.partition(" a ")[0])
    number = next(lines, 0)
    return f"{path}:{number}" if number else str(path)


def _read(row: Row, where: str) -> Decision:
    verdict = next((_CLASSES[kind] for kind in row.get("rdf:type", ()) if kind in _CLASSES), None)
    subject, predicate = (_first(row, name) for name in ("rdf:subject", "rdf:predicate"))
    if verdict is None:
        raise DecisionError(f"{where}: no decision", hint=f"its class must be one of {', '.join(_CLASSES)}")
    if not isinstance(subject, str) or not subject or not isinstance(predicate, str):
        raise DecisionError(f"{where}: names nothing to decide on", hint="give an rdf:subject")
    if verdict is Verdict.REJECT and not predicate:
        raise DecisionError(f"{where}: rejects no statement", hint="give an rdf:predicate")
    return Decision(
        verdict,
        _thing(row, subject, "kg:subject"),
        _read_object(row, verdict, where),
        predicate,
        who=_text(row, "dcterms:creator"),
        when=_text(row, "dcterms:created"),
        why=_text(row, "rdfs:comment"),
        where=where,
    )


def _read_object(row: Row, verdict: Verdict, where: str) -> Thing | Value | Curie:
    end = _first(row, "rdf:object")
    things, values = isinstance(end, str) and end.startswith("kgr:"), isinstance(end, Value)
    fitting = {
        Verdict.SAME: things,
        Verdict.DIFFERENT: things,
        Verdict.RENAME: values,
        Verdict.RETYPE: isinstance(end, str) and end.startswith("kg:"),
        Verdict.REJECT: bool(end),
    }
    if not fitting[verdict]:
        raise DecisionError(f"{where}: {verdict.value} what?", hint="its rdf:object is missing or does not fit")
    return _thing(row, end, "kg:object") if isinstance(end, str) and things else end


def _thing(row: Row, curie: Curie, role: str) -> Thing:
    documents = (value.lexical for value in row.get(f"{role}Document", ()) if isinstance(value, Value))
    return Thing(curie, _text(row, f"{role}Name"), tuple(sorted(documents)))


def _first(row: Row, name: Curie) -> Curie | Value:
    return next(iter(row.get(name, ())), "")


def _text(row: Row, name: Curie) -> str:
    value = _first(row, name)
    return value.lexical if isinstance(value, Value) else value


def add_decision(path: Path, decision: Decision, base: str = BASE) -> bool:
    """Adds a decision to the file, what stands there stays as it is; False where the same is decided already."""
    if decision.id in {known.id for known in read_decisions(path)}:
        return False
    prefixes = _make_prefixes(base)
    text = path.read_text(encoding="utf-8") if path.is_file() else _NOTE
    declared = [f"@prefix {name}: <{space}> ." for name, space in sorted(prefixes.items())]
    missing = [line for line in declared if line not in text.splitlines()]
    block = to_bytes(_to_triples(decision, base), RdfFormat.TURTLE, prefixes).decode().splitlines()
    body = [line.replace("\t", "    ") for line in block if not line.startswith("@prefix")]
    write_atomically(path, "\n".join([text.rstrip("\n"), *missing, "", *body, ""]).encode())
    return True


def _make_prefixes(base: str) -> dict[str, str]:
    """Those a decision may need: ours for each kind of thing, and a few of others."""
    known = make_turtle_prefixes(base)
    kinds = {name: space for name, space in known.items() if space.startswith(f"{base}id/") and name != "kgr"}
    return kinds | {name: known[name] for name in _FOREIGN} | {"decision": f"{base}id/decision/"}


def _to_triples(decision: Decision, base: str) -> Iterator[Triple]:
    name = f"kgr:decision/{decision.verdict.value}-{decision.id}"
    fields: list[tuple[Curie, Curie | Value]] = [
        ("rdf:type", f"kg:{decision.verdict.value.capitalize()}"),
        ("rdf:subject", decision.subject.id),
        *_describe(decision.subject, "kg:subject"),
        ("rdf:predicate", decision.predicate),
        ("rdf:object", decision.object.id if isinstance(decision.object, Thing) else decision.object),
        *(_describe(decision.object, "kg:object") if isinstance(decision.object, Thing) else ()),
        ("dcterms:creator", _string(decision.who)),
        ("dcterms:created", Value(decision.when, "xsd:dateTime") if decision.when else ""),
        ("rdfs:comment", _string(decision.why)),
    ]
    for predicate, end in fields:
        if end:
            yield Triple(NamedNode(to_iri(name, base)), NamedNode(to_iri(predicate, base)), _term(end, base))


def _describe(thing: Thing, role: str) -> Iterator[tuple[Curie, Curie | Value]]:
    yield f"{role}Name", _string(thing.name)
    for document in thing.documents:
        yield f"{role}Document", _string(document)


def _string(text: str) -> Value | Curie:
    return Value(text, "xsd:string") if text else ""


def _term(end: Curie | Value, base: str) -> NamedNode | Literal:
    if isinstance(end, str):
        return NamedNode(to_iri(end, base))
    plain = end.datatype == "xsd:string"
    return Literal(end.lexical) if plain else Literal(end.lexical, datatype=NamedNode(to_iri(end.datatype, base)))


def find_decisions(path: Path | None, output: Path) -> tuple[Decision, ...]:
    """Those of a file that is named and must be there, or those in the folder of the graph, if any."""
    if path and not path.is_file():
        raise DecisionError(
            f"{path}: no such file", hint="decide with `kg same`, `kg different`, `kg rename` and so on"
        )
    return read_decisions(path or output / FILE)
