"""What kind of thing a name is, by what stands around it and by how the rest of the text calls it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from spacy.tokens import Span, Token

from kg.model import Curie
from kg.nlp.heads import type_by_head
from kg.nlp.paths import walk_all
from kg.nlp.persons import is_given_name, is_human, type_by_role
from kg.nlp.spans import is_name, lemma, relabel
from kg.nlp.tree import children_of, labels_below, text_between
from kg.ontology import Ontology
from kg.wordlists import fold

_PLACE_NOUNS = ("^pobj:of ^prep", "^compound", "^appos", "appos")
_PARTY_NOUNS = ("^compound", "^nmod", "^pobj:of ^prep", "^pobj:for ^prep", "^poss", "^appos", "appos")
_UNSURE = frozenset({"kg:Person", "kg:Place", "kg:Organization", "kg:Facility"})
_NO_BODY = frozenset({"kg:Person", "kg:Place"})
_LOOSE = frozenset({"kg:Organization", "kg:SocialMovement", "kg:Place", "kg:Work"})
_LOCATIVES = frozenset({"in", "near", "outside", "around", "across", "at", "through", "throughout"})


def type_by_context(spans: list[Span], ontology: Ontology) -> list[Span]:
    """Places by 'the *city* of X' and 'in X', parties by 'X *candidate*', both by what they stand in a row with."""
    people = [_type_person(type_by_role(span, ontology), ontology) for span in spans]
    places = _tokens_of("kg:Place", people, ontology)
    placed = [_type_place(span, places, ontology) for span in people]
    parties = [_type_party(_type_body(span, ontology), ontology) for span in placed]
    known = _tokens_of("kg:PoliticalParty", parties, ontology)
    return [_type_beside(span, known, ontology) for span in parties]


def _tokens_of(kind: Curie, spans: list[Span], ontology: Ontology) -> frozenset[int]:
    """The tokens of all names of a kind."""
    named = filter(is_name, spans)
    return frozenset(i for span in named if ontology.is_a(span.label_, kind) for i in range(span.start, span.end))


def _type_person(span: Span, ontology: Ontology) -> Span:
    """One word that the model takes for a body or place, and that people bear as a name or that acts as people do."""
    loose = is_name(span) and span.label_ in _LOOSE and len(span) == 1 and not span.kb_id_ and not span.text.isupper()
    if not loose or _is_modifier(span.root):
        return span
    bearable = span.text in ontology.surnames or is_given_name(span.text, ontology)
    human = is_human(span.root, ontology) and fold(span.text) not in ontology.gazetteer
    return relabel(span, kind="kg:Person") if human or (bearable and span.label_ == "kg:Organization") else span


def _is_modifier(token: Token) -> bool:
    """'*Ford* cars', 'the *Walker*'."""
    return token.dep_ in ("compound", "nmod", "amod") or any(child.dep_ == "det" for child in children_of(token))


def _type_place(span: Span, places: frozenset[int], ontology: Ontology) -> Span:
    if not is_name(span) or span.kb_id_:
        return span
    nouns = walk_all(span.root, _PLACE_NOUNS)
    heads = [noun.head if noun.dep_ == "prep" else noun for noun in nouns]
    kinds = [
        ontology.nominals.get(lemma(noun), "") for noun in heads if lemma(noun) in ontology.words["lex:Transparent"]
    ]
    kind = next((kind for kind in kinds if ontology.is_a(kind, "kg:Place")), "")
    if text_between(span.doc, span.end, span.end + 2) in ("-based", "-born") or _says_where(span):
        kind = "kg:Place"  # '*Nagoya*-based', '*Nagoya*, where she lives'
    if not kind and any(lemma(noun) in ontology.words["lex:LocalOffice"] for noun in _of_whom(span.root)):
        kind = "kg:Place"  # 'the mayor of *Braga*', '*Braga*'s mayor'
    return relabel(span, kind=kind or _type_by_locative(span, places, ontology))


def _says_where(span: Span) -> bool:
    clauses = [child for child in children_of(span.root) if child.dep_ == "relcl"] if span.label_ in _NO_BODY else []
    where = (word for clause in clauses for word in children_of(clause) if word.lower_ == "where")
    return len(span) == 1 and any(word.i < span.end + 2 for word in where)


def _type_body(span: Span, ontology: Ontology) -> Span:
    """'leads *Fuerza Nueva*' leads a body, 'studied at *Trinity*' was at a school, whatever the model thinks."""
    unsure = is_name(span) and not span.kb_id_ and span.label_ in _UNSURE
    if not unsure or fold(span.text) in ontology.gazetteer or "poss" in labels_below(span.root):
        return span
    house, borne = span.label_ == "kg:Facility", is_given_name(span[0].text, ontology)
    if not house and not borne and len(span) > 1 and _is_owned(span.root):
        return relabel(span, kind="kg:Organization")
    if _is_founded(span.root, ontology) and (house or not borne):
        return relabel(span, kind="kg:Organization")
    if house:
        return span
    if span.root.dep_ == "dobj" and lemma(span.root.head) == "acquire" and not borne:
        return relabel(span, kind="kg:Organization")  # 'acquired *Red Tools*'
    if _is_workplace(span, ontology):
        return relabel(span, kind="kg:Organization")
    governor = span.root.head
    verb = governor.head if span.root.dep_ == "pobj" and governor.lower_ in ("at", "from") else governor
    if span.root.dep_ == "pobj" and lemma(verb) in ontology.words["lex:Studying"]:
        return relabel(span, kind="kg:EducationalInstitution")
    led = span.root.dep_ == "dobj" and lemma(verb) in ontology.words["lex:Leading"]
    return relabel(span, kind="kg:Organization") if led and not is_given_name(span[0].text, ontology) else span


def _is_owned(root: Token) -> bool:
    """'*Red Tools*, which is owned by': neither a person nor a town is."""
    clauses = (child for child in children_of(root) if child.dep_ in ("acl", "relcl") and child.lower_ == "owned")
    return any("agent" in labels_below(clause) for clause in clauses)


def _is_workplace(span: Span, ontology: Ontology) -> bool:
    """'an engineer at *Red Tools*': one is that at a body, not at a person."""
    at = span.root.head
    role = at.head if span.root.dep_ == "pobj" and at.lower_ == "at" else at
    return span.label_ == "kg:Person" and role != at and ontology.nominals.get(lemma(role)) == "kg:Person"


def _is_founded(root: Token, ontology: Ontology) -> bool:
    """'founded *Red Tools*', '*Red Tools*, founded in 1988', 'its founder', 'director of the *Museum*': nobody is."""
    for noun in walk_all(root, ("^pobj:of ^prep",)):
        if lemma(noun) in ontology.words["lex:Founder"]:
            return True
        if lemma(noun) == "director" and root.text in ontology.words["lex:House"]:
            return True
    verbs = [root.head] if root.dep_ in ("dobj", "nsubjpass") else []
    verbs += [child for child in children_of(root) if child.dep_ == "acl" or _is_said_of(child)]
    return any(verb.lower_ in ontology.words["lex:Founded"] for verb in verbs)


def _is_said_of(clause: Token) -> bool:
    """'Red Tools, *which was founded* in 1988'; not 'Ann Bo, whose firm was founded in 1988'."""
    subjects = (child for child in children_of(clause) if child.dep_ == "nsubjpass") if clause.dep_ == "relcl" else ()
    return any(subject.tag_ in ("WDT", "WP") for subject in subjects)


def _of_whom(root: Token) -> Sequence[Token]:
    return walk_all(root, ("^pobj:of ^prep", "^poss"))


def _type_by_locative(span: Span, places: frozenset[int], ontology: Ontology) -> Curie:
    """'in *Pleiku*', 'Hanoi and *Pleiku*' are places where the gazetteer has them and no given name is in them."""
    known = ontology.gazetteer.get(fold(span.text), ())
    if not known or span[0].text in ontology.given_names or ontology.is_a(span.label_, "kg:Place"):
        return span.label_
    row = (span.root, *span.root.conjuncts)
    if not any(token.i in places or (token.dep_ == "pobj" and token.head.lower_ in _LOCATIVES) for token in row):
        return span.label_
    kinds = {place.type for place in known}
    return min(kinds, key=lambda kind: (kind != "kg:City", kind), default=span.label_)


def _type_party(span: Span, ontology: Ontology) -> Span:
    """'the *LIDER* party', 'an *LDP* candidate', 'the *Walwari* has one deputy'."""
    loose = span.label_ in ("kg:Organization", "kg:SocialMovement", "kg:Place", "kg:Work") or _is_odd_person(
        span, ontology
    )
    if not is_name(span) or span.kb_id_ or not loose:
        return span
    heads = [end.head if end.dep_ == "prep" else end for end in walk_all(span.root, _PARTY_NOUNS)]
    if text_between(span.doc, span.end, span.end + 1) == "party" or any(_is_partys(head, ontology) for head in heads):
        return relabel(span, kind="kg:PoliticalParty")
    return span


def _is_odd_person(span: Span, ontology: Ontology) -> bool:
    return span.label_ == "kg:Person" and len(span) == 1 and fold(span.text) not in ontology.genders


def _is_partys(noun: Token, ontology: Ontology) -> bool:
    return noun.text.islower() and lemma(noun) in ontology.words["lex:PartyNoun"]


def _type_beside(span: Span, known: frozenset[int], ontology: Ontology) -> Span:
    """In a row of parties stand parties: 'the CDU, *Linke* and FDP'."""
    if not is_name(span) or span.kb_id_ or span.label_ not in _LOOSE or type_by_head(span, ontology):
        return span
    row = span.root.conjuncts
    parties = sum(token.i in known for token in row)
    return relabel(span, kind="kg:PoliticalParty") if parties and parties * 2 >= len(row) else span


def agree(spans: list[Span], ontology: Ontology) -> list[Span]:
    """One name, one type in a document; a surname takes the type of the full name."""
    votes: dict[str, Counter[Curie]] = defaultdict(Counter)
    listed = {fold(span.text): span for span in spans if span.kb_id_ and is_name(span)}
    for span in spans:
        if is_name(span):
            votes[fold(span.text)][span.label_] += 1
    persons = _full_names(votes)
    return [_settle(span, votes, listed, persons) if is_name(span) else span for span in spans]


def _full_names(votes: dict[str, Counter[Curie]]) -> frozenset[str]:
    return frozenset(name for name, kinds in votes.items() if " " in name and _best(kinds) == "kg:Person")


def _best(kinds: Counter[Curie]) -> Curie:
    """The class seen most; of equals the person: models take surnames for bodies more often than the reverse."""
    return min(kinds, key=lambda kind: (-kinds[kind], kind != "kg:Person", kind))


def _settle(
    span: Span, votes: Mapping[str, Counter[Curie]], listed: Mapping[str, Span], persons: frozenset[str]
) -> Span:
    key = fold(span.text)
    if span.kb_id_:
        return span
    if key in listed:
        return relabel(span, kind=listed[key].label_, known_as=listed[key].kb_id_)
    if " " not in key and any(key in name.split()[1:] for name in persons):
        return relabel(span, kind="kg:Person")
    return relabel(span, kind=_best(votes[key]))
