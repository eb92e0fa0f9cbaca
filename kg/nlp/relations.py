"""Relations between things: offices, memberships, places, kin; by frames of the lexicon."""

from collections.abc import Iterable, Iterator, Mapping

from spacy.tokens import Doc, Span, Token

from kg.languages import ENGLISH
from kg.model import Factuality
from kg.nlp.assertions import is_quoted, read_factuality, source_of
from kg.nlp.beside import find_beside
from kg.nlp.counterparts import find_counterparts
from kg.nlp.events import index_told
from kg.nlp.frames import Filler, Hit, fill, find_some, read_frames
from kg.nlp.gapped import find_gapped
from kg.nlp.implied import last_country, salient_country
from kg.nlp.lifespans import find_lifespans
from kg.nlp.modality import assess_alone
from kg.nlp.pairing import pair, pair_own
from kg.nlp.paths import walk, walk_all
from kg.nlp.rows import IMPLIED_SCORE, NAMED_SCORE, UNSURE_SCORE, Row, make_row
from kg.nlp.spans import is_name, is_pronoun, lemma, list_chains
from kg.nlp.stance import to_factuality
from kg.nlp.tenures import find_tenure
from kg.nlp.tree import children_of, text_between, text_of
from kg.ontology import Ontology

_OFFICES = ("kg:officialOf", "kg:holdsPosition", "kg:leaderOf")
_SUCCESSOR = "lex:Successor"
_EXCHANGED = ("prep:with", "prep:of pobj prep:with", "^pobj ^prep prep:with")  # 'replaced Ann as mayor *with* Bo'
_PREDICATIVE = frozenset({"attr", "oprd", "acomp"})
_LEAVING = frozenset({"resign", "quit", "step", "retire", "remove", "dismiss", "sack", "oust", "replace", "succeed"})
_STATES = ("^pobj:at ", "^pobj:in ", "^pobj:among ", "^pobj:of ")  # 'is not *at the helm*': as firm as the verb
_COMPLEMENTS = ("prep:of pobj", "poss", "compound", "prep:at pobj")
_TITLES = frozenset({"compound", "nmod", "appos"})
_RELATIVE = frozenset({"WDT", "WP"})  # 'the Act, *which* Ann opposes': what it means stands beside it
_MODIFIERS = frozenset({"amod", "compound", "advmod", "nmod", "npadvmod", "appos"})


def annotate_relations(doc: Doc, *, ontology: Ontology) -> Doc:
    """Adds a row for each relation a frame finds, and one for the class of each named thing.

    Frames are English: of a text in another language it is classes alone.
    """
    if doc.lang_ != ENGLISH:
        doc._.relations = list(_type_rows(doc))
        return doc
    mentions = index_told(doc)
    rows = [row for hit in read_frames(doc, ontology) for row in _relate(hit, mentions, ontology)]
    rows += find_counterparts(doc, rows, mentions, ontology)
    rows += find_gapped(doc, rows, mentions, ontology)
    rows += [*find_beside(doc, mentions, ontology), *find_lifespans(doc, ontology)]
    doc._.relations = [*doc._.relations, *rows, *_type_rows(doc)]
    return doc


def _relate(hit: Hit, mentions: Mapping[int, Span], ontology: Ontology) -> Iterator[Row]:
    if not {"lex:subject", "lex:object"} <= dict(hit.frame.arguments).keys():
        return
    subjects = _find_subjects(hit, mentions, ontology)
    pairs = _find_pairs(hit, subjects, mentions, ontology) if subjects else []
    yield from (_row(hit, subject, target, ontology) for subject, target in pairs)
    if _is_office(hit, ontology):
        lands = {subject.span.start: target.span for subject, target in reversed(pairs)}
        for subject in subjects:
            land, firm = lands.get(subject.span.start), _factuality(hit, subject, ontology)
            yield from find_tenure(hit, subject, land, firm, mentions, ontology)


def _is_office(hit: Hit, ontology: Ontology) -> bool:
    named = hit.frame.pos == "NOUN" and lemma(hit.trigger) not in ontology.words["lex:NoPosition"]
    return named and any(ontology.is_a(hit.frame.evokes, office) for office in _OFFICES)


def _find_subjects(hit: Hit, mentions: Mapping[int, Span], ontology: Ontology) -> tuple[Filler, ...]:
    """Who it is said of; of 'succeeded Ann Bo *as* mayor' both, of 'three members, among them *Ann Bo*' her."""
    kind = hit.frame.subject_class or ontology.domain.get(hit.frame.evokes, "kg:Entity")
    subjects = fill([hit.trigger], dict(hit.frame.arguments)["lex:subject"], kind, mentions, ontology)
    if hit.trigger.dep_ == "pobj" and not any(walk_all(hit.trigger, _EXCHANGED)):
        known = {subject.span.start for subject in subjects}
        others = fill([hit.trigger], _SUCCESSOR, kind, mentions, ontology)
        subjects += tuple(other for other in others if other.span.start not in known)
    some = () if subjects else tuple(find_some(hit.trigger, hit.trigger, "appos", kind, mentions, ontology))
    if some and read_factuality(hit.trigger, ontology) != Factuality.FACT.value:
        return ()  # of 'no members' and 'promised to name five ministers' nobody is said to be one
    return subjects or some


def _find_pairs(
    hit: Hit, subjects: tuple[Filler, ...], mentions: Mapping[int, Span], ontology: Ontology
) -> list[tuple[Filler, Filler]]:
    kind, at = ontology.range.get(hit.frame.evokes, "kg:Entity"), dict(hit.frame.arguments)["lex:object"]
    objects = fill([hit.trigger], at, kind, mentions, ontology)
    if not objects and hit.frame.implied and not _has_complement(hit, mentions):
        objects = _imply(hit.trigger, subjects[0], ontology)
    pairs = [(one, other) for one, other in pair(hit.trigger, subjects, objects) if one.span.start != other.span.start]
    if objects and not pairs:  # 'a spokesman for the League, *Ann* Bo': what names her is not what she speaks for
        own = {subject.span.start for subject in subjects}
        rest = {i: span for i, span in mentions.items() if span.start not in own}
        pairs = list(pair(hit.trigger, subjects, fill([hit.trigger], at, kind, rest, ontology)))
    paired = {subject.span.start for subject, _ in pairs}
    alone = [subject for subject in subjects if subject.span.start not in paired]
    return pairs + pair_own(hit.trigger, alone, kind, mentions, ontology)


def _imply(trigger: Token, subject: Filler, ontology: Ontology) -> tuple[Filler, ...]:
    """'*the* president, Ann Bo' of a text about one country is that country's; 'the capital Lima' is Peru's."""
    entry = ontology.names.get(subject.span.kb_id_)
    if entry is not None and entry.country:
        if any(child.dep_ in _MODIFIERS - {"appos"} for child in children_of(trigger)):
            return ()  # 'the provincial capital', 'the commercial capital'
        country = last_country(trigger, entry.country)
    elif _is_public(trigger, ontology):
        country = salient_country(trigger, ontology)
    else:
        return ()
    return (Filler(country, "implied"),) if country is not None else ()


def _is_public(trigger: Token, ontology: Ontology) -> bool:
    """'*the* president', '*President* Bo', '*elected* president'; who only 'remained president' may preside a club."""
    definite = trigger.dep_ in _TITLES or any(child.lower_ == "the" for child in children_of(trigger))
    return definite or lemma(_find_governor(trigger)) in ontology.words["lex:PublicOfficeVerb"]


def _find_governor(noun: Token) -> Token:
    """The verb of 'elected *president*' and 'sworn in as *president*'."""
    return noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "as" else noun.head


def _has_complement(hit: Hit, mentions: Mapping[int, Span]) -> bool:
    """True where the text says what it is an office of, though not in words we know: 'president of the club'."""
    words = [hit.trigger, *(end for end in walk(hit.trigger, "^compound"))]
    ends = [end for word in words for end in walk_all(word, _COMPLEMENTS)]
    inside = range(hit.start, hit.end)
    return any(end.i not in inside and not _is_own_name(end, hit, mentions) for end in ends)


def _is_own_name(token: Token, hit: Hit, mentions: Mapping[int, Span]) -> bool:
    """'Rafael' hangs on 'Correa' as 'president' does; it is no complement, nor is a title."""
    span, whole = mentions.get(token.i), mentions.get(hit.trigger.head.i)
    return (span is not None and span == whole) or token.i == hit.trigger.i or token.pos_ == "ADJ"


def _row(hit: Hit, subject: Filler, target: Filler, ontology: Ontology) -> Row:
    firm = _factuality(hit, subject, ontology)
    return make_row(
        subject.span,
        hit.frame.evokes,
        target.span,
        hit.trigger,
        rule=f"{hit.frame.id.removeprefix('lex:')} “{text_between(hit.trigger.doc, hit.start, hit.end)}”",
        factuality=firm,
        source=source_of(hit.trigger, ontology) if firm != Factuality.FACT.value else (0, 0),
        score=_score(hit, target, ontology),
    )


def _score(hit: Hit, target: Filler, ontology: Ontology) -> float:
    """A pronoun that may mean anything ('rejected *it*') is too little for a fact."""
    if target.path == "implied":
        return IMPLIED_SCORE
    open_ended = ontology.range.get(hit.frame.evokes, "kg:Entity") == "kg:Entity"
    vague = is_pronoun(target.span) and target.span.root.tag_ not in _RELATIVE
    return UNSURE_SCORE if open_ended and vague else NAMED_SCORE


def _factuality(hit: Hit, subject: Filler, ontology: Ontology) -> str:
    """A title is taken for granted ('denied that *president* Bo …'); a predicate is as firm as its verb."""
    trigger = hit.trigger
    if hit.frame.pos == "ADP":
        return read_factuality(trigger.head, ontology)
    if hit.frame.pos == "VERB" or (trigger.pos_ == "VERB" and trigger.dep_ not in _MODIFIERS):
        return read_factuality(trigger, ontology)
    if is_quoted(trigger, ontology) or _is_not_yet(trigger, ontology):
        return Factuality.UNCOMMITTED.value
    if (
        _is_listed(trigger)
        or _is_called_so(trigger, ontology)
        or _is_played(trigger, ontology)
        or _is_someones(hit, subject, ontology)
    ):
        return Factuality.UNCOMMITTED.value
    if subject.path.startswith("^nsubj"):
        return read_factuality(trigger.head, ontology)
    if _is_predicative(trigger):
        return read_factuality(trigger, ontology)
    if subject.path.startswith(_STATES) or subject.path in ontology.positions[_SUCCESSOR]:
        return read_factuality(trigger.head.head, ontology)
    if trigger.dep_ == "pobj" and trigger.head.lower_ == "with" and not _is_role(trigger, ontology):
        return read_factuality(trigger.head.head, ontology)  # 'could have won *with the support* of the Front'
    open_ended = read_factuality(trigger, ontology) != Factuality.FACT.value
    told = trigger.dep_ == "pobj" and trigger.head.head.pos_ == "NOUN"  # 'rumours of her *death* in Lima'
    if open_ended and (trigger.dep_ == "dobj" or told) and not _is_role(trigger, ontology):
        return read_factuality(trigger, ontology)  # 'wants to build its *headquarters* in Narvik'
    return to_factuality(assess_alone(trigger, ontology)).value


def _is_called_so(trigger: Token, ontology: Ontology) -> bool:
    """'posed *as* ambassador', 'dubbed her *queen*': only verbs of holding and giving an office say that one has it."""
    first = trigger
    while first.dep_ == "conj":
        first = first.head
    if first.dep_ == "appos" and first.head.dep_ == "dobj":  # 'call Ann Bo *the queen* of the road', as parsers read it
        return lemma(first.head.head) in ontology.words["lex:Calling"] and first.left_edge.nbor(-1).text != ","
    verb = _find_governor(first)
    if any(child.lower_ in ontology.words["lex:Mistaken"] for child in children_of(verb)):
        return True  # 'was *wrongly* named as minister'
    if lemma(verb) in ontology.words["lex:Ascribing"] and lemma(trigger) not in ontology.words["lex:PublicOffice"]:
        return not any(child.dep_ == "poss" for child in children_of(trigger))  # 'designated her as *its* leader'
    fronted = verb.i > first.i  # 'as president he signed'
    stands = first.dep_ == "oprd" or (first.dep_ == "pobj" and first.head.lower_ == "as" and not fronted)
    return stands and verb.pos_ == "VERB" and lemma(verb) not in ontology.words["lex:HoldingVerb"]


def _is_listed(trigger: Token) -> bool:
    """'met Ann Bo, *the president* of Chad and the pope': three people, or two."""
    if trigger.dep_ != "appos" or trigger.i < trigger.head.i:
        return False
    joints = [child for child in children_of(trigger) if child.dep_ == "cc" and child.lower_ == "and"]
    others = [child for child in children_of(trigger) if child.dep_ == "conj"]
    definite = any(word.lower_ == "the" and word.dep_ == "det" for other in others for word in children_of(other))
    return definite and any(joint.nbor(-1).text != "," for joint in joints)


def _is_played(trigger: Token, ontology: Ontology) -> bool:
    """'plays *President* Bo': an office on the stage."""
    noun = trigger.head if trigger.dep_ in ("compound", "nmod") else trigger
    verb = _find_governor(noun)
    acted = noun.dep_ in ("dobj", "pobj") and lemma(verb) in ontology.words["lex:Portray"]
    return acted and _is_role(trigger, ontology)  # 'voiced her *support*' is no part


def _is_someones(hit: Hit, subject: Filler, ontology: Ontology) -> bool:
    """'the widow of the *president* of Chad, Ann Bo': whether Ann is the widow or the president is open; 'the widow of
    the president Ann Bo' is another's."""
    preposition = hit.trigger.head
    owner = preposition.head
    beside = subject.path in ("appos", "prep:of pobj appos") and subject.span.start != hit.end
    named = owner.dep_ == "appos" and owner.head.pos_ == "PROPN"  # 'Ann Bo, the wife of the *minister*, Cy Di'
    of = hit.trigger.dep_ == "pobj" and preposition.lower_ in ("of", "to", "for")
    return beside and of and not named and _is_role(owner, ontology)


def _is_role(trigger: Token, ontology: Ontology) -> bool:
    """A noun for a person, who holds the role whatever the sentence plans."""
    return ontology.nominals.get(lemma(trigger)) == "kg:Person"


def _is_predicative(trigger: Token) -> bool:
    """'was *president*', 'served as *president*', 'became *president* and *leader*'."""
    if trigger.dep_ == "conj":
        return _is_predicative(trigger.head)
    if trigger.dep_ == "pobj":
        return bool(trigger.head.lower_ == "as") and lemma(trigger.head.head) not in _LEAVING
    return trigger.dep_ in _PREDICATIVE or (trigger.dep_ == "dobj" and lemma(trigger.head) == "become")


def _is_not_yet(trigger: Token, ontology: Ontology) -> bool:
    """'the *self-proclaimed* president', 'president-*elect*', 'the *alleged* leader'."""
    words = [child for token in (trigger, trigger.head) for child in children_of(token) if child.dep_ in _MODIFIERS]
    before = text_of(trigger.doc)[trigger.left_edge.idx : trigger.idx].lower().split()  # 'would-be' is three tokens
    names = {token.lower_ for token in words if token is not trigger} | {trigger.lower_, *before}
    if trigger.dep_ in ("compound", "nmod"):
        names.add(trigger.head.lower_)
    return bool(names & ontology.words["lex:NotYet"])


def _type_rows(doc: Doc) -> Iterator[Row]:
    """The class of each named thing, on the evidence of the first place of each of its names in the text."""
    for _, chain in sorted(list_chains(doc).items()):
        yield from (_type_row(name) for name in _find_first_names(chain))


def _find_first_names(chain: Iterable[Span]) -> list[Span]:
    """'Rafael *Correa*' and the first '*Correa*' after him; of a country without a name its adjective."""
    firsts: dict[str, Span] = {}
    told = []
    for span in chain:
        if is_name(span):
            firsts.setdefault(" ".join(span.text.split()), span)
        elif span.kb_id_ and span.label_ == "kg:Country":
            told.append(span)
    return list(firsts.values()) or told[:1]


def _type_row(name: Span) -> Row:
    rule = "name list" if name.kb_id_ else "name"
    fact = Factuality.FACT.value
    return make_row(name, "rdf:type", name.label_, name.root, rule=rule, factuality=fact, score=NAMED_SCORE)
