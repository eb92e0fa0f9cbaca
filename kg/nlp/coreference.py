"""Which mentions are one thing: a sieve from sure to likely (Lee et al. 2013, Computational Linguistics 39(4)).

Each pass joins a mention to an earlier or later chain; a chain never takes two names that contradict.
"""

from collections.abc import Callable, Mapping

from spacy.tokens import Doc, Span

from kg.model import Curie
from kg.nlp.antecedents import find_antecedent
from kg.nlp.bearers import match_bare_names, match_full_names, name_words
from kg.nlp.chains import find_gender
from kg.nlp.definites import head_word, match_appositions, match_definites
from kg.nlp.genders import pronoun_gender
from kg.nlp.latter import LATTER, match_latter
from kg.nlp.partition import Chains, join, make_chains
from kg.nlp.predicates import match_predicates
from kg.nlp.quotations import FIRST_PERSON, find_speakers
from kg.nlp.relatives import match_relatives
from kg.nlp.spans import CHAIN, MENTIONS, index_heads, is_name, is_nominal, is_pronoun, read_spans, relabel, write_spans
from kg.nlp.tree import text_between
from kg.ontology import Ontology
from kg.wordlists import fold


def annotate_coreference(doc: Doc, *, ontology: Ontology) -> Doc:
    """Writes ``coref_clusters_1 …``; the members of a chain then all have the chain's type."""
    mentions = read_spans(doc, MENTIONS)
    chains = make_chains(range(len(mentions)))
    for sieve in _SIEVES:
        sieve(mentions, chains, ontology)
    _write(doc, mentions, chains, ontology)
    return doc


def _match_strings(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """The same name, or two names of one listed thing: 'UK' and 'Britain', 'Lenín' and 'Lenin Moreno'."""
    seen: dict[str, int] = {}
    for i, span in enumerate(mentions):
        keys = [f"={span.kb_id_}"] if span.kb_id_ and (is_name(span) or is_nominal(span)) else []
        if is_name(span) and not (span.label_ == "kg:Person" and len(name_words(span)) == 1):
            keys.append(f"{_sort(span, ontology)} {fold(span.text)}")
        for key in keys:
            join(chains, seen.setdefault(key, i), i)


def _sort(span: Span, ontology: Ontology) -> Curie:
    """The coarse kind names must share."""
    return next((kind for kind in ("kg:Person", "kg:Place") if ontology.is_a(span.label_, kind)), "kg:Organization")


def _match_short_forms(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """'the International Monetary Fund (IMF)', 'the *Tribunal*' for the Constitutional Tribunal last named."""
    initials: dict[str, int] = {}
    for i, span in enumerate(mentions):
        if is_name(span) and len(span) > 1:
            initials.setdefault(_initials(span), i)
    heads: dict[str, int] = {}
    for i, span in enumerate(mentions):
        if is_name(span) and len(span) > 1:
            heads[head_word(span)] = i
        elif is_name(span):
            found = _find_long(i, mentions, initials, ontology) if span.text.isupper() else None
            found = heads.get(fold(span.text)) if _is_bare_head(span, ontology) else found
            if found is not None:
                join(chains, found, i)


def _find_long(i: int, mentions: list[Span], initials: Mapping[str, int], ontology: Ontology) -> int | None:
    """By the initials, or what it follows in brackets: 'the Spanish Socialist Workers' Party (*PSOE*)'."""
    short, before = mentions[i], mentions[i - 1]
    if short.kb_id_:
        return None
    bracketed = text_between(short.doc, short.start - 1, short.start) == "("
    bracketed = bracketed and text_between(short.doc, short.end, short.end + 1) == ")"
    behind = i > 0 and is_name(before) and before.end == short.start - 1 and before.label_ == short.label_
    return i - 1 if bracketed and behind else initials.get(fold(short.text))


def _is_bare_head(span: Span, ontology: Ontology) -> bool:
    return span.text in ontology.heads and span.kb_id_.partition(" of ")[0] in ("", span.text)


def _initials(span: Span) -> str:
    return fold("".join(token.text[0] for token in span if token.text[0].isupper()))


def _match_pronouns(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """Each pronoun to its antecedent, in text order, so that a later one sees the earlier one's chain."""
    if not any(map(is_pronoun, mentions)):
        return
    heads = index_heads(mentions)
    persons = (leader for leader in chains.members if mentions[leader].label_ == "kg:Person")
    genders = {leader: find_gender(mentions, chains, leader, ontology) for leader in persons}
    for i, span in enumerate(mentions):
        if is_pronoun(span) and span.root.lower_ not in FIRST_PERSON | LATTER:
            found = find_antecedent(i, mentions, chains, genders, heads, ontology)
            if found is not None:
                gender = genders.get(chains[found], "")
                join(chains, found, i)
                genders[chains[i]] = gender or pronoun_gender(span.root)
            else:
                genders[chains[i]] = pronoun_gender(span.root)


def _match_first_persons(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """'"*I* take no joy in this," said *Ann Bo*.'"""
    first = [(i, span) for i, span in enumerate(mentions) if is_pronoun(span) and span.root.lower_ in FIRST_PERSON]
    heads, speakers = (index_heads(mentions), find_speakers(mentions[0].doc, ontology)) if first else ({}, {})
    for i, span in first:
        if span.start in speakers:
            speaker = heads.get(speakers[span.start].i)
            if speaker is not None and mentions[speaker].label_ == "kg:Person":
                join(chains, speaker, i)


_SIEVES: tuple[Callable[[list[Span], Chains, Ontology], None], ...] = (
    _match_strings,
    _match_short_forms,
    match_appositions,
    match_predicates,
    match_full_names,
    match_bare_names,
    match_definites,
    match_latter,
    _match_pronouns,
    _match_first_persons,
    match_relatives,
)


def _write(doc: Doc, mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    typed: list[Span] = []
    for number, (_, members) in enumerate(sorted(chains.members.items()), 1):
        chain = [mentions[i] for i in members]
        kind = _chain_type(chain, ontology)
        relabelled = [relabel(span, kind=kind) for span in chain]
        write_spans(doc, f"{CHAIN}{number}", relabelled)
        typed.extend(relabelled)
    write_spans(doc, MENTIONS, sorted(typed, key=lambda span: span.start))


def _chain_type(chain: list[Span], ontology: Ontology) -> Curie:
    """The narrowest type a name of the chain has, else a nominal's."""
    for wanted in (is_name, is_nominal):
        kinds = [span.label_ for span in chain if wanted(span)]
        if kinds:
            return max(kinds, key=lambda kind: (len(ontology.ancestors.get(kind, ())), kind))
    return chain[0].label_
