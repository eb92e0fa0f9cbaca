"""The facts as FollowTheMoney entities, JSON lines for Aleph and OpenSanctions tools; the table says what becomes what.

https://followthemoney.tech: entities have a schema and properties with lists of strings; a relation is an entity too.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha1
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Store

from kg.model import Curie
from kg.rdf.tables import Row, ask, read_labels
from kg.rdf.terms import BASE


class Entry(NamedTuple):
    """What a class or property becomes: a schema, with the names of its two ends if it is a relation, or a property."""

    schema: str
    source: str
    target: str
    property: str


_FACTS = "SELECT ?s ?p ?o { GRAPH kgg:facts { ?s ?p ?o . ?s rdfs:label ?label } } ORDER BY ?s ?p ?o"
_ABOVE = """
SELECT ?term ?above (COUNT(?between) AS ?far) {
  ?term (rdfs:subClassOf|rdfs:subPropertyOf)* ?between . ?between (rdfs:subClassOf|rdfs:subPropertyOf)* ?above
} GROUP BY ?term ?above ORDER BY ?term ?far ?above
"""
_PROOF = """
SELECT ?s ?p ?o ?text ?document ?title ?source ?url ?published {
  GRAPH kgg:statements { ?n rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:factuality "CT+" ; kg:evidence ?e .
    ?e kg:factuality "CT+" ; kg:passage ?x . ?x kg:text ?text ; kg:document ?document ; kg:start ?start }
  GRAPH kgg:documents { ?document rdfs:label ?title OPTIONAL { ?document kg:source ?source }
    OPTIONAL { ?document kg:url ?url } OPTIONAL { ?document kg:published ?published } }
} ORDER BY ?s ?p ?o DESC(?document) DESC(?start)
"""
_NAMING = {"rdfs:label": "name", "skos:altLabel": "alias"}
_COUNTRIES = frozenset({"citizenship", "country"})
_REFERENCES = frozenset({"holder", "post", "involved"})
_PERSON = frozenset({"Person"})
_BODY = frozenset({"Organization", "PublicBody", "Company"})
_LEGAL = _PERSON | _BODY | {"LegalEntity"}
_ENDS = {
    "Membership": (_LEGAL, _BODY),
    "Employment": (_PERSON, _BODY),
    "Directorship": (_LEGAL, _BODY),
    "Family": (_PERSON, _PERSON),
    "Associate": (_PERSON, _PERSON),
    "Representation": (_LEGAL, _LEGAL),
    "Occupancy": (_PERSON, frozenset({"Position"})),
}
"""What may stand at the ends of a relation; between others it is an UnknownLink with its name as role."""
_LINK = Entry("UnknownLink", "subject", "object", "")
_UNNAMED = frozenset({"name", "alias", "keywords", "location"})
"""What an Occupancy has no place for."""
Triple = tuple[Curie, Curie, str]
Properties = dict[str, set[str]]


class _Facts(NamedTuple):
    """All that entities are made from."""

    triples: tuple[Triple, ...]
    schemas: Mapping[Curie, str]
    entries: Mapping[Curie, Entry]
    labels: Mapping[str, str]
    codes: Mapping[Curie, str]
    proofs: Mapping[Triple, Row]


def write_entities(store: Store, table: Path, base: str = BASE) -> bytes:
    """One entity a line, sorted: things, relations, and the articles that prove them."""
    facts = _read(store, table, base)
    entities = [*_make_things(facts), *_make_relations(facts), *_make_articles(facts)]
    lines = sorted(json.dumps(entity, ensure_ascii=False, sort_keys=True) for entity in entities)
    return "".join(f"{line}\n" for line in lines).encode()


def _read(store: Store, table: Path, base: str) -> _Facts:
    with table.open(encoding="utf-8", newline="") as lines:
        listed = {row["term"]: Entry(*list(row.values())[1:]) for row in csv.DictReader(lines)}
    above: dict[Curie, list[Curie]] = {}
    for row in ask(store, _ABOVE, base):
        above.setdefault(row["term"], []).append(row["above"])
    entries = {term: listed[near] for term, wider in above.items() if (near := _nearest(wider, listed))}
    triples = tuple((row["s"], row["p"], row["o"]) for row in ask(store, _FACTS, base))
    depth = {term: len(wider) for term, wider in above.items()}
    kinds = sorted((depth.get(o, 0), s, entries[o].schema) for s, p, o in triples if p == "rdf:type" and o in entries)
    return _Facts(
        tuple(_keep_narrowest(triples, above)),
        {curie: "Thing" for curie, _, _ in triples} | {curie: schema for _, curie, schema in kinds},
        entries,
        read_labels(store, base),
        {s: o.partition("-")[0].lower() for s, p, o in triples if p == "kg:isoCode"},
        {(row["s"], row["p"], row["o"]): row for row in ask(store, _PROOF, base)},
    )


def _nearest(wider: Iterable[Curie], listed: Mapping[Curie, Entry]) -> Curie:
    return next((term for term in wider if term in listed), "")


def _keep_narrowest(triples: Iterable[Triple], above: Mapping[Curie, list[Curie]]) -> Iterator[Triple]:
    """Of 'member of' and 'affiliated with' between the same two, the first alone."""
    between: dict[tuple[Curie, str], set[Curie]] = {}
    for s, p, o in triples:
        between.setdefault((s, o), set()).add(p)
    for s, p, o in triples:
        if not any(p in above.get(other, ()) for other in between[s, o] - {p}):
            yield s, p, o


def _make_things(facts: _Facts) -> Iterator[dict[str, object]]:
    found: dict[Curie, Properties] = {}
    for s, p, o in facts.triples:
        name, value = _NAMING.get(p, ""), o
        if p == "rdf:type":
            name, value = "keywords", facts.labels.get(o, o)
        elif p == "owl:sameAs" and o.startswith("wd:"):
            name, value = "wikidataId", o.removeprefix("wd:")
        elif _is_property(facts, s, p, o):
            name = facts.entries[p].property
            value = _give(facts, name, o)
        if name and value:
            found.setdefault(s, {}).setdefault(name, set()).add(value)
    for curie, properties in sorted(found.items()):
        schema = facts.schemas[curie]
        if schema == "Occupancy":
            properties = {name: properties[name] for name in properties.keys() - _UNNAMED}
        if schema != "Thing" and (schema != "Occupancy" or {"holder", "post"} <= properties.keys()):
            yield _make_entity(curie, schema, properties)


def _is_property(facts: _Facts, subject: Curie, predicate: Curie, target: str) -> bool:
    """True of what the table makes a property; who takes part in an event has to be a person or body for that."""
    name = facts.entries[predicate].property if predicate in facts.entries else ""
    if name == "involved":
        return facts.schemas.get(target) in _LEGAL
    return bool(name) and (name != "country" or subject in facts.codes)


def _give(facts: _Facts, name: str, target: str) -> str:
    if name in _COUNTRIES:
        return facts.codes.get(target, target.partition("-")[0].lower() if not target.startswith("kgr:") else "")
    return _name(target) if name in _REFERENCES else facts.labels.get(target, target)


def _make_relations(facts: _Facts) -> Iterator[dict[str, object]]:
    for s, p, o in facts.triples:
        ends = facts.schemas.get(s, "Thing"), facts.schemas.get(o, "Thing")
        between = p.startswith("kg:") and not {"Thing", "Occupancy"} & {*ends}
        if between and not _is_property(facts, s, p, o):
            yield _make_relation(facts, (s, p, o), ends)


def _make_relation(facts: _Facts, triple: Triple, ends: tuple[str, str]) -> dict[str, object]:
    subject, predicate, target = triple
    entry = facts.entries.get(predicate, _LINK)
    sides = _ENDS.get(entry.schema, ((), ()))
    if not (ends[0] in sides[0] and ends[1] in sides[1]):
        entry = _LINK
    properties: Properties = {entry.source: {_name(subject)}, entry.target: {_name(target)}}
    if entry.schema != "Occupancy":
        role = "relationship" if entry.schema in ("Family", "Associate") else "role"
        properties[role] = {facts.labels.get(predicate, predicate)}
    return _make_entity(" ".join(triple), entry.schema, properties | _prove(facts, triple))


def _prove(facts: _Facts, triple: Triple) -> Properties:
    """The first sentence, and the article it stands in."""
    row = facts.proofs.get(triple)
    if row is None:
        return {}
    fields = {
        "summary": " ".join(row["text"].split()),
        "publisher": row.get("source", ""),
        "sourceUrl": row.get("url", ""),
    }
    return {name: {text} for name, text in (*fields.items(), ("proof", _name(row["document"]))) if text}


def _make_articles(facts: _Facts) -> Iterator[dict[str, object]]:
    names = {"title": "title", "source": "publisher", "url": "sourceUrl", "published": "publishedAt"}
    for document, row in sorted({row["document"]: row for row in facts.proofs.values()}.items()):
        yield _make_entity(document, "Article", {names[key]: {row[key]} for key in names if row.get(key)})


def _make_entity(key: str, schema: str, properties: Mapping[str, set[str]]) -> dict[str, object]:
    return {
        "id": _name(key),
        "schema": schema,
        "properties": {name: sorted(values) for name, values in properties.items()},
    }


def _name(key: str) -> str:
    """FollowTheMoney ids hold no slash: the hash of ours."""
    return sha1(key.encode(), usedforsecurity=False).hexdigest()
