"""The records that flow through `kg`; standard library only, frozen, compared by value.

``Mention`` and ``Relation`` are what a text says; ``Entity`` and ``Statement`` are what we hold;
``Evidence`` joins them. Names are CURIEs here and become IRIs only inside ``kg.rdf``.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from hashlib import sha256
from typing import NamedTuple

STRICT = 0.5
"""The least score of a fact: implied readings (0.6) pass, weaker ones are candidates."""
DERIVED = ", so "
"""In the rule of evidence by which the ontology, not the text, leads to a statement."""
LEARNED = "learned: "
"""How the rule of evidence begins that examples taught, not a frame."""

Curie = str
Chain = tuple["Mention", ...]
"""Mentions of one thing in one document, in text order; an event is a chain of its triggers."""


class Form(StrEnum):
    """How a thing is mentioned."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"
    VALUE = "value"
    EVENT = "event"


class Factuality(Enum):
    """Certainty and polarity of a proposition (FactBank, Saurí & Pustejovsky 2009)."""

    FACT = "CT+"
    PROBABLE = "PR+"
    POSSIBLE = "PS+"
    COUNTERFACT = "CT-"
    IMPROBABLE = "PR-"
    DOUBTFUL = "PS-"
    UNCOMMITTED = "Uu"

    __hash__ = object.__hash__  # each is itself alone, and to hash its name takes four times as long


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read; every offset in the graph counts characters of ``text``."""

    id: str
    text: str
    title: str = ""
    source: str = ""
    published: date | None = None
    language: str = "en"
    url: str = ""
    author: str = ""
    _hash: str = field(default="", init=False, repr=False, compare=False)  # kept for ``kg.records``, to be asked there


class Passage(NamedTuple):
    """``text == document.text[start:end]``, always; half-open character offsets."""

    document: str
    start: int
    end: int
    text: str


class Mention(NamedTuple):
    """A stretch of text that refers to a thing, or writes a value.

    ``value`` is the normalised lexical form of a VALUE; ``known_as`` the gazetteer's name for it.
    """

    passage: Passage
    type: Curie
    form: Form
    value: str = ""
    known_as: Curie = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that says a thing, how firmly, and by which rule we read it so.

    ``source`` is who says it; None is the text's own voice. ``score`` lies in [0, 1]. It is hashed, many times, by what
    mostly tells it from others.
    """

    passage: Passage
    factuality: Factuality = field(hash=False)
    rule: str
    score: float
    source: Mention | None = field(default=None, hash=False)
    _id: str = field(default="", init=False, repr=False, compare=False)  # kept for ``id``, which is to be asked

    @property
    def id(self) -> str:
        """Sixteen hex digits of the hash of all that it is, its source as it is called; made once."""
        return self._id or know_id(self, _hash_evidence(self))._id

    @property
    def asserting(self) -> bool:
        """True where the text says it in its own voice, and is surely read."""
        return self.factuality is Factuality.FACT and self.score >= STRICT


def know_id(evidence: Evidence, digest: str) -> Evidence:
    """The evidence, whose id was made before."""
    object.__setattr__(evidence, "_id", digest)
    return evidence


def _hash_evidence(evidence: Evidence) -> str:
    document, start, end, text = evidence.passage
    place = f"Passage(document={document!r}, start={start}, end={end}, text={text!r})"
    source = evidence.source.passage.text if evidence.source else ""
    told = f"{place}\0{evidence.factuality._value_}\0{evidence.rule}\0{evidence.score}\0{source}"
    return sha256(told.encode("utf-8", "backslashreplace")).hexdigest()[:16]


class Relation(NamedTuple):
    """A subject, predicate and object as one sentence has them; a CURIE object only for rdf:type."""

    subject: Mention
    predicate: Curie
    object: Mention | Curie
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document says; the unit that is cached and shipped between processes."""

    document: Document
    chains: tuple[Chain, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world, with every mention of it."""

    id: Curie
    type: Curie
    label: str
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """A literal: its lexical form and XSD datatype."""

    lexical: str
    datatype: Curie


POSITIVE = frozenset({Factuality.FACT, Factuality.PROBABLE, Factuality.POSSIBLE})
NEGATIVE = frozenset({Factuality.COUNTERFACT, Factuality.IMPROBABLE, Factuality.DOUBTFUL})
_FIRMNESS = {kind: rank for rank, kind in enumerate(Factuality)}


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple we hold, with all the evidence for and against it; never without evidence.

    ``factuality`` is that of the firmest evidence, UNCOMMITTED where certain evidence disagrees in polarity;
    ``disputed`` is true where one piece of evidence says it and another one says the contrary; ``score`` is the best
    among the evidence that carries the factuality (0 if none does); ``asserted`` is true of a fact: said in the text's
    own voice, without contradiction, and surely read.
    """

    subject: Curie
    predicate: Curie
    object: Curie | Value
    evidence: tuple[Evidence, ...]
    factuality: Factuality = field(init=False, repr=False, compare=False)
    disputed: bool = field(init=False, repr=False, compare=False)
    score: float = field(init=False, repr=False, compare=False)
    asserted: bool = field(init=False, repr=False, compare=False)
    _sources: int = field(init=False, repr=False, compare=False)  # kept for ``kg.sources``, which is to be asked

    def __post_init__(self) -> None:
        """Weighs the evidence once, as it is asked for many times."""
        if len(self.evidence) == 1:
            self._put(self.evidence[0].factuality, self.evidence[0].score, disputed=False)
            return
        kinds = frozenset([item.factuality for item in self.weighty])
        held = _judge(kinds)
        score = max([item.score for item in self.evidence if item.factuality is held], default=0.0)
        self._put(held, score, disputed=len(kinds) > 1 and bool(kinds & POSITIVE and kinds & NEGATIVE))

    def _put(self, held: Factuality, score: float, *, disputed: bool) -> None:
        put = object.__setattr__
        put(self, "factuality", held)
        put(self, "disputed", disputed)
        put(self, "score", score)
        put(self, "asserted", held is Factuality.FACT and score >= STRICT)
        put(self, "_sources", 0)

    @property
    def id(self) -> str:
        """Twelve hex digits of the hash of subject, predicate and object: content is identity."""
        parts = (self.object.lexical, self.object.datatype) if isinstance(self.object, Value) else (self.object,)
        return hash_terms(self.subject, self.predicate, *parts)

    @property
    def weighty(self) -> tuple[Evidence, ...]:
        """The evidence that is surely read; all of it where none is."""
        return tuple([item for item in self.evidence if item.score >= STRICT]) or self.evidence


def hash_terms(*terms: str) -> str:
    """Twelve hex digits that name what the terms say."""
    return sha256("\0".join(terms).encode()).hexdigest()[:12]


@cache
def _judge(kinds: frozenset[Factuality]) -> Factuality:
    if Factuality.FACT in kinds and Factuality.COUNTERFACT in kinds:
        return Factuality.UNCOMMITTED
    return min(kinds, key=_FIRMNESS.__getitem__)


class Verdict(Enum):
    """What a user decides; the value is the verb that says so."""

    SAME = "same"
    DIFFERENT = "different"
    RENAME = "rename"
    RETYPE = "retype"
    REJECT = "reject"


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A thing as the user saw it: its id then, and what which documents call it, which outlives the id."""

    id: Curie
    name: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A user's word on identity, which overrules the texts.

    ``object`` is the other thing (same, different), the name (rename), the class (retype) or the end of the statement
    that ``predicate`` leads to (reject). ``when`` is xsd:dateTime; ``where`` is file and line, for messages.
    """

    verdict: Verdict
    subject: Thing
    object: Thing | Value | Curie
    predicate: Curie = ""
    who: str = ""
    when: str = ""
    why: str = ""
    where: str = field(default="", compare=False)

    @property
    def things(self) -> tuple[Thing, ...]:
        """Subject, and object where it is a thing."""
        return (self.subject, self.object) if isinstance(self.object, Thing) else (self.subject,)

    @property
    def id(self) -> str:
        """Ten hex digits of the hash of what is decided, whoever says it and when."""
        parts = [self.verdict.value, self.predicate]
        for end in (self.subject, self.object):
            parts.extend(_name_parts(end))
        if len({thing.id for thing in self.things}) < len(self.things):
            parts.extend(document for thing in self.things for document in thing.documents)
        return sha256("\0".join(parts).encode()).hexdigest()[:10]


def _name_parts(end: Thing | Value | Curie) -> tuple[str, ...]:
    if isinstance(end, Thing):
        return (end.id, end.name)
    return (end.lexical, end.datatype) if isinstance(end, Value) else (end,)
