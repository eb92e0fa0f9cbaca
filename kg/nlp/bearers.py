"""Who bears a name: full names by their words, bare ones by title, paragraph and the order of the text."""

from collections.abc import Sequence

from spacy.tokens import Span

from kg.nlp.antecedents import title_gender
from kg.nlp.chains import Chains, find_gender, find_members, find_roles, join, paragraph_of
from kg.nlp.spans import is_name
from kg.ontology import Ontology
from kg.wordlists import fold

Mentions = list[Span]


def match_full_names(mentions: Mentions, chains: Chains, ontology: Ontology) -> None:
    """'Kim Hye-rin' is 'Kim Hyerin'; 'Lucio Gutiérrez' is 'Lucio Edwin Gutiérrez Borbúa', if not introduced anew."""
    by_first: dict[str, list[int]] = {}
    for i in _find_full(mentions, ontology):
        by_first.setdefault(name_words(mentions[i])[0], []).append(i)
    for group in by_first.values():
        for i in group:
            for j in group:
                short, long = name_words(mentions[i]), name_words(mentions[j])
                if short == long or (_is_in(short, long) and not _is_new(j, i, mentions, chains)):
                    join(chains, i, j)


def name_words(span: Span) -> list[str]:
    """The words of a name as they are compared: hyphens never tell two names apart."""
    return fold(span.text).replace("-", "").split()


def _find_full(mentions: Mentions, ontology: Ontology) -> list[int]:
    return [
        i
        for i, span in enumerate(mentions)
        if is_name(span) and ontology.is_a(span.label_, "kg:Person") and len(name_words(span)) > 1
    ]


def _is_in(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return len(short) < len(long) and all(word in rest for word in short)


def _is_new(long: int, short: int, mentions: Mentions, chains: Chains) -> bool:
    """'Ann Bo, the observer, … the *attorney*, Ann Bo Cy': a fuller name that comes later with a role of its own."""
    if long < short:
        return False
    own, other = (find_roles(mentions, chains, chains[i]) for i in (long, short))
    return bool(own and other and not own & other)


def match_bare_names(mentions: Mentions, chains: Chains, ontology: Ontology) -> None:
    """'Correa' is a bearer of that name: see ``_choose``; without one, whoever was called so before."""
    full = _find_full(mentions, ontology)
    seen: dict[str, int] = {}
    for i, span in enumerate(mentions):
        if i in full or not is_name(span) or span.label_ != "kg:Person":
            continue
        bearers = sorted({chains[j] for j in full if _is_part(name_words(span), name_words(mentions[j]))})
        found = _choose(i, bearers, mentions, chains, ontology) if bearers else seen.setdefault(fold(span.text), i)
        if found is not None:
            join(chains, found, i)


def _is_part(short: list[str], full: list[str]) -> bool:
    return (short[-1] in full[1:] and set(short) <= set(full)) or short == full[:1]


def _choose(i: int, bearers: Sequence[int], mentions: Mentions, chains: Chains, ontology: Ontology) -> int | None:
    """By the gender of the title, then the role ('*Justice* Bo'), then who alone is named in the paragraph; else the
    one the text named first: a relative comes with a title or in full."""
    gender = title_gender(mentions[i], ontology)
    genders = {leader: find_gender(mentions, chains, leader, ontology) for leader in bearers}
    fitting = [leader for leader in bearers if not gender or genders[leader] in ("", gender)]
    sure = [leader for leader in fitting if gender and genders[leader] == gender]
    roles = find_roles(mentions, chains, chains[i])
    for narrowed in (sure, [leader for leader in fitting if roles & find_roles(mentions, chains, leader)]):
        fitting = narrowed or fitting
    near = [leader for leader in fitting if _is_near(i, leader, mentions, chains)]
    if len(near) == 1:
        return near[0]
    before = [leader for leader in fitting if leader < i]
    return min(before or fitting, default=None)


def _is_near(i: int, leader: int, mentions: Mentions, chains: Chains) -> bool:
    here = paragraph_of(mentions[i].root)
    named = (mentions[j] for j in find_members(chains, leader) if j < i and is_name(mentions[j]))
    return any(paragraph_of(span.root) == here for span in named)
