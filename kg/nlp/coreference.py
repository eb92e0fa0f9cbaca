"""Which mentions are one thing: a sieve from sure to likely (Lee et al. 2013, Computational Linguistics 39(4)).

Each pass joins a mention to an earlier or later chain; a chain never takes two names that contradict.
"""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Span, Token

from kg.model import Curie
from kg.nlp.antecedents import find_antecedent, gender_of, pronoun_gender
from kg.nlp.paths import walk
from kg.nlp.spans import CHAIN, MENTIONS, is_name, is_nominal, is_pronoun, lemma, relabel
from kg.ontology import Ontology
from kg.wordlists import fold

Chains = list[int]
"""For each mention the number of the mention that leads its chain."""


def annotate_coreference(doc: Doc, *, ontology: Ontology) -> Doc:
    """Writes ``coref_clusters_1 …``; the members of a chain then all have the chain's type."""
    mentions = list(doc.spans.get(MENTIONS, ()))
    chains = list(range(len(mentions)))
    for sieve in _SIEVES:
        sieve(mentions, chains, ontology)
    _write(doc, mentions, chains, ontology)
    return doc


def _join(chains: Chains, one: int, other: int) -> None:
    low, high = sorted((chains[one], chains[other]))
    chains[:] = [low if leader == high else leader for leader in chains]


def _match_strings(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """The same name, or two names of one listed thing: 'UK' and 'Britain', 'Lenín' and 'Lenin Moreno'."""
    seen: dict[str, int] = {}
    for i, span in enumerate(mentions):
        if is_name(span) or (span.kb_id_ and is_nominal(span)):
            for key in (f"={span.kb_id_}" if span.kb_id_ else "", f"{_sort(span, ontology)} {fold(span.text)}"):
                if key and (is_name(span) or key.startswith("=")):
                    _join(chains, seen.setdefault(key, i), i)


def _sort(span: Span, ontology: Ontology) -> Curie:
    """The coarse kind names must share."""
    return next((kind for kind in ("kg:Person", "kg:Place") if ontology.is_a(span.label_, kind)), "kg:Organization")


def _match_name_parts(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """'Correa' is the 'Rafael Correa' last named before it, else the first one after."""
    full = [i for i, span in enumerate(mentions) if _is_full_name(span, ontology)]
    for i, span in enumerate(mentions):
        if is_name(span) and span.label_ == "kg:Person" and i not in full:
            fitting = [j for j in full if _is_part(span, mentions[j])]
            before = [j for j in fitting if j < i]
            if fitting:
                _join(chains, before[-1] if before else fitting[0], i)


def _is_full_name(span: Span, ontology: Ontology) -> bool:
    return is_name(span) and ontology.is_a(span.label_, "kg:Person") and len(fold(span.text).split()) > 1


def _is_part(short: Span, full: Span) -> bool:
    parts, whole = fold(short.text).split(), fold(full.text).split()
    return (parts[-1] in whole[1:] and set(parts) <= set(whole)) or parts == whole[:1]


def _match_fuller_names(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """'Lucio Gutiérrez' and 'Lucio Edwin Gutiérrez Borbúa': the shorter's words stand in the longer, in order."""
    full = [i for i, span in enumerate(mentions) if _is_full_name(span, ontology)]
    for i in full:
        for j in full:
            short, whole = fold(mentions[i].text).split(), fold(mentions[j].text).split()
            if len(short) < len(whole) and short[0] == whole[0] and _in_order(short, whole):
                _join(chains, i, j)


def _in_order(short: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in short)


def _match_acronyms(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """'the International Monetary Fund (IMF)': initials of an organisation named in the text."""
    for i, short in enumerate(mentions):
        if is_name(short) and short.text.isupper() and len(short) == 1 and not short.kb_id_:
            for j, full in enumerate(mentions):
                if is_name(full) and len(full) > 1 and _initials(full) == fold(short.text):
                    _join(chains, j, i)


def _initials(span: Span) -> str:
    return fold("".join(token.text[0] for token in span if token.text[0].isupper()))


def _match_appositions(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """'the *president*, *Ann Bo*', 'former *minister Ann Bo*': the role noun and the name are one person."""
    heads = {span.root.i: i for i, span in enumerate(mentions)}
    for i, span in enumerate(mentions):
        if is_nominal(span) and not span.kb_id_:
            for path in ("appos", "^appos", "^compound", "^nmod"):
                for end in walk(span.root, path):
                    j = heads.get(end.i)
                    if j is not None and is_name(mentions[j]) and _compatible(span, mentions[j], ontology):
                        _join(chains, j, i)


def _compatible(one: Span, other: Span, ontology: Ontology) -> bool:
    return ontology.is_a(one.label_, other.label_) or ontology.is_a(other.label_, one.label_)


def _match_nominals(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """'the president' is the person last called so; 'the city' the city last named."""
    for i, span in enumerate(mentions):
        if is_nominal(span) and not span.kb_id_ and chains.count(chains[i]) == 1 and _is_bare_definite(span):
            found = _called_so(mentions, chains, i)
            found = _only_kind(mentions, i, ontology) if found is None else found
            if found is not None:
                _join(chains, found, i)


def _is_bare_definite(span: Span) -> bool:
    """'the vice president', not 'the president of the club'."""
    children = list(span.root.children)
    definite = any(child.lower_ in {"the", "this", "that"} for child in children)
    qualified = any(child.dep_ in {"prep", "poss", "appos", "relcl", "nummod", "acl"} for child in children)
    return definite and not qualified and span.root.tag_ in {"NN", "NNP"}


def _called_so(mentions: list[Span], chains: Chains, i: int) -> int | None:
    """The last mention before ``i`` with the same words whose chain has a name: 'president' is not 'vice president'."""
    words = _content(mentions[i])
    for j in range(i - 1, -1, -1):
        same = is_nominal(mentions[j]) and _content(mentions[j]) == words
        if same and any(is_name(mentions[k]) for k, leader in enumerate(chains) if leader == chains[j]):
            return j
    return None


def _content(span: Span) -> tuple[str, ...]:
    return tuple(lemma(token) for token in span if token.dep_ not in {"det", "punct"} and lemma(token) != "former")


_KINDS = ("kg:Country", "kg:City", "kg:AdministrativeArea", "kg:PoliticalParty", "kg:Company", "kg:MediaOrganization")


def _only_kind(mentions: list[Span], i: int, ontology: Ontology) -> int | None:
    """The last named thing of a kind with few members in a text: 'the country', 'the party'."""
    kind = mentions[i].label_
    if kind not in _KINDS or len(_content(mentions[i])) > 1:
        return None
    near = [j for j in range(i) if mentions[j].label_ == kind and (is_name(mentions[j]) or mentions[j].kb_id_)]
    return near[-1] if near else None


def _match_pronouns(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """Each pronoun to its antecedent, in text order, so that a later one sees the earlier one's chain."""
    heads: dict[int, int] = {token.i: i for i, span in enumerate(mentions) for token in _heads(span)}
    genders: dict[int, str] = {}
    for i, span in enumerate(mentions):
        if not is_pronoun(span):
            genders[chains[i]] = genders.get(chains[i]) or gender_of(span, ontology)
    for i, span in enumerate(mentions):
        if is_pronoun(span):
            found = find_antecedent(i, mentions, chains, genders, heads, ontology)
            if found is not None:
                gender = genders.get(chains[found], "")
                _join(chains, found, i)
                genders[chains[i]] = gender or pronoun_gender(span.root)
            else:
                genders[chains[i]] = pronoun_gender(span.root)


def _heads(span: Span) -> Iterator[Token]:
    yield from (span if is_name(span) else (span.root,))


_SIEVES: tuple[Callable[[list[Span], Chains, Ontology], None], ...] = (
    _match_strings,
    _match_fuller_names,
    _match_name_parts,
    _match_acronyms,
    _match_appositions,
    _match_nominals,
    _match_pronouns,
)


def _write(doc: Doc, mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    members: dict[int, list[Span]] = {}
    for span, leader in zip(mentions, chains, strict=True):
        members.setdefault(leader, []).append(span)
    typed: list[Span] = []
    for number, chain in enumerate(members.values(), 1):
        kind = _chain_type(chain, ontology)
        doc.spans[f"{CHAIN}{number}"] = [relabel(span, kind=kind) for span in chain]
        typed.extend(relabel(span, kind=kind) for span in chain)
    doc.spans[MENTIONS] = sorted(typed, key=lambda span: span.start)


def _chain_type(chain: list[Span], ontology: Ontology) -> Curie:
    """The narrowest type a name of the chain has, else a nominal's."""
    for wanted in (is_name, is_nominal):
        kinds = [span.label_ for span in chain if wanted(span)]
        if kinds:
            return max(kinds, key=lambda kind: (len(ontology.ancestors.get(kind, ())), kind))
    return chain[0].label_
