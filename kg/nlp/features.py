"""What can be seen of two mentions in one sentence, as strings a person can read.

Each is a kind and what was seen: ``between > “was born in”``, ``path nsubjpass ^bear prep:in pobj``. The mentions
stand in the order of the text where a feature does not name them; ``>`` or ``<`` says whether the subject comes first.
Kinds after Mintz et al. 2009 and Zhou et al. 2005 (words, mentions, dependency path), chosen by trial on KnowledgeNet.
"""

from collections.abc import Iterator
from itertools import pairwise

from kg.nlp.candidates import End, Pair
from kg.nlp.parse import Parse, find_chain
from kg.nlp.path_features import find_governor, find_path_features, name_length
from kg.nlp.spans import is_name, is_pronoun

_WHOLE = 6  # longest stretch between that is a feature as a whole
_LONGEST = 25  # tokens between that are looked at one by one
_TELLING = frozenset({"Organization", "PoliticalParty"})  # kinds whose own words tell: 'University', 'Party'


def find_features(pair: Pair, parse: Parse) -> frozenset[str]:
    """All that is seen of the pair."""
    sides = (find_side_features(pair.subject, "subject", parse), find_side_features(pair.object, "object", parse))
    return find_pair_features(pair, parse).union(*sides)


def find_pair_features(pair: Pair, parse: Parse) -> frozenset[str]:
    """What is seen of both together."""
    subject, target = pair.subject, pair.object
    first, second = (subject, target) if subject.start <= target.start else (target, subject)
    order = ">" if subject is first else "<"
    return frozenset(
        (
            *_find_types(subject, target, order),
            *_find_between(first, second, order, parse),
            *_find_told(subject, target, parse),
            *find_path_features(subject, target, order, parse),
        )
    )


def find_side_features(end: End, role: str, parse: Parse) -> frozenset[str]:
    """What is seen of an end alone; each begins with its role, so that no pair feature is the same."""
    return frozenset(
        (
            f"{role} class {end.span.label_.removeprefix('kg:')}",
            *_find_around(end, role, parse),
            *_find_own_words(end, role),
            *find_governor(end, role, parse),
        )
    )


def _find_types(subject: End, target: End, order: str) -> Iterator[str]:
    yield f"types {subject.kind}, {target.kind}"
    yield f"order {subject.kind} {order} {target.kind}"
    yield f"forms {subject.span.id_}, {target.span.id_}"
    if target.kind == "Date":
        yield f"date of {len(target.span.kb_id_)} characters"


def mask_words(first: int, end: int, parse: Parse) -> list[str]:
    """The words from ``first`` to ``end``, the kind of a mention in the place of its own."""
    words: list[str] = []
    i = first
    while i < end:
        mask = parse.masks.get(i)
        if mask is not None and not mask.bare:
            words.append(mask.kind.upper())
            i = max(i + 1, mask.end)
        else:
            words += [parse.words[i]] if parse.words[i] else []
            i += 1
    return words


def _find_between(first: End, second: End, order: str, parse: Parse) -> Iterator[str]:
    words = mask_words(first.end, second.start, parse)
    yield f"distance {name_length(len(words))}"
    yield from _find_rivals(first, second, order, parse)
    if len(words) <= _WHOLE:
        yield f"between {order} “{' '.join(words)}”"
    if len(words) <= _LONGEST:
        yield from (f"word between {order} “{word}”" for word in words)
        yield from (f"words between {order} “{one} {other}”" for one, other in pairwise(words))
    stretch = range(first.end, second.start)
    yield from (f"word for {relation} between {order}" for i in stretch for relation in parse.evoked[i])
    brackets = [parse.words[i] for i in stretch if parse.words[i] in ("(", ")")]
    if brackets:
        yield f"brackets between {order} {' '.join(brackets[:2])}"


def _find_rivals(first: End, second: End, order: str, parse: Parse) -> Iterator[str]:
    """Mentions between, and whether one could take the place of an end."""
    inside = {parse.masks[i] for i in range(first.end, second.start) if i in parse.masks}
    yield f"mentions between {min(len(inside), 4)}"
    kinds = {mask.kind for mask in inside}
    for role, end in (("nearer", first), ("farther", second)):
        if end.kind in kinds:
            yield f"another {role} {order} {end.kind} between"


def _find_around(end: End, role: str, parse: Parse) -> Iterator[str]:
    """Two words either side, in the sentence."""
    first, last = end.sentence
    before = mask_words(max(first, end.start - 4), end.start, parse)[-2:][::-1]
    after = mask_words(end.end, min(last, end.end + 4), parse)[:2]
    for where, words in (("before", before), ("after", after)):
        yield from (f"{role} {n} {where} “{word}”" for n, word in enumerate(words, 1))
        if len(words) == 2:
            yield f"{role} {where} “{' '.join(words[::-1] if where == 'before' else words)}”"
        else:
            yield f"{role} at edge, {where}"


def _find_own_words(end: End, role: str) -> Iterator[str]:
    span = end.span
    if is_pronoun(span):
        yield f"{role} is “{span.text.lower()}”"
    elif not is_name(span) or end.kind in _TELLING:
        yield from (f"{role} says “{token.lower_}”" for token in span if token.is_alpha)
        yield f"{role} ends in “{span[-1].lower_}”"


def _find_told(subject: End, target: End, parse: Parse) -> Iterator[str]:
    """What frames read between the two things in this sentence."""
    start = subject.sentence[0]
    ends = [find_chain(end.start, end.end, parse.chains) for end in (subject, target)]
    for way, (one, other) in (("", ends), (" turned", ends[::-1])):
        for predicate, firm in parse.told.get((start, one, other), ()):
            yield f"frame {predicate}{way}"
            yield f"frame {predicate}{way} {firm}"
