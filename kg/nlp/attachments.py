"""What parsers hang on the wrong noun: dates, places, the land of an office, the name behind a role."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.nlp.calendar import MONTHS
from kg.nlp.callings import is_person, is_personal
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
    if form in BEFORE_DATES:
        _part_date(token)


def _keep_date(subject: Token, ontology: Ontology) -> None:
    """'Elections in Chad *on 3 May* were calm': what stands between an event and its verb is said of the event."""
    if subject.pos_ != "NOUN" or lemma(subject) not in ontology.frames or lemma(subject) in ontology.nominals:
        return
    behind = subject.right_edge.i + (2 if text_at(subject.right_edge, 1) == "," else 1)
    for child in [child for child in subject.head.children if child.i == behind and child.dep_ == "prep"]:
        if child.right_edge.i < subject.head.i:
            hang(child, subject, "prep")


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
    if given and any(is_personal(child) for child in prep.children if child.dep_ == "pobj"):
        hang(prep, gift, "prep")


def _raise_person(prep: Token) -> None:
    """'the trial in The Hague *of* Ann Bo', 'the arrest on 3 May *of* Ann Bo': it is not town or day that is hers."""
    place, event = prep.head, prep.head.head.head
    people = any(is_personal(child) for child in prep.children if child.dep_ == "pobj")
    when = place.ent_type_ == "DATE" and place.head.lower_ in ("on", "in")
    inner = (when or (place.ent_type_ in _PLACES and place.head.lower_ in _OF_PLACE)) and place.dep_ == "pobj"
    if people and inner and event.pos_ == "NOUN":
        hang(prep, event, "prep")


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


def _lower_of(prep: Token, ontology: Ontology) -> None:
    """'a mayor and *friend* of Chad' is mayor of something else; 'founder and leader of the party' is both."""
    first, last = prep.head, prep.nbor(-1) if prep.i else prep
    if last.dep_ != "conj" or last.head != first or last.pos_ != "NOUN" or not is_person(first, ontology):
        return
    if not is_office(last, ontology):
        hang(prep, last, "prep")


def is_office(noun: Token, ontology: Ontology) -> bool:
    """'mayor', 'spokesman', 'founder': what one is of something."""
    return any(frame.evokes in _OFFICES for _, frame in ontology.frames.get(lemma(noun), ()))


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
