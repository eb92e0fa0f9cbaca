"""What 'the president', 'the court', 'the country' take up: named things last called so, or of that kind."""

from collections import Counter
from collections.abc import Mapping, Sequence

from spacy.tokens import Span, Token

from kg.model import Curie
from kg.nlp.chains import compatible, content, has_name, is_past, noun_of
from kg.nlp.partition import Chains, join
from kg.nlp.paths import walk_all
from kg.nlp.spans import index_heads, is_name, is_nominal, lemma
from kg.nlp.tree import children_of, forms_of, text_between
from kg.ontology import Ontology
from kg.wordlists import fold

Mentions = list[Span]
_APPOSED = ("appos", "^appos", "^compound", "^nmod")
_NEAR = 6  # mentions between a role and the name hung on it
_NOUNS = ("appos", "^appos")
_PREDICATIVE = (
    "^attr nsubj",
    "^oprd nsubjpass",
    "^pobj:as ^prep nsubjpass",
    "^pobj:as ^prep nsubj",
    "^pobj:as ^prep dobj",
)
_OWNERS = ("amod", "compound", "nmod", "poss", "prep:of pobj")
_FEW = ("kg:City", "kg:AdministrativeArea", "kg:PoliticalParty", "kg:Company", "kg:MediaOrganization", "kg:LabourUnion")
_WHOLE = frozenset({"prime", "vice", "deputy"})
"""Modifiers without which a role is another one: the vice president is not 'the president'."""


def match_appositions(mentions: Mentions, chains: Chains, ontology: Ontology) -> None:
    """'the *president*, *Ann Bo*', 'former *minister Ann Bo*': the role noun and the name are one person."""
    heads = {span.root.i: i for i, span in enumerate(mentions)}
    starts = {span.start: i for i, span in enumerate(mentions)}
    for i, span in enumerate(mentions):
        if is_nominal(span) and not span.kb_id_:
            ends = [heads[end.i] for end in walk_all(span.root, _APPOSED) if end.i in heads]
            named = [j for j in ends if is_name(mentions[j])]
            beside = [j for end in walk_all(span.root, _NOUNS) if (j := heads.get(end.i)) is not None]
            for j in [
                *named,
                *_find_misplaced(i, mentions, ontology),
                *(j for j in beside if is_nominal(mentions[j])),
                *_find_behind_comma(span, mentions, starts),
            ]:
                fits = compatible(span.label_, mentions[j].label_, ontology) and not _is_row(span, mentions[j])
                if fits and not _is_named_otherwise(i, j, mentions, chains):
                    join(chains, j, i)


def _is_named_otherwise(i: int, j: int, mentions: Mentions, chains: Chains) -> bool:
    """'*Ann Bo*, the wife of the minister, *Cy Di*', 'the arrest of *Ann Bo*, her sister, *Eva Bo*': nobody has two
    full names of which neither is part of the other and the first words differ."""
    names = (mentions[k] for k in chains.members[chains[i]] if is_name(mentions[k]))
    words = fold(mentions[j].text).split()
    person = mentions[j].label_ == "kg:Person" and is_name(mentions[j])
    others = (fold(name.text).split() for name in names if name.label_ == "kg:Person")
    return person and any(_are_two(words, other) for other in others)


def _are_two(one: Sequence[str], other: Sequence[str]) -> bool:
    within = set(one) <= set(other) or set(other) <= set(one)
    return len(one) > 1 and len(other) > 1 and one[0] != other[0] and not within


def _is_row(role: Span, name: Span) -> bool:
    """'The *minister*, *Ann Bo* and Cy Di spoke': three people, though parsers hang the name on the role.

    'Two guards of the *minister*, *Ann Bo*': several are not one. '*Ann Bo*, not her *sister*', 'a *rival*, not *Ann
    Bo*': nor are these.
    """
    edges = (edge for edge in (role.root.left_edge, name.root.left_edge) if edge.i)
    denied = "not" in forms_of(role.doc)
    if denied and any("not" in (edge.lower_, edge.nbor(-1).lower_) for edge in edges):
        return True
    if role.root.tag_ in ("NNS", "NNPS") and name.label_ == "kg:Person" and is_name(name):
        return True
    joined = name.root.dep_ == "appos" and any(child.dep_ == "conj" for child in children_of(name.root))
    return joined and name.doc[name.end : name.end + 1].text == "and" and role.root.tag_ == "NN"


def _find_behind_comma(span: Span, mentions: Mentions, starts: Mapping[int, int]) -> list[int]:
    """'her *vice-president*, *Ann Bo*,', where parsers go wrong: closed by a comma or stop, no row of three."""
    doc = span.doc
    j = starts.get(span.end + 1)
    if j is None or doc[span.end].text != "," or not is_name(mentions[j]) or mentions[j].label_ != "kg:Person":
        return []
    end = mentions[j].end
    closed = text_between(doc, end, end + 1) in {",", ".", ")", ";"}
    return [j] if closed and text_between(doc, end + 1, end + 2) not in {"and", "or"} else []


def _find_misplaced(i: int, mentions: Mentions, ontology: Ontology) -> list[int]:
    """'the *head* of the mission, *Ann Bo*': parsers hang the name on the mission, which is nobody; but 'the wife of
    the *minister*, *Cy Di*' is not he."""
    noun = mentions[i].root
    if mentions[i].label_ != "kg:Person":
        return []
    return [
        j
        for j in range(i + 1, min(len(mentions), i + _NEAR))
        if is_name(mentions[j]) and mentions[j].label_ == "kg:Person" and mentions[j].root.dep_ == "appos"
        if noun == _climb(mentions[j].root.head) and mentions[j][0].nbor(-1).text == ","
        if noun == mentions[j].root.head or ontology.nominals.get(lemma(mentions[j].root.head)) != "kg:Person"
    ]


def _climb(token: Token) -> Token:
    """The noun that a phrase with 'of' and nouns before nouns belong to."""
    while token.dep_ in ("pobj", "prep", "compound", "nmod", "poss") and token.head != token:
        token = token.head
    return token


def match_definites(mentions: Mentions, chains: Chains, ontology: Ontology) -> None:
    """Each bare definite noun to the named thing it takes up."""
    holders = _find_holders(mentions)
    called: dict[str, list[int]] = {}
    countries = {span.root.i: span.kb_id_ for span in mentions if span.label_ == "kg:Country" and span.kb_id_}
    for i, span in enumerate(mentions):
        if not is_nominal(span):
            continue
        if not span.kb_id_ and len(chains.members[chains[i]]) == 1 and is_bare_definite(span):
            earlier = called.get(lemma(noun_of(span)), ())
            found = _find_called(i, earlier, holders, countries, mentions, chains, ontology)
            for find in (_find_country, _find_kind):
                found = find(i, mentions, ontology) if found is None else found
            if found is not None:
                join(chains, found, i)
        called.setdefault(lemma(noun_of(span)), []).append(i)


def is_bare_definite(span: Span) -> bool:
    """'the vice president', not 'the president of the club'."""
    children = list(children_of(span.root))
    definite = any(child.lower_ in {"the", "this", "that"} for child in children)
    qualified = any(child.dep_ in {"prep", "poss", "appos", "relcl", "nummod", "acl"} for child in children)
    return definite and not qualified and span.root.tag_ in {"NN", "NNP"}


def _find_holders(mentions: Mentions) -> dict[int, int]:
    """Role noun → whom it is said of: 'Ann Bo was *president*', 'Ann Bo was sworn in as *president*'."""
    heads = index_heads(mentions)
    ends = (
        (i, heads[end.i])
        for i, span in enumerate(mentions)
        if is_nominal(span)
        for end in walk_all(span.root, _PREDICATIVE)
        if end.i in heads
    )
    return dict(ends)


def _find_called(
    i: int,
    earlier: Sequence[int],
    holders: Mapping[int, int],
    countries: Mapping[int, str],
    mentions: Mentions,
    chains: Chains,
    ontology: Ontology,
) -> int | None:
    """The last one called so before: first with the same words, then with more; of a former one only as such."""
    words, owner = content(mentions[i]), _find_owner(mentions[i], countries)
    alike = [j for j in reversed(earlier) if not (content(mentions[j]) ^ words) & _WHOLE]
    alike = [j for j in alike if not (owner and (other := _find_owner(mentions[j], countries)) and owner != other)]
    members = [(j, j) for j in alike if has_name(mentions, chains, chains[j])]
    said = [(j, holders[j]) for j in alike if j in holders and has_name(mentions, chains, chains[holders[j]])]
    for found in (members, said):
        same = [(j, holder) for j, holder in found if words == content(mentions[j])]
        timely = [(j, holder) for j, holder in same if is_past(mentions[j]) == is_past(mentions[i])]
        rest = [
            (j, holder)
            for j, holder in found
            if not is_past(mentions[i]) or _has_left(holder, mentions, chains, ontology)
        ]
        wider = [(j, holder) for j, holder in rest if words <= content(mentions[j])]
        for _, holder in (*timely, *(pair for pair in same if pair in rest), *wider):
            return holder
    return None


def _has_left(holder: int, mentions: Mentions, chains: Chains, ontology: Ontology) -> bool:
    """Of a minister the text says that she resigned or was removed: then she is 'the former minister'."""
    verbs = {lemma(mentions[j].root.head) for j in chains.members[chains[holder]]}
    frames = (frame for verb in verbs for _, frame in ontology.frames.get(verb, ()))
    return any(ontology.is_a(frame.evokes, "kg:RemovalFromOffice") for frame in frames)


def _find_owner(span: Span, countries: Mapping[int, str]) -> str:
    """The country a role belongs to: 'the *Portuguese* prime minister'."""
    ends = walk_all(span.root, _OWNERS)
    return next((countries[end.i] for end in ends if end.i in countries), "")


def head_word(span: Span) -> str:
    """'bank' of 'Bank of Portugal', 'court' of 'Supreme Court', in lower case."""
    words = fold(span.text.partition(" of ")[0]).split()
    return words[-1] if words else ""


def _find_country(i: int, mentions: Mentions, ontology: Ontology) -> int | None:
    """'the country' is the one that the text speaks most of."""
    if lemma(noun_of(mentions[i])) not in ("country", "nation") or len(content(mentions[i])) > 1:
        return None
    countries = [j for j, span in enumerate(mentions) if span.label_ == "kg:Country" and span.kb_id_]
    said: Counter[str] = Counter()
    for span in mentions:
        if entry := ontology.names.get(span.kb_id_):
            said[entry.country or span.kb_id_] += 1 + is_name(span)
    return min(countries, key=lambda j: (-said[mentions[j].kb_id_], j > i, abs(i - j)), default=None)


def _find_kind(i: int, mentions: Mentions, ontology: Ontology) -> int | None:
    """'the *commission*' is the 'Electoral *Commission*' last named, 'the party' the last party; else the last body."""
    noun, kind = lemma(noun_of(mentions[i])), mentions[i].label_
    if len(content(mentions[i])) > 1 or ontology.is_a(kind, "kg:Person"):
        return None
    return next((j for j in range(i - 1, -1, -1) if _is_of_kind(mentions[j], noun, kind)), None)


def _is_of_kind(span: Span, noun: str, kind: Curie) -> bool:
    if not is_name(span):
        return False
    loose = kind == "kg:Company" and span.label_ == "kg:Organization"
    return loose or (len(span) > 1 and noun == head_word(span)) or (kind in _FEW and span.label_ == kind)
