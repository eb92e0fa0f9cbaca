"""'The former' and 'the latter': the first and the second of the two things last named together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from spacy.tokens import Span, Token

from kg.nlp.breaks import sentence_of, sentence_starts_between
from kg.nlp.partition import Chains, join
from kg.nlp.spans import is_name
from kg.nlp.tree import labels_below, tokens_of
from kg.ontology import Ontology

LATTER = frozenset({"former", "latter"})
_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "attr"})
_REACH = 2  # sentences before it


def is_latter(token: Token) -> bool:
    """'*the former* won'; not 'the former minister'."""
    bare = token.lower_ in LATTER and token.dep_ in _NOMINAL and token.i > 0 and token.nbor(-1).lower_ == "the"
    return bare and (token.i + 1 == len(token.doc) or token.nbor().pos_ not in ("NOUN", "PROPN", "ADJ"))


def match_latter(mentions: list[Span], chains: Chains, _: Ontology) -> None:
    """Each to the one it takes up, where the sentence before, or one of the last, names two of a kind."""
    for i, span in enumerate(mentions):
        if len(span) == 1 and is_latter(span.root) and (pair := _find_pair(i, mentions, chains)):
            join(chains, pair[span.root.lower_ == "latter"], i)


def _find_pair(i: int, mentions: Sequence[Span], chains: Chains) -> tuple[int, ...]:
    """The two names of a kind in the nearest sentence before that has names, unless other things are paired there."""
    doc, start = mentions[i].doc, mentions[i].start
    if _pairs_things(tokens_of(doc)[slice(*sentence_of(doc[start]))], 0, start):
        return ()
    for away in range(_REACH + 1):
        named: dict[str, dict[int, int]] = defaultdict(dict)
        for j in range(i):
            between = sentence_starts_between(doc, mentions[j].start + 1, start + 1)
            if between == away and is_name(mentions[j]):
                named[mentions[j].label_].setdefault(chains[j], j)
        pairs = [tuple(firsts.values()) for firsts in named.values() if len(firsts) == 2]
        if len(pairs) == 1 and not any(len(firsts) > 2 for firsts in named.values()):
            last = mentions[pairs[0][1]]
            return () if _pairs_things(last.sent, last.end, start) else pairs[0]
        if named and away:
            return ()
    return ()


def _pairs_things(words: Iterable[Token], first: int, last: int) -> bool:
    """'own *a fund and a school*', 'her *and her husband*': what is joined and has no name."""
    nouns = (word for word in words if first <= word.i < last and word.dep_ == "conj" and word.pos_ == "NOUN")
    return any("appos" not in labels_below(noun) for noun in nouns)
