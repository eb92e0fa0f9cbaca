"""A graph to look at, of any number of nodes: countries whose people, bodies and events mostly keep to themselves.

By chance with a seed: the same numbers give the same graph. About 1.8 edges a node; in each country a few things are
named far more often than the others, one edge in ten leads abroad, and a seventh of what is said is not asserted.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from pyoxigraph import Store

from kg.model import Document, Evidence, Factuality, Form, Mention, Passage, Statement, Value
from kg.ontology import ONTOLOGY_FOLDER
from kg.rdf.dataset import make_store
from kg.rdf.quads import Run

_SHARES = {"person": 0.45, "organization": 0.2, "place": 0.1, "event": 0.25}
_CLASSES = {"person": "Person", "organization": "PoliticalParty", "place": "City"}
_EVENTS = ("Arrest", "Protest", "Meeting", "Election", "Trial", "Appointment", "Attack", "Agreement")
_RELATIONS = {
    "organization": ("memberOf", "leaderOf", "opposes"),
    "place": ("bornIn", "livesIn"),
    "person": ("spouseOf",),
}
_HELD = (Factuality.FACT,) * 6 + (Factuality.UNCOMMITTED,)
_EDGES_A_NODE = 1.8
_COUNTRY, _ABROAD = 60, 0.1
Triple = tuple[str, str, str | Value]


def make_graph(nodes: int, seed: int = 1) -> Store:
    """About so many things that have relations."""
    random = Random(seed)  # noqa: S311  # chance, no secret
    things = _list_things(nodes)
    documents, statements = [], []
    for number, triples in enumerate(_tell(things, nodes, random)):
        document = _write(number, triples)
        documents.append(document)
        statements += [_state(triple, document, random.choice(_HELD)) for triple in triples]
    merged = {(s.subject, s.predicate, s.object): s for s in reversed(statements)}
    run = Run("kg", "none", "0" * 16, f"{seed:016}", f"{nodes} nodes")
    return make_store(list(merged.values()), documents, run=run, ontology_folder=ONTOLOGY_FOLDER)


def _list_things(nodes: int) -> dict[str, list[str]]:
    return {kind: [f"kgr:{kind}/{kind}-{i}" for i in range(int(nodes * share))] for kind, share in _SHARES.items()}


def _tell(things: dict[str, list[str]], nodes: int, random: Random) -> Iterator[list[Triple]]:
    """What each document says: of an event, or of a person and something they are tied to."""
    for number, event in enumerate(things["event"]):
        day = date(2000, 1, 1) + timedelta(days=number * 7000 // len(things["event"]))
        yield _tell_event(
            event, _near(number, "person", things, random), _near(number, "place", things, random), day, random
        )
    for number in range(int(nodes * (_EDGES_A_NODE - 0.5))):
        person = things["person"][number % len(things["person"])]
        kind = random.choice(tuple(_RELATIONS))
        other = _near(number % len(things["person"]), kind, things, random)
        yield [*_name(person), *_name(other), (person, f"kg:{random.choice(_RELATIONS[kind])}", other)]


def _near(number: int, kind: str, things: dict[str, list[str]], random: Random) -> str:
    """A thing of the same country or, seldom, of another; the first of each country are the known ones."""
    countries = max(1, len(things["person"]) // _COUNTRY)
    country = random.randrange(countries) if random.random() < _ABROAD else number % countries
    held = things[kind][country::countries]
    return held[int(len(held) ** random.random()) - 1]


def _tell_event(event: str, actor: str, place: str, day: date, random: Random) -> list[Triple]:
    kind = random.choice(_EVENTS)
    label = Value(f"{kind} of {actor.rpartition('-')[2]}, {day.isoformat()}", "xsd:string")
    named: list[Triple] = [(event, "rdf:type", f"kg:{kind}"), (event, "rdfs:label", label)]
    told: list[Triple] = [(event, "kg:actor", actor), (event, "kg:place", place)]
    return [*named, *_name(actor), *_name(place), *told, (event, "kg:date", Value(day.isoformat(), "xsd:date"))]


def _name(thing: str) -> list[Triple]:
    kind, _, number = thing.partition("/")[2].partition("-")
    label = Value(f"{kind.title()} {number}", "xsd:string")
    return [(thing, "rdf:type", f"kg:{_CLASSES[kind]}"), (thing, "rdfs:label", label)]


def _write(number: int, triples: list[Triple]) -> Document:
    subject, predicate, thing = triples[-1]
    text = f"Officials said that {subject.rpartition('/')[2]} and {thing} were {predicate.partition(':')[2]} that week."
    day = date(2000, 1, 1) + timedelta(days=number % 7000)
    return Document(f"{number}.md", text, title=f"Report {number}", source=f"Wire {number % 40}", published=day)


def _state(triple: Triple, document: Document, held: Factuality) -> Statement:
    passage = Passage(document.id, 0, len(document.text), document.text)
    told = Factuality.FACT if triple[1].startswith("rdf") else held
    speaker = Mention(passage, "kg:Agent", Form.NAME) if told is Factuality.UNCOMMITTED else None
    return Statement(*triple, (Evidence(passage, told, "frame", 0.9, speaker),))
