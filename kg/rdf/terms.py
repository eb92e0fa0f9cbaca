"""IRIs: minted and shortened here and nowhere else."""

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

from kg.errors import GraphError

BASE = "https://example.org/kg/"
_OURS = {"kg": "ontology#", "kgr": "id/", "kgg": "graph/"}
_FOREIGN = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "geonames": "https://sws.geonames.org/",
}
_WEB = frozenset({"http", "https"})
_KINDS = ("person", "place", "organization", "event", "group", "law", "work", "entity", "position", "run")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_PLAIN = re.compile(r"[A-Za-z0-9/_.~-]*")
_SAFE = "/-_.~!$&'()*+,;=:@%"  # what RFC 3987 allows in a path segment, and the slash between segments


def check_base(base: str) -> str:
    """``base``, if IRIs can begin with it; GraphError otherwise."""
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#]", base):
        raise GraphError(f"--base {base}: no IRI that ends in / or #", hint=f"give one like {BASE}")
    return base


@lru_cache(maxsize=16)
def make_prefixes(base: str = BASE) -> Mapping[str, str]:
    """Prefix → namespace IRI, ours below ``base``."""
    return {prefix: base + tail for prefix, tail in _OURS.items()} | _FOREIGN


@lru_cache(maxsize=16)
def make_turtle_prefixes(base: str = BASE) -> Mapping[str, str]:
    """Our prefixes and one for each kind of thing, so that Turtle reads ``person:rafael-correa``."""
    return dict(make_prefixes(base)) | {kind: f"{base}id/{kind}/" for kind in _KINDS}


@lru_cache(maxsize=65536)
def to_iri(curie: str, base: str = BASE) -> str:
    """The IRI of a CURIE; letters of any script stay, what an IRI may not hold is percent-encoded once.

    A web address of somebody else's is an IRI already.
    """
    prefix, _, local = curie.partition(":")
    if prefix in _WEB:
        return curie
    space = make_prefixes(base)[prefix]
    if _PLAIN.fullmatch(local):
        return space + local
    return space + _LONE_PERCENT.sub("%25", "".join(_encode(letter) for letter in local))


def _encode(letter: str) -> str:
    """Non-ASCII letters are allowed by RFC 3987 (ucschar); controls, spaces and lone surrogates are not."""
    if ord(letter) > 0x9F and letter.isalnum():
        return letter
    return quote(letter.encode("utf-8", "backslashreplace"), safe=_SAFE)


@lru_cache(maxsize=65536)
def to_curie(iri: str, base: str = BASE) -> str:
    """The shortest name of an IRI: a CURIE of a known namespace, or the IRI itself."""
    for prefix, space in make_prefixes(base).items():
        if iri.startswith(space):
            return f"{prefix}:{iri[len(space) :]}"
    return iri
