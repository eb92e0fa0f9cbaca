"""The terms of the ontology as a view needs them: what each is called and what it stands below."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import Store

from kg.model import Curie
from kg.rdf.tables import ask

NAMING = frozenset({"rdf:type", "rdfs:label", "skos:altLabel"})
"""What tells what a thing is and is called, not how it hangs together with others."""
_TERMS = """
SELECT ?term ?label ?parent ?category WHERE {
  ?term rdfs:label ?label
  OPTIONAL { ?term rdfs:subClassOf ?parent }
  OPTIONAL { ?term kg:category ?group . ?group rdfs:label ?category }
}
"""


class Term(NamedTuple):
    """A class or property in words, the classes right above it, and the PLOVER category of its events."""

    label: str
    parents: tuple[Curie, ...]
    category: str


Vocabulary = Mapping[Curie, Term]


def read_vocabulary(store: Store, base: str) -> dict[Curie, Term]:
    """All terms that have a label, sorted."""
    rows = sorted(ask(store, _TERMS, base), key=lambda row: tuple(sorted(row.items())))
    parents: dict[Curie, set[Curie]] = {row["term"]: set() for row in rows}
    for row in rows:
        parents[row["term"]] |= {row["parent"]} if "parent" in row else set()
    return {
        row["term"]: Term(row["label"], tuple(sorted(parents[row["term"]])), row.get("category", "")) for row in rows
    }


def climb(vocabulary: Vocabulary, curie: Curie) -> Iterator[Curie]:
    """The term itself and all above it, the nearest first."""
    seen: set[Curie] = set()
    row = [curie]
    while row:
        yield from row
        seen.update(row)
        above = (parent for term in row if term in vocabulary for parent in vocabulary[term].parents)
        row = sorted(set(above) - seen)


def name_term(vocabulary: Vocabulary, curie: Curie) -> str:
    """Its label, or its CURIE where it has none."""
    return vocabulary[curie].label if curie in vocabulary else curie


def measure_depth(vocabulary: Vocabulary, curie: Curie) -> int:
    """How many classes stand above it: the narrower of two has more."""
    return sum(1 for _ in climb(vocabulary, curie))
