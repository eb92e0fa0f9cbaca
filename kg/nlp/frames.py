"""Where a frame's words stand in a text, and what stands at the positions of its arguments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from kg.model import Curie
from kg.nlp.astray import leads_astray
from kg.nlp.breaks import sentence_of
from kg.nlp.exclusions import is_excluded, spread
from kg.nlp.exemplars import find_exemplars, is_exemplar
from kg.nlp.nominals import resolve_token
from kg.nlp.paths import UNDERSTOOD, parse_path, walk_all, walk_paths
from kg.nlp.spans import (
    FRAMES,
    Stretch,
    index_mentions,
    is_name,
    lemma,
    lemmas_of,
    list_mentions,
    read_spans,
    write_spans,
)
from kg.nlp.tree import children_of, labels_below, tokens_of
from kg.ontology import Frame, Ontology

_POS = {
    "NOUN": frozenset({"NOUN", "PROPN"}),
    "VERB": frozenset({"VERB"}),
    "ADJ": frozenset({"ADJ", "VERB"}),
    "ADP": frozenset({"ADP"}),
}
_PARTICIPLES = frozenset({"VBN", "VBD"})  # taggers take '*found* guilty' for either
_REACH = 5  # tokens: 'daughter - in - law'
_KEPT = 256  # positions of triggers: several frames that one word evokes ask for the same
_GENERIC = frozenset({"kg:Entity", "kg:Place", "kg:Organization", "kg:Region"})
Entries = tuple[tuple[tuple[str, ...], Frame], ...]
"""Words and the frame that they evoke together."""


class Hit(NamedTuple):
    """A frame evoked by the tokens ``start:end`` whose syntactic head is ``trigger``."""

    frame: Frame
    trigger: Token
    start: int
    end: int


class Filler(NamedTuple):
    """A mention found at the end of a path."""

    span: Span
    path: str


def annotate_frames(doc: Doc, *, ontology: Ontology) -> Doc:
    """Fills ``doc.spans["frames"]``; the label of a span is the frame its words evoke."""
    hits = _find_hits(doc, ontology)
    write_spans(doc, FRAMES, (Stretch(doc, hit.start, hit.end, label=hit.frame.id) for hit in hits))
    return doc


@lru_cache(maxsize=2)
def read_frames(doc: Doc, ontology: Ontology) -> Sequence[Hit]:
    """Every frame the text evokes, in text order."""
    frames = _index_frames(ontology)
    return [Hit(frames[span.label_], span.root, span.start, span.end) for span in read_spans(doc, FRAMES)]


@lru_cache(maxsize=8)
def _index_frames(ontology: Ontology) -> Mapping[Curie, Frame]:
    return {frame.id: frame for entries in ontology.frames.values() for _, frame in entries}


def _find_hits(doc: Doc, ontology: Ontology) -> Iterator[Hit]:
    """A longer trigger hides a shorter: 'vice president'."""
    mentions = index_mentions(doc)
    forms = zip(tokens_of(doc), lemmas_of(doc), strict=True)
    known = (token for token, word in forms if word in ontology.frames or token.lower_ in ontology.frames)
    for token in known:
        for words, frame in _longest(token, ontology):
            start = token.i - len(words) + 1
            trigger = token if len(words) == 1 else doc[start : token.i + 1].root
            if _evoked(trigger, frame, mentions):
                yield Hit(frame, trigger, start, token.i + 1)


def _longest(token: Token, ontology: Ontology) -> list[tuple[tuple[str, ...], Frame]]:
    single, longer = _list_entries(lemma(token), token.lower_, ontology)
    matching = [entry for entry in longer if _matches(token, *entry)]
    if not (matching or single) or _continues(token, ontology):
        return []
    longest = max((len(words) for words, _ in matching), default=1)
    return [entry for entry in matching if len(entry[0]) == longest] or [*single]


@lru_cache(maxsize=4096)
def _list_entries(word: str, form: str, ontology: Ontology) -> tuple[Entries, Entries]:
    """What the lexicon has that ends with either: of one word, and of several."""
    forms = dict.fromkeys((word, form))  # 'found' may be read as a form of 'find'
    entries = [entry for one in forms for entry in ontology.frames.get(one, ())]
    single, longer = (tuple(entry for entry in entries if (len(entry[0]) == 1) == alone) for alone in (True, False))
    return single, longer


def _matches(token: Token, words: Sequence[str], frame: Frame) -> bool:
    """True where the words before it are those of the frame; 'a *bridge collapsed*' is no noun."""
    start = token.i - len(words) + 1
    if start < 0 or (frame.pos == "NOUN" and token.pos_ == "VERB"):
        return False
    tokens = tokens_of(token.doc)[start : token.i + 1]
    return all(word in (lemma(piece), piece.lower_) for word, piece in zip(words, tokens, strict=True))


def _continues(token: Token, ontology: Ontology) -> bool:
    """'secretary' of 'secretary of state' is no trigger of its own, nor 'daughter' of 'daughter-in-law'."""
    word = lemma(token)
    if word not in _list_begun(ontology):
        return False
    following = tokens_of(token.doc)[token.i + 1 : token.i + _REACH]
    return any(
        len(words) > n + 1 and words[-n - 2] == word and _matches(later, words, frame)
        for n, later in enumerate(following)
        for words, frame in ontology.frames.get(lemma(later), ())
    )


@lru_cache(maxsize=4)
def _list_begun(ontology: Ontology) -> frozenset[str]:
    """The words behind which those of a frame may go on."""
    return frozenset(word for entries in ontology.frames.values() for words, _ in entries for word in words[:-1])


def _evoked(trigger: Token, frame: Frame, mentions: Mapping[int, Span]) -> bool:
    if trigger.pos_ not in _POS[frame.pos]:
        return False
    inside = mentions.get(trigger.i)
    if inside is not None and inside.label_ == "kg:Date":  # 'in *March* 1999' is no march
        return False
    if inside is not None and is_name(inside) and len(inside) > 1 and not _names_event(inside, trigger, frame):
        return False
    if frame.excludes and walk_all(trigger, frame.excludes):
        return False
    return not frame.requires or bool(walk_all(trigger, frame.requires))


def _names_event(name: Span, trigger: Token, frame: Frame) -> bool:
    """'The *Treaty* of Sintra, signed in 1822': its name tells of the signing too."""
    return name.kb_id_.startswith(trigger.lemma_) or (frame.evokes == "kg:Agreement" and name.label_ == "kg:Law")


def fill(
    triggers: Iterable[Token], position: Curie, kind: Curie, mentions: Mapping[int, Span], ontology: Ontology
) -> tuple[Filler, ...]:
    """The mentions of class ``kind`` at the shortest path of ``position`` that leads to one, with conjuncts."""
    for trigger in triggers:
        if kind == "kg:Date" and trigger.i not in _list_dated(trigger.doc):
            continue
        for path, ends in _walk_position(trigger, position, ontology):
            found = _find_fillers(ends, trigger, path, kind, mentions, ontology)
            if found:
                return found
    return ()


@lru_cache(maxsize=2)
def _list_dated(doc: Doc) -> frozenset[int]:
    """The tokens of sentences that have a date in them or right behind them: no path leads from others to one."""
    dates = (span for span in list_mentions(doc) if span.label_ == "kg:Date")
    near = {sentence_of(tokens_of(doc)[i]) for span in dates for i in (max(span.start - 1, 0), span.end - 1)}
    return frozenset(i for sentence in near for i in range(*sentence))


def fill_all(
    triggers: Iterable[Token], position: Curie, kind: Curie, mentions: Mapping[int, Span], ontology: Ontology
) -> tuple[Filler, ...]:
    """Those at every path: '*Ann* struck a deal with *Bo*'."""
    found: dict[int, Filler] = {}
    for trigger in triggers:
        for path, ends in _walk_position(trigger, position, ontology):
            for filler in _find_fillers(ends, trigger, path, kind, mentions, ontology):
                found.setdefault(filler.span.start, filler)
    return tuple(found[start] for start in sorted(found))


@lru_cache(maxsize=_KEPT)
def _walk_position(trigger: Token, position: Curie, ontology: Ontology) -> Sequence[tuple[str, Sequence[Token]]]:
    """The paths of a position that exist, with what stands at their ends; a verb with its own subject borrows none."""
    active = ontology.positions.get(position, ())
    paths = ontology.passive_positions.get(position, active) if is_passive(trigger) else active
    found = walk_paths(trigger, _by_length(paths))
    if not found:
        return ()
    return [(path, ends) for path, ends in found if not leads_astray(trigger, position, path, ends, ontology)]


@lru_cache(maxsize=1024)
def _by_length(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The shortest first, what is understood last; a step that asks for words before the same that takes any."""
    key = {path: (UNDERSTOOD in path, len(parse_path(path)), path.replace(":", "\0")) for path in paths}
    return tuple(sorted(paths, key=key.__getitem__))


def is_passive(verb: Token) -> bool:
    """'*was arrested*', 'the man *arrested* in Quito', 'was tried and *sentenced*'."""
    if verb.tag_ not in _PARTICIPLES:
        return False
    marks = labels_below(verb)
    fronted = verb.dep_ == "advcl" and verb.is_sent_start and not marks & {"nsubj", "mark"}
    joined = verb.dep_ == "conj" and verb.head.is_sent_start and "dobj" not in marks  # 'Arrested and *tried*, she …'
    if verb.tag_ != "VBN" and not (verb.tag_ == "VBD" and (fronted or joined)):  # '*Found* guilty, she …'
        return False
    if marks & {"auxpass", "nsubjpass", "agent"}:
        return True
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not marks & {"aux", "nsubj"}:
        return is_passive(verb.head)
    found = verb.dep_ == "xcomp" and verb.head.lemma_ == "find" and "nsubj" not in marks  # 'was found *murdered*'
    return (found or verb.dep_ in {"acl", "advcl"}) and "aux" not in marks


def _find_fillers(
    ends: Sequence[Token], trigger: Token, path: str, kind: Curie, mentions: Mapping[int, Span], ontology: Ontology
) -> tuple[Filler, ...]:
    fillers = {}
    for end in (end for end in ends if not is_excluded(end, trigger, path, ontology)):
        for token in _spread(end, trigger, path, ontology):
            span = resolve_token(token, mentions, ontology)
            if span is not None and fits(span, kind, ontology) and not span.start <= trigger.i < span.end:
                fillers[span.start] = Filler(span, path)
            for some in find_some(token, trigger, path, kind, mentions, ontology):
                fillers[some.span.start] = some
    return tuple(fillers[start] for start in sorted(fillers))


def find_some(
    plural: Token, trigger: Token, path: str, kind: Curie, mentions: Mapping[int, Span], ontology: Ontology
) -> Iterator[Filler]:
    """'three members of X, among them *Ann Bo* and *Cy Di*'."""
    for first in find_exemplars(plural, ontology):
        for word in _spread(first, trigger, path, ontology):
            span = resolve_token(word, mentions, ontology)
            if span is not None and fits(span, kind, ontology) and is_exemplar(span, plural, ontology):
                yield Filler(span, path)


def _spread(end: Token, trigger: Token, path: str, ontology: Ontology) -> Iterator[Token]:
    """What is coordinated, and names beside it: 'the poets *Ann Bo* and *Cy Di*', 'two ministers, *Ann Bo* and …'."""
    for token in spread(end, trigger, path, ontology):
        yield token
        for beside in (name for name in _named_beside(token) if not is_excluded(name, trigger, "", ontology)):
            joined = beside.dep_ == "appos" and (beside.left_edge.i == token.i + 1 or token.tag_ == "NNS")
            yield from spread(beside, trigger, path, ontology) if joined else (beside,)


def _named_beside(token: Token) -> Iterator[Token]:
    """'a minister, *Ann Bo*'; 'met activist and founder *Ann Bo*', where parsers hang the name on the verb."""
    if token.pos_ == "NOUN":
        yield from (child for child in children_of(token) if child.dep_ == "appos")
        if token.i + 1 < len(token.doc) and token.nbor().pos_ == "PROPN":
            yield token.nbor()  # 'acquitted the surgeon *Ann* Bo', whatever the parser hangs it on
        if token.dep_ == "dobj":
            yield from (child for child in children_of(token.head) if child.dep_ == "conj" and child.pos_ == "PROPN")


def fits(span: Span, kind: Curie, ontology: Ontology) -> bool:
    """True where the mention may be of that class; a name of unknown kind may be narrowed to it."""
    return fits_class(span.label_, kind, bool(span.kb_id), ontology)


@lru_cache(maxsize=4096)
def fits_class(label: Curie, kind: Curie, known: bool, ontology: Ontology) -> bool:
    """The same of a mention by its label and whether it is listed or has a value, which of a date is asked."""
    if "kg:Date" in (label, kind):
        return label == kind and known
    return ontology.is_a(label, kind) or (label in _GENERIC and ontology.is_a(kind, label))
