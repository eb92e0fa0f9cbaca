"""Mentions: names by model, list and head word, nominals and pronouns, typed alike through a document."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from spacy.tokens import Doc, Span, Token

from kg.model import Curie, Form
from kg.nlp.names import match_heads, match_names, type_by_head
from kg.nlp.paths import walk
from kg.nlp.spans import MENTIONS, fold, is_name, is_nominal, keep_longest, lemma, make_span, relabel
from kg.nlp.values import find_values
from kg.ontology import Ontology

_ARTICLES = frozenset({"the", "a", "an", "'s", "’s", "'", "’"})
_PERSONAL = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_NEUTRAL = frozenset({"it", "its", "itself", "they", "them", "their", "theirs", "themselves"})
_RELATIVE = frozenset({"who", "whom", "which", "whose", "that"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "det", "nummod", "punct"})
_PLACE_NOUNS = ("^pobj:of ^prep", "^compound", "^appos", "appos")
_REACH = 80  # tokens, about three sentences


def annotate_mentions(doc: Doc, *, ontology: Ontology) -> Doc:
    """Fills ``doc.spans["mentions"]`` without overlaps, in text order."""
    values = list(find_values(doc))
    names = [span for span in _find_names(doc, ontology) if not _shadowed(span, values)]
    names = _agree(_type_places(_split_titles(names, ontology), ontology), ontology)
    names = _qualify(names, ontology)
    spans = keep_longest([*names, *values, *_find_pronouns(doc)])
    doc.spans[MENTIONS] = keep_longest([*spans, *_find_nominals(doc, ontology, spans)])
    return doc


def _shadowed(span: Span, values: Iterable[Span]) -> bool:
    return any(span.start < value.end and value.start < span.end for value in values)


def _find_names(doc: Doc, ontology: Ontology) -> list[Span]:
    """The longer wins; of equals the list before the head word before the model."""
    listed = match_names(doc, ontology)
    headed = match_heads(doc, ontology)
    guessed = [span for entity in doc.ents if (span := _trim(entity, ontology))]
    ranked = [(0, span) for span in listed] + [(1, span) for span in headed] + [(2, span) for span in guessed]
    ranked.sort(key=lambda item: (item[1].start - item[1].end, item[0], item[1].start))
    return keep_longest(span for _, span in ranked)


def _trim(entity: Span, ontology: Ontology) -> Span | None:
    """'the United Nations', 'Assange's', 'President Correa' without what is not the name."""
    kind = ontology.ner.get(entity.label_, "")
    start, end = entity.start, entity.end
    while start < end and _is_edge(entity.doc[start], kind, ontology):
        start += 1
    while start < end and _is_edge(entity.doc[end - 1], "kg:Person", ontology):
        end -= 1
    if not kind or start == end or not any(token.text[0].isupper() for token in entity.doc[start:end]):
        return None
    span = make_span(entity.doc, start, end, kind, Form.NAME)
    return relabel(span, kind=_type_by_given_name(span, ontology) or type_by_head(span, ontology) or kind)


def _type_by_given_name(span: Span, ontology: Ontology) -> Curie:
    """Two or three words that begin with a given name are a person, whatever the model thinks."""
    plain = all(token.text[0].isupper() and token.is_alpha for token in span)
    return "kg:Person" if 1 < len(span) < 4 and plain and span[0].text in ontology.given_names else ""


def _is_edge(token: Token, kind: Curie, ontology: Ontology) -> bool:
    if token.lower_ in _ARTICLES or token.is_punct or token.is_space:
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


def _type_places(spans: list[Span], ontology: Ontology) -> list[Span]:
    """'the *city* of X', 'X *province*': the common noun tells what place it is."""
    return [_type_place(span, ontology) for span in spans]


def _type_place(span: Span, ontology: Ontology) -> Span:
    if not is_name(span) or span.kb_id_:
        return span
    nouns = [end for path in _PLACE_NOUNS for end in walk(span.root, path)]
    heads = [noun.head if noun.dep_ == "prep" else noun for noun in nouns]
    kinds = [
        ontology.nominals.get(lemma(noun), "") for noun in heads if lemma(noun) in ontology.words["lex:Transparent"]
    ]
    return relabel(span, kind=next((kind for kind in kinds if ontology.is_a(kind, "kg:Place")), span.label_))


def _agree(spans: list[Span], ontology: Ontology) -> list[Span]:
    """One name, one type in a document; a surname takes the type of the full name."""
    votes: dict[str, Counter[Curie]] = {}
    listed = {fold(span.text): span for span in spans if span.kb_id_ and is_name(span)}
    for span in spans:
        if is_name(span):
            votes.setdefault(fold(span.text), Counter())[span.label_] += 1
    persons = _full_names(votes)
    return [_settle(span, votes, listed, persons) if is_name(span) else span for span in spans]


def _full_names(votes: dict[str, Counter[Curie]]) -> frozenset[str]:
    return frozenset(name for name, kinds in votes.items() if " " in name and _best(kinds) == "kg:Person")


def _best(kinds: Counter[Curie]) -> Curie:
    return min(kinds, key=lambda kind: (-kinds[kind], kind))


def _settle(span: Span, votes: dict[str, Counter[Curie]], listed: dict[str, Span], persons: frozenset[str]) -> Span:
    key = fold(span.text)
    if span.kb_id_:
        return span
    if key in listed:
        return relabel(span, kind=listed[key].label_, known_as=listed[key].kb_id_)
    if " " not in key and any(key in name.split()[1:] for name in persons):
        return relabel(span, kind="kg:Person")
    return relabel(span, kind=_best(votes[key]))


def _qualify(spans: list[Span], ontology: Ontology) -> list[Span]:
    """A body called by common words alone is told by its country: 'National Assembly' of Ecuador."""
    country = dominant_country(spans, ontology)
    return [_qualify_one(span, country, ontology) for span in spans]


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


def _qualify_one(span: Span, country: str, ontology: Ontology) -> Span:
    if span.kb_id_ or not is_name(span) or not ontology.is_a(span.label_, "kg:Organization"):
        return span
    words = [token.lower_ for token in span if token.lower_ != "the"]
    if not all(word in ontology.words["lex:Generic"] for word in words):
        return span
    own = [
        name for token in span.root.subtree if (name := ontology.names.get(token.text)) and name.type == "kg:Country"
    ]
    owner = own[0].known_as if own else country
    if not owner:
        return relabel(span, form=Form.NOMINAL)
    return relabel(span, kind=ontology.heads.get(span.text, span.label_), known_as=f"{span.text} of {owner}")


def _find_pronouns(doc: Doc) -> Iterator[Span]:
    for token in doc:
        kind = _pronoun_type(token)
        if kind:
            yield make_span(doc, token.i, token.i + 1, kind, Form.PRONOUN)


def _pronoun_type(token: Token) -> Curie:
    if token.lower_ in _PERSONAL:
        return "kg:Person"
    if token.lower_ in _NEUTRAL and not _is_expletive(token):
        return "kg:Entity"
    if (
        token.lower_ in _RELATIVE
        and token.tag_ in {"WP", "WP$", "WDT"}
        and any(head.dep_ == "relcl" for head in (token.head, *token.ancestors))
    ):
        return "kg:Entity"
    return ""


def _is_expletive(token: Token) -> bool:
    """'*it* is clear that', '*it* seems that': the clause is what is meant."""
    clauses = ("ccomp", "xcomp", "advcl", "csubj")
    complements = [child for child in token.head.children if child.dep_ in ("acomp", "attr", *clauses)]
    return token.dep_ == "expl" or (
        token.lower_ == "it"
        and token.dep_ in ("nsubj", "nsubjpass")
        and lemma(token.head) in ("be", "seem", "appear", "become", "agree")
        and any(c.dep_ in clauses or any(g.dep_ in (*clauses, "relcl", "acl") for g in c.children) for c in complements)
    )


def _find_nominals(doc: Doc, ontology: Ontology, spans: Iterable[Span]) -> Iterator[Span]:
    """'the former finance minister'; a country's institution is known by both: 'the Ecuadorian police'."""
    taken = {i for span in spans for i in range(span.start, span.end)}
    countries = {span.root.i: span.kb_id_ for span in spans if span.label_ == "kg:Country" and span.kb_id_}
    for token in doc:
        kind = ontology.nominals.get(lemma(token), "")
        if kind and token.pos_ in _NOUNS and token.i not in taken:
            start = _left_edge(token, taken)
            yield _nominal(doc, start, token, kind, countries, ontology)


def _left_edge(token: Token, taken: set[int]) -> int:
    start = token.i
    while start and start - 1 not in taken and _belongs(token.doc[start - 1], token):
        start -= 1
    return start


def _belongs(left: Token, noun: Token) -> bool:
    return left.dep_ in _MODIFIERS and (left.head == noun or (left.head.head == noun and left.head.i < noun.i))


def _nominal(doc: Doc, start: int, noun: Token, kind: Curie, countries: dict[int, str], ontology: Ontology) -> Span:
    owner = _owner(noun, countries)
    if owner and lemma(noun) in ontology.words["lex:Institution"] and not _is_indefinite(noun):
        return make_span(doc, start, noun.i + 1, kind, Form.NAME, f"{lemma(noun).capitalize()} of {owner}")
    return make_span(doc, start, noun.i + 1, kind, Form.NOMINAL)


def _is_indefinite(noun: Token) -> bool:
    """'an Ecuadorian newspaper', 'Ecuadorian courts': some of many, not the one of the country."""
    return noun.tag_ in {"NNS", "NNPS"} or any(
        child.lower_ in {"a", "an", "some", "any", "no"} for child in noun.children
    )


def _owner(noun: Token, countries: dict[int, str]) -> str:
    paths = ("amod", "compound", "nmod", "poss", "prep:of pobj")
    return next((countries[end.i] for path in paths for end in walk(noun, path) if end.i in countries), "")


def resolve_token(token: Token, mentions: Mapping[int, Span], ontology: Ontology) -> Span | None:
    """The mention a word stands for: 'the city of *Quito*', 'the government of *Ann Bo*', or itself."""
    mention = mentions.get(token.i)
    if mention is not None and not is_nominal(mention):
        return mention
    return _look_through(token, mentions, ontology) or _look_back(token, mentions, ontology) or mention


def _look_back(token: Token, mentions: Mapping[int, Span], ontology: Ontology) -> Span | None:
    """'The government of Ann Bo fell. *The government* had …': the same noun, said with a name just before."""
    if lemma(token) not in ontology.words["lex:Metonym"] or any(
        c.dep_ in ("prep", "poss", "amod") for c in token.children
    ):
        return None
    for earlier in reversed(token.doc[max(0, token.i - _REACH) : token.i]):
        if lemma(earlier) == lemma(token) and (found := _look_through(earlier, mentions, ontology)):
            return found
    return None


def _look_through(token: Token, mentions: Mapping[int, Span], ontology: Ontology) -> Span | None:
    wanted = "kg:Place" if lemma(token) in ontology.words["lex:Transparent"] else ""
    wanted = "kg:Person" if lemma(token) in ontology.words["lex:Metonym"] else wanted
    if not wanted:
        return None
    for path in ("prep:of pobj", "appos", "poss", "compound"):
        for end in walk(token, path):
            mention = mentions.get(end.i)
            if (
                mention is not None
                and ontology.is_a(mention.label_, wanted)
                and (path != "poss" or wanted == "kg:Person")
            ):
                return mention
    return None
