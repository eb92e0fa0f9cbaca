"""Stretches of a sentence that its first words leave open, whatever the parser makes of the rest.

'There is no evidence *that* …', 'nobody knows *whether* …', '*If* …', '*Allegedly* …', and what the next sentence takes
back: long clauses are often hung on the wrong word, and a fact must not hang on that.
"""

from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from kg.nlp.breaks import list_sentences, sentence_of
from kg.nlp.spans import lemma
from kg.nlp.tree import children_of, forms_of, tokens_of
from kg.nlp.withdrawals import find_withdrawn
from kg.ontology import Ontology

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "AUX", "ADJ"})
_MARKS = frozenset({"that", "whether"})
_QUANTITIES = frozenset({"NUM", "DET", "PRON"})
_RESULT = frozenset({"so", "such"})


@lru_cache(maxsize=2)
def find_open(doc: Doc, ontology: Ontology) -> frozenset[int]:
    """The tokens of such stretches."""
    return frozenset((*_find_opened(doc, ontology), *_find_marked(doc, ontology), *find_withdrawn(doc, ontology)))


def _find_opened(doc: Doc, ontology: Ontology) -> Iterator[int]:
    """'*Allegedly*, Ann fled': the sentence."""
    for start, end in list_sentences(doc):
        first = tokens_of(doc)[start]
        if first.lower_ in ontology.words["lex:Opening"] or _is_hearsay(first, ontology):
            yield from range(start, end)


def _find_marked(doc: Doc, ontology: Ontology) -> Iterator[int]:
    """'There is no evidence *that* Ann fled': the rest of the sentence."""
    for token in tokens_of(doc) if not _MARKS.isdisjoint(forms_of(doc)) else ():
        if token.lower_ in _MARKS and not token.is_sent_start and _opens(token, ontology):
            yield from _find_rest(token, doc[slice(*sentence_of(token))])


def _is_hearsay(word: Token, ontology: Ontology) -> bool:
    """'*Reportedly*, Ann fled'; '*Nearly* forty people fled' says how many."""
    cue = ontology.cues.get((word.lower_, "modifier")) if word.pos_ == "ADV" else None
    counted = cue is not None and cue.id == "lex:Nearly" and word.head.pos_ in _QUANTITIES
    return cue is not None and cue.gives != "CT+" and not counted


def _opens(mark: Token, ontology: Ontology) -> bool:
    """'the claim *that* she won', 'it is false *that* she won'; 'she knows that', 'so weak that he fell' are none."""
    if mark.lower_ == "whether":
        return True
    if mark.tag_ != "IN" or mark.dep_ in ("punct", "det"):  # 'it was in Lima *that* she won', 'fled *that* morning'
        return False
    before = mark.nbor(-1)
    if before.lower_ == "it" and lemma(before.head) == "have":
        return True  # 'rumour has it that'
    if before.pos_ not in _CONTENT or any(child.lower_ in _RESULT for child in children_of(before)):
        return False
    kinds = ("noun",) if before.pos_ in ("NOUN", "PROPN") else ("verb", "modifier")
    cues = [cue for kind in kinds if (cue := ontology.cues.get((lemma(before), kind)))]
    return all(cue.gives != "CT+" for cue in cues) and lemma(before) not in ontology.words["lex:Certain"]


def _find_rest(mark: Token, sentence: Span) -> Iterator[int]:
    """What stands behind the mark, but for what hangs on a verb behind it that the clause is an argument of."""
    if _ends(mark, sentence):
        yield from range(mark.i + 1, sentence.end)
        return
    clause = next(iter(mark.ancestors), mark)
    outside = {token.i for token in mark.ancestors} - {clause.i}
    for token in mark.doc[mark.i + 1 : sentence.end]:
        line = [word.i for word in (token, *token.ancestors)]
        reached = next((i for i in line if i in outside), -1)
        if clause.i in line or reached <= mark.i:
            yield token.i


def _ends(mark: Token, sentence: Span) -> bool:
    """True where the clause ends the sentence, as behind its first verb: 'there is no *proof* that'."""
    before = mark.doc[sentence.start : mark.i]
    opened = sentence[0].pos_ in ("ADP", "SCONJ") or any(token.text == "," for token in before)
    return not opened and any(token.pos_ in ("VERB", "AUX") for token in before)
