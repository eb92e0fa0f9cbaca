"""Which mentions are one thing: a sieve from sure to likely (Lee et al. 2013, Computational Linguistics 39(4)).

Each pass joins a mention to an earlier or later chain; a chain never takes two names that contradict.
"""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Span, Token

from kg.model import Curie
from kg.nlp.antecedents import find_antecedent, pronoun_gender
from kg.nlp.bearers import match_bare_names, match_full_names, name_words
from kg.nlp.chains import Chains, find_gender, join
from kg.nlp.definites import head_word, match_appositions, match_definites
from kg.nlp.quotations import FIRST_PERSON, find_speakers
from kg.nlp.relatives import match_relatives
from kg.nlp.spans import CHAIN, MENTIONS, is_name, is_nominal, is_pronoun, relabel
from kg.ontology import Ontology
from kg.wordlists import fold


def annotate_coreference(doc: Doc, *, ontology: Ontology) -> Doc:
    """Writes ``coref_clusters_1 …``; the members of a chain then all have the chain's type."""
    mentions = list(doc.spans.get(MENTIONS, ()))
    chains = list(range(len(mentions)))
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


def _match_acronyms(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """'the International Monetary Fund (IMF)': initials of an organisation named in the text, or what follows it in
    brackets: 'the Spanish Socialist Workers' Party (PSOE)'."""
    for i, short in enumerate(mentions):
        if is_name(short) and len(short) == 1 and not short.text.isupper():
            _match_head_word(i, mentions, chains, ontology)
        if is_name(short) and short.text.isupper() and len(short) == 1 and not short.kb_id_:
            for j, full in enumerate(mentions):
                if is_name(full) and len(full) > 1 and (_initials(full) == fold(short.text) or _follows(short, full)):
                    join(chains, j, i)


def _match_head_word(i: int, mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """'the *Tribunal*' is the 'Constitutional Tribunal' last named."""
    noun = fold(mentions[i].text)
    if mentions[i].text in ontology.heads and mentions[i].kb_id_.partition(" of ")[0] in ("", mentions[i].text):
        named = (j for j in range(i - 1, -1, -1) if is_name(mentions[j]) and len(mentions[j]) > 1)
        found = next((j for j in named if head_word(mentions[j]) == noun), None)
        if found is not None:
            join(chains, found, i)


def _follows(short: Span, full: Span) -> bool:
    bracketed = short.start == full.end + 1 and full.doc[full.end].text == "(" and short.doc[short.end].text == ")"
    return bracketed and short.label_ == full.label_


def _initials(span: Span) -> str:
    return fold("".join(token.text[0] for token in span if token.text[0].isupper()))


def _match_pronouns(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """Each pronoun to its antecedent, in text order, so that a later one sees the earlier one's chain."""
    heads: dict[int, int] = {token.i: i for i, span in enumerate(mentions) for token in _heads(span)}
    genders: dict[int, str] = {}
    for i in range(len(mentions)):
        if chains[i] == i or chains[i] not in genders:
            genders[chains[i]] = find_gender(mentions, chains, chains[i], ontology)
    for i, span in enumerate(mentions):
        if is_pronoun(span) and span.root.lower_ not in FIRST_PERSON:
            found = find_antecedent(i, mentions, chains, genders, heads, ontology)
            if found is not None:
                gender = genders.get(chains[found], "")
                join(chains, found, i)
                genders[chains[i]] = gender or pronoun_gender(span.root)
            else:
                genders[chains[i]] = pronoun_gender(span.root)


def _match_first_persons(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """'"*I* take no joy in this," said *Ann Bo*.'"""
    heads: dict[int, int] = {token.i: i for i, span in enumerate(mentions) for token in _heads(span)}
    speakers = find_speakers(mentions[0].doc, ontology) if mentions else {}
    for i, span in enumerate(mentions):
        if is_pronoun(span) and span.root.lower_ in FIRST_PERSON and span.start in speakers:
            speaker = heads.get(speakers[span.start].i)
            if speaker is not None and mentions[speaker].label_ == "kg:Person":
                join(chains, speaker, i)


def _heads(span: Span) -> Iterator[Token]:
    yield from (span if is_name(span) else (span.root,))


_SIEVES: tuple[Callable[[list[Span], Chains, Ontology], None], ...] = (
    _match_strings,
    _match_acronyms,
    match_appositions,
    match_full_names,
    match_bare_names,
    match_definites,
    _match_pronouns,
    _match_first_persons,
    match_relatives,
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
