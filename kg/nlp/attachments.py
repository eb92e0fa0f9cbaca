"""What parsers hang on the wrong noun: dates, places, the land of an office, the name behind a role."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.nlp.calendar import MONTHS
from kg.nlp.openings import NOUNS, SUBJECTS, find_subjects, hang, text_at
from kg.nlp.spans import lemma
from kg.ontology import Ontology

_BESIDE = frozenset({"after", "before", "following", "since", "during", "amid", "despite", "until"})
BEFORE_DATES = frozenset({"on", "in", "of", "by", "since", "during"})
_OFFICES = frozenset(
    f"kg:{kind}Of" for kind in ("president", "headOfGovernment", "minister", "official", "leader", "founder", "member")
) | {"kg:spokespersonOf", "kg:holdsPosition", "kg:worksFor"}
_GLUED = NOUNS | {"ADJ"}
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_OF_PLACE = frozenset({"in", "at", "near", "outside"})
_YEARS = range(1000, 2200)


def repair_attachment(token: Token, ontology: Ontology) -> None:
    """Hangs a phrase on what it is said of."""
    label, form = token.dep_, token.lower_
    if label in SUBJECTS:
        _keep_date(token, ontology)
        _lower_subject(token, ontology)
        _take_role(token)
    elif label == "appos" and token.tag_ in ("NN", "NNP"):
        _free_listed(token)
        _lower_denial(token)
        _lower_apposition(token)
        _lower_name(token, ontology)
        _join_name(token, ontology)
    if label == "prep" and form in ("in", "on"):
        _lower_time(token)
    elif label == "prep" and form == "as":
        _raise_calling(token)
    elif label == "prep" and form == "from":
        _lower_giver(token)
    if form == "of" and label == "prep" and token.head.pos_ in ("PROPN", "NUM"):
        _raise_person(token)
        _lower_land(token, ontology)
    elif form == "of" and label == "prep" and token.head.pos_ == "NOUN":
        _lower_of(token, ontology)
    elif label == "relcl":
        _lower_clause(token)
        _raise_clause(token, ontology)
    elif label == "conj" and token.pos_ == "NOUN":
        _raise_role(token, ontology)
        _free_denial(token)
    if form in BEFORE_DATES:
        _part_date(token)


def _take_role(name: Token) -> None:
    """'Beside the king, Ann Bo, *the head* of the Front, Cy Di, spoke': the role of who stands between commas behind
    it."""
    start = name.left_edge.i
    if name.ent_type_ != "PERSON" or start < 2 or text_at(name.left_edge, -1) != "," or text_at(name, 1) != ",":
        return
    for role in (word for word in (name.doc[start - 2], *name.doc[start - 2].ancestors) if word.dep_ == "appos"):
        if role.right_edge.i == start - 2 and role.left_edge.lower_ == "the" and role.head.ent_type_ == "PERSON":
            hang(role, name, "appos")
            return


def _keep_date(subject: Token, ontology: Ontology) -> None:
    """'Elections in Chad *on 3 May* were calm': what stands between an event and its verb is said of the event."""
    if subject.pos_ != "NOUN" or lemma(subject) not in ontology.frames or lemma(subject) in ontology.nominals:
        return
    behind = subject.right_edge.i + (2 if text_at(subject.right_edge, 1) == "," else 1)
    for child in [child for child in subject.head.children if child.i == behind and child.dep_ == "prep"]:
        if child.right_edge.i < subject.head.i:
            hang(child, subject, "prep")


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


def _lower_time(prep: Token) -> None:
    """'After the death of Ann Bo *in 1927*': what stands behind the noun is said of it, not of 'after'."""
    outer = prep.head
    if outer.lower_ not in _BESIDE or outer.pos_ not in ("ADP", "SCONJ", "VERB"):
        return
    noun = next((child for child in outer.children if child.dep_ == "pobj" and child.i < prep.i), None)
    if noun is not None:
        hang(prep, noun, "prep")


def _raise_calling(prep: Token) -> None:
    """'referred to Ann Bo *as* the mayor': the verb says what she is called."""
    name = prep.head
    if name.dep_ == "pobj" and name.head.lower_ == "to" and name.head.head.lemma_ == "refer":
        hang(prep, name.head.head, "prep")


def _lower_giver(prep: Token) -> None:
    """'was founded with money *from* Ann Bo': it is the money that comes from her."""
    gift = prep.nbor(-1) if prep.i else prep
    given = gift.pos_ == "NOUN" and gift.dep_ == "pobj" and gift.head.lower_ == "with" and gift.head.head == prep.head
    if given and any(_is_personal(child) for child in prep.children if child.dep_ == "pobj"):
        hang(prep, gift, "prep")


def _raise_person(prep: Token) -> None:
    """'the trial in The Hague *of* Ann Bo', 'the arrest on 3 May *of* Ann Bo': it is not town or day that is hers."""
    place, event = prep.head, prep.head.head.head
    people = any(_is_personal(child) for child in prep.children if child.dep_ == "pobj")
    when = place.ent_type_ == "DATE" and place.head.lower_ in ("on", "in")
    inner = (when or (place.ent_type_ in _PLACES and place.head.lower_ in _OF_PLACE)) and place.dep_ == "pobj"
    if people and inner and event.pos_ == "NOUN":
        hang(prep, event, "prep")


def _is_personal(noun: Token) -> bool:
    """'Ann Bo', 'the writer *Ann Bo*'."""
    named = (noun, *(child for child in noun.children if child.dep_ == "appos"))
    return any(word.ent_type_ == "PERSON" for word in named)


def _lower_clause(verb: Token) -> None:
    """'tried Ann but not her brother, *Cy Bo*, who is French': of a person it is said who is named before the comma."""
    start = verb.left_edge
    name = start.nbor(-2) if start.i > 1 else start
    relative = start.lower_ in ("who", "whom", "whose") and text_at(start, -1) == ","
    if relative and verb.head.pos_ == "VERB" and name.ent_type_ == "PERSON" and name.dep_ != "compound":
        hang(verb, name, "relcl")


def _raise_clause(verb: Token, ontology: Ontology) -> None:
    """'the trial of Ann Bo, *which* began in May': of a person it would be 'who'."""
    name, event = verb.head, verb.head.head.head
    of_person = name.ent_type_ == "PERSON" and name.dep_ == "pobj" and name.head.lower_ == "of"
    which = any(child.lower_ == "which" and child.dep_ in SUBJECTS for child in verb.children)
    if of_person and which and event.pos_ == "NOUN" and lemma(event) in ontology.frames:
        hang(verb, event, "relcl")


def _lower_land(prep: Token, ontology: Ontology) -> None:
    """'former president Ann Bo *of* Chad': it is the office that is of Chad."""
    name, role = prep.head, prep.head.head
    beside = name.dep_ == "appos" and name.left_edge.i == role.i + 1 and prep.i == name.i + 1
    if not beside or ontology.nominals.get(lemma(role)) != "kg:Person":
        return
    if not any(child.lower_ == "of" for child in role.children):
        hang(prep, role, "prep")


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
    if first is None or first.ent_type_ != "PERSON" or noun.head.tag_ != "NN" or not _is_person(noun, ontology):
        return
    before = noun.left_edge.nbor(-1)
    if before.lower_ == "and":
        hang(noun, first, "conj")
    elif before.head == first and before.dep_ == "conj":
        hang(noun, before, "appos")


def _lower_name(name: Token, ontology: Ontology) -> None:
    """'a letter from the *president*, Ann Bo,': it is the person before the comma who is called so, not the letter."""
    start = name.left_edge.i
    if name.ent_type_ != "PERSON" or text_at(name.left_edge, -1) != "," or start < 2 or _is_person(name.head, ontology):
        return
    line = (word for word in (name.doc[start - 2], *name.doc[start - 2].ancestors) if word.i > name.head.i)
    role = next((word for word in line if word.tag_ == "NN" and _is_person(word, ontology)), None)
    if role is not None:
        hang(name, role, "appos")


def _is_person(noun: Token, ontology: Ontology) -> bool:
    return noun.ent_type_ == "PERSON" or ontology.nominals.get(lemma(noun)) == "kg:Person"


def _lower_of(prep: Token, ontology: Ontology) -> None:
    """'a mayor and *friend* of Chad' is mayor of something else; 'founder and leader of the party' is both."""
    first, last = prep.head, prep.nbor(-1) if prep.i else prep
    if last.dep_ != "conj" or last.head != first or last.pos_ != "NOUN" or not _is_person(first, ontology):
        return
    if not any(frame.evokes in _OFFICES for _, frame in ontology.frames.get(lemma(last), ())):
        hang(prep, last, "prep")


def _raise_role(role: Token, ontology: Ontology) -> None:
    """'the mother of Ann Bo and *the daughter* of Cy Di', 'mother of the poet Ann Bo and *daughter* of Cy Di': of two
    roles one person has both."""
    name = role.head.head if role.head.dep_ == "appos" else role.head
    outer = name.head.head
    named = _is_personal(name) and name.dep_ == "pobj" and name.head.lower_ == "of"
    article = role.left_edge == role or role.left_edge.lower_ in ("the", "a", "an")
    of = any(child.lower_ == "of" for child in role.children)
    if named and article and of and _is_person(role, ontology) and outer.pos_ == "NOUN" and _is_person(outer, ontology):
        hang(role, outer, "conj")


def _part_date(prep: Token) -> None:
    """'On the night of *3 May 2011* soldiers shot him': the day behind a preposition is none of the soldiers'."""
    date = list(_read_date(prep))
    noun = _find_glued(date)
    verb = _find_verb(noun, prep) if noun is not None else None
    if noun is None or verb is None:
        return
    head = next((word for word in date if word.lower_ in MONTHS), date[-1])
    hang(head, prep, "pobj")
    for word in date:
        if word != head:
            hang(word, head, "nummod")
    if noun.pos_ == "ADJ":
        hang(noun, verb, "oprd")
    elif noun.dep_ == "pobj":
        hang(noun, verb, "nsubjpass" if any(child.dep_ == "auxpass" for child in verb.children) else "nsubj")
    if prep.head.pos_ == "ADP" or prep.head == noun:
        hang(prep, verb, "prep")


def _find_glued(date: Sequence[Token]) -> Token | None:
    """The noun or adjective behind a date that the date hangs on."""
    if not any(map(_is_telling, date)):
        return None
    return next((word for word in date[0].ancestors if word.i > date[-1].i and word.pos_ in _GLUED), None)


def _find_verb(noun: Token, prep: Token) -> Token | None:
    """The verb whose subject the noun is, or would be were it not taken for what the preposition governs."""
    if noun.dep_ in SUBJECTS:
        return noun.head if noun.i < noun.head.i else None
    verb = next((word for word in prep.ancestors if word.pos_ in ("VERB", "AUX")), None)
    if verb is None or noun.dep_ != "pobj" or noun.head != prep:
        return None
    if noun.pos_ == "ADJ":  # 'called the vote on 3 May *free*'
        return verb if any(child.dep_ == "dobj" for child in verb.children) else None
    return verb if noun.i < verb.i and not any(find_subjects(verb)) else None


def _read_date(prep: Token) -> Iterator[Token]:
    """The words of a date that stand right behind a preposition."""
    for word in prep.doc[prep.i + 1 : prep.i + 4]:
        if word.pos_ != "NUM" and word.lower_ not in MONTHS:
            return
        yield word


def _is_telling(word: Token) -> bool:
    """A month or a year: 'of *three* soldiers' is no date."""
    return word.lower_ in MONTHS or (word.text.isdigit() and int(word.text) in _YEARS)
