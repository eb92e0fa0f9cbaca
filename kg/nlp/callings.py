"""What parsers hang on the wrong name: roles, and names behind roles."""

from spacy.tokens import Token

from kg.nlp.openings import SUBJECTS, find_subjects, hang, text_at
from kg.nlp.spans import lemma
from kg.ontology import Ontology


def repair_calling(token: Token, ontology: Ontology) -> None:
    """Gives a role to who has it, and a name to the role it stands behind."""
    label = token.dep_
    if label in SUBJECTS:
        _lower_subject(token, ontology)
        _take_role(token, ontology)
    elif label == "appos" and token.tag_ in ("NN", "NNP"):
        _take_role(token, ontology)
        _free_listed(token)
        _lower_denial(token)
        _lower_apposition(token)
        _lower_name(token, ontology)
        _join_name(token, ontology)
    if token.dep_ == "conj" and token.pos_ == "NOUN":
        _raise_role(token, ontology)
        _free_denial(token)


def _take_role(name: Token, ontology: Ontology) -> None:
    """'Beside the king, Ann Bo, *the head* of the Front, Cy Di, spoke': the role of who stands between commas behind
    it."""
    start = name.left_edge.i
    if name.ent_type_ != "PERSON" or start < 2 or text_at(name.left_edge, -1) != "," or text_at(name, 1) != ",":
        return
    before = name.doc[start - 2]
    if is_person(before, ontology):
        if before.pos_ == "NOUN" and name.dep_ == "appos" and name.head.ent_type_ == "PERSON":
            hang(name, before, "appos")  # 'Ann Bo, the wife of *the general*, Cy Di,'
        return
    for role in (word for word in (before, *before.ancestors) if word.dep_ == "appos"):
        if role.right_edge.i == start - 2 and role.left_edge.lower_ == "the" and role.head.ent_type_ == "PERSON":
            if name.dep_ == "appos" and name.head == role.head:
                hang(name, role, "appos")
            elif name.dep_ != "appos":
                hang(role, name, "appos")
            return


def _lower_subject(name: Token, ontology: Ontology) -> None:
    """'The daughter of the baker *Ann Bo* studies law': of two subjects the one right behind a role is the baker's."""
    role = name.doc[name.left_edge.i - 1] if name.left_edge.i else name
    if role != name and (role.dep_, role.head, role.ent_type_) == (name.dep_, name.head, "PERSON"):
        for word in [*role.children, role]:  # 'Governor *Ann* Bo' of two subjects
            hang(word, name, "compound" if word == role else word.dep_)
    if name.ent_type_ != "PERSON" or role.pos_ != "NOUN" or ontology.nominals.get(lemma(role)) != "kg:Person":
        return
    others = [other for other in find_subjects(name.head) if other != name]
    if any(other.is_ancestor(role) or name.i < other.i < name.head.i for other in others):
        hang(name, role, "appos")  # 'Accused of killing the *baker* Ann Bo, Cy Di was held'


def _lower_denial(noun: Token) -> None:
    """'Ann Bo, *not* the president, spoke': she is not; in 'Ann Bo, *not* her cousin Cy' the kinship stands."""
    denial = next((child for word in (noun.head, noun) for child in word.children if child.dep_ == "neg"), None)
    named = any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in noun.children)
    if denial is not None and denial.i in (noun.left_edge.i - 1, noun.left_edge.i):
        hang(denial, noun.head if named else noun, "neg")


def _free_listed(noun: Token) -> None:
    """'knows one man better than the mayor, Ann Bo: *the rapper* Cy Di': behind a colon stands another."""
    named = any(
        child.dep_ == "appos" and child.ent_type_ == "PERSON" and child.i < noun.i for child in noun.head.children
    )
    if named and text_at(noun.left_edge, -1) == ":":
        hang(noun, next((word for word in noun.ancestors if word.dep_ == "ROOT"), noun.head), "dep")


def _free_denial(noun: Token) -> None:
    """'arrested Ann, but *not* her brother, Cy': he was not; her brother he is."""
    if any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in noun.children):
        for denial in [child for child in noun.children if child.dep_ == "neg" and child == noun.left_edge]:
            denial.dep_ = "cc"


def _lower_apposition(noun: Token) -> None:
    """'Ann Bo and her husband, *the tenor* Cy Di': it is the last one that is told of, who has no name yet."""
    first, edge = noun.head, noun.left_edge
    if text_at(edge, -1) != "," or first.tag_ in ("NNS", "NNPS"):
        return
    near = [child for child in first.children if child.dep_ == "conj" and child.i == edge.i - 2]
    if near and near[0].tag_ == "NN" and any(child.dep_ == "poss" for child in near[0].children):
        hang(noun, near[0], "appos")


def _join_name(noun: Token, ontology: Ontology) -> None:
    """'the minister Ann Bo and *the secretary Cy Di*': one minister has one name."""
    first = next((child for child in noun.head.children if child.dep_ == "appos" and child.i < noun.i), None)
    if first is None or first.ent_type_ != "PERSON" or noun.head.tag_ != "NN" or not is_person(noun, ontology):
        return
    before = noun.left_edge.nbor(-1)
    if before.lower_ == "and":
        hang(noun, first, "conj")
    elif before.head == first and before.dep_ == "conj":
        hang(noun, before, "appos")


def _lower_name(name: Token, ontology: Ontology) -> None:
    """'a letter from the *president*, Ann Bo,': it is the person before the comma who is called so, not the letter."""
    start = name.left_edge.i
    if name.ent_type_ != "PERSON" or text_at(name.left_edge, -1) != "," or start < 2 or is_person(name.head, ontology):
        return
    line = (word for word in (name.doc[start - 2], *name.doc[start - 2].ancestors) if word.i > name.head.i)
    role = next((word for word in line if word.tag_ == "NN" and is_person(word, ontology)), None)
    if role is not None:
        hang(name, role, "appos")


def _raise_role(role: Token, ontology: Ontology) -> None:
    """'the mother of Ann Bo and *the daughter* of Cy Di', 'mother of the poet Ann Bo and *daughter* of Cy Di': of two
    roles one person has both."""
    beside = role.head.dep_ == "appos" and role.head.ent_type_ == "PERSON"  # 'the poet *Ann Bo*', not 'Ann, *a poet*'
    name = role.head.head if beside else role.head
    outer = name.head.head
    named = is_personal(name) and name.dep_ == "pobj" and name.head.lower_ == "of"
    article = role.left_edge == role or role.left_edge.lower_ in ("the", "a", "an")
    of = any(child.lower_ == "of" for child in role.children)
    if named and article and of and is_person(role, ontology) and outer.pos_ == "NOUN" and is_person(outer, ontology):
        hang(role, outer, "conj")


def is_personal(noun: Token) -> bool:
    """'Ann Bo', 'the writer *Ann Bo*'."""
    named = (noun, *(child for child in noun.children if child.dep_ == "appos"))
    return any(word.ent_type_ == "PERSON" for word in named)


def is_person(noun: Token, ontology: Ontology) -> bool:
    """A name of a person, or a noun for one."""
    return noun.ent_type_ == "PERSON" or ontology.nominals.get(lemma(noun)) == "kg:Person"
