"""Where a name leads: to a page of ours, to a site of the web, or nowhere."""

from urllib.parse import quote

from kg.rdf.terms import make_prefixes, to_iri

_PAGES = {
    "kgr:statement/": "/statement/",
    "kgr:document/": "/document/",
    "kgr:": "/entity/",
    "kgg:": "/graph/",
    "kg:": "/ontology#",
}
_WEB = ("https://", "http://")


def link(name: str, *, root: str, base: str) -> str:
    """The address of what a CURIE or IRI names; nothing for what is no name, nor for ``javascript:`` and the like."""
    for prefix, path in _PAGES.items():
        if name.startswith(prefix):
            return root + path + quote(name.removeprefix(prefix).encode("utf-8", "replace"))
    prefix = name.partition(":")[0]
    iri = to_iri(name, base) if prefix in make_prefixes(base) else name
    return iri if iri.startswith(_WEB) and not any(letter.isspace() for letter in iri) else ""
