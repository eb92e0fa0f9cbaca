"""Things of a built graph by their names, and read back as entities with the places where their names stand."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from itertools import groupby

from pyoxigraph import NamedNode, Store

from kg.errors import DecisionError
from kg.model import DERIVED, Curie, Entity, Form, Mention, Passage, Value
from kg.rdf.tables import ask
from kg.rdf.terms import BASE, to_curie, to_iri
from kg.wordlists import fold

_NAMES = """
SELECT DISTINCT ?e ?p ?name WHERE { GRAPH kgg:statements {
  ?s rdf:subject ?e ; rdf:predicate ?p ; rdf:object ?name . VALUES ?p { rdfs:label skos:altLabel } } }
"""
_PLACES = """
SELECT DISTINCT ?e ?document ?start ?text WHERE { GRAPH kgg:statements {
  %s ?s rdf:subject ?e ; rdf:predicate rdf:type ; kg:evidence/kg:passage ?passage .
  ?passage kg:document ?document ; kg:start ?start ; kg:text ?text } }
"""
_KINDS = """
SELECT ?e ?kind (COUNT(DISTINCT ?above) AS ?depth) WHERE {
  GRAPH kgg:statements { %s ?s rdf:subject ?e ; rdf:predicate rdf:type ; rdf:object ?kind . }
  ?kind rdfs:subClassOf* ?above } GROUP BY ?e ?kind
"""
_TIES = """
SELECT DISTINCT ?e ?p ?other WHERE { GRAPH kgg:facts { ?e ?p ?other . ?other rdf:type ?kind } }
"""
_SAID = {"rdf:type": "is a"}
_CLASSES = "SELECT ?kind ?label WHERE { ?kind rdfs:subClassOf* kg:Entity ; rdfs:label ?label }"
_STATED = """
SELECT DISTINCT ?p ?o ?label ?own ?datatype WHERE {
  GRAPH kgg:statements { ?s rdf:subject %s ; rdf:predicate ?p ; rdf:object ?o .
    BIND(EXISTS { ?s kg:evidence/kg:rule ?rule FILTER(!CONTAINS(?rule, "%s")) } AS ?own)
    BIND(DATATYPE(?o) AS ?datatype) }
  OPTIONAL { { ?o rdfs:label ?label } UNION { GRAPH kgg:statements {
    ?n rdf:subject ?o ; rdf:predicate rdfs:label ; rdf:object ?label } } }
}
"""


def find_things(store: Store, name: str, base: str = BASE) -> list[Curie]:
    """The things called ``name``, whatever its case and accents; a CURIE or IRI is itself."""
    if name.startswith("kgr:"):
        return [name]
    if name.startswith(f"{base}id/"):
        return [to_curie(name, base)]
    return sorted({row["e"] for row in ask(store, _NAMES, base) if fold(row["name"]) == fold(name)})


def find_thing(store: Store, name: str, base: str = BASE) -> Curie:
    """The one thing called ``name``; DecisionError where there is none, or where there are several."""
    names = list(ask(store, _NAMES, base))
    known = {row["e"] for row in names}
    found = [curie for curie in find_things(store, name, base) if curie in known]
    if len(found) == 1:
        return found[0]
    if found:
        raise DecisionError(f"{name} is the name of {', '.join(found)}", hint="say which one")
    near = get_close_matches(name, sorted({row["name"] for row in names}), n=3)
    raise DecisionError(f"{name}: no such thing in the graph", hint=f"there is {', '.join(near)}" if near else "")


def read_entities(store: Store, base: str = BASE, *, only: Collection[Curie] = ()) -> tuple[Entity, ...]:
    """Entities sorted by id, ``only`` these if there are any; mentions are their names in the sentences about them."""
    kinds: dict[Curie, list[tuple[int, Curie]]] = {}
    for row in ask(store, _KINDS % _choose(only, base), base):
        kinds.setdefault(row["e"], []).append((-int(row["depth"]), row["kind"]))
    places = read_sentences(store, base, only=only)
    labels, aliases = _read_names(store, base)
    return tuple(
        _make_entity(curie, min(kinds[curie])[1], labels[curie], aliases.get(curie, ()), places.get(curie, ()))
        for curie in sorted(kinds.keys() & labels.keys())
    )


def read_sentences(
    store: Store, base: str = BASE, *, only: Collection[Curie] = ()
) -> Mapping[Curie, tuple[Passage, ...]]:
    """The sentences that name each thing, in the order of documents."""
    found: dict[Curie, set[Passage]] = {}
    for row in ask(store, _PLACES % _choose(only, base), base):
        document, start = row["document"].removeprefix("kgr:document/"), int(row["start"])
        found.setdefault(row["e"], set()).add(Passage(document, start, start + len(row["text"]), row["text"]))
    return {curie: tuple(sorted(passages)) for curie, passages in found.items()}


def _choose(only: Collection[Curie], base: str) -> str:
    nodes = " ".join(str(NamedNode(to_iri(curie, base))) for curie in sorted(only))
    return f"VALUES ?e {{ {nodes} }}" if only else ""


def _read_names(store: Store, base: str) -> tuple[dict[Curie, str], dict[Curie, tuple[str, ...]]]:
    rows = sorted((row["e"], row["p"], row["name"]) for row in ask(store, _NAMES, base))
    labels = {curie: name for curie, predicate, name in rows if predicate == "rdfs:label"}
    others = ((curie, name) for curie, predicate, name in rows if predicate != "rdfs:label")
    return labels, {curie: tuple(name for _, name in found) for curie, found in groupby(others, key=lambda row: row[0])}


def _make_entity(curie: Curie, kind: Curie, label: str, aliases: tuple[str, ...], places: Iterable[Passage]) -> Entity:
    names = sorted({label, *aliases}, key=lambda name: (-len(name), name))
    spaced = (r"\s+".join(map(re.escape, name.split())) for name in names)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)")
    mentions = {mention for place in places for mention in _find_mentions(place, pattern, kind)}
    return Entity(curie, kind, label, aliases, tuple(sorted(mentions, key=lambda mention: mention.passage)))


def _find_mentions(place: Passage, pattern: re.Pattern[str], kind: Curie) -> Iterator[Mention]:
    for match in pattern.finditer(place.text):
        start = place.start + match.start()
        yield Mention(Passage(place.document, start, start + len(match[0]), match[0]), kind, Form.NAME)


def read_ties(store: Store, base: str = BASE) -> Mapping[Curie, frozenset[tuple[Curie, Curie]]]:
    """The things each thing is related to by a fact, with the relation."""
    ties: dict[Curie, set[tuple[Curie, Curie]]] = {}
    for row in ask(store, _TIES, base):
        ties.setdefault(row["e"], set()).add((row["p"], row["other"]))
        ties.setdefault(row["other"], set()).add((row["p"], row["e"]))
    return {curie: frozenset(found) for curie, found in ties.items()}


def find_class(store: Store, name: str, base: str = BASE) -> Curie:
    """The class by CURIE, local name or label; DecisionError where the ontology of the graph has none."""
    classes = {row["kind"]: row["label"] for row in ask(store, _CLASSES, base)}
    for kind, label in sorted(classes.items()):
        if name in (kind, kind.removeprefix("kg:"), label):
            return kind
    near = get_close_matches(name, sorted(kind.removeprefix("kg:") for kind in classes), n=3)
    raise DecisionError(f"{name}: no such class", hint=f"there is {', '.join(near)}" if near else "see `kg ontology`")


def find_statement(store: Store, words: tuple[str, str, str], base: str = BASE) -> tuple[Curie, Curie, Curie | Value]:
    """The one statement of a subject's, predicate's and object's names; DecisionError where there is none."""
    subject = find_thing(store, words[0], base)
    iri = str(NamedNode(to_iri(subject, base)))
    labels = {row["p"]: row["label"] for row in ask(store, "SELECT ?p ?label { ?p rdfs:label ?label }", base)}
    rows = [
        row
        for row in ask(store, _STATED % (iri, DERIVED), base)
        if words[1] in (row["p"], row["p"].removeprefix("kg:"), labels.get(row["p"]), _SAID.get(row["p"]))
        and fold(words[2]) in {fold(name) for name in (row["o"], row["o"].removeprefix("kg:"), row.get("label", ""))}
    ]
    ends = sorted({(row["p"], row["o"], row["own"], row.get("datatype", "")) for row in rows})
    if len(ends) != 1:
        found = f"can mean {', '.join(end for _, end, *_ in ends)}" if ends else "is not in the graph"
        raise DecisionError(f"{' '.join(words)} {found}", hint=f"see `kg explain {subject}`")
    predicate, end, own, datatype = ends[0]
    if predicate == "rdf:type" and own == "true":
        raise DecisionError(f"{subject} is a {end} by its name", hint="give it another class with `kg retype`")
    return subject, predicate, Value(end, datatype) if datatype else end
