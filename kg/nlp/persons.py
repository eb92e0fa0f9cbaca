"""Persons the model did not see as such: by a given name of the registers, or by the role beside the name."""

from collections.abc import Iterator
from itertools import groupby

from spacy.tokens import Doc, Span, Token

from kg.model import Curie, Form
from kg.nlp.introduced import has_fate, is_introduced
from kg.nlp.kin import is_kin_word
from kg.nlp.paths import walk_all
from kg.nlp.spans import is_name, lemma, make_span, relabel
from kg.nlp.tree import children_of, tokens_of
from kg.ontology import Ontology
from kg.wordlists import fold

_PASSIVE = frozenset({"nsubjpass"})
_TAKEN = frozenset({"dobj", "nsubjpass"})
_LONGEST = 4  # words in a person's name; more in a row are a list or a heading
_ROLE_WORDS = ("lex:Title", "lex:Partisan", "lex:PoliticalOffice")
_ROLES = ("appos", "^appos", "^nsubj attr", "^attr nsubj", "compound", "nmod")


def match_persons(doc: Doc, ontology: Ontology) -> list[Span]:
    """'Ľubomír Hrnčiar', 'Ana Reyes Toledo': capitalised words in a row, the first of them a given name."""
    runs = [_skip_roles(doc, *run, ontology) for run in _runs(doc)]
    bare = (start for start, end in runs if end - start == 1 and _is_acting(tokens_of(doc)[start], ontology))
    whole = (make_span(doc, start, end, "kg:Person", Form.NAME) for start, end in runs if end - start > 1)
    return [
        *(make_span(doc, start, start + 1, "kg:Person", Form.NAME) for start in bare),
        *(name for name in whole if _is_full_name(name, ontology)),
    ]


def _skip_roles(doc: Doc, start: int, end: int, ontology: Ontology) -> tuple[int, int]:
    """'*President* Ann Bo Cy', '*Actress* Di Ek': what somebody is called by is no part of the name."""
    first = start
    while end - first > 2 and _is_called_by(doc[first], ontology):
        first += 1
    return first, end


def _is_called_by(word: Token, ontology: Ontology) -> bool:
    titled = word.lower_.rstrip(".") in ontology.words["lex:Title"] and not is_given_name(word.text, ontology)
    return titled or is_role_before(word, "kg:Person", ontology)


def _is_acting(token: Token, ontology: Ontology) -> bool:
    """'*Isabel* told them', of which the model sees no name: a name, doing what people do."""
    if token.ent_type_ or not is_human(token, ontology):
        return False
    known = token.text in ontology.names or token.text in ontology.heads or lemma(token) in ontology.nominals
    borne = is_given_name(token.text, ontology) or token.text in ontology.surnames
    odd = token.pos_ == "PROPN" and fold(token.text) not in ontology.gazetteer and not list(token.lefts)
    return not known and (borne or odd)


def is_human(token: Token, ontology: Ontology) -> bool:
    """'*Isabel* told them', '*Isabel* was born', '*Isabel*'s father': who does what people do, and who has kin."""
    head = token.head
    if token.dep_ == "poss":
        return is_kin_word(head, "NOUN", ontology)
    acts = ontology.words["lex:HumanVerb"]
    return token.dep_ in ("nsubj", "nsubjpass") and (lemma(head) in acts or head.lower_ in acts)


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Stretches of names as long as they go."""
    for part, tokens in groupby(tokens_of(doc), key=_is_part):
        found = list(tokens)
        if part:
            yield found[0].i, found[-1].i + 1


def _is_part(token: Token) -> bool:
    text = token.text
    if text == "-":  # 'Ann *Owusu-Sarpong*'
        inside = 0 < token.i < len(token.doc) - 1 and not token.whitespace_ and not token.nbor(-1).whitespace_
        return inside and _is_part(token.nbor(-1)) and token.nbor(1).text[0].isupper()
    if not text[0].isupper() or text.isupper() or token.ent_type_ == "DATE":  # 'on 1 *June* Ann Bo'
        return False
    beside = token.dep_ in ("amod", "compound") and token.head.i == token.i + 1 and token.head.pos_ == "PROPN"
    return bool(token.pos_ == "PROPN" or (beside and token.ent_type_ == "NORP"))  # '*Cyprian* Mkhabela'


def _is_full_name(span: Span, ontology: Ontology) -> bool:
    words, titles = span.text.split(), ontology.words["lex:Title"]
    if not 1 < len(words) <= _LONGEST or span.text in ontology.names or fold(span.text) in ontology.gazetteer:
        return False
    if _is_called_as_place(span, ontology):
        return True
    if any(t.text in ontology.heads or t.lower_ in titles or t.text in ontology.names for t in span):
        return False
    return is_given_name(words[0], ontology) or _is_torn(span, ontology) or is_introduced(span, ontology)


def _is_torn(span: Span, ontology: Ontology) -> bool:
    """'Bongani Zwane' in which the model sees two unknown places: no place has such a name, a person has."""
    labels = {token.ent_type_ for token in span}
    torn = len(span) == 2 and span[1].ent_iob_ == "B" and labels <= {"GPE", "LOC", "NORP"}
    known = any(token.text in ontology.names or fold(token.text) in ontology.gazetteer for token in span)
    after_article = span.start > 0 and span[0].nbor(-1).lower_ == "the"
    return torn and not known and not after_article


def _is_called_as_place(span: Span, ontology: Ontology) -> bool:
    """'*Paris Bo* was born' of which the model sees the town alone: who does what people do is no place."""
    first, last = span[0], span[-1]
    half = len(span) == 2 and first.ent_type_ == "GPE" and first.ent_iob_ == "B" and not last.ent_type_
    known = last.text in ontology.names or last.text in ontology.heads or fold(last.text) in ontology.gazetteer
    return half and not known and (is_human(last, ontology) or is_introduced(span, ontology))


def is_before_name(token: Token, following: Token, ontology: Ontology) -> bool:
    """'*Mutale* Chanda-Phiri' of which the model saw the second half."""
    joined = token.dep_ == "compound" and (token.head == following or token.head == following.head)
    part = _is_part(token) or (token.text.istitle() and is_given_name(token.text, ontology))  # '*Peadar*', no noun
    if not (part and token.text.isalpha() and not token.ent_type_ and joined):
        return False
    listed = token.text in ontology.names or token.text in ontology.heads or lemma(token) in ontology.nominals
    role = is_role_before(token, "kg:Person", ontology) or any(
        token.lower_ in ontology.words[each] for each in _ROLE_WORDS
    )
    return not listed and not role


def is_role_before(token: Token, kind: Curie, ontology: Ontology) -> bool:
    """'*Soprano* Ann Bo', '*Sisters* Cy and Di Bo': what the person is, is no part of the name."""
    word = token.lower_.removesuffix("s") if token.tag_ == "NNPS" else token.lower_
    role = ontology.nominals.get(word) == "kg:Person" and not is_given_name(token.text, ontology)
    return role and (kind == "kg:Person" or is_given_name(token.nbor().text, ontology))


def is_participle(entity: Span) -> bool:
    """'*Replacing* Ann Bo is Cy Di': the verb that a sentence begins with is no part of the name."""
    return bool(entity[0].is_sent_start) and entity[0].tag_ == "VBG" and entity.root.head == entity[0]


def is_given_name(word: str, ontology: Ontology) -> bool:
    """True of a name that registers of given names have."""
    return word in ontology.given_names or fold(word).replace("-", "") in ontology.genders


def type_by_role(span: Span, ontology: Ontology) -> Span:
    """'*Umoya*, chief *executive* of …', '*mayor* Teles', 'Teles was *mayor*': who has a person's role is a person."""
    if not is_name(span) or span.kb_id_ or span.label_ == "kg:Person" or span[-1].text in ontology.heads:
        return span
    nouns = (noun for noun in walk_all(span.root, _ROLES) if not span.start <= noun.i < span.end)
    fated = len(span) > 1 and has_fate(span.root, _PASSIVE, ontology.words["lex:HumanFate"])
    human = (
        fated or _is_chosen(span, ontology) or _says_who_did(span) or any(_is_role(noun, ontology) for noun in nouns)
    )
    return relabel(span, kind="kg:Person") if human else span


def _says_who_did(span: Span) -> bool:
    """'*Di Ek*, who was mayor': of a body it would be 'which'; of a team also 'who are'."""
    clauses = [child for child in children_of(span.root) if child.dep_ == "relcl"] if len(span) > 1 else []
    words = [word for clause in clauses for word in (clause, *children_of(clause))]
    several = any(word.tag_ == "VBP" or word.lower_ == "were" for word in words)
    return not several and any(word.lower_ == "who" for word in words)


def _is_chosen(span: Span, ontology: Ontology) -> bool:
    """'chose *Di Ek* as premier', 'married *Di Ek*', which the model took for a body."""
    if span.label_ != "kg:Organization" or len(span) == 1 or span.root.dep_ not in _TAKEN:
        return False
    offices = (
        walk_all(span.root.head, ("prep:as pobj",)) if lemma(span.root.head) in ontology.words["lex:Chosen"] else ()
    )
    given = any(lemma(noun) in ontology.words["lex:PoliticalOffice"] and _is_role(noun, ontology) for noun in offices)
    return given or lemma(span.root.head) in ontology.words["lex:Wedding"]


def _is_role(noun: Token, ontology: Ontology) -> bool:
    """A role that only persons have: a member or an opponent may be a country."""
    word = lemma(noun)
    return ontology.nominals.get(word) == "kg:Person" and word not in ontology.words["lex:AnybodysRole"]
