"""Which ordered pairs of mentions are looked at for which relations.

A pair stands in one sentence. A relation is *sure* of a pair where both classes are what domain and range ask for;
it is *open* where a class may be the reader's mistake (a name on no list, a relative pronoun). Open ones are scored
and learned from, but never stated.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from spacy.tokens import Doc, Span

from kg.model import Curie, Form
from kg.nlp.breaks import sentence_of
from kg.nlp.frames import fits_class
from kg.nlp.masks import kind_of
from kg.nlp.spans import find_chain, index_chains, is_nominal, is_pronoun, list_mentions
from kg.nlp.strays import find_speaker, find_strays
from kg.ontology import Ontology

_PERSONAL = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself", "i", "me", "my", "myself"})
_MISTAKEN = ("kg:Person", "kg:Organization", "kg:Place", "kg:Work", "kg:Law", "kg:Group")
_GUESSED = ("kg:Person", "kg:Organization", "kg:Place")
_FAR = 60  # tokens between two mentions that are still read together

_YEAR = 4  # characters
_NONE: frozenset[Curie] = frozenset()

Ends = tuple[tuple[Curie, Curie, Curie], ...]
"""Relations, each with its domain and range."""


class Look(NamedTuple):
    """What tells of which classes a mention may be: its own, its form, whether it is listed or has a value.

    A pronoun is ``loose`` if it may mean no person, a number if it may be a year.
    """

    label: Curie
    form: str
    known: bool
    loose: bool


class Roles(NamedTuple):
    """The relations a mention may be an end of: surely, or if its class is mistaken."""

    subject_of: frozenset[Curie]
    object_of: frozenset[Curie]
    maybe_subject_of: frozenset[Curie]
    maybe_object_of: frozenset[Curie]


class End(NamedTuple):
    """A mention, its head and sentence, and what it may be an end of."""

    span: Span
    start: int
    end: int
    root: int
    sentence: tuple[int, int]
    chain: str
    kind: str
    form: str
    roles: Roles


class Pair(NamedTuple):
    """Two mentions, and the relations the first may have to the second."""

    subject: End
    object: End
    sure: frozenset[Curie]
    open: frozenset[Curie]


def find_ends(relations: Sequence[Curie], ontology: Ontology) -> Ends:
    """Domain and range of those relations that the ontology has."""
    known = (relation for relation in relations if relation in ontology.domain)
    return tuple((name, ontology.domain[name], ontology.range.get(name, "kg:Entity")) for name in known)


def find_pairs(doc: Doc, ends: Ends, ontology: Ontology, *, strays: bool = False) -> Iterator[Pair]:
    """Pairs of one sentence that a relation is sure of, in text order; nothing is told of a thing and itself.

    ``strays`` adds those it is open for, pairs in one chain, and what is no mention of ours: 'I', 'where', other names.
    """
    for near in _group(doc, ends, ontology, strays=strays):
        subjects = [end for end in near if (end.roles.maybe_subject_of if strays else end.roles.subject_of)]
        objects = [end for end in near if (end.roles.maybe_object_of if strays else end.roles.object_of)]
        for one, other in product(subjects, objects):
            if abs(one.start - other.start) <= _FAR and _is_apart(one, other, strays):
                sure = one.roles.subject_of & other.roles.object_of
                loose = (one.roles.maybe_subject_of & other.roles.maybe_object_of) - sure if strays else _NONE
                if sure or loose:
                    yield Pair(one, other, sure, loose)


def _is_apart(one: End, other: End, strays: bool) -> bool:
    """False for a thing and itself; with ``strays`` a chain may be mistaken, but not that of 'I' and 'my'."""
    if one.chain != other.chain:
        return True
    return strays and one is not other and not find_speaker(one.span)


def _group(doc: Doc, ends: Ends, ontology: Ontology, *, strays: bool) -> Iterator[list[End]]:
    """The mentions of each sentence that has two; those that are an end of nothing cost nothing more."""
    spans = [span for span in list_mentions(doc) if not _is_common(span)]
    if strays:
        spans = sorted((*spans, *find_strays(doc, ontology)), key=lambda span: span.start)
    chains = index_chains(doc)
    sentences: dict[tuple[int, int], list[Span]] = {}
    for span in spans:
        sentences.setdefault(sentence_of(span[0]), []).append(span)
    for sentence, near in sentences.items():
        if len(near) > 1:
            named = ((span, _name_chain(span, chains)) for span in near)
            yield [_make_end(span, sentence, chain, ends, ontology) for span, chain in named]


def _name_chain(span: Span, chains: Mapping[tuple[int, int], str]) -> str:
    """Whoever speaks is one: what '*I* live in Lima with *my* sons' says of 'I' it says of 'my', too."""
    return chains.get((span.start, span.end), "") or find_speaker(span) or find_chain(span.start, span.end, chains)


def _make_end(span: Span, sentence: tuple[int, int], chain: str, ends: Ends, ontology: Ontology) -> End:
    label, form = span.label_, span.id_
    roles = _find_roles(Look(label, form, bool(span.kb_id), _is_loose(span)), ends, ontology)
    return End(span, span.start, span.end, span.root.i, sentence, chain, kind_of(label, ontology), form, roles)


def _is_loose(span: Span) -> bool:
    """'*who*', '*which*'; '*1962*' read as a number."""
    return span.text.lower() not in _PERSONAL if is_pronoun(span) else span.end_char - span.start_char == _YEAR


@lru_cache(maxsize=4096)
def _find_roles(look: Look, ends: Ends, ontology: Ontology) -> Roles:
    kinds = {kind for _, *pair in ends for kind in pair}
    sure = {kind for kind in kinds if fits_class(look.label, kind, look.known, ontology)}
    maybe = {kind for kind in kinds if kind in sure or _may_be(look, kind, ontology)}
    return Roles(
        *(
            frozenset(name for name, *pair in ends if pair[side] in fitting)
            for fitting in (sure, maybe)
            for side in (0, 1)
        )
    )


def _may_be(look: Look, kind: Curie, ontology: Ontology) -> bool:
    """'*Petalina*' read as a person may be a company; 'who' and 'which' whatever; '1962' read as a number a year."""
    if kind == "kg:Date":
        return look.label == "kg:Date" or (look.label == "kg:Number" and look.loose)
    if look.form == Form.PRONOUN.value:
        return kind == "kg:Person" or look.loose
    unsure = look.form == Form.NAME.value and any(ontology.is_a(look.label, each) for each in _MISTAKEN)
    return unsure and not look.known and any(ontology.is_a(kind, each) for each in _GUESSED)


def _is_common(span: Span) -> bool:
    """'the founder', 'his son': a word of the relation more often than an end of it."""
    return is_nominal(span) and not span.kb_id and not span.text[0].isupper()
