"""What parsers get wrong where a sentence begins: participles and roles before the subject."""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.nlp.spans import lemma
from kg.ontology import Ontology

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
NOUNS = frozenset({"NOUN", "PROPN"})
_PARTICIPLES = frozenset({"VBN", "VBG"})
_LEFT_OVER = frozenset({"npadvmod", "advcl", "dobj", "nsubj", "nsubjpass", "nmod", "dep", "attr"})
_HUNG = frozenset({"appos", "conj"})
_OWN = frozenset({"of", "to", "for"})  # 'ambassador *to* Japan'


def repair_opening(first: Token, ontology: Ontology) -> None:
    """Puts right what hangs on the first word of a sentence, or on the phrase it begins."""
    _make_saying(first, ontology)
    _join_fronted(first, ontology)
    _free_participle(first, ontology)
    _free_subject(first)
    _lower_participle(first)
    _lower_passive(first)
    _lower_fronted(first, ontology)
    _join_beside(first, ontology)
    _name_time(first)


def hang(token: Token, head: Token, label: str) -> None:
    """Nothing is hung on what hangs on it: a tree stays a tree."""
    if token.is_ancestor(head):
        return
    token.head = head
    token.dep_ = label


def text_at(token: Token, away: int) -> str:
    """The word so far from ``token``, '' where the text does not reach."""
    i = token.i + away
    return str(token.doc[i].text) if 0 <= i < len(token.doc) else ""


def _make_saying(first: Token, ontology: Ontology) -> None:
    """'As prosecutors *allege*, Ann killed Bo' is a clause with a subject of its own."""
    if first.lower_ != "as" or text_at(first, 3) != ",":
        return
    speaker, noun = first.nbor(1), first.nbor(2)
    verb = next((above for above in noun.ancestors if above.pos_ == "VERB"), None)
    saying = noun.tag_ == "NN" and lemma(noun) in ontology.words["lex:Saying"]
    if verb is None or speaker.tag_ != "NNS" or speaker.head != noun or not saying:
        return
    for name in [child for child in noun.children if child.dep_ == "appos"]:
        hang(name, verb, noun.dep_)
    noun.pos_, noun.tag_ = "VERB", "VBP"
    hang(noun, verb, "advcl")
    hang(speaker, noun, "nsubj")
    hang(first, noun, "mark")


def _join_fronted(first: Token, ontology: Ontology) -> None:
    """'*Minister of mines in Chad*, Ann Bo sat down': the role is an apposition to the subject."""
    role = _find_fronted(first)
    if role is None or lemma(role) not in ontology.nominals or role.dep_ not in _LEFT_OVER:
        return
    for subject in find_subjects(role.head):
        comma = first.doc[subject.left_edge.i - 1]
        if subject.tag_ == "NNP" and comma.text == "," and comma.i - role.right_edge.i in (0, 1) and role.i < comma.i:
            hang(role, subject, "appos")
            return


def _find_fronted(first: Token) -> Token | None:
    """The noun that the sentence begins with, 'formerly' or not, where it is no part of a larger phrase."""
    line = [token for token in (first, *first.ancestors) if token.left_edge.i == first.i]
    nouns = [token for token in line if token.pos_ in NOUNS]
    return nouns[-1] if nouns else None


def find_subjects(verb: Token) -> Iterator[Token]:
    """'*Ann Bo* won', '*Ann Bo* was elected'."""
    return (child for child in verb.children if child.dep_ in SUBJECTS)


def _free_participle(first: Token, ontology: Ontology) -> None:
    """'*Appointed* ambassador to Japan in 2006, Ann Bo retired': no adjective, but a clause of its own."""
    role = first.head
    if first.tag_ != "VBN" or first.dep_ != "amod" or role.dep_ != "appos" or lemma(role) not in ontology.nominals:
        return
    subject, verb = role.head, role.head.head
    if subject.dep_ not in SUBJECTS or role.i > subject.i or verb.pos_ not in ("VERB", "AUX"):
        return
    first.head, first.dep_, first.pos_ = verb, "advcl", "VERB"
    role.head, role.dep_ = first, "oprd"
    for child in [child for child in role.children if child.dep_ == "prep" and child.lower_ not in _OWN]:
        child.head = first


def _free_subject(first: Token) -> None:
    """'Backed by the League, *Ann Bo* won', 'Through its chief, *Ann Bo*, *the League* spoke': behind a fronted clause
    or phrase stands the subject, no apposition."""
    if first.dep_ == "advmod" and first.head.dep_ == "prep" and first.head.i == first.i + 1:
        first = first.head  # '*Instead of* marrying Bo, Ann left'
    clause = first.dep_ == "mark" and first.head.dep_ == "advcl"  # '*After* they sent back Bo, *Ann* was named'
    first = first.head if clause else first
    verb = first.head
    if first.dep_ == "advcl" and first.pos_ == "PROPN" and first.lower_.endswith("ed"):
        first.tag_, first.pos_, first.lemma_ = "VBN", "VERB", first.lower_.removesuffix("ed")  # '*Headquartered* in'
    if first.lower_ == "set" and first.dep_ == "advcl" and not any(child.dep_ == "dobj" for child in first.children):
        first.tag_ = "VBN"  # '*Set* up in 1936'
    opened = clause or (first.tag_ in ("VBN", "VBG") and first.dep_ == "advcl") or first.dep_ == "prep"
    if not opened or verb.i < first.i:
        return
    lent = next((word for word in find_subjects(verb) if _is_lent(word, first)), None)
    if any(word != lent for word in find_subjects(verb)):
        return
    start = verb.i
    while start > first.i and verb.doc[start - 1].pos_ in ("ADV", "AUX") and verb.doc[start - 1].head == verb:
        start -= 1
    last = _find_before(verb.doc[start - 1])
    line = [word for word in (last, *last.ancestors) if first.is_ancestor(word) or (lent and lent.is_ancestor(word))]
    name = next((word for word in line if _is_apart(word) and (word == last or _is_named(word))), None)
    if name is not None and name.pos_ in NOUNS:
        hang(name, verb, "nsubjpass" if any(child.dep_ == "auxpass" for child in verb.children) else "nsubj")
        if lent is not None:
            hang(lent, first, "pobj")


def _is_lent(subject: Token, first: Token) -> bool:
    """'*Like his wife*, Ann, the minister Bo fled': a preposition has an object of its own."""
    bare = not any(child.dep_ in ("pobj", "pcomp") for child in first.children)
    return bare and first.dep_ == "prep" and subject.left_edge.i == first.i + 1


def _is_named(word: Token) -> bool:
    """'Ann Bo', 'the minister Ann Bo'."""
    return word.pos_ == "PROPN" or any(child.dep_ == "appos" and child.pos_ == "PROPN" for child in word.children)


def _is_apart(name: Token) -> bool:
    """True of what parsers hang on a noun though a comma parts them."""
    return name.dep_ in _HUNG and text_at(name.left_edge, -1) == ","


def _find_before(word: Token) -> Token:
    """The noun that ends before a verb; of 'the minister, *Ann Bo*,' the minister."""
    if word.text != "," or not word.i:
        return word
    name = word.nbor(-1)
    return name.head if name.dep_ == "appos" and name.pos_ == "PROPN" and name.head.pos_ == "NOUN" else word


def _lower_participle(first: Token) -> None:
    """'*Declared* unwelcome, the envoy was expelled': what has its own subject and tense is the sentence's verb."""
    verb = next((child for child in first.children if child.dep_ == "ccomp" and child.i > first.i), None)
    if first.tag_ not in ("VBN", "VBD") or first.dep_ != "ROOT" or verb is None or any(find_subjects(first)):
        return
    if any(find_subjects(verb)) and verb.left_edge.i and verb.left_edge.nbor(-1).text == ",":
        verb.dep_, verb.head = "ROOT", verb
        hang(first, verb, "advcl")


def _lower_passive(first: Token) -> None:
    """'*Founded* by Ann Bo and sold by Cy Di, Red Tools moved': the last name before the finite verb is its subject."""
    if first.tag_ != "VBN" or first.dep_ != "ROOT" or any(child.i < first.i for child in first.children):
        return
    for verb in [child for child in first.children if child.dep_ == "conj" and child.tag_ in ("VBD", "VBZ")]:
        name = next((word for word in _read_before(verb) if word.pos_ in NOUNS), None)
        apart = name is not None and name.dep_ in _HUNG and text_at(name.left_edge, -1) == ","
        if name is not None and apart and not any(find_subjects(verb)):
            verb.dep_, verb.head = "ROOT", verb
            hang(name, verb, "nsubjpass" if any(child.dep_ == "auxpass" for child in verb.children) else "nsubj")
            hang(first, verb, "advcl")
            return


def _read_before(verb: Token) -> Iterator[Token]:
    """The words before a verb and its helpers, from behind."""
    helpers = {child.i for child in verb.children if child.dep_ in ("aux", "auxpass", "neg", "advmod")}
    return (word for word in reversed(verb.doc[max(0, verb.i - 4) : verb.i]) if word.i not in helpers)


def _lower_fronted(first: Token, ontology: Ontology) -> None:
    """'Captured in La Paz *in January*, Ann Bo was flown out': what stands before the comma is the participle's."""
    verb = first.head
    if first.tag_ not in _PARTICIPLES or first.dep_ != "advcl" or verb.i < first.i:
        return
    _join_event(first, ontology)
    comma = _comma_before_subject(verb)
    for child in [child for child in verb.children if child.dep_ in ("prep", "npadvmod") and first.i < child.i < comma]:
        child.head = first


def _join_beside(first: Token, ontology: Ontology) -> None:
    """'Born in Graz, *the son* of a smith, Ann Bo studied': a role behind the participle is the subject's too."""
    subject = next(find_subjects(first.head), None)
    if first.tag_ not in _PARTICIPLES or first.dep_ != "advcl" or subject is None or subject.tag_ != "NNP":
        return
    for role in [child for child in first.children if child.dep_ in ("npadvmod", "dep", "appos")]:
        between = first.i < role.i < subject.i and role.left_edge.nbor(-1).text == ","
        if between and ontology.nominals.get(lemma(role)) == "kg:Person":
            hang(role, subject, "appos")


def _join_event(first: Token, ontology: Ontology) -> None:
    """'*Signed* in Rome in 1957, the treaty …': it is the treaty that was signed there."""
    subject = next(find_subjects(first.head), None)
    event = subject is not None and subject.pos_ == "NOUN" and lemma(subject) not in ontology.nominals
    if first.tag_ == "VBN" and event and subject is not None and lemma(subject) in ontology.frames:
        for child in [
            child for child in first.head.children if child.dep_ == "prep" and first.i < child.i < subject.left_edge.i
        ]:
            child.head = first
        hang(first, subject, "acl")


def _comma_before_subject(verb: Token) -> int:
    subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    edge = subject.left_edge.i if subject is not None else 0
    return edge - 1 if edge and verb.doc[edge - 1].text == "," else 0


def _name_time(first: Token) -> None:
    """'*By the time she resigned*, prices had doubled': a clause of time; of 'resigns' as open as what one reports."""
    clause = first.head
    helpers = [child for child in clause.children if child.dep_ in ("aux", "auxpass")]
    past = any(word.tag_ == "VBD" for word in (clause, *helpers))
    begun = (first.text, text_at(first, 1), text_at(first, 2)) == ("By", "the", "time")
    if begun and clause.dep_ in ("ccomp", "parataxis", "advcl"):
        clause.dep_ = "advcl" if past else "ccomp"
