"""How likely a chain is what a pronoun takes up: named yes-or-no features, weighed by ``ontology/salience.csv``.

Features after Lappin & Leass (1994, Computational Linguistics 20(4)) and centering; the weights are fitted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, repeat
from typing import NamedTuple

from spacy.tokens import Span, Token

from kg.nlp.breaks import blank_lines_between, sentence_of, sentence_starts_between
from kg.nlp.genders import pronoun_gender
from kg.nlp.spans import is_name, is_pronoun, lemma
from kg.nlp.tree import labels_below
from kg.ontology import Ontology
from kg.wordlists import fold

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ROLES = {
    **dict.fromkeys(SUBJECTS, "subject"),
    **dict.fromkeys(("dobj", "dative", "oprd"), "object"),
    **dict.fromkeys(("pobj", "agent"), "oblique"),
    "poss": "possessor",
}


class Candidate(NamedTuple):
    """A chain a pronoun may take up: its mentions in reach, how many names it has in the whole text and its gender;
    and among the candidates, how many are nearer and whether none is named more often."""

    chain: int
    members: list[Span]
    named: int
    gender: str
    nearer: int
    foremost: bool


def weigh(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """The sum of the weights of the features that hold."""
    return sum(map(weights.get, features, repeat(0.0)))


def find_features(pronoun: Token, candidate: Candidate, ontology: Ontology) -> list[str]:
    """What holds of a candidate; each feature comes once plain and once for the pronoun's own role."""
    role = _kind_of_role(pronoun)
    members = candidate.members
    plain = [span for span in members if span.root.tag_ not in ("WP", "WP$", "WDT")] or members
    last = nearest(pronoun, plain)
    found = {
        *_of_place(pronoun, last, plain, ontology),
        *_of_chain(pronoun, last, plain, candidate.named),
        *_above(pronoun, [role_bearer(span.root, ontology) for span in members]),
        f"gender {'known' if candidate.gender else _lean(pronoun, plain, ontology)}",
        f"nearer {min(candidate.nearer, 3)}",
    }
    if candidate.foremost:
        found.add("named most")
    return [name for feature in sorted(found) for name in (feature, f"{role} {feature}")]


def _of_place(pronoun: Token, last: Span, members: Sequence[Span], ontology: Ontology) -> Iterator[str]:
    word = role_bearer(last.root, ontology)
    role, away = _kind_of_role(word), sentences_between(last, pronoun)
    yield f"sentences {away}"
    yield f"sentences {min(away, 1)} {role}"
    if role == _kind_of_role(pronoun):
        yield f"parallel {min(away, 1)}"
    if word.dep_ == "conj" or "conj" in labels_below(word):
        yield "in a row"
    if away == 0:
        yield from _of_sentence(pronoun, [role_bearer(span.root, ontology) for span in members])
    elif word.dep_ in SUBJECTS and word.head.dep_ == "ROOT":
        yield "main subject before"
    if blank_lines_between(pronoun.doc, last.end, pronoun.i):
        yield "other paragraph"


def _of_sentence(pronoun: Token, words: Sequence[Token]) -> Iterator[str]:
    shared = set(pronoun.ancestors)
    for word in words:
        if word.i < pronoun.i and word.head in shared and word.dep_ not in SUBJECTS:
            yield f"beside as {_kind_of_role(word)}"
        if word.i > pronoun.i and word.dep_ in SUBJECTS and word.head in shared:
            yield "subject to come"
    if any(word.head == pronoun.head.head and word.dep_ == "conj" for word in words):
        yield "in its row"


def _lean(pronoun: Token, members: Sequence[Span], ontology: Ontology) -> str:
    """What a surname says that is a given name, too: 'Maria' is rather she, 'Johnson' may be anybody."""
    leanings = {ontology.genders.get(fold(span[0].text), "") for span in members if is_name(span)} - {""}
    if not leanings or not pronoun_gender(pronoun):
        return "open"
    return "leaning to it" if pronoun_gender(pronoun) in leanings else "leaning from it"


def _above(pronoun: Token, words: Sequence[Token]) -> Iterator[str]:
    """The subject of a verb above the pronoun, itself or as 'who': 'X, *who* said *he* was ill'."""
    heads = {word.head for word in words if word.dep_ in SUBJECTS}
    for rank, governor in enumerate(_find_governors(pronoun)):
        if governor in heads:
            yield f"subject above {rank}"


@lru_cache(maxsize=4)
def _find_governors(pronoun: Token) -> list[Token]:
    """The first three verbs above it that have a subject; the same whatever the pronoun is held against."""
    above = (token for token in pronoun.ancestors if not labels_below(token).isdisjoint(SUBJECTS))
    return list(islice(above, 3))


def _of_chain(pronoun: Token, last: Span, members: Sequence[Span], named: int) -> Iterator[str]:
    yield f"named {min(named, 4)}"
    yield f"in reach {min(len(members), 4)}"
    gap = abs(pronoun.i - last.end)
    yield f"tokens {next((limit for limit in (3, 6, 12, 24, 48) if gap <= limit), 99)}"
    if not is_name(last) and not is_pronoun(last):
        yield "last a noun"
    if members[0].start < sentence_of(pronoun.doc[0])[1]:
        yield "opens the text"
    if len(last) > 1:
        yield "last a full name"


def nearest(pronoun: Token, members: Sequence[Span]) -> Span:
    """The last before the pronoun, else the first behind it."""
    return min(members, key=lambda span: (span.start > pronoun.i, abs(span.start - pronoun.i)))


def _kind_of_role(word: Token) -> str:
    return _ROLES.get(word.dep_, "other")


def sentences_between(candidate: Span, pronoun: Token) -> int:
    """Sentence starts between the two, a blank line for one more; 0 within one sentence or behind the pronoun."""
    between = (pronoun.doc, candidate.start + 1, pronoun.i + 1)
    return sentence_starts_between(*between) + blank_lines_between(*between)


def role_bearer(root: Token, ontology: Ontology) -> Token:
    """The noun that bears the role: 'the *province* of Guayas', 'the *minister*, Ann Bo'."""
    if root.dep_ == "appos":
        return role_bearer(root.head, ontology)
    if root.dep_ == "pobj" and root.head.lower_ == "of" and lemma(root.head.head) in ontology.words["lex:Transparent"]:
        return root.head.head
    return root
