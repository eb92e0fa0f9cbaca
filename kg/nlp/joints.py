"""What parsers get wrong where clauses and dates meet: whose subject a name is, and which noun a date belongs to."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.nlp.calendar import MONTHS
from kg.nlp.openings import NOUNS, SUBJECTS, find_subjects, hang
from kg.nlp.spans import lemma
from kg.ontology import Ontology

_BESIDE = frozenset({"after", "before", "following", "since", "during", "amid", "despite", "until"})
_BEFORE_DATES = frozenset({"on", "in", "of", "by", "since", "during"})
_GLUED = NOUNS | {"ADJ"}
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_OF_PLACE = frozenset({"in", "at", "near", "outside"})
_OWN = frozenset({"of", "to", "for"})  # 'ambassador *to* Japan'
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_AUXILIARIES = frozenset({"aux", "auxpass"})
_NOMINAL = SUBJECTS | {"pobj", "dobj"}
_ADVERBIAL = frozenset({"fact", "turn", "effect", "reality", "truth", "practice", "return"})
_GIVING = frozenset({"give", "award", "offer", "grant", "hand", "pay", "send", "show", "teach", "tell", "deny", "name"})
_YEARS = range(1000, 2200)


def repair_joint(token: Token, ontology: Ontology) -> None:
    """Puts right what hangs on the wrong side of a word."""
    if token.dep_ in SUBJECTS:
        _keep_date(token, ontology)
    elif token.dep_ == "conj" and token.pos_ == "VERB":
        _free_conjunct(token)
    elif token.dep_ == "conj":
        _join_gapped(token)
    elif token.dep_ == "ROOT" and token.tag_ == "VBN":
        _raise_main(token)
    elif token.dep_ == "amod" and token.tag_ == "VBN":
        _free_giving(token, ontology)
    if token.dep_ == "prep" and token.lower_ in ("in", "on"):
        _lower_time(token)
    if token.dep_ == "prep" and token.head.pos_ == "PROPN":
        _raise_place(token)
        _raise_person(token)
        _lower_land(token, ontology)
    if token.lower_ in _BEFORE_DATES:
        _part_date(token)
    if token.tag_ == "VBZ" and token.dep_ in _NOMINAL:
        _make_plural(token)
    if token.tag_ == "VBN" and token.dep_ == "acl" and token.head.lower_ in _ADVERBIAL:
        _raise_passive(token)
    if token.dep_ == "appos" and token.tag_ in ("NN", "NNP"):
        _lower_apposition(token)
    if token.dep_ == "acl" and token.tag_ == "VBN":
        _raise_root(token)
    if token.lower_ == "in" and token.dep_ == "prep" and token.head.lemma_ == "swear":
        _make_particle(token)
    if token.lower_ == "time" and token.i + 1 < len(token.doc):
        _lower_clause(token)


def _keep_date(subject: Token, ontology: Ontology) -> None:
    """'Elections in Chad *on 3 May* were calm': what stands between an event and its verb is said of the event."""
    if subject.pos_ != "NOUN" or lemma(subject) not in ontology.frames or lemma(subject) in ontology.nominals:
        return
    behind = subject.right_edge.i + 1
    for child in [child for child in subject.head.children if child.i == behind and child.dep_ == "prep"]:
        if child.right_edge.i < subject.head.i:
            hang(child, subject, "prep")


def _lower_time(prep: Token) -> None:
    """'After the death of Ann Bo *in 1927*': what stands behind the noun is said of it, not of 'after'."""
    outer = prep.head
    noun = next((child for child in outer.children if child.dep_ == "pobj" and child.i < prep.i), None)
    if outer.lower_ in _BESIDE and outer.pos_ in ("ADP", "SCONJ", "VERB") and noun is not None:
        hang(prep, noun, "prep")


def _free_giving(verb: Token, ontology: Ontology) -> None:
    """'Ann Bo, *elected* mayor in 1996 and re-elected in 2001, lost': no adjective, but what was done to her."""
    role, name = verb.head, verb.head.head
    if role.dep_ != "appos" or name.pos_ != "PROPN" or ontology.nominals.get(lemma(role)) != "kg:Person":
        return
    if lemma(verb) not in ontology.words["lex:Chosen"] or role.left_edge != verb or verb.nbor(-1).text != ",":
        return
    hang(verb, name, "acl")
    verb.pos_ = "VERB"
    hang(role, verb, "oprd")
    behind = [child for word in (name, role) for child in word.children if child.i > role.i and child != verb]
    for child in (child for child in behind if child.dep_ in ("prep", "conj", "cc") and child.lower_ not in _OWN):
        if child.dep_ != "conj" or child.pos_ == "VERB":
            hang(child, verb, child.dep_)


def _raise_place(prep: Token) -> None:
    """'took power from Ann Bo *in* Mali': it is not a person that lies in a country, but what is told of her."""
    name = prep.head
    if prep.lower_ not in _OF_PLACE or name.ent_type_ != "PERSON" or prep.nbor(-1) != name:
        return
    while name.dep_ == "conj" and name.head.pos_ in NOUNS:
        name = name.head
    above = name.head.head if name.dep_ == "pobj" else name.head
    told = above.pos_ == "VERB" or (name.dep_ == "pobj" and above.pos_ == "NOUN")
    if name.dep_ in ("dobj", "pobj") and told and above.i < name.i:
        hang(prep, above, "prep")


def _raise_person(prep: Token) -> None:
    """'the trial in The Hague *of* Ann Bo': it is not the town that is hers."""
    place, event = prep.head, prep.head.head.head
    people = any(child.dep_ == "pobj" and child.ent_type_ == "PERSON" for child in prep.children)
    inner = place.ent_type_ in _PLACES and place.dep_ == "pobj" and place.head.lower_ in _OF_PLACE
    if prep.lower_ == "of" and people and inner and event.pos_ == "NOUN":
        hang(prep, event, "prep")


def _lower_land(prep: Token, ontology: Ontology) -> None:
    """'former president Ann Bo *of* Chad': it is the office that is of Chad."""
    name, role = prep.head, prep.head.head
    beside = name.dep_ == "appos" and name.left_edge.i == role.i + 1 and prep.i == name.i + 1
    if prep.lower_ != "of" or not beside or ontology.nominals.get(lemma(role)) != "kg:Person":
        return
    if not any(child.lower_ == "of" for child in role.children):
        hang(prep, role, "prep")


def _free_conjunct(verb: Token) -> None:
    """'France expelled Ann to Chad and *Spain* tried Bo': one 'and' joins two clauses or two names, not both."""
    name = verb.nbor(-1) if verb.i else verb
    joint = name.left_edge.nbor(-1) if name.left_edge.i else name
    if verb.tag_ not in _FINITE or name.dep_ != "conj" or name.pos_ not in NOUNS or joint.dep_ != "cc":
        return
    bare = not any(child.dep_ in (*SUBJECTS, *_AUXILIARIES) for child in verb.children)
    joined = any(child.dep_ == "cc" and child != joint for child in verb.head.children if child.i < verb.i)
    if bare and not joined and joint.head == name.head and verb.head.i < joint.i:
        hang(name, verb, "nsubj")
        hang(joint, verb.head, "cc")


def _join_gapped(noun: Token) -> None:
    """'detained Ann Bo and, an hour later, *her lawyer*': no verb, but one more object of the one before."""
    verb = noun.head
    if noun.pos_ not in NOUNS or verb.pos_ != "VERB" or any(find_subjects(noun)):
        return
    objects = [child for child in verb.children if child.dep_ == "dobj" and child.i < noun.i]
    alone = not any(child.pos_ in ("VERB", "AUX") and child.dep_ != "acl" for child in noun.children)
    if objects and alone and not any(child.dep_ == "conj" and child.i < noun.i for child in verb.children):
        hang(noun, objects[-1], "conj")


def _raise_main(participle: Token) -> None:
    """'Ann Bo, falsely *described* as its founder, was born there': what stands between commas is no main clause."""
    subject = next(find_subjects(participle), None)
    if subject is None or any(child.dep_ in _AUXILIARIES for child in participle.children):
        return
    edge = subject.right_edge
    closed = subject.i < participle.i and "," in (edge.text, edge.nbor().text)
    for verb in (child for child in participle.children if child.dep_ in ("ccomp", "conj", "advcl")):
        finite = verb.tag_ in _FINITE or any(child.dep_ in _AUXILIARIES for child in verb.children)
        if closed and verb.i > participle.i and verb.left_edge.nbor(-1).text == "," and finite and _is_open(verb):
            verb.dep_, verb.head = "ROOT", verb
            passive = any(child.dep_ == "auxpass" for child in verb.children)
            hang(subject, verb, "nsubjpass" if passive else "nsubj")
            hang(participle, subject, "acl")
            return


def _is_open(verb: Token) -> bool:
    return not any(child.dep_ in (*SUBJECTS, "mark") for child in verb.children)


def _part_date(prep: Token) -> None:
    """'On the night of *3 May 2011* soldiers shot him': the day behind a preposition is none of the soldiers'."""
    date = list(_read_date(prep))
    noun = _find_glued(date)
    verb = _find_verb(noun, prep) if noun is not None else None
    if noun is None or verb is None:
        return
    head = next((word for word in date if word.lower_ in MONTHS), date[-1])
    head.head, head.dep_ = prep, "pobj"
    for word in date:
        if word != head:
            word.head, word.dep_ = head, "nummod"
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


def _make_plural(token: Token) -> None:
    """'The Oslo *talks*, held in May, failed': what has an article and is a subject is no verb."""
    if any(child.dep_ in ("det", "compound", "amod") for child in token.children) and token.lower_.endswith("s"):
        token.tag_, token.pos_, token.lemma_ = "NNS", "NOUN", token.lower_.removesuffix("s")


def _raise_passive(verb: Token) -> None:
    """'was in fact *born* in 1945', 'was in turn *replaced*': between an auxiliary and its verb stands an adverb."""
    prep, helper = verb.head.head, verb.head.head.head
    if prep.lower_ != "in" or helper.lemma_ != "be" or verb.nbor(-1) != verb.head or prep.nbor(-1) != helper:
        return
    if helper.dep_ == "ROOT":
        verb.dep_, verb.head = "ROOT", verb
    else:
        verb.head, verb.dep_ = helper.head, helper.dep_
    for child in [child for child in helper.children if child != verb]:
        hang(child, verb, "nsubjpass" if child.dep_ == "nsubj" else child.dep_)
    hang(helper, verb, "auxpass")


def _lower_apposition(noun: Token) -> None:
    """'Ann Bo and her husband, *the tenor* Cy Di': one person is called so, the last one named."""
    first, edge = noun.head, noun.left_edge
    if edge.i < 2 or edge.nbor(-1).text != "," or first.tag_ in ("NNS", "NNPS"):
        return
    last = next((child for child in first.children if child.dep_ == "conj" and child.right_edge.i == edge.i - 1), None)
    if last is None:
        last = next((child for child in first.children if child.dep_ == "conj" and child.i == edge.i - 2), None)
    if last is not None and last.i < noun.i and last.tag_ == "NN":
        hang(noun, last, "appos")


def _raise_root(verb: Token) -> None:
    """'A vote of censure *brought* down Ann Bo': a participle with an object of its own is the verb of its sentence."""
    subject = verb.head
    while subject.dep_ in ("pobj", "prep"):
        subject = subject.head
    objects = [child for child in verb.children if child.dep_ == "dobj" and child.pos_ == "PROPN"]
    alone = all(child.pos_ not in ("VERB", "AUX") for child in subject.children if child != verb)
    if subject.dep_ == "ROOT" and subject.pos_ in NOUNS and objects and alone and verb.lemma_ not in _GIVING:
        verb.dep_, verb.head, verb.tag_ = "ROOT", verb, "VBD"
        hang(subject, verb, "nsubj")


def _make_particle(word: Token) -> None:
    """'Peru swore *in* Ann Bo as premier': one does not swear within a person."""
    person = next((child for child in word.children if child.dep_ == "pobj" and child.pos_ == "PROPN"), None)
    if person is not None and any(child.dep_ == "prep" and child.lower_ == "as" for child in word.head.children):
        hang(person, word.head, "dobj")
        word.dep_ = "prt"


def _lower_clause(time: Token) -> None:
    """'By the time *she resigned*, prices had doubled': she did."""
    above = (word for word in time.nbor().ancestors if word.pos_ == "VERB")
    clause = next((word for word in above if word.left_edge.i == time.i + 1), None)
    opened = time.dep_ == "pobj" and time.head.lower_ == "by" and clause is not None
    if opened and clause is not None and clause.tag_ == "VBD" and clause.dep_ in ("ccomp", "advcl"):
        hang(time.head, clause.head, "prep")
        hang(clause, time, "relcl")


def _read_date(prep: Token) -> Iterator[Token]:
    """The words of a date that stand right behind a preposition."""
    for word in prep.doc[prep.i + 1 : prep.i + 4]:
        if word.pos_ != "NUM" and word.lower_ not in MONTHS:
            return
        yield word


def _is_telling(word: Token) -> bool:
    """A month or a year: 'of *three* soldiers' is no date."""
    return word.lower_ in MONTHS or (word.text.isdigit() and int(word.text) in _YEARS)
