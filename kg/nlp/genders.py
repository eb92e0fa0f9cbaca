"""Whether a mention is of a man or a woman: 'm', 'f', or '' where nothing tells."""

from spacy.tokens import Span, Token

from kg.nlp.spans import is_name, lemma
from kg.nlp.tree import children_of
from kg.ontology import Ontology
from kg.wordlists import fold

MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
_TITLES = frozenset({"compound", "nmod", "amod"})


def title_gender(span: Span, ontology: Ontology) -> str:
    """'m', 'f' or '' by title ('Mrs') or role noun ('spokeswoman')."""
    titles = (child for child in children_of(span.root) if child.dep_ in _TITLES)
    words = {lemma(token).rstrip(".") for token in (*span, *titles)}
    if words & ontology.words["lex:FemaleTitle"]:
        return "f"
    if words & ontology.words["lex:MaleTitle"]:
        return "m"
    return ""


def name_gender(span: Span, ontology: Ontology) -> str:
    """'m', 'f' or '' by the given name of a person."""
    if not is_name(span) or span.label_ != "kg:Person" or (len(span) == 1 and span.text in ontology.surnames):
        return ""
    given = fold(span[0].text)
    return ontology.genders.get(given.replace("-", ""), "") or ontology.genders.get(given.partition("-")[0], "")


def pronoun_gender(pronoun: Token) -> str:
    """'m', 'f' or '' of the pronoun itself."""
    return "m" if pronoun.lower_ in MALE else "f" if pronoun.lower_ in FEMALE else ""
