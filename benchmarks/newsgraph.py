"""A graph shaped like one of news, of any size, by chance with a seed: the records a build holds, written as it does.

People, bodies and places, events with roles and dates; each statement stands on sentences of documents at their true
offsets, some are denied, alleged or unsure, and a few things are named far more often than all others.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from pyoxigraph import Store

from kg.model import Document, Evidence, Factuality, Form, Mention, Passage, Statement, Value
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.dataset import make_store
from kg.rdf.quads import Run

SENTENCES = 6
"""In a document; every second one tells of an event."""
TRIPLES_A_DOCUMENT = 640
"""As measured at a million."""
_EVENTS = ("Arrest", "Protest", "Meeting", "Election", "Accusation", "Trial", "Appointment", "Killing", "Agreement")
_LED_TO = {
    "presidentOf": "country",
    "ministerOf": "country",
    "citizenOf": "country",
    "bornIn": "city",
    "livesIn": "city",
    "memberOf": "organization",
    "leaderOf": "organization",
    "worksFor": "organization",
    "opposes": "organization",
}
_CLASSES = {
    "person": ("Agent", "Person"),
    "organization": ("Agent", "Organization"),
    "city": ("Place", "City"),
    "country": ("Agent", "Place", "Country"),
}
_HELD = (Factuality.FACT,) * 7 + (Factuality.UNCOMMITTED, Factuality.COUNTERFACT, Factuality.PROBABLE)
_SCORES = (0.6, 0.8, 0.9)
_COUNTRIES, _CITIES = 60, 3000
Triple = tuple[str, str, str | Value]
Said = tuple[Triple, Factuality]


def make_graph(triples: int, seed: int = 1) -> Store:
    """About so many triples; the same numbers give the same graph."""
    random = Random(seed)  # noqa: S311  # chance, no secret
    count = max(1, triples // TRIPLES_A_DOCUMENT)
    documents, held = [], dict[Triple, list[Evidence]]()
    for number in range(count):
        document, found = _write_document(number, count, random)
        documents.append(document)
        for triple, evidence in found:
            held.setdefault(triple, []).append(evidence)
    statements = [Statement(*triple, tuple(dict.fromkeys(found))) for triple, found in held.items()]
    run = Run("kg", "none", "0" * 16, f"{seed:016}", f"{triples} triples")
    return make_store(statements, documents, run=run, ontology_folder=ONTOLOGY_FOLDER)


def _write_document(number: int, count: int, random: Random) -> tuple[Document, list[tuple[Triple, Evidence]]]:
    day = date(2000, 1, 1) + timedelta(days=number % 7000)
    name, text = f"{number % 97}/{number}.md", ""
    found: list[tuple[Triple, Evidence]] = []
    for place in range(SENTENCES):
        said = list(_say(number * SENTENCES + place, count, day, random))
        words = "; ".join(f"{s.partition('/')[2]} {p.partition(':')[2]} {o}" for (s, p, o), _ in said[-2:])
        passage = Passage(name, len(text), len(text) + len(words), words)
        text += f"{words}. "
        found.extend((triple, _make_evidence(passage, held, random)) for triple, held in said)
    return Document(name, text, title=f"Report {number}", source=f"Wire {number % 40}", published=day), found


def _make_evidence(passage: Passage, held: Factuality, random: Random) -> Evidence:
    speaker = Mention(passage, "kg:Agent", Form.NAME) if held is Factuality.UNCOMMITTED else None
    return Evidence(passage, held, "frame", random.choice(_SCORES), speaker)


def _say(number: int, count: int, day: date, random: Random) -> Iterator[Said]:
    """What one sentence says: of a person, a body and a place, and of an event they take part in."""
    person, body, city = (
        _pick("person", count, random),
        _pick("organization", count, random),
        _pick("city", _CITIES, random),
    )
    country = f"kgr:place/country-{int(city.rpartition('-')[2]) % _COUNTRIES}"
    held, relation = random.choice(_HELD), random.choice(tuple(_LED_TO))
    for thing in (person, body, city, country):
        yield from _name(thing)
    yield (city, "kg:locatedIn", country), Factuality.FACT
    ends = {"city": city, "country": country, "organization": body}
    yield (person, f"kg:{relation}", ends[_LED_TO[relation]]), held
    if number % 2:
        yield from (
            (triple, held) for triple in _tell_event(number, person, _pick("person", count, random), city, day, random)
        )


def _name(thing: str) -> Iterator[Said]:
    local = thing.rpartition("/")[2]
    yield (thing, "rdfs:label", Value(local.replace("-", " ").title(), "xsd:string")), Factuality.FACT
    for kind in _CLASSES[local.partition("-")[0]]:
        yield (thing, "rdf:type", f"kg:{kind}"), Factuality.FACT


def _tell_event(number: int, actor: str, target: str, city: str, day: date, random: Random) -> Iterator[Triple]:
    event, kind = f"kgr:event/event-{number}", random.choice(_EVENTS)
    yield event, "rdf:type", "kg:Event"
    yield event, "rdf:type", f"kg:{kind}"
    yield event, "rdfs:label", Value(f"{kind} {number}", "xsd:string")
    for role, thing in (("actor", actor), ("target", target)):
        yield event, f"kg:{role}", thing
        yield event, "kg:participant", thing
    yield event, "kg:place", city
    yield event, "kg:date", Value(day.isoformat(), "xsd:date")


def _pick(kind: str, count: int, random: Random) -> str:
    """A thing of a kind; the first are named far more often than the last."""
    folder = "place" if kind in ("city", "country") else kind
    return f"kgr:{folder}/{kind}-{int(count ** random.random())}"
