"""Examples as rows to learn from: each pair with what is seen of it, and what is told of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from kg.errors import ExampleError
from kg.examples import Example, Fact, Stretch, overlap
from kg.model import Curie
from kg.nlp.candidates import End, Pair, find_ends, find_pairs
from kg.nlp.features import find_features
from kg.nlp.parse import read_parse
from kg.nlp.sharing import Key, find_key
from kg.ontology import Ontology

PARTS = 3
_RARE = 3  # a feature seen less often is left out

Labels = dict[Curie, bool | None]
"""Relation → whether the pair has it; None where nobody looked; no entry where it is unclear."""


class Sample(NamedTuple):
    """One pair of the example of a number: what it shares its scores with, its features by number, its labels, its
    part, how much it counts, and the relations it may have, of which some may be unclear."""

    example: int
    key: Key
    features: tuple[int, ...]
    labels: Labels
    part: int
    weight: float = 1.0
    asked: frozenset[Curie] = frozenset()


class Corpus(NamedTuple):
    """All samples, what their numbers mean, and the relations they teach."""

    samples: tuple[Sample, ...]
    features: tuple[str, ...]
    relations: tuple[Curie, ...]


def make_corpus(examples: Sequence[Example], docs: Iterable[Doc], ontology: Ontology) -> Corpus:
    """Pairs and features of all examples; features seen in fewer than three pairs are left out."""
    relations = tuple(sorted({fact.relation for example in examples for fact in example.facts}))
    if not relations:
        raise ExampleError("no example states a fact", hint="mark some facts; texts without any teach nothing alone")
    first: dict[str, int] = {}
    samples = tuple(
        Sample(
            number,
            key._replace(sentence=f"{number} {key.sentence}"),
            _number(features, first),
            labels,
            part,
            example.weight,
            asked,
        )
        for number, (example, doc, part) in enumerate(zip(examples, docs, deal_parts(examples), strict=True))
        for key, features, labels, asked in _observe(example, doc, relations, ontology)
    )
    return _drop_rare(Corpus(samples, tuple(first), relations))


def _number(features: Iterable[str], numbers: dict[str, int]) -> tuple[int, ...]:
    """Features as numbers, new ones counted on: the words themselves would fill the memory."""
    return tuple(numbers.setdefault(name, len(numbers)) for name in features)


def _drop_rare(corpus: Corpus) -> Corpus:
    """The rest in the order of their names: so the first numbers do not matter."""
    seen = Counter(number for sample in corpus.samples for number in sample.features)
    kept = sorted((name, number) for number, name in enumerate(corpus.features) if seen[number] >= _RARE)
    renamed = {number: new for new, (_, number) in enumerate(kept)}
    samples = tuple(
        sample._replace(features=tuple(sorted(renamed[number] for number in sample.features if number in renamed)))
        for sample in corpus.samples
    )
    return Corpus(samples, tuple(name for name, _ in kept), corpus.relations)


def deal_parts(examples: Sequence[Example]) -> list[int]:
    """The part of each example: groups in the order of their names, and texts without one, in turn."""
    groups = sorted({example.group for example in examples if example.group})
    parts = {group: number % PARTS for number, group in enumerate(groups)}
    return [parts[example.group] if example.group else n % PARTS for n, example in enumerate(examples)]


def _observe(
    example: Example, doc: Doc, relations: Sequence[Curie], ontology: Ontology
) -> Iterator[tuple[Key, frozenset[str], Labels, frozenset[Curie]]]:
    pairs = list(find_pairs(doc, find_ends(relations, ontology), ontology, strays=True))
    parse = read_parse(doc, ontology) if pairs else None
    for pair in pairs:
        labels = _label(example, pair, ontology)
        if parse is not None and labels:
            yield find_key(pair), find_features(pair, parse), labels, pair.sure | pair.open


def _label(example: Example, pair: Pair, ontology: Ontology) -> Labels:
    """A fact of a relation below it makes a pair one of a relation only where this one was looked for."""
    told, unclear = (_find_relations(facts, pair) for facts in (example.facts, example.unclear))
    labels: Labels = {}
    for relation in sorted(pair.sure | pair.open):
        looked = relation in example.relations
        if relation in told:
            labels[relation] = True
        elif any(ontology.is_a(found, relation) for found in told):
            labels.update({relation: True} if looked else {})
        elif _is_judged(example, pair) and not any(ontology.is_a(found, relation) for found in unclear):
            labels[relation] = False if looked else None
    return labels


def _find_relations(facts: Iterable[Fact], pair: Pair) -> frozenset[Curie]:
    """The relations of the facts that have these ends."""
    subject, target = stretch_of(pair.subject), stretch_of(pair.object)
    return frozenset(fact.relation for fact in facts if overlap(fact.subject, subject) and overlap(fact.object, target))


def _is_judged(example: Example, pair: Pair) -> bool:
    ends = (stretch_of(pair.subject), stretch_of(pair.object))
    return not example.spans or all(any(overlap(span, end) for span in example.spans) for end in ends)


def stretch_of(end: End) -> Stretch:
    """Its characters."""
    return end.span.start_char, end.span.end_char
