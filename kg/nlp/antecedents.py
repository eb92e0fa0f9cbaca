"""Whom a pronoun means: hard constraints (gender, number, person, binding, type) before preferences."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Span, Token

from kg.model import Form
from kg.nlp.breaks import sentence_of
from kg.nlp.genders import FEMALE, MALE
from kg.nlp.partition import Chains
from kg.nlp.paths import walk
from kg.nlp.quotations import find_speakers
from kg.nlp.salience import SUBJECTS, Candidate, find_features, nearest, role_bearer, sentences_between, weigh
from kg.nlp.spans import is_name, lemma
from kg.nlp.tree import children_of
from kg.ontology import Ontology

_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_ACCUSATIVE = frozenset({"him", "her", "them"})
_WINDOW = 3  # sentences a pronoun reaches back
_FARTHEST = 400  # tokens it reaches back where sentences have no end


def find_antecedent(
    i: int,
    mentions: Sequence[Span],
    chains: Chains,
    genders: Mapping[int, str],
    heads: Mapping[int, int],
    ontology: Ontology,
) -> int | None:
    """The index of a mention of the chain the pronoun ``mentions[i]`` takes up, or None."""
    pronoun = mentions[i].root
    if pronoun.tag_ in {"WP", "WP$", "WDT"}:
        return _relative(pronoun, heads)
    candidates = find_candidates(i, mentions, chains, genders, ontology)
    if len(candidates) < 2:
        return candidates[0].chain if candidates else None
    scores = {each.chain: weigh(find_features(pronoun, each, ontology), ontology.salience) for each in candidates}
    return max(scores, key=lambda chain: (scores[chain], -chain))


def find_candidates(
    i: int, mentions: Sequence[Span], chains: Chains, genders: Mapping[int, str], ontology: Ontology
) -> list[Candidate]:
    """The chains that may be meant."""
    pronoun = mentions[i].root
    found = dict(_find_fitting(i, mentions, chains, genders, ontology))
    late = [chain for chain, members in found.items() if all(_is_cleft(span, pronoun) for span in members)]
    found = {chain: members for chain, members in found.items() if chain not in late} or found
    last = {chain: nearest(pronoun, members) for chain, members in found.items()}
    away = sorted(abs(span.start - pronoun.i) for span in last.values())
    named = {chain: sum(is_name(mentions[j]) for j in chains.members[chain]) for chain in found}
    most = max(named.values(), default=0)
    return [
        Candidate(
            chain,
            members,
            named[chain],
            genders.get(chain, ""),
            nearer=away.index(abs(last[chain].start - pronoun.i)),
            foremost=named[chain] == most,
        )
        for chain, members in found.items()
    ]


def _find_fitting(
    i: int, mentions: Sequence[Span], chains: Chains, genders: Mapping[int, str], ontology: Ontology
) -> Iterator[tuple[int, list[Span]]]:
    """Each chain that may be meant, and its mentions in reach."""
    pronoun = mentions[i].root
    speaker = find_speakers(pronoun.doc, ontology).get(pronoun.i)
    near: dict[int, list[int]] = {}
    for j in _find_near(i, mentions):
        near.setdefault(chains[j], []).append(j)
    for chain, found in near.items():
        if speaker is not None and any(mentions[j].root == speaker for j in found):
            continue  # "*Ann Bo* said: '*She* played well.'"
        members = [j for j in found if j < i or _is_to_come(mentions[j], pronoun)]
        fits = any(_fits(mentions[j], pronoun, genders.get(chain, ""), ontology) for j in members)
        if fits and not any(_bound(mentions[j], pronoun, ontology) for j in found):
            yield chain, [mentions[j] for j in members]


def _find_near(i: int, mentions: Sequence[Span]) -> Iterator[int]:
    """Mentions up to three sentences back, and those to come in the sentence of the pronoun, in text order."""
    pronoun = mentions[i].root
    end = sentence_of(pronoun)[1]
    first = bisect_left(mentions, True, hi=i, key=lambda span: _in_reach(span, pronoun))  # from one on all are
    yield from range(first, i)
    for j in range(i + 1, len(mentions)):
        if mentions[j].start >= end:
            return
        yield j


def _in_reach(span: Span, pronoun: Token) -> bool:
    return pronoun.i - span.start <= _FARTHEST and sentences_between(span, pronoun) <= _WINDOW


def _is_to_come(span: Span, pronoun: Token) -> bool:
    return _is_fronted(span, pronoun) or _is_cleft(span, pronoun)


def _is_cleft(span: Span, pronoun: Token) -> bool:
    """'It was *her* father who taught Ann Bo'."""
    noun = pronoun.head
    apart = pronoun.dep_ == "poss" and noun.dep_ == "attr" and any(c.lower_ == "it" for c in children_of(noun.head))
    return apart and is_name(span) and span.root.dep_ == "dobj" and span.root.head.head == noun


def _is_fronted(span: Span, pronoun: Token) -> bool:
    """The named subject that is still to come: 'In *her* speech, Ann Bo …'."""
    if pronoun.dep_ == "pobj" and pronoun.head.head == span.root.head:
        return False  # '*Before him*, Ann Bo was mayor'
    above = set(pronoun.ancestors)
    apposed = span.root.dep_ == "appos" and any(word.dep_ == "prep" for word in above)
    subject = span.root.head if apposed else span.root
    return is_name(span) and subject.dep_ in SUBJECTS and subject.head in above and subject not in above


def _relative(pronoun: Token, heads: Mapping[int, int]) -> int | None:
    """'the minister *who* resigned': the noun the clause hangs on."""
    clause = next((token for token in (pronoun, *pronoun.ancestors) if token.dep_ == "relcl"), None)
    if clause is None:
        return None
    noun = clause.head
    beside = [child.i for child in children_of(noun) if child.dep_ == "appos" and noun.i < child.i < pronoun.i]
    apposed = [noun.head.i] if noun.dep_ == "appos" else []
    return next((heads[i] for i in (noun.i, *apposed, *beside) if i in heads), None)


def _fits(candidate: Span, pronoun: Token, gender: str, ontology: Ontology) -> bool:
    word = pronoun.lower_
    if word in MALE | FEMALE:
        one = candidate.root.tag_ not in ("NNS", "NNPS") or is_name(candidate)
        return one and candidate.label_ == "kg:Person" and gender in ("", "m" if word in MALE else "f")
    if word in _PLURAL:
        return ontology.is_a(candidate.label_, "kg:Organization") or candidate.label_ == "kg:Group"
    thing = candidate.id_ != Form.VALUE.value and candidate.label_ not in ("kg:Group", "kg:Entity")
    located = candidate.label_ == "kg:Country" and _is_in_country(pronoun, ontology)
    return thing and not located and not ontology.is_a(candidate.label_, "kg:Person")


def _is_in_country(pronoun: Token, ontology: Ontology) -> bool:
    """'*it* is located in Namibia': no country is."""
    if pronoun.dep_ not in SUBJECTS or lemma(pronoun.head) not in ontology.words["lex:Lying"]:
        return False
    names = (ontology.names.get(end.text) for end in walk(pronoun.head, "prep:in pobj"))
    return any(name is not None and name.type == "kg:Country" for name in names)


def _bound(candidate: Span, pronoun: Token, ontology: Ontology) -> bool:
    """'Ann saw *her*', 'Ann demanded *her* arrest': not Ann.

    A plain pronoun is free in its own clause (Chomsky 1981, principle B); the possessor of a noun for what is done
    to somebody is as an object would be.
    """
    if pronoun.lower_.endswith(("self", "selves")):
        return False
    verb = pronoun.head
    if pronoun.dep_ in SUBJECTS and pronoun.lower_ in _ACCUSATIVE:
        verb = verb.head  # 'Ann found *her* guilty': a subject by its verb, an object by its case
    if pronoun.dep_ == "poss":
        if not _is_done_to(verb, ontology):
            return False
        verb = verb.head
    word = role_bearer(candidate.root, ontology)
    return bool(word.dep_ in SUBJECTS | {"dobj"} and word.head == verb) or (
        word.dep_ in SUBJECTS and pronoun.dep_ in ("dobj", "dative") and word.head == _lender(verb)
    )


def _lender(verb: Token) -> Token | None:
    """The verb whose subject this one shares: 'Ann *came* and saw her', 'Ann *left*, leaving her behind'."""
    own = any(child.dep_ in SUBJECTS for child in children_of(verb))
    return None if own or verb.dep_ not in ("conj", "advcl") else verb.head


def _is_done_to(noun: Token, ontology: Ontology) -> bool:
    """True of 'arrest' and 'extradition', not of 'resignation', which its subject does."""
    frames = (frame for _, frame in ontology.frames.get(lemma(noun), ()) if frame.pos == "NOUN")
    return any(
        dict(frame.arguments).get("kg:target") == "lex:Of" and not ontology.is_a(frame.evokes, "kg:Resignation")
        for frame in frames
    )
