"""The ontology looked over: what it knows, and what in it can't work."""

from collections.abc import Iterator

from kg.model import Curie
from kg.ontology import Frame, Ontology


def list_terms(ontology: Ontology) -> str:
    """Classes below their parents, then properties with domain and range."""
    lines = ["classes", *_list_classes(ontology, "kg:Entity", 1), "", "properties"]
    for term in sorted(ontology.domain):
        if term.startswith("kg:"):
            lines.append(f"  {term:24}{ontology.domain[term]} → {ontology.range.get(term, '?')}")
    return "".join(f"{line}\n" for line in lines)


def _list_classes(ontology: Ontology, term: Curie, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}{term}"
    for child in sorted(ontology.ancestors):
        lineage = ontology.ancestors[child]
        if term in lineage and len(lineage) == len(ontology.ancestors[term]) + 1 and child not in ontology.domain:
            yield from _list_classes(ontology, child, depth + 1)


def find_faults(ontology: Ontology) -> tuple[str, ...]:
    """Terms without label, properties without domain or range, frames whose terms or positions are not declared."""
    return tuple(sorted({*_find_term_faults(ontology), *_find_frame_faults(ontology)}))


def _find_term_faults(ontology: Ontology) -> Iterator[str]:
    for term in ontology.ancestors:
        if term not in ontology.labels:
            yield f"{term} has no label"
    for term in ontology.domain:
        if term not in ontology.range:
            yield f"{term} has a domain and no range"
    for kind in {
        *ontology.nominals.values(),
        *ontology.heads.values(),
        *(name.type for name in ontology.names.values()),
    }:
        if kind not in ontology.ancestors:
            yield f"a word list names {kind}, which is not declared"


def _find_frame_faults(ontology: Ontology) -> Iterator[str]:
    frames = {frame.id: frame for entries in ontology.frames.values() for _, frame in entries}
    for frame in frames.values():
        if frame.evokes not in ontology.ancestors:
            yield f"{frame.id} evokes {frame.evokes}, which is not declared"
        yield from _find_argument_faults(frame, ontology)


def _find_argument_faults(frame: Frame, ontology: Ontology) -> Iterator[str]:
    event = ontology.is_a(frame.evokes, "kg:Event")
    roles = {role for role, _ in (*frame.arguments, *ontology.event_arguments)}
    for role, position in frame.arguments:
        if position not in ontology.positions:
            yield f"{frame.id}: {role} stands at {position}, which has no path"
    if not event and not {"lex:subject", "lex:object"} <= roles:
        yield f"{frame.id}: a relation needs lex:subject and lex:object"
    for need in frame.needs:
        if need not in roles:
            yield f"{frame.id} needs {need}, for which it has no position"
