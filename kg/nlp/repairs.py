"""What parsers get wrong again and again, put right before anything reads the tree.

Each repair looks at a shape that has one reading only, so that rules need not know the wrong shapes.
"""

from spacy.tokens import Doc, Token

from kg.nlp.attachments import BEFORE_DATES, is_office, repair_attachment
from kg.nlp.callings import repair_calling
from kg.nlp.clefts import raise_relative, repair_cleft
from kg.nlp.complements import (
    GIVING,
    free_verb,
    join_named,
    join_object,
    lower_dead,
    make_object,
    make_person,
    name_predicate,
    raise_verb,
    split_named,
)
from kg.nlp.gaps import repair_gaps
from kg.nlp.joints import lower_marked, repair_joint
from kg.nlp.openings import find_subjects, hang, repair_opening
from kg.nlp.passives import make_whole, repair_passive
from kg.nlp.spans import lemma
from kg.nlp.tokens import WHOLE_WORDS
from kg.ontology import Ontology
from kg.wordlists import fold

_LABELS = frozenset(
    {
        "compound",
        "nsubj",
        "nsubjpass",
        "dobj",
        "oprd",
        "appos",
        "conj",
        "prep",
        "npadvmod",
        "relcl",
        "ccomp",
        "aux",
        "ROOT",
    }
)
_CLOSING = frozenset({",", ".", ";"})
_TAGS = frozenset({"VB", "VBP", "VBD", "VBN", "VBG"})
_FORMS = frozenset({*WHOLE_WORDS, *BEFORE_DATES, "between", "dead", "("})
"""What a word must have of these for a repair to be about it; more than half of all words have none."""


def repair_parses(doc: Doc, *, ontology: Ontology) -> Doc:
    """The Doc with the shapes below put right."""
    for token in list(doc):
        if token.is_sent_start:
            repair_opening(token, ontology)
        if token.dep_ in _LABELS or token.tag_ in _TAGS or token.lower_ in _FORMS:
            repair_joint(token, ontology)
            repair_passive(token, ontology)
            repair_attachment(token, ontology)
            repair_calling(token, ontology)
            _repair_word(token, ontology)
    repair_gaps(doc, ontology)
    return doc


def _repair_word(token: Token, ontology: Ontology) -> None:
    if token.dep_ in ("dobj", "oprd") and token.head.dep_ == "acl":
        join_named(token, ontology)
    elif token.pos_ == "ADJ" and token.dep_ in ("nsubj", "nsubjpass", "dobj"):
        make_person(token, ontology)
    label, tag, form = token.dep_, token.tag_, token.lower_
    if form in WHOLE_WORDS:
        make_whole(token)
    elif tag == "NNS" and label == "relcl" and any(find_subjects(token)):
        _make_present(token, ontology)
    elif tag in ("VBP", "VB") and form in ontology.irregular_pasts:
        _make_past(token, ontology)
    elif form == "whom" and label in ("nsubj", "npadvmod"):
        token.dep_ = "dobj"
    elif tag == "VBG" and token.i:
        _make_noun(token)
    elif form == "(":
        _lower_bracketed(token)
    elif form == "dead" and token.i and token.nbor(-1).pos_ == "VERB":
        lower_dead(token)
    elif form == "between":
        _join_listed(token)
    elif label == "oprd" and (token.ent_type_ == "PERSON" or token.head.lemma_ in GIVING):
        make_object(token)
    elif label in ("oprd", "dobj", "appos") and token.text.islower():
        split_named(token, ontology)
        raise_verb(token)
        name_predicate(token, ontology)
        _raise_plural(token)
    elif label == "amod" and tag in ("VBN", "VBD"):
        free_verb(token)
    elif label == "npadvmod" and token.ent_type_ == "PERSON":
        join_object(token, ontology)
    elif label == "npadvmod":
        name_predicate(token, ontology)
    elif label == "prep" and form in ("in", "on"):
        _raise_poll(token, ontology)
    elif label == "relcl":
        _join_role(token, ontology)
        raise_relative(token)
    elif label == "ROOT" and token.pos_ == "VERB":
        lower_marked(token)
    elif token.lemma_ == "be" and label in ("ROOT", "ccomp", "aux"):
        repair_cleft(token)
    elif label == "conj" and token.ent_type_ == "PERSON":
        _raise_owner(token, ontology)
        _raise_listed(token, ontology)
    elif tag in ("NNP", "NNPS") and token.head.ent_type_ == "PERSON" and token.i < token.head.i:
        _make_plural(token, ontology)
    elif label == "appos" and token.pos_ == "PROPN":
        _raise_person(token, ontology)


def _make_plural(title: Token, ontology: Ontology) -> None:
    """'Foreign *Ministers* Ann Bo and Cy Di': taken for a name it keeps its plural."""
    word = title.lower_.removesuffix("s")
    if title.lower_ != word and title.dep_ in ("compound", "nmod") and ontology.nominals.get(word) == "kg:Person":
        title.tag_, title.pos_, title.lemma_ = "NNS", "NOUN", word


def _make_past(verb: Token, ontology: Ontology) -> None:
    """'They *overthrew* him': no present has this form."""
    verb.tag_, verb.lemma_ = "VBD", ontology.irregular_pasts[verb.lower_]


def _make_present(noun: Token, ontology: Ontology) -> None:
    """'where Ann Bo *lives*'."""
    word = noun.lower_
    stems = (word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y")
    stem = next((stem for stem in stems if stem != word and stem in ontology.frames), "")
    if stem:
        noun.tag_, noun.pos_, noun.lemma_ = "VBZ", "VERB", stem


def _make_noun(token: Token) -> None:
    """'led to the April 2005 *rising*': with an article and a year before it it is a noun."""
    year = token.nbor(-1)
    date = year.head if year.dep_ == "nummod" else year
    if (
        year.tag_ != "CD"
        or token.is_ancestor(date)
        or date.dep_ not in ("pobj", "dobj", "nsubj")
        or token.dep_ not in ("advcl", "acl")
    ):
        return
    if any(child.dep_ == "det" for child in date.children) and not any(
        child.dep_ == "dobj" for child in token.children
    ):
        label, head = date.dep_, date.head
        hang(token, head, label)
        for child in [child for child in date.children if child.dep_ == "det"]:
            child.head = token
        hang(date, token, "compound")
        token.tag_, token.pos_, token.lemma_ = "NN", "NOUN", token.lower_


def _join_role(verb: Token, ontology: Ontology) -> None:
    """'The new president *Bo* gave way': no 'whom' is left out where the verb has all it needs."""
    role = verb.head
    name = role.doc[role.i + 1] if role.i + 1 < len(role.doc) else role
    fragment = role.dep_ == "ROOT" and name.ent_type_ == "PERSON" and lemma(role) not in ontology.words["lex:Certain"]
    if name.pos_ != "PROPN" or not (fragment or ontology.nominals.get(lemma(role)) == "kg:Person"):
        return
    subject = next(find_subjects(verb), None)
    if subject is None or subject.left_edge.i != role.i + 1 or subject.pos_ != "PROPN":
        return
    if not any(child.dep_ in ("dobj", "ccomp", "xcomp", "attr", "acomp") for child in verb.children):
        return
    if role.dep_ == "ROOT":
        verb.dep_, verb.head = "ROOT", verb
        hang(role, verb, "nsubj")
    elif role.dep_ in ("nsubj", "dobj", "pobj"):
        return
    hang(subject, role, "appos")


def _raise_poll(prep: Token, ontology: Ontology) -> None:
    """'approved the bill *in a referendum*': one votes in it, and the bill does not lie in it."""
    inner = prep.head
    if inner.dep_ not in ("dobj", "xcomp") or inner.head.pos_ != "VERB":
        return
    if any(lemma(child) in ontology.words["lex:Poll"] for child in prep.children if child.dep_ == "pobj"):
        for part in [child for child in inner.children if child.dep_ == "prep" and child.i >= prep.i]:
            hang(part, inner.head, "prep")


def _raise_person(name: Token, ontology: Ontology) -> None:
    """'the nephew of Ann Bo, *Cy Di*, spoke': nobody is two persons, no person is a body, so that he is the nephew."""
    other, preposition = name.head, name.head.head
    end = name.right_edge.i + 1
    closed = end < len(name.doc) and (name.doc[end].text in _CLOSING or name.right_edge.text == ",")
    apart = other.pos_ == "PROPN" or (other.pos_ == "NOUN" and lemma(other) not in ontology.nominals)
    if not apart or preposition.lower_ not in ("of", "to", "for", "at", "in") or not closed:
        return
    if name.ent_type_ != "PERSON" and not _may_be_person(name, ontology):
        return
    listed = any(child.dep_ in ("conj", "cc") for token in (name, other) for child in token.children)
    if ontology.nominals.get(lemma(preposition.head)) == "kg:Person" and not listed:
        hang(name, preposition.head, "appos")


def _may_be_person(name: Token, ontology: Ontology) -> bool:
    """Two or three words that no list knows, whatever the model thinks: 'Gunta Kalniņa'."""
    words = name.doc[name.left_edge.i : name.i + 1]
    plain = all(word.text.istitle() and word.text not in ontology.heads for word in words)
    listed = any(word.text in ontology.names or fold(word.text) in ontology.gazetteer for word in (words, *words))
    return len(words) in (2, 3) and plain and not listed


def _raise_owner(name: Token, ontology: Ontology) -> None:
    """'ministers Ann Bo of Chile and *Cy Di* of Peru': persons stand in a row with persons, not with their lands."""
    land, owner = name.head, name.head.head.head
    if name.left_edge.i and name.left_edge.nbor(-1).text == ",":
        _join_plural(name, land, ontology)
        return
    placed = land.dep_ == "pobj" and land.head.lower_ == "of" and land.text in ontology.names
    before = land.head.nbor(-1) if land.head.i else land
    if placed and before.pos_ == "PROPN" and before.ent_type_ == "PERSON" and land.text not in ontology.given_names:
        hang(name, before if owner != before else owner, "conj")


def _raise_listed(name: Token, ontology: Ontology) -> None:
    """'the mayors of Split and Ancona, *Ann Bo* and Cy Di': the mayors are these, Ancona has nobody beside it."""
    last = name.head
    first = last.head if last.dep_ == "conj" else last
    role = first.head.head
    if last.ent_type_ == "PERSON" or first == last or first.dep_ != "pobj" or first.head.lower_ != "of":
        return
    if role.tag_ == "NNS" and is_office(role, ontology) and name.doc[name.left_edge.i - 1].text == ",":
        hang(name, role, "appos")


def _join_plural(name: Token, land: Token, ontology: Ontology) -> None:
    """'The ministers of Chad and Niger, *Ann Bo* and Cy Di, met': nor do they behind a comma."""
    role = land
    while role.dep_ in ("conj", "pobj", "prep") and role.head != role:
        role = role.head
    several = role.tag_ == "NNS" and ontology.nominals.get(lemma(role)) == "kg:Person"
    direct = land == role and any(child.dep_ == "prep" for child in role.children)
    if several and (direct or (land.text in ontology.names and land.ent_type_ != "PERSON")):
        hang(name, role, "appos")


def _raise_plural(role: Token) -> None:
    """'Ann Bo and *Cy Di*, the *ministers* of Peru and Chile': the plural is said of both."""
    if role.tag_ == "NNS" and role.head.dep_ == "conj" and role.head.head.pos_ == "PROPN" and role.i > role.head.i:
        hang(role, role.head.head, "appos")


def _lower_bracketed(bracket: Token) -> None:
    """'It was agreed to lift the ban (the IMF *funded* it)': what stands in brackets governs nothing outside them."""
    inner = bracket.head
    outer = next((child for child in inner.children if child.dep_ == "ccomp" and child.i < bracket.i), None)
    if inner.i < bracket.i or outer is None:
        return
    if inner.dep_ == "ROOT":
        outer.dep_, outer.head = "ROOT", outer
    else:
        hang(outer, inner.head, inner.dep_)
    hang(inner, outer, "parataxis")


def _join_listed(preposition: Token) -> None:
    """'At talks between Ann, *Bo* and *Cy*, it was agreed': of two subjects the first belongs to the list before it."""
    first = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if first is None:
        return
    for verb in preposition.ancestors:
        subjects = [child for child in find_subjects(verb) if first.i < child.i < verb.i]
        if len(subjects) > 1 and subjects[0].left_edge.i and subjects[0].left_edge.nbor(-1).text == ",":
            for item in (subjects[0], *(child for child in subjects[0].children if child.dep_ == "appos")):
                for part in [child for child in item.children if child.dep_ == "nmod"]:
                    if any(child.dep_ == "det" for child in part.children):
                        hang(part, first, "conj")  # 'the *Conference* and union leaders'
                hang(item, first, "conj")
            return
