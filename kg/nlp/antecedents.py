"""Whom a pronoun means: hard constraints (gender, number, person, binding, type) before preferences."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Span, Token

from kg.nlp.spans import fold, is_name, is_pronoun, lemma
from kg.ontology import Ontology

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
    fitting = [j for j in range(i) if _fits(mentions[j], pronoun, genders.get(chains[j], ""), ontology)]
    near = [j for j in fitting if _distance(mentions[j], pronoun) <= _WINDOW and not _bound(mentions[j], pronoun)]
    named = {chains[j] for j in range(len(mentions)) if is_name(mentions[j])}
    near = [j for j in near if chains[j] in named]
    return max(near, key=lambda j: (_salience(mentions[j], pronoun, ontology), j), default=None)


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


def _bound(candidate: Span, pronoun: Token) -> bool:
    """'Ann saw *her*': not Ann; a plain pronoun is free in its own clause (Chomsky 1981, principle B)."""
    if pronoun.lower_.endswith(("self", "selves")) or pronoun.dep_ == "poss":
        return False
    return bool(candidate.root.head == pronoun.head and not is_pronoun(candidate))


def _salience(candidate: Span, pronoun: Token, ontology: Ontology) -> float:
    """Nearness in sentences, then grammatical role: subject before object before the rest (centering)."""
    word = _role_bearer(candidate.root, ontology)
    role = 1.0 if word.dep_ in _SUBJECTS else 0.4 if word.dep_ == "dobj" else 0.0
    parallel = 0.3 if word.dep_ == pronoun.dep_ else 0.0
    return role + parallel - 0.8 * _distance(candidate, pronoun)


def _role_bearer(root: Token, ontology: Ontology) -> Token:
    """In 'the *province* of Guayas' the common noun bears the role."""
    if root.dep_ == "pobj" and root.head.lower_ == "of" and lemma(root.head.head) in ontology.words["lex:Transparent"]:
        return root.head.head
    return root
