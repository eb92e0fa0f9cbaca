"""Whom a pronoun means: hard constraints (gender, number, person, binding, type) before preferences."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Span, Token

from kg.nlp.spans import is_name, lemma
from kg.ontology import Ontology
from kg.wordlists import fold

_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_WINDOW = 3  # sentences a pronoun reaches back
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def gender_of(span: Span, ontology: Ontology) -> str:
    """'m', 'f' or '' by title ('Mrs'), role noun ('spokeswoman') or given name ('Rafael')."""
    words = {lemma(token).rstrip(".") for token in (*span, *span.root.children)}
    if words & ontology.words["lex:FemaleTitle"]:
        return "f"
    if words & ontology.words["lex:MaleTitle"]:
        return "m"
    if not is_name(span) or span.label_ != "kg:Person" or len(span) < 2:
        return ""
    return ontology.genders.get(span[0].text, "") or ontology.genders.get(fold(span[0].text).capitalize(), "")


def find_antecedent(
    i: int,
    mentions: Sequence[Span],
    chains: Sequence[int],
    genders: Mapping[int, str],
    heads: Mapping[int, int],
    ontology: Ontology,
) -> int | None:
    """The index of the mention the pronoun ``mentions[i]`` takes up, or None."""
    pronoun = mentions[i].root
    if pronoun.tag_ in {"WP", "WP$", "WDT"}:
        return _relative(pronoun, heads)
    bound = {chains[j] for j in range(len(mentions)) if j != i and _bound(mentions[j], pronoun, ontology)}
    free = [j for j in range(i) if chains[j] not in bound]
    fitting = [j for j in free if _fits(mentions[j], pronoun, genders.get(chains[j], ""), ontology)]
    near = [j for j in fitting if _distance(mentions[j], pronoun) <= _WINDOW]
    return max(near, key=lambda j: (_salience(j, pronoun, mentions, chains, ontology), j), default=None)


def _relative(pronoun: Token, heads: Mapping[int, int]) -> int | None:
    """'the minister *who* resigned': the noun the clause hangs on."""
    clause = next((token for token in (pronoun, *pronoun.ancestors) if token.dep_ == "relcl"), None)
    return heads.get(clause.head.i) if clause is not None else None


def _fits(candidate: Span, pronoun: Token, gender: str, ontology: Ontology) -> bool:
    word = pronoun.lower_
    if word in _MALE | _FEMALE:
        return candidate.label_ == "kg:Person" and gender in ("", "m" if word in _MALE else "f")
    if word in _PLURAL:
        return ontology.is_a(candidate.label_, "kg:Organization") or candidate.label_ == "kg:Group"
    return not ontology.is_a(candidate.label_, "kg:Person") and candidate.label_ not in {
        "kg:Date",
        "kg:Group",
        "kg:Entity",
    }


def _distance(candidate: Span, pronoun: Token) -> int:
    """Sentences between the two."""
    between = pronoun.doc[candidate.end - 1 : pronoun.i + 1]
    return sum(1 for token in between if token.is_sent_start) - (1 if between[0].is_sent_start else 0)


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
    word = _role_bearer(candidate.root, ontology)
    return bool(word.dep_ in _SUBJECTS | {"dobj"} and word.head == verb)


def _is_done_to(noun: Token, ontology: Ontology) -> bool:
    """True of 'arrest' and 'extradition', not of 'resignation', which its subject does."""
    frames = (frame for _, frame in ontology.frames.get(lemma(noun), ()) if frame.pos == "NOUN")
    return any(
        dict(frame.arguments).get("kg:target") == "lex:Of" and not ontology.is_a(frame.evokes, "kg:Resignation")
        for frame in frames
    )


def _salience(j: int, pronoun: Token, mentions: Sequence[Span], chains: Sequence[int], ontology: Ontology) -> float:
    """Nearness in sentences; grammatical role, subject first (centering); how often it is named."""
    word = _role_bearer(mentions[j].root, ontology)
    role = 1.0 if word.dep_ in _SUBJECTS else 0.4 if word.dep_ == "dobj" else 0.0
    parallel = 0.3 if word.dep_ == pronoun.dep_ else 0.0
    named = 0.1 * min(5, sum(1 for k, leader in enumerate(chains) if leader == chains[j] and is_name(mentions[k])))
    far = 0.8 * _distance(mentions[j], pronoun) + (0.5 if _crosses_paragraph(mentions[j], pronoun) else 0.0)
    return role + parallel + named - far


def _crosses_paragraph(candidate: Span, pronoun: Token) -> bool:
    return any("\n\n" in token.text for token in pronoun.doc[candidate.end : pronoun.i])


def _role_bearer(root: Token, ontology: Ontology) -> Token:
    """The noun that bears the role: 'the *province* of Guayas', 'the *minister*, Ann Bo'."""
    if root.dep_ == "appos":
        return _role_bearer(root.head, ontology)
    if root.dep_ == "pobj" and root.head.lower_ == "of" and lemma(root.head.head) in ontology.words["lex:Transparent"]:
        return root.head.head
    return root
