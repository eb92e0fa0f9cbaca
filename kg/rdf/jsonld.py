"""Triples as compacted JSON-LD 1.1 with the context of the ontology folder inside: nothing has to be fetched."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import OntologyError
from kg.rdf.terms import BASE, to_curie, to_iri

FILE = "context.jsonld"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_STRING = "http://www.w3.org/2001/XMLSchema#string"
Context = Mapping[str, str | Mapping[str, str]]
Term = tuple[str, str]
"""How a property is written, and what its values are: "@id", a datatype, or "" for strings."""


def read_context(folder: Path, base: str = BASE) -> Context:
    """The context of the ontology folder, with IRIs below ``base``."""
    path = folder / FILE
    try:
        context: Context = json.loads(path.read_text(encoding="utf-8").replace(BASE, base))["@context"]
    except (OSError, ValueError, KeyError) as error:
        raise OntologyError(f"{path}: no JSON-LD context: {error}", hint="copy ours") from error
    return context


def write_jsonld(graphs: Mapping[str, Iterable[Triple]], context: Context, base: str = BASE) -> bytes:
    """Graph name → triples as JSON-LD; a graph without a name is the default graph. Sorted by subject."""
    shortener = _make_shortener(context, base)
    nodes: list[object] = []
    for name, triples in sorted(graphs.items()):
        made = _make_nodes(triples, shortener)
        nodes.extend([{"id": shortener.shorten(name), "@graph": made}] if name else made)
    return (json.dumps({"@context": context, "@graph": nodes}, ensure_ascii=False, indent=1) + "\n").encode()


@dataclass(frozen=True, slots=True)
class _Shortener:
    """What the context has: terms by IRI, and the prefixes an IRI may be shortened by."""

    terms: Mapping[str, Term]
    prefixes: Collection[str]
    base: str

    def shorten(self, iri: str) -> str:
        curie = to_curie(iri, self.base)
        return curie if curie.partition(":")[0] in self.prefixes else iri


def _make_shortener(context: Context, base: str) -> _Shortener:
    terms = {_expand(value, base): _read_term(name, value, base) for name, value in context.items()}
    prefixes = {name for name, value in context.items() if isinstance(value, str) and value.startswith("http")}
    return _Shortener(terms, prefixes, base)


def _expand(value: str | Mapping[str, str], base: str) -> str:
    iri = value if isinstance(value, str) else value["@id"]
    return iri if iri.startswith(("@", "http")) else to_iri(iri, base)


def _read_term(name: str, value: str | Mapping[str, str], base: str) -> Term:
    kind = "" if isinstance(value, str) else value.get("@type", "")
    return name, kind if kind.startswith("@") or not kind else to_iri(kind, base)


def _make_nodes(triples: Iterable[Triple], shortener: _Shortener) -> list[dict[str, object]]:
    nodes: dict[str, dict[str, list[object]]] = {}
    for triple in sorted(triples, key=str):
        fields = nodes.setdefault(_value_of(triple.subject), {})
        name, value = _compact(triple.predicate.value, triple.object, shortener)
        fields.setdefault(name, []).append(value)
    return [
        {"id": shortener.shorten(subject)}
        | {name: values[0] if len(values) == 1 else values for name, values in sorted(fields.items())}
        for subject, fields in sorted(nodes.items())
    ]


def _value_of(term: object) -> str:
    return str(getattr(term, "value", term))


def _compact(predicate: str, target: object, shortener: _Shortener) -> tuple[str, object]:
    if predicate == _TYPE:
        kind = _value_of(target)
        return "type", shortener.terms[kind][0] if kind in shortener.terms else shortener.shorten(kind)
    name, kind = shortener.terms.get(predicate, (shortener.shorten(predicate), ""))
    if isinstance(target, NamedNode):
        iri = shortener.shorten(target.value)
        return name, iri if kind == "@id" else {"id": iri}
    return name, _compact_literal(target, kind, shortener) if isinstance(target, Literal) else {"id": str(target)}


def _compact_literal(target: Literal, kind: str, shortener: _Shortener) -> object:
    if target.language:
        return {"@value": target.value, "@language": target.language}
    if target.datatype.value == (kind or _STRING):
        return target.value
    if target.datatype.value == _STRING:
        return {"@value": target.value}
    return {"@value": target.value, "@type": shortener.shorten(target.datatype.value)}
