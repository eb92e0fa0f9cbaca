"""Sentences that are not in the text's own voice, told by their words: whose they are, and stories.

By words and not by the parse, which is at its worst where one sentence stands in another.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from spacy.tokens import Doc, Span, Token

from kg.nlp.breaks import list_sentences, sentence_of
from kg.nlp.spans import lemma
from kg.nlp.tree import children_of, index_texts, labels_below, text_between, tokens_of
from kg.ontology import Ontology

_ASIDE = 8  # words between the commas of 'Ann, *a lawyer of the ministry said*, killed Bo'
_OPENING = 9  # words in which a sentence says that it tells a story: 'In her second and last *novel*, …'
_JOINTS = frozenset({"who", "which", "that", "whom", "whose", "and", "or", "but", "as", "when", "if", "to", ";", ":"})
_FINITE = frozenset({"VBZ", "VBD", "VBP"})
_VERBS = frozenset({"VERB", "AUX"})
_SPEAKERS = frozenset({"NOUN", "PROPN", "PRON"})
_HELPERS = frozenset({"aux", "auxpass", "advmod", "neg"})
_HAVE = frozenset({"has", "have", "had"})
_FOR_WHOM = frozenset({"for", "to"})
_OWN_VOICE = frozenset({"i", "we"})
_WHO_SPEAKS = ("kg:Person", "kg:Organization")
_SIDE = 5  # words in which 'For his many enemies' ends
_CLOSING = 5  # words and marks behind the last colon: ': police sources.'
_ABOUT = frozenset({"of", "about", "against", "-"})
Told = tuple[int, Sequence[int]]
"""Who says so, and the tokens that are that one's word."""


@lru_cache(maxsize=2)
def find_claims(doc: Doc, ontology: Ontology) -> Mapping[int, int]:
    """Token of a sentence that is somebody's word → whose: 'Ann, *police said*, killed Bo', 'Police: Ann killed Bo'."""
    found: dict[int, int] = {}
    for read in (_read_asides, _read_opening, _read_announced):
        for speaker, told in read(doc, ontology):
            found.update(dict.fromkeys(told, speaker))
    return found


def _read_asides(doc: Doc, ontology: Ontology) -> Iterator[Told]:
    for start, end, places in _list_sentences(doc, ","):
        opened = [start - 1] if doc[start].lower_ == "as" else []  # '*As police said*, Ann killed Bo'
        edges = [*opened, *places, end - 1]
        for left, right in pairwise(edges):
            last = right == edges[-1]
            aside = tokens_of(doc)[left + 1 : right]
            speaker = _find_speaker(aside, ontology, last=last) if 1 < len(aside) <= _ASIDE else None
            if speaker is not None:
                yield speaker.i, (*range(start, left), *range(right, end))


def _list_sentences(doc: Doc, mark: str) -> Iterator[tuple[int, int, list[int]]]:
    """Start and end of each sentence that has the mark, and where it stands."""
    for (start, end), marks in groupby(index_texts(doc).get(mark, ()), key=sentence_of):
        yield start, end, [token.i for token in marks]


def _find_speaker(aside: Sequence[Token], ontology: Ontology, *, last: bool) -> Token | None:
    """The subject of '*neighbours* whisper', 'said the *minister*', '*she* told the BBC', 'or so *they* say'.

    At the end of a sentence nothing may follow the verb: '…, *the court* said' and not '…, she told the court a lie'.
    What 'we' say is the text's own voice, and what was foretold, 'as they *predicted*', has come about.
    """
    compared = aside[0].lower_ == "as"
    aside = aside[2 if [token.lower_ for token in aside[:2]] == ["or", "so"] else int(compared) :]
    if not aside or any(token.lower_ in _JOINTS for token in aside):
        return None
    verb = next((token for token in aside if token.pos_ in _VERBS and token.dep_ not in _HELPERS), aside[0])
    passive = verb.tag_ == "VBN" and aside[0].lower_ in ("it", *_OWN_VOICE)  # 'it is said', 'I was told'
    if not _tells(verb, ontology) or not (_is_finite(verb) or passive) or (last and verb.i < aside[-1].i):
        return None
    mistaken = any(token.lower_ in ontology.words["lex:Mistaken"] for token in aside)  # 'as he *wrongly* predicted'
    own = aside[0].lower_ in _OWN_VOICE and labels_below(verb).isdisjoint(("auxpass", "nsubjpass"))
    if compared and not mistaken and (own or not _is_compared(verb, aside, ontology)):
        return None
    subject = next((word for word in reversed(aside[: verb.i - aside[0].i]) if word.dep_ not in _HELPERS), None)
    if subject is None:
        return aside[-1]
    return subject if subject.pos_ in _SPEAKERS or passive else None


def _tells(verb: Token, ontology: Ontology) -> bool:
    """'said'; 'put it'."""
    return lemma(verb) in ontology.words["lex:Saying"] or text_between(verb.doc, verb.i, verb.i + 2) == "put it"


def _is_finite(verb: Token) -> bool:
    """'said', 'has said'."""
    had = any(child.lower_ in _HAVE and child.i < verb.i for child in children_of(verb))  # 'had wrongly said'
    return verb.tag_ in _FINITE or (verb.tag_ == "VBN" and had)


def _is_compared(verb: Token, aside: Sequence[Token], ontology: Ontology) -> bool:
    """'as police *said on Monday*', 'as she *told* the court', not 'as police *announced the verdict*'."""
    behind = aside[verb.i + 1 - aside[0].i :]
    bare = not behind or behind[0].pos_ in ("ADP", "ADV") or behind[0].lower_ in ("it", "so")
    return (bare or lemma(verb) == "tell") and lemma(verb) not in ontology.words["lex:Forecast"]


def _read_opening(doc: Doc, ontology: Ontology) -> Iterator[Told]:
    """'*For the prosecution* Ann killed Bo'."""
    for start, end in list_sentences(doc):
        opening = doc[start + 1 : min(start + _SIDE, end)] if tokens_of(doc)[start].lower_ in _FOR_WHOM else ()
        side = next((word for word in opening if lemma(word) in ontology.words["lex:Side"]), None)
        if side is not None:
            yield side.i, range(side.i + 1, end)


def _read_announced(doc: Doc, ontology: Ontology) -> Iterator[Told]:
    """'*The charge*: Ann killed Bo', 'Ann killed Bo: *police*'; a parser may end the sentence at the colon."""
    for start, end, colons in _list_sentences(doc, ":"):
        first, last = colons[0], colons[-1]
        speaker = _find_teller(doc[start:first], ontology) if first - start <= _OPENING else None
        if speaker is not None:
            yield speaker.i, range(first + 1, sentence_of(doc[end])[1] if _is_over(doc, first, end) else end)
        speaker = _find_teller(doc[last + 1 : end], ontology) if end - last <= _CLOSING else None
        if speaker is not None:
            yield speaker.i, range(start, last)


def _is_over(doc: Doc, colon: int, end: int) -> bool:
    return end < len(doc) and doc[colon + 1 : end].text.strip() == ""


def _find_teller(words: Span, ontology: Ontology) -> Token | None:
    """'The *clerk* told the court', 'The *theory* goes like this', 'The *charge*', '*Police*': no 'update', no land."""
    verb = next((word for word in words if word.pos_ in _VERBS and word.tag_ in _FINITE), None)
    nouns = [word for word in words if word.pos_ in _SPEAKERS]
    if verb is not None and lemma(verb) in ontology.words["lex:Saying"]:
        return next((word for word in reversed(nouns) if word.i < verb.i), None)
    return next((noun for noun in nouns if noun.pos_ == "NOUN" and _may_tell(noun, verb, ontology)), None)


def _may_tell(noun: Token, verb: Token | None, ontology: Ontology) -> bool:
    """What is said, or where no verb tells of them somebody who speaks: not 'Police arrested three: …'."""
    cue = ontology.cues.get((lemma(noun), "noun"))
    if lemma(noun) in ontology.words["lex:Hearsay"] or (cue is not None and cue.gives == "Uu"):
        return True
    kind = ontology.nominals.get(lemma(noun))
    return verb is None and kind is not None and any(ontology.is_a(kind, speaker) for speaker in _WHO_SPEAKS)


@lru_cache(maxsize=2)
def find_stories(doc: Doc, ontology: Ontology) -> frozenset[int]:
    """The tokens of sentences that begin 'In the novel …', 'In her dream, …'."""
    return frozenset(i for start, end in _find_told(doc, ontology) for i in range(start, end))


def _find_told(doc: Doc, ontology: Ontology) -> Iterator[tuple[int, int]]:
    for start, end in list_sentences(doc):
        opening = doc[start : min(start + _OPENING, end)] if tokens_of(doc)[start].lower_ == "in" else ()
        for token in opening:
            if token.text == ",":
                break
            if lemma(token) in ontology.words["lex:Fiction"] and token.nbor().lower_ not in _ABOUT:
                yield start, end
                break
