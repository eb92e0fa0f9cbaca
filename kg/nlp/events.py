"""Events: a trigger word, who did it to whom, where and when, as firmly as the text says so."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from kg.model import Curie, Factuality, Form
from kg.nlp.assertions import is_quoted, read_factuality, source_of
from kg.nlp.breaks import is_ordered
from kg.nlp.factuality import assess
from kg.nlp.frames import Filler, Hit, fill, fill_all, read_frames
from kg.nlp.fronted import find_date_above, find_date_beside, find_day_below, find_fronted_date
from kg.nlp.implied import imply_place
from kg.nlp.nominals import resolve_token
from kg.nlp.occasions import find_where, has_happened, is_dated
from kg.nlp.paths import walk, walk_all
from kg.nlp.ranges import find_range
from kg.nlp.rows import IMPLIED_SCORE, NAMED_SCORE, Row, make_row
from kg.nlp.spans import (
    EVENTS,
    find_chain,
    index_chains,
    index_mentions,
    is_name,
    lemma,
    list_chains,
    make_span,
    write_spans,
)
from kg.nlp.stance import to_factuality
from kg.nlp.tree import text_between, tokens_of
from kg.ontology import Frame, Ontology

_MAIN = ("kg:target", "kg:winner", "kg:participant")
"""Roles that tell what happened, the first of them most."""

_ELSEWHERE = (find_fronted_date, find_date_beside, find_date_above)
Roles = dict[Curie, tuple[Filler, ...]]


def annotate_events(doc: Doc, *, ontology: Ontology) -> Doc:
    """Fills ``doc.spans["events"]`` and adds a row for each event's class, roles, place and date."""
    mentions, everything = index_told(doc), index_mentions(doc)
    events: list[Span] = []
    rows: list[Row] = []
    for hit, roles in _choose_hits(doc, mentions, everything, ontology):
        for event, own in _part(hit, roles, ontology):
            events.append(event)
            rows += _rows(event, hit, own, ontology)
    doc._.relations = [*doc._.relations, *rows]
    write_spans(doc, EVENTS, events)
    return doc


def _choose_hits(
    doc: Doc, mentions: Mapping[int, Span], everything: Mapping[int, Span], ontology: Ontology
) -> list[tuple[Hit, Roles]]:
    """Of a word the first event that has what it needs, by the frame that finds the most of its roles."""
    chosen: dict[int, tuple[Hit, Roles]] = {}
    for hit in read_frames(doc, ontology):
        known, roles_known = chosen.get(hit.trigger.i, (hit, {}))
        if not ontology.is_a(hit.frame.evokes, "kg:Event") or known.frame.evokes != hit.frame.evokes:
            continue
        roles = _find_roles(hit, mentions, ontology)
        met = all(need in roles or _is_met(need, hit, roles, everything, ontology) for need in hit.frame.needs)
        if met and len(roles) > len(roles_known):
            chosen[hit.trigger.i] = hit, roles
    return list(chosen.values())


def _part(hit: Hit, roles: Roles, ontology: Ontology) -> Iterator[tuple[Span, Roles]]:
    """'Ann and Bo were ousted' are two events: of the second speaks the stretch from its target to the verb."""
    doc, kind = hit.trigger.doc, hit.frame.evokes
    targets = _one_each(roles.get("kg:target", ()), doc)
    if not any(ontology.is_a(kind, one) for one in ontology.words["lex:OneByOne"]) or len(targets) < 2:
        yield make_span(doc, hit.start, hit.end, kind, Form.EVENT), roles
        return
    for n, target in enumerate(targets):
        start, end = (min(hit.start, target.span.start), max(hit.end, target.span.end)) if n else (hit.start, hit.end)
        yield make_span(doc, start, end, kind, Form.EVENT), roles | {"kg:target": (target,)}


def _one_each(fillers: Sequence[Filler], doc: Doc) -> list[Filler]:
    """Of 'the director, *Ann Bo*,' the name."""
    chains = index_chains(doc)
    found: dict[str, Filler] = {}
    for filler in fillers:
        chain = find_chain(filler.span.start, filler.span.end, chains)
        if chain not in found or is_name(filler.span):
            found[chain] = filler
    return list(found.values())


def _find_roles(hit: Hit, mentions: Mapping[int, Span], ontology: Ontology) -> Roles:
    anchors = _anchors(hit.trigger, ontology)
    found: Roles = {}
    for role, position in (*hit.frame.arguments, *ontology.event_arguments):
        find = fill_all if role == "kg:participant" else fill
        fillers = find(anchors, position, _class_at(position, role, hit.frame, ontology), mentions, ontology)
        if fillers and role not in found:
            found[role] = fillers
    elsewhere = (find(word, mentions) for word in anchors for find in _ELSEWHERE)
    if "kg:date" not in found and (date := next(filter(None, elsewhere), None)) is not None:
        found["kg:date"] = (Filler(date, "elsewhere"),)
    if "kg:date" not in found and (date := find_day_below(hit.trigger, mentions, ontology)) is not None:
        found["kg:date"] = (Filler(date, "elsewhere"),)
    where = find_where(hit.trigger)
    span = resolve_token(where, mentions, ontology) if where is not None else None
    if span is not None and "kg:place" not in found and ontology.is_a(span.label_, "kg:Place"):
        found["kg:place"] = (Filler(span, "^relcl"),)
    if hit.frame.implied and "kg:place" not in found and _is_settled(hit, ontology):
        found.update(imply_place(hit, found, ontology))
    if _is_only_target(found):
        del found["kg:place"]
    if "kg:date" in found and _is_bracketed(hit.trigger, found["kg:date"][0].span):
        del found["kg:date"]
    if "kg:place" in found:
        found["kg:place"] += tuple(_find_towns(found["kg:place"], mentions, ontology))
    single = {role: _single(role, fillers) for role, fillers in found.items()}
    return _untangle(hit.trigger, _drop_end(_open_range(single, mentions)))


def _is_only_target(roles: Roles) -> bool:
    """'levelled accusations at *Niger*': what is accused is no place where one accuses."""
    targets = {filler.span.start for filler in roles.get("kg:target", ())}
    places = roles.get("kg:place", ())
    return bool(places) and all(place.span.start in targets for place in places)


def _find_towns(places: Sequence[Filler], mentions: Mapping[int, Span], ontology: Ontology) -> Iterator[Filler]:
    """'at the Élysée Palace in *Paris*': where a building stands it was, too."""
    known = {place.span.start for place in places}
    for place in (place for place in places if place.span.label_ == "kg:Facility"):
        towns = (resolve_token(end, mentions, ontology) for end in walk(place.span.root, "prep:in pobj"))
        for town in (town for town in towns if town is not None and ontology.is_a(town.label_, "kg:Place")):
            yield from (Filler(town, place.path),) if town.start not in known else ()


def _is_bracketed(verb: Token, date: Span) -> bool:
    """'met Ann Bo (mayor from *1991*)': what stands in brackets is said of the name before them."""
    words = tokens_of(date.doc)[verb.i : date.start] if verb.pos_ == "VERB" else ()
    between = {token.text for token in words}
    return "(" in between and ")" not in between


def _drop_end(roles: Roles) -> Roles:
    """'The war *ended in 1988*' tells no other day of it."""
    last = [filler.span for filler in roles.get("kg:endDate", ())]
    return {role: fillers for role, fillers in roles.items() if role != "kg:date" or fillers[0].span not in last}


def _open_range(roles: Roles, mentions: Mapping[int, Span]) -> Roles:
    """'from 12 *to 15 May*': it began on the one and ended on the other, whichever the parser leads to."""
    dates = roles.get("kg:date", ())
    if not dates:
        return roles
    one, other = find_range(dates[0].span, mentions)
    if one == other:
        return roles
    begin, end = (Filler(span, dates[0].path) for span in (one, other))
    return roles | {"kg:date": (begin,), "kg:endDate": (end,)}


def _untangle(trigger: Token, roles: Roles) -> Roles:
    """'Oslo and Bonn tried Ann and Bo *respectively*' are two events told as one: only who was tried is kept."""
    several = [role for role, fillers in roles.items() if len(fillers) > 1]
    if len(several) < 2 or not is_ordered(trigger):
        return roles
    kept = next((role for role in _MAIN if role in several), several[0])
    return {role: fillers for role, fillers in roles.items() if role == kept or role not in several}


def _is_met(need: Curie, hit: Hit, roles: Roles, mentions: Mapping[int, Span], ontology: Ontology) -> bool:
    """'*a man* was shot in Lima', 'elections in Chad *on 3 May*': no name and no year, but one certain event."""
    anchors = _anchors(hit.trigger, ontology)
    positions = [at for role, at in (*hit.frame.arguments, *ontology.event_arguments) if role == need]
    if need == "kg:date":
        return is_dated(anchors, positions, mentions, ontology)
    placed = "kg:place" in roles and has_happened(hit.trigger)
    kinds = ((position, _class_at(position, need, hit.frame, ontology)) for position in positions)
    return placed and any(fill(anchors, position, kind, mentions, ontology) for position, kind in kinds)


def _class_at(position: Curie, role: Curie, frame: Frame, ontology: Ontology) -> Curie:
    """Of what a role may be filled by, what may stand at a position, or in a frame: 'received *the king*', not 'the
    prize'; 'captured *Ann Bo*' is an arrest, 'captured *Lima*' is none."""
    narrowed = frame.target_class if role == "kg:target" else ""
    return ontology.range.get(position) or narrowed or ontology.range.get(role, "kg:Entity")


def _is_settled(hit: Hit, ontology: Ontology) -> bool:
    """A state of emergency is always somewhere; of revolts and votes texts speak in general too."""
    if hit.frame.evokes == "kg:StateOfEmergency":
        return True
    return read_factuality(hit.trigger, ontology) == Factuality.FACT.value and has_happened(hit.trigger)


@lru_cache(maxsize=2)
def index_told(doc: Doc) -> Mapping[int, Span]:
    """Token → mention of what can be told by name, and dates: 'seven people' are nobody in the graph."""
    named = name_spans(doc)
    found = index_mentions(doc).items()
    return {i: span for i, span in found if span.start in named or span.label_ == "kg:Date"}


def name_spans(doc: Doc) -> frozenset[int]:
    """Starts of all mentions whose chain has a name."""
    chains = list_chains(doc).values()
    return frozenset(span.start for chain in chains if any(map(is_told, chain)) for span in chain)


def is_told(span: Span) -> bool:
    """True of a name, and of an adjective that stands for a listed country."""
    return is_name(span) or bool(span.kb_id_ and span.id_ != Form.VALUE.value)


def _anchors(trigger: Token, ontology: Ontology) -> list[Token]:
    """The words around which an event's arguments stand: the trigger and what carries it.

    'the *coup* attempt in Quito': what is said of the attempt is said of the coup. 'Elections were *held* in May',
    'the revolt, which *began* in 1990': so it is of a verb that says no more than that the event took place.
    """
    head = trigger.head
    words = [trigger]
    if trigger.dep_ in ("compound", "nmod") and (
        (lemma(head), "noun") in ontology.cues or _is_storm(trigger, ontology)
    ):
        words.append(head)
    if trigger.pos_ == "VERB":
        return words
    carriers = {end.i: end for word in words for end in walk_all(word, ontology.positions["lex:Carrier"])}
    return [*words, *(carriers[i] for i in sorted(carriers))]


def _is_storm(trigger: Token, ontology: Ontology) -> bool:
    """'*Hurricane* Ida, which hit Cuba'; the Hurricane Center is none."""
    head = trigger.head
    storm = lemma(trigger) in ontology.words["lex:Storm"] and head.i == trigger.i + 1 and head.pos_ == "PROPN"
    return storm and head.text not in ontology.heads


def _single(role: Curie, fillers: tuple[Filler, ...]) -> tuple[Filler, ...]:
    """An event has one date; of several the first stands."""
    return fillers[:1] if role in ("kg:date", "kg:endDate") else fillers


def _rows(event: Span, hit: Hit, roles: Roles, ontology: Ontology) -> list[Row]:
    factuality = _factuality(hit, ontology)
    rule = f"{hit.frame.id.removeprefix('lex:')} “{text_between(event.doc, hit.start, hit.end)}”"
    source = source_of(hit.trigger, ontology)
    rows = [make_row(event, "rdf:type", event.label_, hit.trigger, rule=rule, factuality=factuality, source=source)]
    for role, fillers in sorted(roles.items()):
        for filler in fillers:
            score = IMPLIED_SCORE if filler.path == "implied" else NAMED_SCORE
            rows.append(
                make_row(
                    event, role, filler.span, hit.trigger, rule=rule, factuality=factuality, source=source, score=score
                )
            )
    return rows


def _factuality(hit: Hit, ontology: Ontology) -> str:
    """Of a coup the attempt itself is the event: 'yesterday's *coup attempt*' happened."""
    trigger = hit.trigger
    if hit.frame.evokes not in ontology.attempt_counts or is_quoted(trigger, ontology):
        return read_factuality(trigger, ontology)
    anchor = trigger.head if trigger.dep_ == "compound" and _is_attempt(trigger.head, ontology) else trigger
    return to_factuality(assess(anchor, ontology, ignoring="lex:Attempt")).value


def _is_attempt(noun: Token, ontology: Ontology) -> bool:
    cue = ontology.cues.get((lemma(noun), "noun"))
    return cue is not None and cue.id == "lex:Attempt"
