"""What can be seen of two mentions in one sentence, as strings a person can read.

Each is a kind and what was seen: ``between > “was born in”``, ``path nsubjpass ^bear prep:in pobj``. The mentions
stand in the order of the text where a feature does not name them; ``>`` or ``<`` says whether the subject comes first.
Kinds after Mintz et al. 2009 and Zhou et al. 2005 (words, mentions, dependency path), chosen by trial on KnowledgeNet.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, repeat

from kg.nlp.candidates import End, Pair
from kg.nlp.parse import Parse
from kg.nlp.path_features import find_governor, find_path_features, name_length
from kg.nlp.spans import is_name, is_pronoun

_WHOLE = 6  # longest stretch between that is a feature as a whole
_LONGEST = 25  # tokens between that are looked at one by one
_BRACKETS = frozenset({"(", ")"})
_KEPT = 1 << 16  # words of which the features are kept: the same stand between many mentions
_TELLING = frozenset({"Organization", "PoliticalParty"})  # kinds whose own words tell: 'University', 'Party'


def find_features(pair: Pair, parse: Parse) -> frozenset[str]:
    """All that is seen of the pair."""
    sides = (find_side_features(pair.subject, "subject", parse), find_side_features(pair.object, "object", parse))
    return frozenset(find_pair_features(pair, parse)).union(*sides)


def find_pair_features(pair: Pair, parse: Parse) -> list[str]:
    """What is seen of both together, some of it more than once."""
    subject, target = pair.subject, pair.object
    first, second = (subject, target) if subject.start <= target.start else (target, subject)
    order = ">" if subject is first else "<"
    return [
        *_find_types(subject, target, order),
        *_find_between(first, second, order, parse),
        *_find_told(subject, target, parse),
        *find_path_features(subject, target, order, parse),
    ]


def find_side_features(end: End, role: str, parse: Parse) -> list[str]:
    """What is seen of an end alone; each begins with its role, so that no pair feature is the same."""
    return [
        f"{role} class {end.span.label_.removeprefix('kg:')}",
        *_find_around(end, role, parse),
        *_find_own_words(end, role),
        *find_governor(end, role, parse),
    ]


def _find_types(subject: End, target: End, order: str) -> list[str]:
    dated = [f"date of {len(target.span.kb_id_)} characters"] if target.kind == "Date" else []
    return [
        f"types {subject.kind}, {target.kind}",
        f"order {subject.kind} {order} {target.kind}",
        f"forms {subject.form}, {target.form}",
        *dated,
    ]


def _find_between(first: End, second: End, order: str, parse: Parse) -> list[str]:
    words = _slice_words(first.end, second.start, parse)
    found = [f"distance {name_length(len(words))}", *_find_rivals(first, second, order, parse)]
    if len(words) <= _WHOLE:
        found.append(f"between {order} “{' '.join(words)}”")
    if len(words) <= _LONGEST:
        found += map(_name_word, repeat(order), words)
        found += map(_name_two, repeat(order), words, words[1:])
    stretch = slice(first.end, second.start)
    found += [f"word for {relation} between {order}" for relation in chain.from_iterable(parse.evoked[stretch])]
    brackets = [word for word in parse.words[stretch] if word in _BRACKETS]
    if brackets:
        found.append(f"brackets between {order} {' '.join(brackets[:2])}")
    return found


@lru_cache(maxsize=_KEPT)
def _name_word(order: str, word: str) -> str:
    return f"word between {order} “{word}”"


@lru_cache(maxsize=_KEPT)
def _name_two(order: str, one: str, other: str) -> str:
    return f"words between {order} “{one} {other}”"


def _find_rivals(first: End, second: End, order: str, parse: Parse) -> list[str]:
    """Mentions between, and whether one could take the place of an end."""
    before = parse.masked.kinds_before
    kinds = parse.masked.kinds[before[first.end] : before[second.start]]
    found = [f"mentions between {min(len(kinds), 4)}"]
    for role, end in (("nearer", first), ("farther", second)) if kinds else ():
        if end.kind in kinds:
            found.append(f"another {role} {order} {end.kind} between")
    return found


def _find_around(end: End, role: str, parse: Parse) -> list[str]:
    """Two words either side, in the sentence, and both together in the order of the text."""
    first, last = end.sentence
    before = _slice_words(max(first, end.start - 4), end.start, parse)[-2:]
    after = _slice_words(end.end, min(last, end.end + 4), parse)[:2]
    found = []
    for where, words, near in (("before", before, before[::-1]), ("after", after, after)):
        found += [f"{role} {n} {where} “{word}”" for n, word in enumerate(near, 1)]
        found.append(f"{role} {where} “{' '.join(words)}”" if len(words) == 2 else f"{role} at edge, {where}")
    return found


def _slice_words(first: int, end: int, parse: Parse) -> Sequence[str]:
    return parse.masked.words[parse.masked.first[first] : parse.masked.end[end]]


def _find_own_words(end: End, role: str) -> list[str]:
    span = end.span
    if is_pronoun(span):
        return [f"{role} is “{span.text.lower()}”"]
    if is_name(span) and end.kind not in _TELLING:
        return []
    words = [token.lower_ for token in span if token.is_alpha]
    return [*(f"{role} says “{word}”" for word in words), f"{role} ends in “{span[-1].lower_}”"]


def _find_told(subject: End, target: End, parse: Parse) -> list[str]:
    """What frames read between the two things in this sentence."""
    told = parse.told.get(subject.sentence[0])
    if told is None:
        return []
    return [
        f"frame {predicate}{way}{value}"
        for way, one, other in (("", subject, target), (" turned", target, subject))
        for predicate, firm in told.get((one.chain, other.chain), ())
        for value in ("", f" {firm}")
    ]
