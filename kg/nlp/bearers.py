"""Who bears a name: full names by their words, bare ones by title, paragraph and the order of the text."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import permutations

from spacy.tokens import Span

from kg.nlp.breaks import blank_lines_between
from kg.nlp.chains import find_gender, find_roles
from kg.nlp.genders import title_gender
from kg.nlp.kin import find_relative
from kg.nlp.partition import Chains, join
from kg.nlp.spans import is_name
from kg.nlp.tree import children_of
from kg.ontology import Ontology
from kg.wordlists import fold

Mentions = list[Span]
Words = tuple[str, ...]
_PARAGRAPH = 600  # tokens, more than a paragraph has


def match_full_names(mentions: Mentions, chains: Chains, ontology: Ontology) -> None:
    """'Kim Hye-rin' is 'Kim Hyerin'; 'Lucio Gutiérrez' is 'Lucio Edwin Gutiérrez Borbúa', if not introduced anew."""
    names: dict[Words, int] = {}
    for i in _find_full(mentions, ontology):
        join(chains, names.setdefault(name_words(mentions[i]), i), i)
    blocks: dict[str, list[Words]] = {}
    for words in names:
        for word in {words[0], words[-1]}:
            blocks.setdefault(word, []).append(words)
    for block in blocks.values():
        for short, long in permutations(block, 2):
            if _holds(long, short, ontology) and not _is_new(names[long], names[short], mentions, chains):
                join(chains, names[short], names[long])


def name_words(span: Span) -> Words:
    """The words of a name as they are compared: hyphens never tell two names apart."""
    return tuple(fold(span.text).replace("-", "").split())


def _find_full(mentions: Mentions, ontology: Ontology) -> list[int]:
    return [
        i
        for i, span in enumerate(mentions)
        if is_name(span) and ontology.is_a(span.label_, "kg:Person") and len(name_words(span)) > 1
    ]


def _holds(long: Words, short: Words, ontology: Ontology) -> bool:
    """The same given name and the rest in order, or the surnames alone: 'García Márquez'."""
    if len(long) <= len(short):
        return False
    rest = iter(long)
    if long[0] == short[0]:
        return all(word in rest for word in short)
    return long[-len(short) :] == short and short[0] not in ontology.genders


def _is_new(long: int, short: int, mentions: Mentions, chains: Chains) -> bool:
    """'Ann Bo, the observer, … the *attorney*, Ann Bo Cy': a fuller name that comes later with a role of its own."""
    if long < short:
        return False
    own, other = (find_roles(mentions, chains, chains[i]) for i in (long, short))
    return bool(own and other and not own & other)


def match_bare_names(mentions: Mentions, chains: Chains, ontology: Ontology) -> None:
    """'Correa' is a bearer of that name: see ``_choose``; without one, whoever was called so before."""
    full = _find_full(mentions, ontology)
    by_word: dict[str, list[int]] = {}
    for j in full:
        for word in set(name_words(mentions[j])):
            by_word.setdefault(word, []).append(j)
    seen: dict[str, int] = {}
    for i in sorted(set(range(len(mentions))) - set(full)):
        if not is_name(mentions[i]) or mentions[i].label_ != "kg:Person":
            continue
        words = name_words(mentions[i])
        if words:
            alike = (j for j in by_word.get(words[-1], ()) if _is_part(words, name_words(mentions[j])))
            bearers = sorted({chains[j] for j in alike if not _is_relative(mentions[j], words, ontology)})
            found = _choose(i, bearers, mentions, chains, ontology) if bearers else seen.setdefault(words[-1], i)
            if found is not None:
                join(chains, found, i)


def _is_part(short: Words, full: Words) -> bool:
    return (short[-1] in full[1:] and set(short) <= set(full)) or short == full[:1]


def _is_relative(full: Span, words: Words, ontology: Ontology) -> bool:
    """'She is the niece of *Dan Bo*', 'Bo married *John Bo*': where 'Bo' alone is whoever has the relative."""
    other = find_relative(full, ontology)
    if other is None:
        return False
    bare = fold(other.text) == words[-1] and not any(child.dep_ == "compound" for child in children_of(other))
    return bare or other.pos_ == "PRON"


def _choose(i: int, bearers: Sequence[int], mentions: Mentions, chains: Chains, ontology: Ontology) -> int | None:
    """By the gender of the title, then the role ('*Justice* Bo'), then who alone is named in the paragraph; else the
    one the text named first: a relative comes with a title or in full."""
    gender = title_gender(mentions[i], ontology)
    genders = {leader: find_gender(mentions, chains, leader, ontology) for leader in bearers if gender}
    fitting = [leader for leader in bearers if genders.get(leader, "") in ("", gender)]
    sure = [leader for leader in fitting if genders.get(leader)]
    roles = find_roles(mentions, chains, chains[i])
    for narrowed in (sure, [leader for leader in fitting if roles and roles & find_roles(mentions, chains, leader)]):
        fitting = narrowed or fitting
    near = [leader for leader in fitting if _is_near(i, leader, mentions, chains)]
    if len(near) == 1:
        return near[0]
    before = [leader for leader in fitting if leader < i]
    return min(before or fitting, default=None)


def _is_near(i: int, leader: int, mentions: Mentions, chains: Chains) -> bool:
    """True where the paragraph names it before."""
    members = chains.members[leader]
    last = next((j for j in reversed(members[: bisect_left(members, i)]) if is_name(mentions[j])), None)
    if last is None or mentions[i].start - mentions[last].end > _PARAGRAPH:
        return False
    return not blank_lines_between(mentions[i].doc, mentions[last].end, mentions[i].start)
