"""Whom a pronoun means: hard constraints (gender, number, person, binding, type) before preferences."""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Span, Token

from kg.model import Form
from kg.nlp.salience import SUBJECTS, find_features, role_bearer, sentences_between, weigh
from kg.nlp.spans import is_name, lemma
from kg.ontology import Ontology
from kg.wordlists import fold

_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_TITLES = frozenset({"compound", "nmod", "amod"})
_WINDOW = 3  # sentences a pronoun reaches back


def title_gender(span: Span, ontology: Ontology) -> str:
    """'m', 'f' or '' by title ('Mrs') or role noun ('spokeswoman')."""
    titles = (child for child in span.root.children if child.dep_ in _TITLES)
    words = {lemma(token).rstrip(".") for token in (*span, *titles)}
    if words & ontology.words["lex:FemaleTitle"]:
        return "f"
    if words & ontology.words["lex:MaleTitle"]:
        return "m"
    return ""


def gender_of(span: Span, ontology: Ontology) -> str:
    """'m', 'f' or '' by title, role noun or given name ('Rafael')."""
    if told := title_gender(span, ontology):
        return told
    if not is_name(span) or span.label_ != "kg:Person" or (len(span) == 1 and span.text in ontology.surnames):
        return ""
    given = fold(span[0].text)
    return ontology.genders.get(given.replace("-", ""), "") or ontology.genders.get(given.partition("-")[0], "")


def pronoun_gender(pronoun: Token) -> str:
    """'m', 'f' or '' of the pronoun itself."""
    return "m" if pronoun.lower_ in _MALE else "f" if pronoun.lower_ in _FEMALE else ""


def find_antecedent(
    i: int,
    mentions: Sequence[Span],
    chains: Sequence[int],
    genders: Mapping[int, str],
    heads: Mapping[int, int],
    ontology: Ontology,
) -> int | None:
    """The index of a mention of the chain the pronoun ``mentions[i]`` takes up, or None."""
    pronoun = mentions[i].root
    if pronoun.tag_ in {"WP", "WP$", "WDT"}:
        return _relative(pronoun, heads)
    scores = {
        chain: weigh(
            find_features(pronoun, [mentions[j] for j in members], named, genders.get(chain, ""), ontology),
            ontology.salience,
        )
        for chain, members, named in find_candidates(i, mentions, chains, genders, ontology)
    }
    return max(scores, key=lambda chain: (scores[chain], -chain), default=None)


def find_candidates(
    i: int, mentions: Sequence[Span], chains: Sequence[int], genders: Mapping[int, str], ontology: Ontology
) -> Iterator[tuple[int, list[int], int]]:
    """Each chain that may be meant, the indices of its mentions in reach, and how many names it has."""
    pronoun = mentions[i].root
    bound = {chains[j] for j in range(len(mentions)) if j != i and _bound(mentions[j], pronoun, ontology)}
    members: dict[int, list[int]] = {}
    for j, span in enumerate(mentions):
        if j != i and chains[j] not in bound and _in_reach(span, pronoun):
            members.setdefault(chains[j], []).append(j)
    for chain, found in members.items():
        if any(_fits(mentions[j], pronoun, genders.get(chain, ""), ontology) for j in found):
            named = sum(1 for j, leader in enumerate(chains) if leader == chain and is_name(mentions[j]))
            yield chain, found, named


def _in_reach(span: Span, pronoun: Token) -> bool:
    """Up to three sentences back, or the named subject that is still to come: 'In *her* speech, Ann Bo …'."""
    if span.start < pronoun.i:
        return sentences_between(span, pronoun) <= _WINDOW
    if pronoun.dep_ == "pobj" and pronoun.head.head == span.root.head:
        return False  # '*Before him*, Ann Bo was mayor'
    fronted = is_name(span) and span.root.dep_ in SUBJECTS and span.root.head in set(pronoun.ancestors)
    return fronted and span.sent == pronoun.sent


def _relative(pronoun: Token, heads: Mapping[int, int]) -> int | None:
    """'the minister *who* resigned': the noun the clause hangs on."""
    clause = next((token for token in (pronoun, *pronoun.ancestors) if token.dep_ == "relcl"), None)
    if clause is None:
        return None
    apposed = clause.head.head.i if clause.head.dep_ == "appos" else -1
    return heads.get(clause.head.i, heads.get(apposed))


def _fits(candidate: Span, pronoun: Token, gender: str, ontology: Ontology) -> bool:
    word = pronoun.lower_
    if word in _MALE | _FEMALE:
        return candidate.label_ == "kg:Person" and gender in ("", "m" if word in _MALE else "f")
    if word in _PLURAL:
        return ontology.is_a(candidate.label_, "kg:Organization") or candidate.label_ == "kg:Group"
    thing = candidate.id_ != Form.VALUE.value and candidate.label_ not in ("kg:Group", "kg:Entity")
    return thing and not ontology.is_a(candidate.label_, "kg:Person")


def _bound(candidate: Span, pronoun: Token, ontology: Ontology) -> bool:
    """'Ann saw *her*', 'Ann demanded *her* arrest': not Ann.

    A plain pronoun is free in its own clause (Chomsky 1981, principle B); the possessor of a noun for what is done
    to somebody is as an object would be.
    """
    if pronoun.lower_.endswith(("self", "selves")):
        return False
    verb = pronoun.head
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
    own = any(child.dep_ in SUBJECTS for child in verb.children)
    return None if own or verb.dep_ not in ("conj", "advcl") else verb.head


def _is_done_to(noun: Token, ontology: Ontology) -> bool:
    """True of 'arrest' and 'extradition', not of 'resignation', which its subject does."""
    frames = (frame for _, frame in ontology.frames.get(lemma(noun), ()) if frame.pos == "NOUN")
    return any(
        dict(frame.arguments).get("kg:target") == "lex:Of" and not ontology.is_a(frame.evokes, "kg:Resignation")
        for frame in frames
    )
