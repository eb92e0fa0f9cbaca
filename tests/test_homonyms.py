"""Two of one name stay two, from texts to graph; the user joins or parts them, and every later build keeps to it."""

import sys
from pathlib import Path

import pytest
from pyoxigraph import Store
from spacy.language import Language

from kg.__main__ import main
from kg.build import build_graph
from kg.nlp.spans import MENTIONS
from kg.rdf.answers import format_answer
from kg.rdf.files import read_store
from kg.rdf.sparql import run_query

pytestmark = pytest.mark.slow

NOBOAS = {
    "alvaro.txt": "Álvaro Noboa lost the election in Ecuador. Noboa owns farms near Guayaquil.",
    "daniel.txt": "Daniel Noboa is the president of Ecuador. Noboa met his ministers in Quito.",
    "noboa.txt": "Ecuador waited on Sunday. Noboa spoke to farmers in Guayaquil.",
}
CORREAS = {
    "rafael.txt": "Rafael Correa was the president of Ecuador. In Quito Correa promised a new constitution.",
    "pierina.txt": "Pierina Correa, a lawmaker from Guayaquil in Ecuador, is the sister of Rafael Correa.",
    "lisbon.txt": "Portugal has a new judge. Correa was sworn in at Lisbon, and Portugal's parliament met.",
    "striker.txt": "Rafael Correa scored twice for a club from Quito. Correa left Ecuador in May.",
}
GEORGIAS = {
    "country.txt": "Nino Lomidze was the president of Georgia. In Tbilisi, she said Georgia would not follow Russia.",
    "row.txt": "Georgia and Armenia signed an agreement on trade.",
    "governor.txt": "Ann Lee is the governor of Georgia. Georgia sued the United States on Monday.",
    "states.txt": "Voters in Florida and Georgia went to the polls. In Georgia it rained.",
    "bare.txt": "It rained in Georgia on Monday.",
}
NAMED = """
SELECT DISTINCT ?thing ?document WHERE {
  ?thing rdf:type ?kind VALUES ?kind { kg:Person kg:Country kg:AdministrativeArea }
  GRAPH kgg:statements { ?s rdf:subject ?thing ; rdf:predicate rdf:type ; kg:evidence/kg:passage/kg:document ?d }
  BIND(STRBEFORE(STRAFTER(STR(?d), "/document/"), ".txt") AS ?document)
  FILTER(CONTAINS(STR(?thing), "%s"))
} ORDER BY ?thing ?document
"""


class Desk:
    """A folder of texts and the graph built of it."""

    def __init__(self, folder: Path, texts: dict[str, str]) -> None:
        self.folder, self.out = folder, folder / "out"
        for name, text in texts.items():
            self.add(name, text)

    def add(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def build(self, order: int = 1) -> bytes:
        build_graph(sorted(self.folder.glob("*.txt"))[::order], self.out)
        return (self.out / "graph.nq").read_bytes()

    def find(self, name: str) -> dict[str, list[str]]:
        """Things with ``name`` in their id → the texts that name them."""
        rows = format_answer(run_query(read_store(self.out), NAMED % name), "csv").splitlines()[1:]
        found: dict[str, list[str]] = {}
        for thing, document in (row.split(",") for row in rows):
            found.setdefault(thing.partition("/id/")[2] or thing.removeprefix("kgr:"), []).append(document)
        return found

    def decide(self, monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
        """Types a decision and builds anew; what comes of it does not depend on the order of texts."""
        monkeypatch.setattr(sys, "argv", ["kg", *words, "-g", str(self.out), "--who", "eva"])
        main()
        assert self.build() == self.build(-1)


@pytest.fixture
def quick(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Every build of a test reads with the one pipeline."""
    monkeypatch.setattr("kg.build.make_pipeline", lambda *_, **__: nlp)
    return monkeypatch


@pytest.fixture
def noboas(tmp_path: Path) -> Desk:
    return Desk(tmp_path, NOBOAS)


def test_two_noboas_stay_apart_and_a_bare_noboa_is_neither(noboas: Desk, quick: pytest.MonkeyPatch):
    assert noboas.build() == noboas.build(-1)
    assert noboas.find("noboa") == {
        "person/alvaro-noboa": ["alvaro"],
        "person/daniel-noboa": ["daniel"],
        "person/noboa": ["noboa"],
    }


def test_the_bare_noboa_is_joined_to_one_of_them_for_good_until_the_decision_goes(
    noboas: Desk, quick: pytest.MonkeyPatch
):
    before = noboas.build()
    noboas.decide(quick, "same", "Daniel Noboa", "kgr:person/noboa")
    joined = {"person/alvaro-noboa": ["alvaro"], "person/daniel-noboa": ["daniel", "noboa"]}
    assert noboas.find("noboa") == joined
    noboas.add("a-first.txt", "Daniel Noboa flew to Peru. The president of Ecuador met Ann Bo.")
    assert noboas.build() == noboas.build(-1)
    assert noboas.find("noboa") == joined | {"person/daniel-noboa": ["a-first", "daniel", "noboa"]}
    (noboas.folder / "a-first.txt").unlink()
    (noboas.out / "decisions.ttl").unlink()
    assert noboas.build() == before


def test_two_correas_of_two_names_or_two_countries_stay_apart(tmp_path: Path, quick: pytest.MonkeyPatch):
    desk = Desk(tmp_path, CORREAS)
    assert desk.build() == desk.build(-1)
    assert desk.find("correa") == {
        "person/correa": ["lisbon"],
        "person/pierina-correa": ["pierina"],
        "person/rafael-correa": ["pierina", "rafael", "striker"],
    }


def test_two_correas_of_one_name_are_parted_for_good_until_the_decision_goes(tmp_path: Path, quick: pytest.MonkeyPatch):
    desk = Desk(tmp_path, CORREAS)
    before = desk.build()
    desk.decide(quick, "different", "Rafael Correa", "--document", "striker.txt")
    apart = desk.find("rafael-correa")
    assert sorted(apart.values()) == [["pierina", "rafael"], ["striker"]]
    assert apart["person/rafael-correa"] == ["pierina", "rafael"]
    desk.add("a-first.txt", "Rafael Correa, the president of Ecuador, flew to Peru.")
    assert desk.build() == desk.build(-1)
    assert desk.find("rafael-correa") == apart | {"person/rafael-correa": ["a-first", "pierina", "rafael"]}
    (desk.folder / "a-first.txt").unlink()
    (desk.out / "decisions.ttl").unlink()
    assert desk.build() == before


STATE = "place/georgia-8042ab"


def test_georgia_the_state_and_georgia_the_country_stay_apart(tmp_path: Path, quick: pytest.MonkeyPatch):
    desk = Desk(tmp_path, GEORGIAS)
    assert desk.build() == desk.build(-1)
    assert desk.find("georgia") == {
        "place/georgia": ["bare", "country", "row"],
        STATE: ["governor", "states"],
    }
    store = read_store(desk.out)
    kinds = {thing: _classes(store, thing) for thing in ("place/georgia", STATE)}
    assert {"kg:Country", "kg:AdministrativeArea"} & kinds["place/georgia"] == {"kg:Country"}
    assert {"kg:Country", "kg:AdministrativeArea"} & kinds[STATE] == {"kg:AdministrativeArea"}


def _classes(store: Store, thing: str) -> set[str]:
    query = f"SELECT ?kind {{ <https://example.org/kg/id/{thing}> a ?kind }}"
    return {"kg:" + iri.partition("#")[2] for iri in format_answer(run_query(store, query), "csv").split()}


def test_a_bare_georgia_is_moved_to_the_state_for_good(tmp_path: Path, quick: pytest.MonkeyPatch):
    desk = Desk(tmp_path, GEORGIAS)
    desk.build()
    desk.decide(quick, "different", "kgr:place/georgia", "--document", "bare.txt")
    (parted,) = (thing for thing, texts in desk.find("georgia").items() if texts == ["bare"])
    desk.decide(quick, "same", f"kgr:{STATE}", f"kgr:{parted}")
    moved = {"place/georgia": ["country", "row"], STATE: ["bare", "governor", "states"]}
    assert desk.find("georgia") == moved
    desk.add("a-first.txt", "Georgian farmers marched in Tbilisi. Georgia has no king.")
    assert desk.build() == desk.build(-1)
    assert desk.find("georgia") == moved | {"place/georgia": ["a-first", "country", "row"]}


def test_the_two_georgias_are_one_where_the_user_says_so(tmp_path: Path, quick: pytest.MonkeyPatch):
    desk = Desk(tmp_path, GEORGIAS)
    before = desk.build()
    desk.decide(quick, "same", "kgr:place/georgia", f"kgr:{STATE}")
    assert desk.find("georgia") == {"place/georgia": ["bare", "country", "governor", "row", "states"]}
    (desk.out / "decisions.ttl").unlink()
    assert desk.build() == before


AREA, COUNTRY = "kg:AdministrativeArea", "kg:Country"
READ = [
    ("Shops in Atlanta, Georgia, closed.", AREA),
    ("Georgia Governor Ann Lee signed the law.", AREA),
    ("The US state of Georgia voted.", AREA),
    ("Two states of the United States, Florida and Georgia, voted.", AREA),
    ("The Belgian province of Luxembourg was flooded. Luxembourg asked for help.", AREA),
    ("Georgia voted on Sunday.", COUNTRY),
    ("The United States and Georgia signed an agreement.", COUNTRY),
    ("The governor of Georgia met the prime minister of Georgia.", COUNTRY),
    ("Shops in Atlanta, Georgia, closed. The Georgian army marched.", COUNTRY),
    ("The central bank governor of Georgia resigned.", COUNTRY),
    ("Luxembourg and Belgium signed an agreement.", COUNTRY),
]


@pytest.mark.parametrize(("text", "kind"), READ, ids=[text for text, _ in READ])
def test_a_country_or_its_namesake(nlp: Language, text: str, kind: str):
    doc = nlp(text)
    names = {span.label_ for span in doc.spans[MENTIONS] if span.text in ("Georgia", "Luxembourg")}
    assert names == {kind}


WITHIN = [
    ("The Hands Off Venezuela campaign in Canada has issued a declaration.", "Venezuela", ""),
    ("The visit to Venezuela was short.", "Venezuela", "kg:Country"),
    ("In Quito Correa promised a new constitution.", "Quito", "kg:City"),
    ("In Quito Correa promised a new constitution.", "Correa", "kg:Person"),
]


@pytest.mark.parametrize(("text", "name", "kind"), WITHIN, ids=[f"{name} in {text}" for text, name, _ in WITHIN])
def test_a_place_is_none_within_a_longer_name_nor_a_part_of_one_behind_it(
    nlp: Language, text: str, name: str, kind: str
):
    doc = nlp(text)
    assert {span.text: span.label_ for span in doc.spans[MENTIONS]}.get(name, "") == kind


BODIES = [
    ("Ecuador voted to call a Constituent Assembly. Ecuador has waited for it.", "Constituent Assembly", ""),
    ("In Ecuador the Supreme Court has ruled. Ecuador is calm.", "Supreme Court", "Supreme Court of Ecuador"),
    ("The legislature of Georgia met in Atlanta, Georgia.", "legislature", ""),
    ("The legislature of Georgia met in Tbilisi.", "legislature", "Legislature of Georgia"),
]


@pytest.mark.parametrize(("text", "name", "known_as"), BODIES, ids=[text for text, *_ in BODIES])
def test_a_body_is_a_countrys_where_it_is_a_certain_one_of_a_country(
    nlp: Language, text: str, name: str, known_as: str
):
    doc = nlp(text)
    assert {span.kb_id_ for span in doc.spans[MENTIONS] if name in span.text} == {known_as}
