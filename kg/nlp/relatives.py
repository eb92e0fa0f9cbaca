"""'her brother', 'the president's husband': whoever was so called before, or is by the converse."""

from spacy.tokens import Span, Token

from kg.nlp.chains import find_gender, has_name, noun_of
from kg.nlp.partition import Chains, join
from kg.nlp.spans import index_heads, is_nominal, lemma
from kg.nlp.tree import children_of
from kg.ontology import Ontology

Ties = dict[str, list[tuple[int, int]]]
"""Noun → pairs of an owner's mention and one of whom the noun says what they are to the owner."""
_MALE = {"husband": "m", "brother": "m", "father": "m", "son": "m", "uncle": "m", "nephew": "m"}
_FEMALE = {"wife": "f", "sister": "f", "mother": "f", "daughter": "f", "aunt": "f", "niece": "f"}
_PAIRS = (
    (("husband", "wife", "spouse", "partner"), ("husband", "wife", "spouse", "partner")),
    (("brother", "sister"), ("brother", "sister")),
    (("father", "mother"), ("son", "daughter", "child")),
    (("uncle", "aunt"), ("nephew", "niece")),
    (("cousin",), ("cousin",)),
    (("predecessor",), ("successor",)),
    (("rival", "opponent"), ("rival", "opponent")),
)
_CONVERSE = {noun: others for one, two in _PAIRS for nouns, others in ((one, two), (two, one)) for noun in nouns}


def match_relatives(mentions: list[Span], chains: Chains, ontology: Ontology) -> None:
    """Each possessed noun without a name to the person tied so to its owner, in text order."""
    heads = index_heads(mentions)
    ties: Ties = {}
    for i, span in enumerate(mentions):
        owner = _find_owner(span, heads) if is_nominal(span) and span.label_ == "kg:Person" else None
        if owner is None or chains[owner] == chains[i]:
            continue
        noun = lemma(noun_of(span))
        if not has_name(mentions, chains, chains[i]):
            found = _find_tied(chains[owner], noun, ties, mentions, chains, ontology)
            if found is not None:
                join(chains, found, i)
        if has_name(mentions, chains, chains[i]):
            for said, one, other in ((noun, owner, i), *((word, i, owner) for word in _CONVERSE.get(noun, ()))):
                ties.setdefault(said, []).append((one, other))


def _find_owner(span: Span, heads: dict[int, int]) -> int | None:
    """'*her* brother', 'the brother of *Ann Bo*'."""
    children = [child for token in (noun_of(span), span.root) for child in children_of(token)]
    return next((heads[end.i] for child in children if (end := _owner_of(child)) is not None and end.i in heads), None)


def _owner_of(child: Token) -> Token | None:
    if child.dep_ == "poss":
        return child
    return next((end for end in children_of(child) if end.dep_ == "pobj"), None) if child.lower_ == "of" else None


def _find_tied(
    owner: int, noun: str, ties: Ties, mentions: list[Span], chains: Chains, ontology: Ontology
) -> int | None:
    """The last tie of that noun to a mention of the owner's chain; 'brother' is no woman."""
    gender = _MALE.get(noun) or _FEMALE.get(noun, "")
    for one, other in reversed(ties.get(noun, ())):
        if chains[one] == owner and chains[other] != owner:
            known = find_gender(mentions, chains, chains[other], ontology)
            if not gender or known in ("", gender):
                return other
    return None
