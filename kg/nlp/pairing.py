"""Which subject goes with which object, where a trigger has several: 'presidents Ann Bo of Peru and Cy Di of Chile'."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.tokens import Span, Token

from kg.model import Curie
from kg.nlp.breaks import is_ordered
from kg.nlp.frames import Filler, fits
from kg.nlp.nominals import resolve_token
from kg.nlp.paths import walk
from kg.nlp.spans import is_nominal
from kg.ontology import Ontology

_PLURAL = frozenset({"NNS", "NNPS"})


def pair(trigger: Token, subjects: tuple[Filler, ...], objects: tuple[Filler, ...]) -> Iterator[tuple[Filler, Filler]]:
    """Each with each, but one by one in 'Ann and Bo succeeded Cy and Di *respectively*', '*presidents* of A and B'."""
    if len(subjects) == len(objects) > 1 and (trigger.tag_ == "NNS" or is_ordered(trigger)):
        yield from zip(subjects, objects, strict=True)
    elif len(objects) > 1 and trigger.tag_ == "NNS" and (row := _find_row(subjects)) and len(row) == len(objects):
        yield from ((subject, objects[row.index(subject.span.root.i)]) for subject in subjects)
    elif not (len(subjects) > 1 and trigger.tag_ == "NNS" and is_ordered(trigger)):  # of the rest not all is seen
        yield from (
            (subject, target)
            for subject in subjects
            for target in objects
            if not (_is_of_earlier(subject, target) or _is_unpaired(trigger, subjects, target) or _is_title(target))
        )


def _find_row(subjects: Sequence[Filler]) -> list[int]:
    """'the ministers of A and B, *Ann Bo* and …', of whom one is not known for a person: where they stand."""
    root = subjects[0].span.root if subjects else None
    row = sorted(token.i for token in (root, *root.conjuncts)) if root is not None else []
    return row if all(subject.span.root.i in row for subject in subjects) else []


def _is_title(target: Filler) -> bool:
    """'the army's spokesman, *Colonel* Ann Bo': what a person is called by is nobody else."""
    span = target.span
    return is_nominal(span) and not span.kb_id_ and span.label_ == "kg:Person" and span.root.dep_ == "compound"


def pair_own(
    trigger: Token, subjects: Iterable[Filler], kind: Curie, mentions: Mapping[int, Span], ontology: Ontology
) -> list[tuple[Filler, Filler]]:
    """'presidents Ann Bo of Peru and *Cy Di of Chile*': each with what its own name has behind it."""
    found = []
    for subject in subjects if trigger.tag_ in _PLURAL and kind != "kg:Entity" else ():
        for word in walk(subject.span.root, "prep:of pobj"):
            span = resolve_token(word, mentions, ontology)
            if span is not None and fits(span, kind, ontology):
                found.append((subject, Filler(span, "prep:of pobj")))
    return found


def _is_of_earlier(subject: Filler, target: Filler) -> bool:
    """'prime ministers Ann Bo *of Denmark* and Cy Di of Sweden'."""
    owner = target.span.root.head.head
    return (
        target.span.root.dep_ == "pobj"
        and owner.i < subject.span.start
        and any(conjunct == subject.span.root for conjunct in owner.conjuncts)
    )


def _is_unpaired(trigger: Token, subjects: tuple[Filler, ...], target: Filler) -> bool:
    """'the *ministers* of Spain, Ann Bo, and Peru, Cy Di': more stands in the row than is understood."""
    named = {subject.span.root.i for subject in subjects}
    return trigger.tag_ == "NNS" and len(named) > 1 and any(word.i not in named for word in target.span.root.conjuncts)
