"""N-Quads as text: a graph of any size is written subject by subject, without a store that holds it."""

import re
from collections.abc import Iterable
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.model import Curie
from kg.rdf.terms import make_prefixes, to_iri

_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f\ufffe\uffff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
_EXAMPLE = NamedNode("urn:x")


def write_block(subject: str, told: Iterable[str], graph: str) -> str:
    """Sorted lines of what is told of a subject in a graph; each a predicate and its target, as terms are written.

    RDF 1.1 N-Quads, in the canonical form of its section 4.
    """
    end = f" {graph} .\n"
    return f"{subject} {f'{end}{subject} '.join(sorted(told))}{end}"


def tell(predicate: Curie, target: str, base: str) -> str:
    """What a line says of its subject; the target is a term already."""
    return f"{write_node(predicate, base)} {target}"


@lru_cache(maxsize=65536)
def write_node(curie: Curie, base: str) -> str:
    """An IRI as a term."""
    return f"<{to_iri(curie, base)}>"


def write_hashed(kind: str, digest: str, base: str) -> str:
    """The IRI of what is named by a hash, as a term: there are too many to remember each."""
    return f"<{make_prefixes(base)['kgr']}{kind}/{digest}>"


def write_text(text: str) -> str:
    """A plain literal as a term."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: "re.Match[str]") -> str:
    mark = match[0]
    return _ESCAPES.get(mark) or f"\\u{ord(mark):04X}"


def write_integer(number: int) -> str:
    """A whole number as a term."""
    return f'"{number}"^^<http://www.w3.org/2001/XMLSchema#integer>'


def write_typed(lexical: str, datatype: Curie, base: str) -> str:
    """A typed literal as a term, in the lexical form that a store gives its value."""
    return f"{write_text(normalize(lexical, datatype, base))}^^{write_node(datatype, base)}"


@lru_cache(maxsize=65536)
def normalize(lexical: str, datatype: Curie, base: str) -> str:
    """The lexical form that a store gives the value: of 0.80 it is 0.8."""
    if datatype == "xsd:string":
        return lexical
    store = Store()
    store.add(Quad(_EXAMPLE, _EXAMPLE, Literal(lexical, datatype=NamedNode(to_iri(datatype, base)))))
    target = next(iter(store)).object
    return target.value if isinstance(target, Literal) else lexical
