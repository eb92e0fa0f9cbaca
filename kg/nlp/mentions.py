"""Mentions: names by model, list and head word, nominals and pronouns, typed alike through a document."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from kg.languages import ENGLISH
from kg.model import Curie, Form
from kg.nlp.acronyms import add_acronyms
from kg.nlp.context import agree, type_by_context
from kg.nlp.datelines import find_dateline
from kg.nlp.heads import match_heads, split_entity, split_row, type_by_head
from kg.nlp.introduced import match_places
from kg.nlp.named_by_noun import match_by_noun
from kg.nlp.names import match_names
from kg.nlp.namesakes import settle_namesakes
from kg.nlp.nominals import find_nominals
from kg.nlp.noun_types import type_by_noun
from kg.nlp.persons import is_before_name, is_given_name, is_participle, is_role_before, match_persons
from kg.nlp.pronouns import find_pronouns
from kg.nlp.spans import MENTIONS, is_name, keep_longest, lemma, make_span, relabel, write_spans
from kg.nlp.surnames import settle_bare_names
from kg.nlp.tree import tokens_of
from kg.nlp.values import find_values
from kg.ontology import Ontology

_ARTICLES = frozenset({"the", "a", "an", "'s", "’s", "'", "’"})
_TITLES = ("lex:Title", "lex:PoliticalOffice")
_VALUES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"})
"""What the model knows besides names."""


def annotate_mentions(doc: Doc, *, ontology: Ontology) -> Doc:
    """Fills ``doc.spans["mentions"]`` without overlaps, in text order."""
    if doc.lang_ != ENGLISH:
        write_spans(doc, MENTIONS, keep_longest(_find_names(doc, ontology)))
        return doc
    values = find_values(doc)
    dates = [span for span in values if span.label_ == "kg:Date"]
    names = [span for span in _find_names(doc, ontology) if not _shadowed(span, dates)]
    typed = [type_by_noun(span, ontology) for span in type_by_context(_split_titles(names, ontology), ontology)]
    names = settle_bare_names(doc, settle_namesakes(agree(typed, ontology), ontology), ontology)
    names = _qualify(add_acronyms(doc, names, ontology), ontology)
    spans = keep_longest([*names, *values, *find_pronouns(doc), *_find_peoples(doc, ontology)])
    write_spans(doc, MENTIONS, keep_longest([*spans, *find_nominals(doc, ontology, spans)]))
    return doc


def _shadowed(span: Span, values: Iterable[Span]) -> bool:
    return any(span.start < value.end and value.start < span.end for value in values)


def _find_names(doc: Doc, ontology: Ontology) -> list[Span]:
    """The longer wins; of equals the list before the head word before the model before the given name."""
    listed = [*find_dateline(doc, ontology), *match_names(doc, ontology)]
    headed = match_heads(doc, ontology)
    entities = [entity for entity in doc.ents if entity.label_ not in _VALUES]
    pieces = [(piece, entity.label_) for entity in entities for piece in _pieces(entity, ontology)]
    guessed = [span for piece, label in pieces if (span := _trim(piece, label, ontology))]
    persons = match_persons(doc, ontology)
    sources = (listed, headed, guessed, persons)
    ranked = [(rank, span) for rank, spans in enumerate(sources) for span in spans]
    ranked.sort(key=lambda item: (item[1].start - item[1].end, item[0], item[1].start))
    found = keep_longest(span for _, span in ranked)
    found = keep_longest([*found, *match_by_noun(doc, ontology, found)])
    return keep_longest([*found, *match_places(doc, ontology, found)])


def _find_peoples(doc: Doc, ontology: Ontology) -> Iterator[Span]:
    """'Republicans', 'Kurdish', 'Catholics': people by creed, nation or party; no thing with a name of its own."""
    for entity in doc.ents:
        if entity.label_ == "NORP" and entity[0].text[0].isupper() and entity.root.text not in ontology.heads:
            kind = "kg:PoliticalParty" if entity.root.lemma_.lower() in ontology.words["lex:Partisan"] else "kg:Group"
            yield make_span(doc, entity.start, entity.end, kind, Form.NOMINAL, _find_party(entity, kind, ontology))


def _find_party(adjective: Span, kind: Curie, ontology: Ontology) -> str:
    """A '*Republican* senator' is one of the Republicans; an Irish Republican is not, nor is a Social *Democrat*."""
    party = ontology.names.get(f"{adjective.text}s")
    before = adjective[0].nbor(-1) if adjective.start else None
    other = before is not None and _may_name_another(before, ontology)
    return party.known_as if party is not None and party.type == kind and not other else ""


def _may_name_another(before: Token, ontology: Ontology) -> bool:
    """A capitalised adjective makes another party of the word behind it; a place ('*Oregon* Democrat') does not."""
    name = ontology.names.get(before.text)
    return name.adjective if name is not None else before.pos_ in ("ADJ", "PROPN") and before.text[0].isupper()


def _pieces(entity: Span, ontology: Ontology) -> list[Span]:
    rows = split_row(entity)
    return rows if entity.label_ != "ORG" else [piece for row in rows for piece in split_entity(row, ontology)]


def _trim(entity: Span, label: str, ontology: Ontology) -> Span | None:
    """'the United Nations', 'Assange's', 'President Correa' without what is not the name."""
    kind, words = ontology.ner.get(label, ""), tokens_of(entity.doc)
    entity = _drop_members(entity, ontology)
    start, end = entity.start, entity.end
    kind = "kg:Person" if _is_titled(entity, ontology) else kind
    while start < end and _is_edge(words[start], kind, ontology):
        start += 1
    start += end - start > 1 and is_participle(entity)
    while start < end and _ends_outside(words, start, end, ontology):
        end -= 1
    if start == end:
        return None
    start += _is_demonym_before_name(entity.doc, start, end, ontology)
    while end - start > 1 and _is_before_name(entity.doc, start, end, kind, ontology):
        start += 1
    if end - start > 1 and (trade := _trade_before(words[start], ontology)):
        start, kind = start + 1, trade
    if kind == "kg:Person":
        start, end = _fit_person(entity.doc, start, end, ontology)
    if not kind or start == end or not any(token.text[0].isupper() for token in words[start:end]):
        return None
    if words[start].lower_ in ontology.words["lex:Storm"]:  # '*Typhoon* Ana' is nobody
        return None
    span = make_span(entity.doc, start, end, kind, Form.NAME)
    owned = "" if start and words[start - 1].lower_ == "the" else _type_by_given_name(span, ontology)
    return relabel(span, kind=owned or type_by_head(span, ontology) or kind)  # 'the *Rosario* Group' is nobody


def _drop_members(entity: Span, ontology: Ontology) -> Span:
    """'*Rebels of the* Red Column': who belongs to a body is no part of its name."""
    first = tokens_of(entity.doc)[entity.start]
    members = len(entity) > 3 and first.tag_ in ("NNS", "NNPS") and entity[1:3].text == "of the"
    role = members and ontology.nominals.get(lemma(first)) == "kg:Person"
    return entity[3:] if role and first.is_sent_start else entity


def _ends_outside(words: Sequence[Token], start: int, end: int, ontology: Ontology) -> bool:
    """True where the last word is no part of the name; 'Paul *Bishop*' has a surname."""
    borne = end - start == 2 and words[end - 1].text.istitle() and is_given_name(words[start].text, ontology)
    surname = borne and not _is_edge(words[start], "kg:Person", ontology)
    return _is_edge(words[end - 1], "kg:Person", ontology) and not (surname or _is_of(words[end - 2]))


def _is_of(token: Token) -> bool:
    """'Ministry *of* Defence', 'Movement *for* Justice'."""
    return token.lower_ in ("of", "for", "and")


def _is_titled(entity: Span, ontology: Ontology) -> bool:
    """'*President* Ann Bo' is a person, whatever the model thinks; 'King Fahd Bridge' is none."""
    if len(entity) != 3 or not all(entity[0].lower_ in ontology.words[each] for each in _TITLES):
        return False
    return all(token.text.istitle() and token.text not in ontology.heads for token in entity[1:])


def _is_before_name(doc: Doc, start: int, end: int, kind: Curie, ontology: Ontology) -> bool:
    """'*Liberal* Ann Bo', '*Warlord* Cy Di': a party or a role is no part of the name."""
    first = tokens_of(doc)[start]
    partisan = end - start > 2 and kind == "kg:Person" and first.lower_ in ontology.words["lex:Partisan"]
    return partisan or is_role_before(first, kind, ontology)


def _trade_before(first: Token, ontology: Ontology) -> Curie:
    """'*Steelmaker* Ferrovia': what a sentence begins with has a capital, though it is no part of the name."""
    kind = ontology.nominals.get(first.lower_, "") if first.is_sent_start else ""
    company = kind == "kg:Company" and first.text not in ontology.heads and first.nbor().text not in ontology.heads
    return kind if company else ""


def _is_demonym_before_name(doc: Doc, start: int, end: int, ontology: Ontology) -> bool:
    """'the *Polish* Sejm': an adjective in front of what is listed without it."""
    first = ontology.names.get(tokens_of(doc)[start].text) if end - start > 1 else None
    rest = ontology.names.get(doc[start + 1 : end].text) if first is not None and first.adjective else None
    return rest is not None and not rest.adjective


def _fit_person(doc: Doc, start: int, end: int, ontology: Ontology) -> tuple[int, int]:
    """'Kim *Dae-jung*' with its hyphened part, 'in Quito *Bo*' without the place."""
    words = tokens_of(doc)
    if end - start > 1 and _is_place_before_name(words[start], ontology):
        start += 1
    if start > 0 and is_before_name(words[start - 1], words[start], ontology) and " " not in doc[start:end].text:
        start -= 1
    following = words[end].text if end < len(words) else ""
    if following[:1].isupper() and "-" in following and following.rpartition("-")[2].islower():
        end += 1
    return start, end


def _is_place_before_name(token: Token, ontology: Ontology) -> bool:
    """'In *Quito* Correa promised': no name begins with a listed place that is no given name behind 'in'."""
    name = ontology.names.get(token.text)
    place = name is not None and not name.adjective and ontology.is_a(name.type, "kg:Place")
    return place and token.i > 0 and token.nbor(-1).lower_ == "in" and not is_given_name(token.text, ontology)


def _type_by_given_name(span: Span, ontology: Ontology) -> Curie:
    """Two or three words that begin with a given name are a person, whatever the model thinks."""
    plain = 1 < len(span) < 4 and all(token.text[0].isupper() and token.is_alpha for token in span)
    if len(span) == 3 and span[-1].text in ontology.heads and span[-1].ent_type_ in ("ORG", "FAC"):
        return ""  # '*Lira* General Hospital'
    return "kg:Person" if plain and is_given_name(span[0].text, ontology) else ""


def _is_edge(token: Token, kind: Curie, ontology: Ontology) -> bool:
    if token.lower_ in _ARTICLES or token.is_punct or token.is_space or token.text == "s":
        return True
    return kind == "kg:Person" and token.lower_.rstrip(".") in ontology.words["lex:Title"]


def _split_titles(spans: list[Span], ontology: Ontology) -> list[Span]:
    """A listed country in front of a title is the country: '*UK* Home Secretary'."""
    return [_as_listed(span, ontology) for span in spans]


def _as_listed(span: Span, ontology: Ontology) -> Span:
    name = ontology.names.get(span.text)
    if not name or name.adjective or span.kb_id_:
        return span
    return relabel(span, kind=name.type, known_as=name.known_as)


def _qualify(spans: list[Span], ontology: Ontology) -> list[Span]:
    """A body called by common words alone is told by its country: 'National Assembly' of Ecuador."""
    country = dominant_country(spans, ontology)
    areas = frozenset(span.text for span in spans if span.label_ == "kg:AdministrativeArea")
    return [_qualify_one(span, country, areas, ontology) for span in spans]


def dominant_country(spans: Iterable[Span], ontology: Ontology) -> str:
    """The country two thirds of all mentions of countries and their places belong to, at least two; else ''."""
    seen = Counter(country for span in spans if (country := _country_of(span, ontology)))
    if not seen:
        return ""
    name = min(seen, key=lambda country: (-seen[country], country))
    return name if seen[name] > 1 and seen[name] * 3 >= 2 * seen.total() else ""


def _country_of(span: Span, ontology: Ontology) -> str:
    """'Ecuador', 'Ecuadorian' and 'Quito' all speak of Ecuador."""
    if span.label_ == "kg:Country":
        return span.kb_id_
    name = ontology.names.get(span.kb_id_)
    return name.country if name else ""


def _qualify_one(span: Span, country: str, areas: frozenset[str], ontology: Ontology) -> Span:
    if span.kb_id_ or not is_name(span) or not ontology.is_a(span.label_, "kg:Organization"):
        return span
    words = [token.lower_ for token in span if token.lower_ != "the"]
    if not all(word in ontology.words["lex:Generic"] for word in words):
        return span
    own = [
        name for token in span.root.subtree if (name := ontology.names.get(token.text)) and name.type == "kg:Country"
    ]
    owner = own[0].known_as if own else country
    any_such = span.start > 0 and span.doc[span.start - 1].lower_ in ("a", "an")  # 'to call a *Constituent Assembly*'
    if not owner and not any_such and len(words) > 1:
        return span  # 'the *Supreme Court*' of a land not told: one by itself, see ``kg.facts.keys``
    if not owner or any_such or owner in areas:  # the *legislature* of the state of Georgia
        return relabel(span, form=Form.NOMINAL)
    return relabel(span, kind=ontology.heads.get(span.text, span.label_), known_as=f"{span.text} of {owner}")
